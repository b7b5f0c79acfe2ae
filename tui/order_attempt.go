package tui

import (
	"cmp"
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/story"
	"till/domain/till"
)

// What can be done with an attempt that has not come to its end: what the customer did, another try, another day, a
// verdict.

// resultNotes say what each result of a session means (domain.SessionKind.Results).
var resultNotes = map[string]string{
	"passed":      "they showed who they are",
	"failed":      "it did not work",
	"abandoned":   "they walked away from it",
	"attempted":   "their bank takes no part in it",
	"unavailable": "3DS is not to be had now",
	"rejected":    "their bank refuses",
	"decoupled":   "they confirm elsewhere, later",
	"exempted":    "they need not be asked",
	"paid":        "they paid",
	"cancelled":   "they turned back",
	"expired":     "they let the time pass",
}

// askComplete is the customer coming back. At a test gateway the operator says what they did there; with any other
// the return is verified, whatever anybody says.
func (s *order) askComplete() tea.Cmd {
	p, in := s.looked(), s.intent()
	session := p.Session()
	back := func(result string) tea.Cmd {
		return s.run("complete", func(ctx context.Context, t *till.Till) (string, error) {
			return attempted(t.Complete(ctx, in, p.ID, result))
		})
	}
	results := session.Kind.Results()
	if s.desk.Till.Bank == nil {
		return s.desk.Ask(Confirm("the customer is back?", "their return is verified with "+p.Provider+".", "verify", "not yet", func() tea.Cmd {
			return back(results[0])
		}))
	}
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "what did the customer do?" },
		Note:     story.Turn(session.Kind) + ": " + s.money(p.Amount) + ".", No: "not back yet", Picks: picksOf(results, back),
	})
}

// picksOf makes an answer of each result.
func picksOf(results []string, do func(string) tea.Cmd) []Pick {
	picks, keys := make([]Pick, len(results)), keyed(results)
	for i, result := range results {
		picks[i] = Pick{Key: keys[i], Label: result, Note: resultNotes[result], Do: func() tea.Cmd { return do(result) }}
	}
	return picks
}

func (s *order) askRetry() tea.Cmd {
	p, in := s.looked(), s.intent()
	due := s.shown.BalanceDue()
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return fmt.Sprintf("try %s again now?", s.money(p.Amount)) },
		Note:     "from " + p.Source.String() + ". by itself it is tried " + inWords(p.RetryAt.Sub(s.desk.Now())) + ".",
		Money:    true, Yes: "try now", No: "wait",
		Changes: func(domain.Amount) []Change { return []Change{s.change("balance due", due, due-p.Amount)} },
		Do: func(domain.Amount) tea.Cmd {
			return s.run("try", func(ctx context.Context, t *till.Till) (string, error) {
				return attempted(t.RetryPayment(ctx, in, p.ID))
			})
		},
	})
}

// askDate gives a scheduled payment another day.
func (s *order) askDate() tea.Cmd {
	p, in := s.looked(), s.intent()
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return fmt.Sprintf("when is %s to be sent?", s.money(p.Amount)) },
		Note:     "now it is " + dated(p.Date) + ".", Yes: "that day", No: "leave it",
		Line: &Line{Label: "when", Example: "3d, 2w or 2026-12-01", Read: readWhen(s.desk.Now), Do: func(text string) tea.Cmd {
			at, err := parseWhen(text, s.desk.Now())
			if err != nil {
				s.desk.Fail(err)
				return nil
			}
			return s.edit(in, p, till.Editing{Date: &at})
		}},
	})
}

// askPause keeps a scheduled payment from being sent, or lets it be sent again.
func (s *order) askPause() tea.Cmd {
	p, in := s.looked(), s.intent()
	active := p.Paused
	question, note, yes := "pause this payment?", "it is not sent, also when its day comes.", "pause it"
	if active {
		question, note, yes = "make this payment active?", "it is sent when its day comes: "+dated(p.Date)+".", "make it active"
	}
	return s.desk.Ask(Confirm(question, note, yes, "leave it", func() tea.Cmd {
		return s.edit(in, p, till.Editing{Active: &active})
	}))
}

func (s *order) edit(in till.Intent, p *domain.Payment, with till.Editing) tea.Cmd {
	return s.run("update", func(ctx context.Context, t *till.Till) (string, error) {
		r, err := t.UpdatePayment(ctx, in, p.ID, with)
		if err != nil {
			return "", err
		}
		if r.Payment.Paused {
			return "the payment is paused", nil
		}
		return "the payment is sent " + sentAt(r.Payment.Date, t.Env.Now()), nil
	})
}

func sentAt(date, now time.Time) string { return inWords(date.Sub(now)) + ", on " + dated(date) }

// verdicts are what somebody who looked for fraud can say.
var verdicts = []Pick{
	{Label: domain.FraudAccept, Note: "the money may be captured"},
	{Label: domain.FraudReject, Note: "it may not: void it, or refund it"},
	{Label: domain.FraudReview, Note: "not before somebody has accepted it"},
}

// askFraud asks for a verdict, and then for a word about it.
func (s *order) askFraud() tea.Cmd {
	p, in := s.looked(), s.intent()
	said := "screening said nothing of it."
	if p.Fraud.Said() {
		said = "so far: " + joined([]string{p.Fraud.Status, p.Fraud.Message}) + "."
	}
	q := &Dialog{Question: func(domain.Amount) string { return "is it fraud?" }, Note: said, No: "not decided"}
	for _, v := range verdicts {
		v.Key = v.Label[:1]
		if v.Label == domain.FraudReview {
			v.Key = "v"
		}
		v.Do = func() tea.Cmd { return s.askWhy(in, p, v) }
		q.Picks = append(q.Picks, v)
	}
	return s.desk.Ask(q)
}

func (s *order) askWhy(in till.Intent, p *domain.Payment, verdict Pick) tea.Cmd {
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string {
			return fmt.Sprintf("%s this payment over %s?", verdict.Label, s.money(p.Amount))
		},
		Note: verdict.Note + ".", Yes: verdict.Label, No: "not decided",
		Line: &Line{Label: "why", Example: "nothing need be said", Do: func(text string) tea.Cmd {
			return s.run("fraud", func(ctx context.Context, t *till.Till) (string, error) {
				r, err := t.Judge(ctx, in, p.ID, domain.Screening{Status: verdict.Label, Message: text})
				if err != nil {
					return "", err
				}
				return "screening for fraud: " + r.Payment.Fraud.Status, nil
			})
		}},
	})
}

// askGiveUp ends an attempt that is on the customer's side, and all of its group.
func (s *order) askGiveUp() tea.Cmd {
	p, in := s.looked(), s.intent()
	note := "the order can be paid in another way."
	if p.Group != "" {
		note = "the other payments of its group fall with it. " + note
	}
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return fmt.Sprintf("give up the attempt over %s?", s.money(p.Amount)) },
		Note:     note, Money: true, Yes: "give up", No: "wait",
		Do: func(domain.Amount) tea.Cmd {
			return s.run("give up", func(ctx context.Context, t *till.Till) (string, error) {
				return attempted(t.CancelPayment(ctx, in, p.ID))
			})
		},
	})
}

// attempted says where a payment stands after something was done about it.
func attempted(r till.Result, err error) (string, error) {
	if err != nil || r.Payment == nil {
		return "", err
	}
	return "the payment: " + joined([]string{badgeOf("payment", r.Payment.State).word, cmp.Or(r.Payment.Message, r.Payment.Detail)}), nil
}
