package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// What can be done with the order itself.

func (s *order) askCancel() tea.Cmd {
	in, held := s.intent(), s.shown.Sums().Held()
	note := "nobody is asked to pay it any more."
	if held > 0 {
		note = "the bank gives free " + s.money(held) + "; the order ends with it."
	}
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string {
			return fmt.Sprintf("cancel order %s over %s?", called(s.shown), s.money(s.shown.Total()))
		},
		Note: note, Money: true, Yes: "cancel it", No: "keep it",
		Changes: func(domain.Amount) []Change {
			if held == 0 {
				return nil
			}
			return []Change{s.change("set aside", held, 0)}
		},
		Do: func(domain.Amount) tea.Cmd { return s.moveOrder(in, "cancel", till.Moving{}) },
	})
}

func (s *order) askIssue() tea.Cmd {
	in := s.intent()
	return s.desk.Ask(Confirm(fmt.Sprintf("issue this draft over %s?", s.money(s.shown.Total())), "it gets its number and can be paid.", "issue", "not yet", func() tea.Cmd {
		id := s.id
		return s.run("issue", func(ctx context.Context, t *till.Till) (string, error) {
			return stands(t.Resume(ctx, in, id))
		})
	}))
}

// moves makes a question for one of the order's plain actions.
func moves(action, note string) func(*order) tea.Cmd {
	return func(s *order) tea.Cmd {
		in := s.intent()
		words := domain.State(action).Words()
		return s.desk.Ask(Confirm(fmt.Sprintf("%s: order %s?", words, called(s.shown)), note, words, "leave it", func() tea.Cmd {
			return s.moveOrder(in, action, till.Moving{})
		}))
	}
}

// askExtend gives the order another due date.
func (s *order) askExtend() tea.Cmd {
	in := s.intent()
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "until when is order " + called(s.shown) + " to be paid?" },
		Note:     "now it is due " + dated(s.shown.Due) + ".", Yes: "until then", No: "leave it",
		Line: &Line{Label: "until", Example: "3d, 2w or 2026-12-01", Read: readWhen(s.desk.Now), Do: func(text string) tea.Cmd {
			due, err := parseWhen(text, s.desk.Now())
			if err != nil {
				s.desk.Fail(err)
				return nil
			}
			return s.moveOrder(in, "extend", till.Moving{Due: due})
		}},
	})
}

// settles makes a question for an action of the order that says something about its money; clears tells that nothing
// is due after it.
func settles(action, note string, clears bool) func(*order) tea.Cmd {
	return func(s *order) tea.Cmd {
		in, due := s.intent(), s.shown.BalanceDue()
		words := domain.State(action).Words()
		q := &Dialog{
			Question: func(domain.Amount) string {
				return fmt.Sprintf("%s: order %s over %s?", words, called(s.shown), s.money(s.shown.Total()))
			},
			Note: note, Money: true, Yes: words, No: "leave it",
			Do: func(domain.Amount) tea.Cmd { return s.moveOrder(in, action, till.Moving{}) },
		}
		if clears {
			q.Changes = func(domain.Amount) []Change { return []Change{s.change("balance due", due, 0)} }
		}
		return s.desk.Ask(q)
	}
}

func (s *order) moveOrder(in till.Intent, action string, with till.Moving) tea.Cmd {
	id := s.id
	return s.run(action, func(ctx context.Context, t *till.Till) (string, error) {
		return stands(t.Move(ctx, in, id, action, with))
	})
}

// ended says how an operation ended: "refund €5.00: succeeded".
func ended(r till.Result, err error) (string, error) {
	if err != nil || r.Operation == nil {
		return "", err
	}
	op := r.Operation
	return fmt.Sprintf("%s %s: %s", domain.State(op.Kind).Words(), op.Currency.Display(op.Amount), badgeOf("operation", op.State).word), nil
}

// stands says where an order stands after an action of its own.
func stands(o *domain.Order, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return "the order is " + badgeOf("order", o.State).word, nil
}

// sync asks the provider what it knows: that moves no money, so there is no question.
func (s *order) sync() tea.Cmd {
	in, p := s.intent(), s.looked().ID
	return s.run("sync", func(ctx context.Context, t *till.Till) (string, error) {
		r, err := t.Sync(ctx, in, p)
		if err != nil || r.Payment == nil {
			return "the provider was asked", err
		}
		return "the provider was asked: the payment is " + badgeOf("payment", r.Payment.State).word, nil
	})
}

// askPay goes to the Payment screen, which is itself the question.
func (s *order) askPay() tea.Cmd { return s.desk.Push(newOrderPayment(s.desk, s.shown)) }
