package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"till/domain"
	"till/domain/till"
	"till/tui/cli"
)

const (
	goodCard = "4242424242424242"
	poorCard = "4000000000009995" // declined softly
)

func (c *child) payable(order domain.OrderID, number string) till.Payable {
	card, err := domain.ParseCard(number, "12/34", "123", "", c.Env.Now())
	if err != nil {
		panic(err)
	}
	return till.Payable{Order: order, Method: "card", Card: &card}
}

func (c *child) newOrder(in till.Intent, price domain.Amount, who domain.Person) (*domain.Order, error) {
	return c.Issue(c.ctx, in, ordered(price, who))
}

func ordered(price domain.Amount, who domain.Person) till.NewOrder {
	return till.NewOrder{
		Client: who, Cart: domain.Cart{Lines: []domain.Line{{Title: "Tea", Price: price, Quantity: 1}}}, Counter: true,
	}
}

func (c *child) issue(d *deed) error {
	o, err := c.newOrder(d.intent(), d.Price, domain.Person{})
	if err == nil {
		d.Order = o.ID
	}
	return err
}

func (c *child) issued(d *deed) error {
	o, err := c.newOrder(till.Intent{}, d.Price, domain.Person{})
	if err == nil {
		d.Order = o.ID
	}
	return err
}

func (c *child) issuedThree(d *deed) error {
	for range 3 {
		if err := c.issued(d); err != nil {
			return err
		}
		d.Orders = append(d.Orders, d.Order)
	}
	return nil
}

func (c *child) cancel(d *deed) error {
	_, err := c.Move(c.ctx, d.intent(), d.Order, "cancel", till.Moving{})
	return err
}

func (c *child) pay(d *deed) error {
	return d.told(c.Pay(c.ctx, d.intent(), c.payable(d.Order, goodCard)))
}

func (c *child) payCash(d *deed) error {
	return d.told(c.Pay(c.ctx, d.intent(), till.Payable{Order: d.Order, Method: "cash"}))
}

func (c *child) sell(d *deed) error {
	return d.sold(c.Sell(c.ctx, till.Intent{Key: d.Key + "-order"}, ordered(d.Price, domain.Person{}), d.intent(), c.payable("", goodCard)))
}

func (c *child) sellForCash(d *deed) error {
	return d.sold(c.Sell(c.ctx, till.Intent{Key: d.Key + "-order"}, ordered(d.Price, domain.Person{}), d.intent(), till.Payable{Method: "cash"}))
}

func (c *child) payGroup(d *deed) error {
	_, _, err := c.PayGroup(c.ctx, d.intent(), d.Orders, c.payable("", goodCard))
	return err
}

func (c *child) hold(d *deed) error {
	wish := c.payable(d.Order, goodCard)
	wish.Capture = domain.CaptureManual
	return d.told(c.Pay(c.ctx, d.intent(), wish))
}

// isHeld and the like prepare a payment for what can be done with it next.
func (c *child) isHeld(d *deed) error {
	if err := c.issued(d); err != nil {
		return err
	}
	wish := c.payable(d.Order, goodCard)
	wish.Capture = domain.CaptureManual
	return d.prepared(c.Pay(c.ctx, till.Intent{}, wish))
}

func (c *child) paid(d *deed) error {
	if err := c.issued(d); err != nil {
		return err
	}
	return d.prepared(c.Pay(c.ctx, till.Intent{}, c.payable(d.Order, goodCard)))
}

// declined will be tried again by the clock.
func (c *child) declined(d *deed) error {
	if err := c.issued(d); err != nil {
		return err
	}
	wish := c.payable(d.Order, poorCard)
	wish.Retries = 1
	return d.prepared(c.Pay(c.ctx, till.Intent{}, wish))
}

// lost is a payment that the gateway took, and whose answer did not arrive.
func (c *child) lost(d *deed) error {
	if err := c.issued(d); err != nil {
		return err
	}
	if err := c.Bank.SetFault(c.ctx, domain.Fault{Operation: domain.Authorize, Name: "timeout_after", Times: 1}); err != nil {
		return err
	}
	_, err := c.Pay(c.ctx, till.Intent{}, c.payable(d.Order, goodCard))
	if domain.CodeOf(err) != domain.CodeUnknownOutcome {
		return fmt.Errorf("an answer that was lost is known: %w", err)
	}
	o, err := c.Store.Order(c.ctx, d.Order)
	if err == nil {
		d.Payment = o.Payments[0].ID
	}
	return err
}

func (c *child) capture(d *deed) error {
	return d.told(c.Capture(c.ctx, d.intent(), till.Capturing{Payment: d.Payment}))
}

func (c *child) increment(d *deed) error {
	return d.told(c.Increment(c.ctx, d.intent(), till.Incrementing{Payment: d.Payment, By: 100}))
}

func (c *child) void(d *deed) error { return d.told(c.Void(c.ctx, d.intent(), d.Payment, "")) }

func (c *child) refund(d *deed) error {
	return d.told(c.Refund(c.ctx, d.intent(), till.Refunding{Payment: d.Payment, Amount: 100}))
}

func (c *child) reverse(d *deed) error { return d.told(c.Reverse(c.ctx, d.intent(), d.Payment)) }

func (c *child) sync(d *deed) error {
	_, err := c.Sync(c.ctx, d.intent(), d.Payment)
	return err
}

// raised is a case that the gateway has told of, and nobody has read it.
func (c *child) raised(d *deed) error {
	if err := c.paid(d); err != nil {
		return err
	}
	var err error
	d.Dispute, err = c.Bank.Raise(c.ctx, domain.Raising{Payment: d.Payment, Stage: domain.StageChargeback})
	return err
}

func (c *child) listen(*deed) error { return c.Listen(c.ctx) }

func (c *child) disputed(d *deed) error {
	if err := c.raised(d); err != nil {
		return err
	}
	return c.Listen(c.ctx)
}

func (c *child) evidence(d *deed) error {
	_, err := c.SubmitEvidence(c.ctx, d.intent(), d.Dispute, till.Evidence{Text: "it was delivered: " + d.Key})
	return err
}

func (c *child) accept(d *deed) error {
	_, err := c.AcceptDispute(c.ctx, d.intent(), d.Dispute)
	return err
}

func (c *child) createPayout(d *deed) error {
	iban, err := domain.ParseIBAN("DE89370400440532013000")
	if err != nil {
		return err
	}
	p, err := c.CreatePayout(c.ctx, d.intent(), till.Paying{Amount: 700, Name: "Ann Lee", IBAN: iban})
	if err == nil {
		d.Payout = p.ID
	}
	return err
}

func (c *child) created(d *deed) error {
	before := deed{Key: c.Env.NewID("key_")}
	err := c.createPayout(&before)
	d.Payout = before.Payout
	return err
}

func (c *child) confirmPayout(d *deed) error {
	_, err := c.ConfirmPayout(c.ctx, d.intent(), d.Payout, till.Missing{})
	return err
}

func (c *child) closed(*deed) error { return c.shift(false) }
func (c *child) opened(*deed) error { return c.shift(true) }

// shift has one open, or none.
func (c *child) shift(wanted bool) error {
	last, err := c.LastShift(c.ctx)
	if isOpen := last != nil && last.IsOpen(); err != nil || isOpen == wanted {
		return err
	}
	if wanted {
		_, err = c.OpenShift(c.ctx, till.Intent{}, 10_000)
	} else {
		_, err = c.CloseShift(c.ctx, till.Intent{}, 10_000)
	}
	return err
}

func (c *child) openShift(d *deed) error {
	_, err := c.OpenShift(c.ctx, d.intent(), 10_000)
	return err
}

func (c *child) closeShift(d *deed) error {
	_, err := c.CloseShift(c.ctx, d.intent(), 10_000)
	return err
}

func (c *child) payIn(d *deed) error {
	_, err := c.PayIn(c.ctx, d.intent(), 500, "change")
	return err
}

func (c *child) advance(d *deed) error {
	_, err := c.Advance(c.ctx, d.intent(), 25*time.Hour)
	return err
}

func (c *child) addCustomer(d *deed) error {
	who, err := c.AddCustomer(c.ctx, d.intent(), domain.Person{FirstName: "Ann", Email: d.Key + "@quay.example"})
	if err == nil {
		d.Customer = who.ID
	}
	return err
}

// known is a customer with an order.
func (c *child) known(d *deed) error {
	d.Email = d.Key + "@canary.example"
	who, err := c.AddCustomer(c.ctx, till.Intent{}, domain.Person{FirstName: "Ann", Email: d.Email})
	if err != nil {
		return err
	}
	d.Customer = who.ID
	_, err = c.newOrder(till.Intent{}, d.Price, domain.Person{FirstName: "Ann", Email: d.Email})
	return err
}

func (c *child) forget(d *deed) error {
	_, _, err := c.Forget(c.ctx, d.intent(), d.Customer)
	return err
}

// park puts a sale aside. It has no key: the same sale twice is one.
func (c *child) park(d *deed) error {
	d.Sale = `{"note":"` + d.Key + `"}`
	return c.Store.Park(c.ctx, domain.ParkedSale{ID: d.Key, At: c.Env.Now(), Sale: []byte(d.Sale)})
}

func (c *child) print(d *deed) error {
	_, err := c.Printed(c.ctx, d.intent(), d.Order, "text")
	return err
}

func (c *child) rebuild(*deed) error { return c.Store.Rebuild(c.ctx) }

const importedLines = 3

// listed is a file of orders.
func (c *child) listed(d *deed) error {
	d.File = filepath.Join(c.Folder, d.Key+".jsonl")
	var text bytes.Buffer
	for n := range importedLines {
		fmt.Fprintf(&text, `{"reference":"%s-%d","issued_at":"2025-01-01T00:00:00Z","currency":"EUR",`, d.Key, n)
		fmt.Fprintln(&text, `"client":{"email":"a@b.example"},"products":[{"title":"Tea","price":3,"quantity":1}],"expected_total":"3.00"}`)
	}
	return os.WriteFile(d.File, text.Bytes(), 0o600)
}

// importFile is the command itself, on the till that is open.
func (c *child) importFile(d *deed) error {
	var complaint bytes.Buffer
	code := cli.Execute(c.ctx, []string{"import", d.File, "--pay", "card"}, cli.IO{In: &bytes.Buffer{}, Out: &bytes.Buffer{}, Err: &complaint}, cli.Wiring{
		Open: func(context.Context, cli.Settings) (*till.Till, func() error, error) {
			return c.Till, func() error { return nil }, nil
		},
		Paths: paths,
	})
	if code != 0 {
		return fmt.Errorf("import: exit %d, %s", code, complaint.String())
	}
	return nil
}
