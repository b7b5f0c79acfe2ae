package story

import (
	"fmt"
	"strings"

	"till/domain"
)

// What is no order's: the till itself, the clock, customers and what may be charged of theirs, money that goes out.

// says is a teller for which the kind is enough.
func says(sentence string) func(domain.Entry, *domain.Order) string {
	return func(domain.Entry, *domain.Order) string { return sentence }
}

func tellTill(e domain.Entry, _ *domain.Order) string {
	return told(e, func(o domain.TillOpening) string {
		if o.Live {
			return "a till for real money was opened"
		}
		return "a till for test money was opened"
	})
}

func tellClock(e domain.Entry, _ *domain.Order) string {
	return told(e, func(m domain.ClockMove) string { return "the clock was moved to " + dated(m.To) })
}

func tellSource(e domain.Entry, _ *domain.Order) string {
	return told(e, func(k domain.KeptSource) string {
		return k.Variant + " keeps " + k.Source.String() + " to be charged again"
	})
}

func tellMandate(e domain.Entry, _ *domain.Order) string {
	return told(e, func(m domain.MandateOpening) string {
		return "leave to charge " + m.Source.String() + " again is wanted"
	})
}

func tellPayout(e domain.Entry, _ *domain.Order) string {
	return told(e, func(p domain.PayoutOpening) string { return p.Currency.Display(p.Amount) + " to be paid out" })
}

func tellShift(e domain.Entry, _ *domain.Order) string {
	return told(e, func(s domain.ShiftOpening) string {
		return "a shift was opened, with " + s.Currency.Display(s.Float) + " in the drawer"
	})
}

func tellDrawer(e domain.Entry, _ *domain.Order) string {
	return told(e, func(m domain.ShiftMove) string {
		if m.Event == domain.PaidIn {
			return "cash was put into the drawer: " + m.Reason
		}
		return "cash was taken out of the drawer: " + m.Reason
	})
}

func tellZ(e domain.Entry, _ *domain.Order) string {
	return told(e, func(c domain.ShiftClosing) string {
		return fmt.Sprintf("the drawer was counted, and the shift closed with Z report %d", c.Number)
	})
}

func tellOperator(e domain.Entry, _ *domain.Order) string {
	return told(e, func(a domain.OperatorAdding) string { return a.Name + " works at the till, as a " + string(a.Role) })
}

func tellLock(e domain.Entry, _ *domain.Order) string {
	return told(e, func(l domain.OperatorLock) string {
		return fmt.Sprintf("locked out for %s after %d wrong PINs", l.For, l.Wrong)
	})
}

func tellEvidence(e domain.Entry, o *domain.Order) string {
	return told(e, func(a domain.EvidenceAdded) string {
		var known map[string]string
		if o != nil {
			known = o.PaperNames()
		}
		names := make([]string, len(a.Papers))
		for i, p := range a.Papers {
			p.Name = known[p.SHA256]
			names[i] = p.Title()
		}
		return fmt.Sprintf("evidence was added: %s", strings.Join(names, ", "))
	})
}
