package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// deed is something that can be done here: the key for it, and the action that the till knows it by.
type deed struct {
	key, action, of, title string
	always                 bool // shown also while it is not possible
	ask                    func(*order) tea.Cmd
	wanted                 func(*domain.Order) bool // whether anybody could want it; nil: always
}

func hasDue(o *domain.Order) bool { return !o.Due.IsZero() }

// isMarked holds where something is to be looked at: a mark of attention, or a flat name that is a warning.
func isMarked(o *domain.Order) bool {
	_, special := badges["flat"][domain.State(o.FlatStatus())]
	return special || len(o.Attention()) > 0
}

// deeds are in the order in which people look for them.
var deeds = []deed{
	{"enter", "pay", "order", "pay", true, (*order).askPay, nil},
	{"c", "capture", "payment", "capture", true, (*order).askCapture, nil},
	{"v", "void", "payment", "void", true, (*order).askVoid, nil},
	{"r", "refund", "payment", "refund", true, (*order).askRefund, nil},
	{"x", "cancel", "order", "cancel", true, (*order).askCancel, nil},
	{"s", "sync", "payment", "ask the provider", true, (*order).sync, nil},
	{"i", "issue", "order", "issue the draft", false, (*order).askIssue, nil},
	{"x", "discard", "order", "discard the draft", false, moves("discard", "the draft is set aside; nothing is deleted."), nil},
	{"m", "receive", "order", "mark as received", false, moves("receive", "it was paid outside this till."), nil},
	{"u", "unreceive", "order", "not received after all", false, moves("unreceive", "it can be paid again."), nil},
	{"w", "close_short", "order", "write off the rest", false, moves("close_short", "what is missing is not asked for any more."), nil},
	{"l", "accept_late", "order", "accept the late money", false, moves("accept_late", "the order counts as paid with it."), nil},
	{"o", "allow_overdue", "order", "take late payment", false, moves("allow_overdue", "it can be paid after its due date."), hasDue},
	{"d", "deny_overdue", "order", "refuse late payment", false, moves("deny_overdue", "it cannot be paid after its due date."), hasDue},
	{"j", "reject", "order", "reject for the customer", false, moves("reject", "the customer does not want it. this is final."), nil},
	{"k", "acknowledge", "order", "acknowledge", false, moves("acknowledge", "it is off the list until something new happens."), isMarked},
}

// offer is a deed with the sentence why it is not possible now; "" when it is.
type offer struct {
	deed
	refusal string
}

// offers judges every deed by what the till says of it; no rule about states is made here. Judged once for what
// is shown: it is asked for with every frame.
func (s *order) offers() []offer {
	if s.choices == nil && s.shown != nil {
		s.choices = s.judge()
	}
	return s.choices
}

func (s *order) judge() []offer {
	refusals := s.refusals()
	var all []offer
	for _, d := range deeds {
		refusal, known := refusals[d.of+" "+d.action]
		if !known {
			refusal = "there is no payment yet"
		}
		if known && refusal == "" && (d.wanted == nil || d.wanted(s.shown)) || d.always {
			all = append(all, offer{d, s.meanwhile(d, refusal)})
		}
	}
	return all
}

// refusals is what the till says of each action of the order and of the payment that is looked at. Of the past
// nobody asks it.
func (s *order) refusals() map[string]string {
	refusals := map[string]string{}
	if !s.live() {
		return refusals
	}
	for _, c := range s.desk.Till.OrderActions(s.shown) {
		refusals["order "+c.Action] = c.Refusal
	}
	if p := s.looked(); p != nil {
		for _, c := range s.desk.Till.PaymentActions(s.shown, p) {
			refusals["payment "+c.Action] = c.Refusal
		}
	}
	return refusals
}

// meanwhile is why nothing is possible while something runs or the past is shown.
func (s *order) meanwhile(d deed, refusal string) string {
	switch {
	case s.running == d.action:
		return "running …"
	case s.running != "":
		return "one thing at a time: " + s.running + " is running"
	case !s.live():
		return "this is the past; ] leads to the present"
	}
	return refusal
}

// press does what a key asks for, or says why it is not possible.
func (s *order) press(msg tea.KeyPressMsg) tea.Cmd {
	var refused *offer
	for _, o := range s.offers() {
		if msg.String() != o.key {
			continue
		}
		if o.refusal == "" {
			return o.ask(s)
		}
		refused = &o
	}
	if refused != nil {
		s.desk.Fail(domain.Errorf(domain.CodeIllegalTransition, "%s: %s", refused.title, refused.refusal))
		return nil
	}
	return s.look(msg)
}

// actionDone brings what came of an action to the screen that started it, wherever that is by now.
type actionDone struct {
	by     *order
	action string
	said   string // how it ended, in words
	err    error
}

// run starts an action; until its message comes it cannot be started again.
func (s *order) run(action string, do func(context.Context, *till.Till) (said string, err error)) tea.Cmd {
	if s.running != "" {
		return nil
	}
	s.running = action
	s.changed()
	s.desk.Busy(+1)
	ctx, t, answer := s.desk.Ctx, s.desk.Till, actionDone{by: s, action: action}
	return func() tea.Msg {
		answer.said, answer.err = do(ctx, t)
		return answer
	}
}

// done takes what came of an action; the person may have left the screen meanwhile.
func (s *order) done(msg actionDone) tea.Cmd {
	s.running = ""
	s.changed()
	s.desk.Busy(-1)
	var look tea.Cmd
	switch {
	case msg.err != nil:
		look = s.desk.failFor(s.id, s.named(msg.err), s.desk.top(s))
		if msg.action == "sync" && look != nil {
			s.desk.Say("the provider was asked, and nobody knows yet")
		}
	case s.desk.top(s):
		s.desk.Say("%s", msg.said)
	default:
		s.desk.Say("order %s: %s", called(s.full), msg.said)
	}
	return tea.Batch(look, s.read())
}

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
	return s.desk.Ask(&Dialog{
		Question: func(a domain.Amount) string { return fmt.Sprintf("refund %s?", s.money(a)) },
		Note:     "back to " + p.Source.String() + ".",
		Money:    true, Yes: "refund", No: "keep it",
		Currency: s.shown.Cart.Currency, Label: "amount", Start: sums.Refundable(), Check: s.atMost(sums.Refundable()),
		Changes: func(a domain.Amount) []Change {
			return []Change{
				s.change("refunded", sums.Returned(), sums.Returned()+a),
				s.change("kept", sums.Net(), sums.Net()-a),
			}
		},
		Do: func(a domain.Amount) tea.Cmd {
			return s.run("refund", func(ctx context.Context, t *till.Till) (string, error) {
				return ended(t.Refund(ctx, in, till.Refunding{Payment: p.ID, Amount: a}))
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
	return Change{Label: label, Before: s.money(before), After: s.money(max(0, after))}
}

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
		Do: func(domain.Amount) tea.Cmd { return s.moveOrder(in, "cancel") },
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
			return s.moveOrder(in, action)
		}))
	}
}

func (s *order) moveOrder(in till.Intent, action string) tea.Cmd {
	id := s.id
	return s.run(action, func(ctx context.Context, t *till.Till) (string, error) {
		return stands(t.Move(ctx, in, id, action, till.Moving{}))
	})
}

// ended says how an operation ended: "refund €5.00: succeeded".
func ended(r till.Result, err error) (string, error) {
	if err != nil || r.Operation == nil {
		return "", err
	}
	op := r.Operation
	return fmt.Sprintf("%s %s: %s", op.Kind, op.Currency.Display(op.Amount), badgeOf("operation", op.State).word), nil
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
