package till_test

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"till/domain"
	"till/domain/till"
)

// Customers and what is kept of them, payouts, and the drawer of a shop's history.

var percents = []decimal.Decimal{{}, {}, decimal.NewFromInt(7), decimal.NewFromInt(19), decimal.RequireFromString("12.5"), decimal.NewFromInt(100)}

var deedsWithPeople = []deed{
	{3, (*lane).addsACustomer},
	{2, (*lane).changesACustomer},
	{1, (*lane).forgets},
	{3, (*lane).agreesWithACustomer},
	{3, (*lane).worksOnAMandate},
	{2, (*lane).removesASource},
	{3, (*lane).paysOut},
	{5, (*lane).worksOnAPayout},
}

var deedsWithTheDrawer = []deed{
	{3, (*lane).opensAShift},
	{2, (*lane).movesCash},
	{2, (*lane).closesTheShift},
}

// somebody is one of the few people who come here.
func (s *shop) somebody() domain.Person {
	return among(s, ann, domain.Person{FirstName: "Bob", Email: "bob@quay.example"}, domain.Person{FirstName: "Cy", Phone: "+4915550100"})
}

// aCustomer is somebody who comes back; nil if nobody does.
func (c *lane) aCustomer() *domain.Customer {
	all, err := c.Store.Customers(c.ctx, "", 0)
	c.must(err)
	if len(all) == 0 {
		return nil
	}
	return &all[c.dice.IntN(len(all))]
}

func (c *lane) addsACustomer() bool {
	who := c.somebody()
	_ = c.tries("AddCustomer", who.FirstName, func(c *lane, in till.Intent) error { _, err := c.AddCustomer(c.step, in, who); return err })
	return true
}

func (c *lane) changesACustomer() bool {
	who := c.aCustomer()
	if who == nil {
		return false
	}
	told := map[string]string{"city": among(c.shop, "Kiel", "Bonn", "")}
	_ = c.tries("UpdateCustomer", string(who.ID), func(c *lane, in till.Intent) error { _, err := c.UpdateCustomer(c.step, in, who.ID, told); return err })
	return true
}

// forgets empties what somebody told.
func (c *lane) forgets() bool {
	switch who, o, p := c.aCustomer(), c.anOrder(), c.aPayout(); c.dice.IntN(3) {
	case 0:
		if who == nil {
			return false
		}
		_ = c.tries("Forget", string(who.ID), func(c *lane, in till.Intent) error { _, _, err := c.Forget(c.step, in, who.ID); return err })
	case 1:
		if o == nil {
			return false
		}
		_ = c.tries("ForgetClient", string(o.ID), func(c *lane, in till.Intent) error { _, err := c.ForgetClient(c.step, in, o.ID); return err })
	default:
		if p == nil {
			return false
		}
		_ = c.tries("ForgetRecipient", string(p.ID), func(c *lane, in till.Intent) error { _, err := c.ForgetRecipient(c.step, in, p.ID); return err })
	}
	return true
}

func (c *lane) agreesWithACustomer() bool {
	who := c.aCustomer()
	if who == nil {
		return false
	}
	with := till.Agreeing{Customer: who.ID, Card: c.aCard()}
	if c.dice.IntN(3) == 0 {
		with.Card, with.Source = nil, c.kept()
	}
	_ = c.tries("SetupMandate", string(who.ID), func(c *lane, in till.Intent) error { _, err := c.SetupMandate(c.step, in, with); return err })
	return true
}

var mandateDeeds = []struct {
	name string
	do   func(*till.Till, context.Context, till.Intent, domain.MandateID) (*domain.Mandate, error)
}{
	{"PauseMandate", (*till.Till).PauseMandate},
	{"ResumeMandate", (*till.Till).ResumeMandate},
	{"RevokeMandate", (*till.Till).RevokeMandate},
	{"SyncMandate", (*till.Till).SyncMandate},
}

func (c *lane) worksOnAMandate() bool {
	all, err := c.Store.Mandates(c.ctx)
	c.must(err)
	if len(all) == 0 {
		return false
	}
	m, what := among(c.shop, all...), among(c.shop, mandateDeeds...)
	if m.State == domain.MandatePaused && c.dice.IntN(2) == 0 {
		what = mandateDeeds[1]
	}
	id := m.ID
	_ = c.tries(what.name, string(id), func(c *lane, in till.Intent) error { _, err := what.do(c.Till, c.step, in, id); return err })
	return true
}

// removesASource has the gateway forget a card.
func (c *lane) removesASource() bool {
	all, err := c.Store.Sources(c.ctx, "")
	c.must(err)
	if len(all) == 0 {
		return false
	}
	id := among(c.shop, all...).ID
	_ = c.tries("RemoveSource", id, func(c *lane, in till.Intent) error { _, err := c.RemoveSource(c.step, in, id); return err })
	return true
}

func (c *lane) paysOut() bool {
	with := till.Paying{Amount: domain.Amount(100 + c.dice.IntN(2000)), Name: among(c.shop, "", "Ann Lee")}
	if c.dice.IntN(3) > 0 {
		iban, err := domain.ParseIBAN(german)
		c.must(err)
		with.IBAN = iban
	}
	if who := c.aCustomer(); who != nil && c.dice.IntN(2) == 0 {
		with.Customer, with.Name = who.ID, ""
	}
	_ = c.tries("CreatePayout", fmt.Sprint(with.Amount), func(c *lane, in till.Intent) error { _, err := c.CreatePayout(c.step, in, with); return err })
	return true
}

// aPayout is one of the shop's; nil if there is none yet.
func (c *lane) aPayout() *domain.Payout {
	all, err := c.Payouts(c.ctx)
	c.must(err)
	if len(all) == 0 {
		return nil
	}
	return among(c.shop, all...)
}

func (c *lane) worksOnAPayout() bool {
	p := c.aPayout()
	if p == nil {
		return false
	}
	switch c.dice.IntN(4) {
	case 0:
		_ = c.tries("CancelPayout", string(p.ID), func(c *lane, in till.Intent) error { _, err := c.CancelPayout(c.step, in, p.ID); return err })
	case 1:
		_ = c.tries("SyncPayout", string(p.ID), func(c *lane, in till.Intent) error { _, err := c.SyncPayout(c.step, in, p.ID); return err })
	default:
		iban, err := domain.ParseIBAN(british)
		c.must(err)
		told := till.Missing{Name: "Ann Lee", IBAN: iban}
		_ = c.tries("ConfirmPayout", string(p.ID), func(c *lane, in till.Intent) error { _, err := c.ConfirmPayout(c.step, in, p.ID, told); return err })
	}
	return true
}

func (c *lane) opensAShift() bool {
	float := domain.Amount(c.dice.IntN(20_000))
	_ = c.tries("OpenShift", fmt.Sprint(float), func(c *lane, in till.Intent) error { _, err := c.OpenShift(c.step, in, float); return err })
	return true
}

func (c *lane) movesCash() bool {
	amount, name, do := domain.Amount(1+c.dice.IntN(3000)), "PayIn", (*till.Till).PayIn
	if c.dice.IntN(2) == 0 {
		name, do = "PayOut", (*till.Till).PayOut
	}
	_ = c.tries(name, fmt.Sprint(amount), func(c *lane, in till.Intent) error { _, err := do(c.Till, c.step, in, amount, "change"); return err })
	return true
}

func (c *lane) closesTheShift() bool {
	counted := domain.Amount(c.dice.IntN(20_000))
	_ = c.tries("CloseShift", fmt.Sprint(counted), func(c *lane, in till.Intent) error { _, err := c.CloseShift(c.step, in, counted); return err })
	return true
}
