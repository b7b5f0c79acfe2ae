package tui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// How the sale on the screen is kept, whatever happens to it.

const declined = "4000000000000002"

// kept gives the open sales on the disk.
func (d *driver) kept() []domain.ParkedSale {
	d.t.Helper()
	sales, err := d.till.Store.Parked(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	return sales
}

// keeps tells whether an open sale on the disk has an article in it.
func (d *driver) keeps(title string) bool {
	d.t.Helper()
	for _, p := range d.kept() {
		if strings.Contains(string(p.Sale), title) {
			return true
		}
	}
	return false
}

// parkElsewhere does to an open sale what another console on the same till does.
func (d *driver) parkElsewhere(sales ...domain.ParkedSale) {
	d.t.Helper()
	if err := d.till.Store.Park(d.t.Context(), sales...); err != nil {
		d.t.Fatal(err)
	}
}

// troubled is a store that cannot write or read open sales for a while.
type troubledSales struct {
	domain.Store
	write, read error
}

func (s *troubledSales) Park(ctx context.Context, sales ...domain.ParkedSale) error {
	if s.write != nil {
		return s.write
	}
	return s.Store.Park(ctx, sales...)
}

func (s *troubledSales) Parked(ctx context.Context) ([]domain.ParkedSale, error) {
	if s.read != nil {
		return nil, s.read
	}
	return s.Store.Parked(ctx)
}

// After a decline the sale is on the screen again, and it and those after it are kept.
func TestKeptAfterDecline(t *testing.T) {
	d := toPay(t, 80, 24).payBy(declined).press("enter").sees("20005").press("f2").typed("esp<enter>")
	if note := d.app.sale().Unsaved(); note != "" || !d.keeps("espresso") {
		t.Errorf("after a decline: %q, %v", note, d.kept())
	}
	d.press("enter", "esc", "a", "enter").sees("paid").press("enter").typed("crs<enter>")
	if !d.keeps("croissant") || d.keeps("espresso") {
		t.Errorf("the next customer's: %v", d.kept())
	}
	d.start(80, 24)
	d.sees("croissant", "here again")
}

// A declined sale that is parked, brought back and paid is not offered again.
func TestPaidSaleDoesNotComeBack(t *testing.T) {
	d := toPay(t, 80, 24).payBy(declined).press("enter").sees("20005").press("f2", "ctrl+p").sees("parked")
	d.press("ctrl+r").sees("here again").press("enter", "a", "enter").sees("paid")
	if left := d.kept(); len(left) != 0 {
		t.Errorf("kept after it was paid: %v", left)
	}
	d.start(80, 24)
	d.sees("ready for the next customer").lacks("here again")
}

// What somebody else has taken is neither shown nor paid, and what was on the screen stays there.
func TestTakenElsewhere(t *testing.T) {
	d := drive(t, 80, 24).typed("mug<enter>").press("ctrl+p")
	d.parkElsewhere(domain.ParkedSale{ID: d.kept()[0].ID})
	d.typed("crs<enter>").press("ctrl+r").sees("not parked any more", "croissant").lacks("enamel mug")
	if len(d.kept()) != 1 || !d.keeps("croissant") || len(d.app.sale().aside) != 0 {
		t.Errorf("kept: %v", d.kept())
	}

	d = drive(t, 80, 24).typed("mug<enter>").press("ctrl+p")
	d.parkElsewhere(domain.ParkedSale{ID: d.kept()[0].ID})
	d.hold().press("ctrl+r", "enter").sees("one moment").release().press("a", "enter")
	if sold := d.orders(); len(sold) != 0 {
		t.Errorf("sold: %v", sold)
	}
}

// What is scanned while a parked sale is on its way goes into that sale.
func TestScansWaitForTheParkedSale(t *testing.T) {
	d := drive(t, 80, 24).typed("mug<enter>").press("ctrl+p").typed("crs<enter>")
	d.hold().press("ctrl+r").typed("4006381333931<enter>").press("ctrl+p", "f9", "ctrl+x").release()
	d.sees("enamel mug", "espresso").lacks("croissant ")
	if aside := d.app.sale().aside; len(aside) != 1 || aside[0].name() != "croissant" {
		t.Errorf("aside: %v", aside)
	}
	if !d.keeps("espresso") || len(d.kept()) != 2 {
		t.Errorf("kept: %v", d.kept())
	}
}

// A sale that could not be parked is asked about when the console quits, and goes to the disk with the next one.
func TestParkFails(t *testing.T) {
	d := drive(t, 80, 24)
	store := &troubledSales{Store: d.till.Store}
	d.app.sale().box.store = store
	d.typed("mug<enter>")
	store.write = errors.New("no room")
	d.press("ctrl+p").sees("no room").press("ctrl+r").sees("no room", "1 parked").press("ctrl+c").sees("not saved yet: 1 parked sale. no room").press("esc")
	store.write = nil
	d.typed("crs<enter>").press("ctrl+c")
	if !d.over || !d.keeps("enamel mug") || !d.keeps("croissant") {
		t.Errorf("over: %t, kept: %v", d.over, d.kept())
	}
}

// What another console has parked is found, whether it was told of or not.
func TestParkedElsewhereIsSeen(t *testing.T) {
	theirs := domain.ParkedSale{ID: "park_x", Sale: []byte(`{"cart":{"currency":"EUR","lines":[{"title":"tea","price":100,"quantity":1}]}}`)}
	d := drive(t, 80, 24)
	d.parkElsewhere(theirs)
	d.press("ctrl+r").sees("tea", "here again")

	d = drive(t, 80, 24)
	store := &troubledSales{Store: d.till.Store}
	d.app.sale().box.store = store
	d.parkElsewhere(theirs)
	d.send(storeChanged{}).sees("1 parked")
	store.read = errors.New("busy")
	d.send(storeChanged{}).sees("1 parked", "busy")
}

// Who was forgotten while a sale of theirs was parked is not written back when it is brought back.
func TestForgottenWhileParked(t *testing.T) {
	d := drive(t, 80, 24).regulars().typed("mug<enter>").press("ctrl+b").typed("ada").press("enter", "ctrl+p").sees("Ada")
	if _, _, err := d.till.Forget(t.Context(), till.Intent{}, d.kept()[0].Customer); err != nil {
		t.Fatal(err)
	}
	d.press("ctrl+r").sees("enamel mug").lacks("Ada").typed("esp<enter>")
	if p := d.kept()[0]; p.Customer != "" || p.Client != (domain.Person{}) {
		t.Errorf("written back: %v", p.Client)
	}
}

// A sale that comes back unpaid while another is on the screen is parked, and there after a crash.
func TestReturnedSaleIsParked(t *testing.T) {
	d := drive(t, 80, 24).typed("mug<enter>").press("enter", "a").hold().press("enter")
	f := d.app.sale().afloat[0]
	d.held, d.holding = nil, false
	d.press("f2").typed("crs<enter>").send(paymentEnded{flight: f, err: domain.Errorf(domain.CodeBusy, "busy")})
	d.start(80, 24)
	d.sees("croissant").press("ctrl+r").sees("enamel mug")
}

// What could not be read at the start is not written over: it is parked once it can be read.
func TestRecallFails(t *testing.T) {
	d := drive(t, 80, 24).typed("mug<enter>")
	store := &troubledSales{Store: d.till.Store, read: errors.New("the disk is away")}
	d.app.stack[0] = newSale(d.app.desk)
	d.app.sale().box.store = store
	d.app.fit(d.app.top())
	d.run(d.app.top().Init())
	d.sees("could not be read, and is not written over: the disk is away")
	d.typed("crs<enter>").sees("croissant", "is not written over")
	if !d.keeps("enamel mug") || d.keeps("croissant") || d.app.sale().Unsaved() == "" {
		t.Errorf("kept: %v", d.kept())
	}
	store.read = nil
	d.typed("esp<enter>").sees("croissant", "espresso")
	if !d.keeps("enamel mug") || !d.keeps("croissant") {
		t.Errorf("kept: %v", d.kept())
	}
	d.press("ctrl+r").sees("enamel mug")
}

// TestSaleCanary: a card number that landed in a note is on the disk with its last four digits only.
func TestSaleCanary(t *testing.T) {
	const number = "4242424242424242"
	for _, where := range []string{"", "<tab>"} {
		d := drive(t, 80, 24).typed("mug<enter>").press("ctrl+n").typed(where + number)
		for range 3 {
			if d.app.dialog != nil {
				d.press("enter")
			}
		}
		for _, park := range []string{"ctrl+p", "ctrl+r"} {
			if len(d.kept()) != 1 {
				t.Fatalf("%d sales", len(d.kept()))
			}
			for _, p := range d.kept() {
				if found := string(p.Sale) + p.Client.Notes; strings.Contains(found, number) {
					t.Errorf("kept: %s", found)
				}
			}
			d.press(park)
		}
	}
}

// Two consoles that show the same sale sell it once.
func TestASaleOnTwoConsolesIsSoldOnce(t *testing.T) {
	d := drive(t, 80, 24).typed("3*esp<enter>")
	first := d.app
	d.start(80, 24) // a second console on the same file
	d.sees("3 × espresso").press("enter", "a", "enter").sees("paid")
	d.app = first
	d.sees("3 × espresso").press("enter", "a", "enter").lacks("receipt")
	if n := len(d.orders()); n != 1 {
		t.Errorf("%d orders", n)
	}
}

// A console that ends while a sale is paid leaves it on the disk: whoever finds it there sells nothing twice. What was
// declined is on the screen again, as the order that it is.
func TestEndedWhileASaleIsPaid(t *testing.T) {
	for _, c := range []struct {
		card, sees, lacks string
		kept              int
	}{
		{"4242424242424242", "order 1, €14.50: paid · it was on its way when till ended", "here again", 0},
		{declined, "issued, not paid yet", "ready for", 1},
	} {
		d := toPay(t, 80, 24).payBy(c.card).hold().press("enter")
		if !d.keeps("enamel mug") {
			t.Errorf("%s: before its order is there the sale is kept: %v", c.card, d.kept())
		}
		for _, cmd := range d.held { // the sale is done, and nobody hears of it
			if batch, many := cmd().(tea.BatchMsg); many {
				t.Fatalf("%d commands in one", len(batch))
			}
		}
		d.held, d.holding = nil, false
		d.start(80, 24)
		d.sees(c.sees).lacks(c.lacks)
		if n := len(d.kept()); n != c.kept || len(d.orders()) != 1 {
			t.Errorf("%s: %d sales are kept, and %d orders there", c.card, n, len(d.orders()))
		}
	}
}

// What was declined and is then paid does not come back either, though the console ended before it heard of it.
func TestEndedWhileADeclinedSaleIsPaid(t *testing.T) {
	d := toPay(t, 80, 24).payBy(declined).press("enter").sees("20005").press("esc", "a").hold().press("enter")
	for _, cmd := range d.held {
		d.do(cmd)
	}
	d.held, d.holding = nil, false
	d.start(80, 24)
	d.sees("ready for the next customer").lacks("here again")
	if n := len(d.kept()); n != 0 || d.onCounter().State != domain.OrderPaid {
		t.Errorf("%d sales are kept, the order is %s", n, d.onCounter().State)
	}
}

// Whoever looks at the open sales while one is with its bank takes nothing off the disk: it may be declined yet.
func TestASaleStaysOnTheDiskUntilItIsDecided(t *testing.T) {
	d := drive(t, 80, 24).typed("mug<enter>").press("ctrl+p").press("ctrl+r").press("enter", "a", "esc")
	left := d.kept()[0]
	b := d.app.sale().basket
	wish := till.NewOrder{Cart: b.Cart, Counter: true}
	r, err := d.till.Sell(t.Context(), till.Intent{Key: b.Key}, wish, till.Intent{Key: "k"}, till.Payable{
		Method: "sepa", Source: domain.Source{Fields: map[string]string{"iban": "DE89370400440532013000"}},
	})
	if err != nil || !r.Order.Undecided() {
		t.Fatal(r.Order, err)
	}
	d.parkElsewhere(left)
	d.send(storeChanged{})
	if n := len(d.kept()); n != 1 {
		t.Errorf("%d sales are kept", n)
	}
}

// lastWord is a store that cannot keep an answer, once.
type lastWord struct {
	domain.Store
	full *bool
}

func (s lastWord) Update(ctx context.Context, decide func(domain.Tx) ([]domain.Entry, error)) ([]domain.Entry, error) {
	return s.Store.Update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		entries, err := decide(tx)
		answers := func(e domain.Entry) bool { return e.Kind == domain.KindOperationAnswered }
		if *s.full && slices.ContainsFunc(entries, answers) {
			*s.full = false
			return nil, domain.Errorf(domain.CodeStorageFull, "the disk is full")
		}
		return entries, err
	})
}

// A sale whose answer could not be stored is told it when it is tried again: that is the same payment.
func TestASaleIsTriedAgainAfterItsAnswerWasLost(t *testing.T) {
	d := toPay(t, 80, 24)
	full := true
	d.till.Store = lastWord{d.till.Store, &full}
	d.payBy("4242424242424242").press("enter").sees("the disk is full").press("enter").sees("receipt", "paid")
	if o := d.onCounter(); len(o.Payments) != 1 || o.State != domain.OrderPaid {
		t.Errorf("%d payments, %s", len(o.Payments), o.State)
	}
}

// Who has gone on while a declined sale is tried again hears which order it is, whatever went wrong.
func TestWhatGoesWrongWithADeclinedSaleNamesItsOrder(t *testing.T) {
	d := toPay(t, 80, 24).payBy(declined).press("enter").sees("20005")
	full := true
	d.till.Store = lastWord{d.till.Store, &full}
	d.press("esc", "a").hold().press("enter", "esc").release()
	d.sees("order 1,", "F3 shows it", "ready for the next customer")
}
