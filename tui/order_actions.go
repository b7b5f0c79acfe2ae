package tui

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// What is asked of a provider about money that there is. Each question is asked once, with the amounts before and
// after.

// intent is made when a question opens: answering it twice is the same thing.
func (s *order) intent() till.Intent { return till.Intent{Key: s.desk.Till.Env.NewID("key_")} }

func (s *order) money(a domain.Amount) string { return s.shown.Cart.Currency.Display(a) }

func (s *order) askCapture() tea.Cmd {
	p, in := s.looked(), s.intent()
	sums, due := p.Sums, s.shown.BalanceDue()
	return s.desk.Ask(&Dialog{
		Question: func(a domain.Amount) string { return fmt.Sprintf("capture %s?", s.money(a)) },
		Note:     captureNote(p),
		Money:    true, Yes: "capture", No: "not now",
		Currency: s.shown.Cart.Currency, Label: "amount", Start: sums.Capturable(), Check: s.atMost(sums.Capturable()),
		Changes: func(a domain.Amount) []Change {
			return []Change{
				s.change("captured", sums.Captured, sums.Captured+a),
				s.change("still set aside", sums.Held(), leftOf(p, a)),
				s.change("balance due", due, due-a),
			}
		},
		Do: func(a domain.Amount) tea.Cmd {
			return s.run("capture", func(ctx context.Context, t *till.Till) (string, error) {
				return ended(t.Capture(ctx, in, till.Capturing{Payment: p.ID, Amount: a}))
			})
		},
	})
}

// leftOf is what the bank still sets aside after a capture: nothing where the method captures once.
func leftOf(p *domain.Payment, captured domain.Amount) domain.Amount {
	if p.Single {
		return 0
	}
	return p.Sums.Held() - captured
}

func captureNote(p *domain.Payment) string {
	note := "takes it from what the bank has set aside for " + p.Source.String()
	if p.Single {
		note += "; what is left is given free, since it is captured once"
	}
	return note + "."
}

func (s *order) askVoid() tea.Cmd {
	p, in := s.looked(), s.intent()
	held := p.Sums.Voidable()
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return fmt.Sprintf("void %s?", s.money(held)) },
		Note:     "the bank gives free what it has set aside for " + p.Source.String() + ". it cannot be captured afterwards.",
		Money:    true, Yes: "void", No: "keep it",
		Changes: func(domain.Amount) []Change {
			return []Change{s.change("set aside", p.Sums.Held(), 0), s.change("captured", p.Sums.Captured, p.Sums.Captured)}
		},
		Do: func(domain.Amount) tea.Cmd {
			return s.run("void", func(ctx context.Context, t *till.Till) (string, error) {
				return ended(t.Void(ctx, in, p.ID, ""))
			})
		},
	})
}

func (s *order) askRefund() tea.Cmd {
	p, in := s.looked(), s.intent()
	sums := p.Sums
	drawer, look := s.drawer(p)
	return tea.Batch(look, s.desk.Ask(&Dialog{
		Question: func(a domain.Amount) string { return fmt.Sprintf("refund %s?", s.money(a)) },
		Note:     "back to " + p.Source.String() + ".",
		Money:    true, Yes: "refund", No: "keep it",
		Currency: s.shown.Cart.Currency, Label: "amount", Start: sums.Refundable(), Check: s.atMost(sums.Refundable()),
		Changes: func(a domain.Amount) []Change {
			return append([]Change{
				s.change("refunded", sums.Returned(), sums.Returned()+a),
				s.change("kept", sums.Net(), sums.Net()-a),
			}, drawer(a)...)
		},
		Do: func(a domain.Amount) tea.Cmd {
			s.picked = "" // the new one is looked at
			return s.run("refund", func(ctx context.Context, t *till.Till) (string, error) {
				return ended(t.Refund(ctx, in, till.Refunding{Payment: p.ID, Amount: a}))
			})
		},
	}))
}

// drawer tells what an amount that goes back in cash is in coins, where they are rounded, and what it leaves in the
// drawer, once look has brought what is in it; of other money, and where no shift is open in its currency, nothing.
func (s *order) drawer(p *domain.Payment) (changes func(domain.Amount) []Change, look tea.Cmd) {
	var within []domain.Amount // what should be in it, once that is known
	if p.Source.Type == domain.Cash {
		look = asking(s.desk, func(ctx context.Context, t *till.Till) (domain.Drawer, error) {
			_, report, err := t.XReport(ctx)
			return report.Drawer, err
		}, func(d domain.Drawer, err error) tea.Cmd {
			if err == nil && d.Currency == s.shown.Cart.Currency {
				within = []domain.Amount{d.Expected}
			}
			return nil
		})
	}
	return func(out domain.Amount) (changes []Change) {
		coins := out
		if p.Source.Type == domain.Cash {
			coins += p.RoundingBack(s.desk.Till.Country, s.shown.Cart.Currency, out)
		}
		if coins != out {
			changes = append(changes, Change{"in coins", s.money(out), s.money(coins)})
		}
		if within != nil {
			changes = append(changes, Change{"in the drawer", s.money(within[0]), s.money(within[0] - coins)})
		}
		return changes
	}, look
}

// askIncrement has more set aside for the same payment.
func (s *order) askIncrement() tea.Cmd {
	p, in := s.looked(), s.intent()
	sums := p.Sums
	return s.desk.Ask(&Dialog{
		Question: func(a domain.Amount) string { return fmt.Sprintf("set %s more aside?", s.money(a)) },
		Note:     "the bank of " + p.Source.String() + " is asked for more, and as much more may be taken for the order.",
		Money:    true, Yes: "set aside", No: "not now",
		Currency: s.shown.Cart.Currency, Label: "more by",
		Check: func(a domain.Amount) error {
			if a < 1 {
				return errors.New("say by how much")
			}
			return nil
		},
		Changes: func(a domain.Amount) []Change {
			return []Change{
				s.change("authorized", sums.Authorized, sums.Authorized+a),
				s.change("set aside", sums.Held(), sums.Held()+a),
				s.change("the order's limit", s.shown.Limit(), s.shown.Limit()+a),
			}
		},
		Do: func(a domain.Amount) tea.Cmd {
			return s.run("increment", func(ctx context.Context, t *till.Till) (string, error) {
				return ended(t.Increment(ctx, in, till.Incrementing{Payment: p.ID, By: a}))
			})
		},
	})
}

// askReverse undoes a payment of today as if it had never been.
func (s *order) askReverse() tea.Cmd {
	p, in := s.looked(), s.intent()
	sums, due := p.Sums, s.shown.BalanceDue()
	drawer, look := s.drawer(p)
	return tea.Batch(look, s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return fmt.Sprintf("reverse %s?", s.money(sums.Captured)) },
		Note:     "as if it had never been taken from " + p.Source.String() + "; the order can be paid again. after today only a refund is possible.",
		Money:    true, Yes: "reverse", No: "keep it",
		Changes: func(domain.Amount) []Change {
			return append([]Change{
				s.change("reversed", sums.Reversed, sums.Captured),
				s.change("kept", sums.Net(), 0),
				s.change("balance due", due, due+sums.Captured),
			}, drawer(sums.Captured)...)
		},
		Do: func(domain.Amount) tea.Cmd {
			return s.run("reverse", func(ctx context.Context, t *till.Till) (string, error) {
				return ended(t.Reverse(ctx, in, p.ID))
			})
		},
	}))
}

// askStopRefund stops a refund that is on its way.
func (s *order) askStopRefund() tea.Cmd {
	p, r, in := s.looked(), s.refund(), s.intent()
	sums := p.Sums
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return fmt.Sprintf("stop the refund of %s?", s.money(r.Amount)) },
		Note:     "if the money has not left yet, it stays.",
		Money:    true, Yes: "stop it", No: "let it go",
		Changes: func(domain.Amount) []Change {
			return []Change{
				s.change("on its way back", sums.RefundPending, sums.RefundPending-r.Amount),
				s.change("can be refunded", sums.Refundable(), sums.Refundable()+r.Amount),
			}
		},
		Do: func(domain.Amount) tea.Cmd {
			return s.run("stop", func(ctx context.Context, t *till.Till) (string, error) {
				return ended(t.CancelRefund(ctx, in, r.ID))
			})
		},
	})
}

// askRefundAgain makes a refund that failed once more.
func (s *order) askRefundAgain() tea.Cmd {
	p, r, in := s.looked(), s.refund(), s.intent()
	sums := p.Sums
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return fmt.Sprintf("refund %s again?", s.money(r.Amount)) },
		Note:     "back to " + p.Source.String() + ", in place of the refund that failed.",
		Money:    true, Yes: "refund", No: "keep it",
		Changes: func(domain.Amount) []Change {
			return []Change{
				s.change("refunded", sums.Returned(), sums.Returned()+r.Amount),
				s.change("kept", sums.Net(), sums.Net()-r.Amount),
			}
		},
		Do: func(domain.Amount) tea.Cmd {
			s.picked = ""
			return s.run("refund again", func(ctx context.Context, t *till.Till) (string, error) {
				return ended(t.RetryRefund(ctx, in, r.ID))
			})
		},
	})
}

// atMost tells in words before anything is sent what would be refused anyway.
func (s *order) atMost(most domain.Amount) func(domain.Amount) error {
	return func(a domain.Amount) error {
		if a < 1 || a > most {
			return fmt.Errorf("between %s and %s", s.money(1), s.money(most))
		}
		return nil
	}
}

func (s *order) change(label string, before, after domain.Amount) Change {
	return Change{Label: label, Before: s.money(before), After: s.money(after)}
}
