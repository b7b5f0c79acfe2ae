package till_test

import (
	"slices"

	"till/domain"
	"till/domain/till"
)

// Disputes of a shop's history: the customer's bank, its network, and our answers.

var deedsWithCases = []deed{
	{12, (*lane).worksOnACase},
	{8, (*lane).raises},
	{8, (*lane).otherSideActs},
}

// raises has the customer's bank open a case.
func (c *lane) raises() bool {
	_, p := c.paymentWith(atTheGateway)
	if p == nil {
		return false
	}
	with := domain.Raising{
		Payment: p.ID, Amount: c.part(p.Sums.Captured), Announced: c.dice.IntN(5) == 0,
		Stage: among(c.shop, domain.StageChargeback, domain.StageChargeback, domain.StageFraudAdvice, domain.StageRetrieval, domain.StagePreCompliance, domain.StageGoodFaith),
	}
	_ = c.does("Raise", string(p.ID)+" "+with.Stage, func() error { _, err := c.bank.Raise(c.step, with); return err })
	return true
}

// otherSideActs is what the customer's bank, its network or time makes of a case.
func (c *lane) otherSideActs() bool {
	cases, err := c.bank.Cases(c.step)
	c.fine(err)
	for _, d := range cases {
		if len(d.Outcomes) > 0 && c.dice.IntN(2) == 0 {
			outcome := among(c.shop, d.Outcomes...)
			_ = c.does("OtherSide", string(d.ID)+" "+outcome, func() error { return c.bank.Advance(c.step, d.ID, outcome) })
			return true
		}
	}
	return false
}

// caseDeeds are what can be done about a case, by the names of its actions.
var caseDeeds = map[string]func(c *lane, d *domain.Dispute){
	"accept": func(c *lane, d *domain.Dispute) {
		_ = c.tries("AcceptDispute", string(d.ID), func(c *lane, in till.Intent) error { _, err := c.AcceptDispute(c.step, in, d.ID); return err })
	},
	"evidence": func(c *lane, d *domain.Dispute) {
		e := text(among(c.shop, "delivered", "signed for"))
		if c.dice.IntN(3) == 0 {
			_ = c.tries("AddEvidence", string(d.ID), func(c *lane, in till.Intent) error { _, err := c.AddEvidence(c.step, in, d.ID, e); return err })
			return
		}
		_ = c.tries("SubmitEvidence", string(d.ID), func(c *lane, in till.Intent) error { _, err := c.SubmitEvidence(c.step, in, d.ID, e); return err })
	},
	"decline": func(c *lane, d *domain.Dispute) {
		e := text("no")
		_ = c.tries("DeclineDispute", string(d.ID), func(c *lane, in till.Intent) error { _, err := c.DeclineDispute(c.step, in, d.ID, e); return err })
	},
	"withdraw": func(c *lane, d *domain.Dispute) {
		_ = c.tries("WithdrawDispute", string(d.ID), func(c *lane, in till.Intent) error { _, err := c.WithdrawDispute(c.step, in, d.ID); return err })
	},
	"file": func(c *lane, d *domain.Dispute) {
		stage := d.FilingLeads()
		_ = c.tries("FileDispute", string(d.ID)+" "+stage, func(c *lane, in till.Intent) error { _, err := c.FileDispute(c.step, in, d.ID, stage); return err })
	},
}

func (c *lane) worksOnACase() bool {
	page, err := c.Store.Disputes(c.ctx, domain.DisputeQuery{Size: 100})
	c.must(err)
	if len(page.Items) == 0 {
		return false
	}
	var found till.Result
	var choices []till.Choice
	for range 4 { // one with which something can be done, mostly
		found, err = c.Dispute(c.ctx, string(among(c.shop, page.Items...).ID))
		c.must(err)
		choices = c.DisputeActions(found.Order, found.Payment, found.Dispute)
		if slices.ContainsFunc(choices, func(c till.Choice) bool { return c.Refusal == "" }) {
			break
		}
	}
	choice := c.choice(choices)
	caseDeeds[choice.Action](c, found.Dispute)
	if choice.Action != "evidence" { // to add some and to send it are two things
		c.asOffered(choice)
	}
	return true
}
