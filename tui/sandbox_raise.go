package tui

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// raiseSheet asks which case the customer's bank is to open about a payment.
type raiseSheet struct {
	sheet
	payment  domain.PaymentID
	currency domain.Currency
	typed    *struct{ stage, reason, previous, amount, time string } // on the heap: the fields write into it
}

// announcedFirst is the stage of the sheet that is a chargeback which is told before the money is taken.
const announcedFirst = "announced"

// raisable are the ways in which a case begins.
func raisable() []option {
	options := []option{{domain.StageChargeback, "chargeback"}, {announcedFirst, "chargeback, announced first"}}
	for _, stage := range []string{domain.StageRetrieval, domain.StageFraudAdvice, domain.StagePreCompliance, domain.StageGoodFaith} {
		options = append(options, option{stage, domain.State(stage).Words()})
	}
	return options
}

func newRaise(s *chair, b bookRow) *raiseSheet {
	d := s.desk
	f := &raiseSheet{sheet: sheet{desk: d}, payment: b.payment.ID, currency: b.theirs.Currency}
	f.typed = &struct{ stage, reason, previous, amount, time string }{}
	amount := newText(d, "amount", "amount", false, &f.typed.amount)
	amount.like("all of " + f.currency.Display(b.theirs.Captured))
	amount.keep = func(r rune) bool { return r >= '0' && r <= '9' || r == '.' }
	amount.Validate(func(text string) error {
		return f.optional(text, func(text string) error {
			_, err := f.currency.Parse(text)
			return err
		})
	})
	span := newText(d, "respond_in", "time to answer", false, &f.typed.time)
	span.like("the network's, or 2d")
	span.Validate(func(text string) error {
		return f.optional(text, func(text string) error {
			_, err := parseSpan(text)
			return err
		})
	})
	fields := []field{newChoice(d, "stage", "it begins as", raisable(), &f.typed.stage)}
	if reasons := domain.Reasons(networkOf(b.payment)); len(reasons) > 0 {
		options := []option{{"", "the usual one"}}
		for _, r := range reasons {
			options = append(options, option{r.Code, r.Code + "  " + r.Means})
		}
		fields = append(fields, newChoice(d, "reason", "reason", options, &f.typed.reason))
	}
	if earlier := s.casesAbout(f.payment); len(earlier) > 0 {
		fields = append(fields, newChoice(d, "previous", "it goes back to", append([]option{{"", "no earlier case"}}, earlier...), &f.typed.previous))
	}
	f.form = newForm(d, append(fields, amount, span)...)
	f.send = func() tea.Cmd { return f.raise(s) }
	return f
}

// casesAbout are the cases that there are about a payment, newest first: pre-compliance and good faith may go back to one.
func (s *chair) casesAbout(payment domain.PaymentID) []option {
	var earlier []option
	for _, c := range s.cases {
		if c.Payment == payment {
			sign := badgeOf("dispute", c.State)
			earlier = append(earlier, option{string(c.ID), joined([]string{sign.word, c.Currency.Display(c.Amount)})})
		}
	}
	return earlier
}

// networkOf is the card network whose reasons a case about the payment gives.
func networkOf(p *domain.Payment) string {
	if p.Source.Brand == domain.Maestro {
		return string(domain.Mastercard)
	}
	if p.Source.Brand == "" {
		return "none"
	}
	return string(p.Source.Brand)
}

// optional checks what may be left out.
func (f *raiseSheet) optional(text string, check func(string) error) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return check(text)
}

// raising is what was typed, which the fields have checked.
func (f *raiseSheet) raising() (domain.Raising, error) {
	r := domain.Raising{Payment: f.payment, Stage: f.typed.stage, Reason: f.typed.reason, Previous: domain.DisputeID(f.typed.previous)}
	if r.Stage == announcedFirst {
		r.Stage, r.Announced = domain.StageChargeback, true
	}
	var wrong, late error
	if f.typed.amount != "" {
		r.Amount, wrong = f.currency.Parse(f.typed.amount)
	}
	if strings.TrimSpace(f.typed.time) != "" {
		r.RespondIn, late = parseSpan(f.typed.time)
	}
	return r, errors.Join(wrong, late)
}

// raise has the customer's bank open the case; what the gateway refuses is said under its field.
func (f *raiseSheet) raise(s *chair) tea.Cmd {
	wish, err := f.raising()
	if err != nil {
		s.desk.Fail(err)
		return nil
	}
	f.busy = true
	return asking(s.desk, func(ctx context.Context, t *till.Till) (domain.DisputeID, error) {
		id, err := t.Bank.Raise(ctx, wish)
		if err == nil {
			err = t.Listen(ctx)
		}
		return id, err
	}, func(id domain.DisputeID, err error) tea.Cmd {
		f.busy = false
		if err != nil {
			f.refuse(err)
			return nil
		}
		f.close()
		s.court.chosen = id
		s.turnTo(s.court)
		s.desk.Say("the case is open: %s, %s", s.nameOf(string(f.payment)), domain.State(wish.Stage).Words())
		return s.read()
	})
}

// askRaise opens the sheet about a payment.
func (p *booksPart) askRaise(b bookRow) tea.Cmd {
	f := newRaise(p.chair, b)
	return p.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "SANDBOX  a case about " + p.nameOf(string(b.payment.ID)) + "?" },
		Sheet:    &f.sheet, Yes: "open it", No: "not now",
	})
}
