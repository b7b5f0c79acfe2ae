package story

import (
	"strings"
	"testing"

	"till/domain"
)

func entry(t *testing.T, kind domain.Kind, source domain.Origin, body any) domain.Entry {
	t.Helper()
	e, err := domain.NewEntry(kind, "ord_1", "pay_1", body)
	if err != nil {
		t.Fatal(err)
	}
	e.Source, e.Actor = source, "Ann"
	return e
}

// Who told whom, what, and whether it arrived.
func TestMessages(t *testing.T) {
	session := &domain.Session{Kind: domain.SessionRedirect}
	for name, c := range map[string]struct {
		entry domain.Entry
		want  string
	}{
		"a clerk":    {entry(t, domain.KindOrderMoved, domain.ByOperator, domain.Move{Event: domain.Cancel}), "clerk till cancelled"},
		"a customer": {entry(t, domain.KindOrderMoved, domain.ByCustomer, domain.Move{Event: domain.View}), "customer till the payment form was opened"},
		"the clock":  {entry(t, domain.KindTimerFired, domain.ByClock, domain.Firing{Timer: domain.TimerHold}), "till till the hold's time is over"},
		"a call": {
			entry(t, domain.KindOperationRequested, domain.ByOperator, domain.Operation{Kind: domain.Capture, Variant: "web", Amount: 300, Currency: "EUR"}),
			"till provider web asked to capture €3.00",
		},
		"no answer": {
			entry(t, domain.KindOperationAnswered, domain.ByReply, domain.Answer{Outcome: domain.Outcome{Status: domain.Unknown}}),
			"provider till no answer: nobody knows what happened (lost)",
		},
		"an errand": {
			entry(t, domain.KindOperationAnswered, domain.ByReply, domain.Answer{Outcome: domain.Outcome{
				Status: domain.Pending, Facts: []domain.Fact{{Event: domain.ActionRequired, Session: session}},
			}}),
			"provider till taken, not decided yet; till customer your turn: they confirm at their bank or wallet",
		},
		"a case": {
			entry(t, domain.KindFactsReported, domain.ByNotice, domain.Report{Facts: []domain.Fact{{Event: domain.DisputeLost, Case: "dsp_1"}}}),
			"bank provider the case is lost; provider till the provider reports: the case is lost",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var told []string
			for _, m := range Messages(c.entry, nil) {
				text := string(m.From) + " " + string(m.To) + " " + m.Text
				if m.Lost {
					text += " (lost)"
				}
				told = append(told, text)
			}
			if got := strings.Join(told, "; "); got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}

// What is no order's is told too, in a sentence and not by the name of its kind.
func TestOthers(t *testing.T) {
	for kind, body := range map[domain.Kind]any{
		domain.KindTillOpened: domain.TillOpening{}, domain.KindClockMoved: domain.ClockMove{},
		domain.KindCustomerAdded: domain.CustomerBody{}, domain.KindCustomerUpdated: domain.CustomerBody{},
		domain.KindPersonForgotten: domain.Forgetting{}, domain.KindSourceSaved: domain.KeptSource{}, domain.KindSourceRemoved: domain.SourceRemoval{},
		domain.KindMandateOpened: domain.MandateOpening{}, domain.KindMandateMoved: domain.Move{Event: domain.Pause},
		domain.KindPayoutOpened: domain.PayoutOpening{Currency: "EUR"}, domain.KindEvidenceAdded: domain.EvidenceAdded{},
		domain.KindShiftOpened: domain.ShiftOpening{Currency: "EUR"}, domain.KindShiftMoved: domain.ShiftMove{}, domain.KindShiftClosed: domain.ShiftClosing{},
		domain.KindOperatorAdded: domain.OperatorAdding{}, domain.KindOperatorPINSet: struct{}{},
		domain.KindOperatorLocked: domain.OperatorLock{}, domain.KindOperatorDisabled: struct{}{},
	} {
		if said := Of(entry(t, kind, domain.ByOperator, body), nil); said == string(kind) || said == "" {
			t.Errorf("%s is told as %q", kind, said)
		}
	}
	broken := domain.Entry{Kind: domain.KindMandateOpened, Body: []byte("{")}
	if said := Of(broken, nil); said != "mandate.opened" {
		t.Errorf("a body that cannot be read is told as %q", said)
	}
	evil := entry(t, domain.KindOrderMoved, domain.ByOperator, domain.Move{Event: domain.Cancel, Reason: "\x1b[2Jgone\u202e"})
	if said := Of(evil, nil); said != "cancelled: gone" {
		t.Errorf("text from outside is told as %q", said)
	}
}
