package tui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// What stays to be done after the answer: the customer's turn, an outcome that nobody knows, a day that comes.

// payment is the attempt that is in flight; nil while nobody knows which.
func (f *flight) payment() *domain.Payment {
	if f.order == nil {
		return nil
	}
	if p := f.order.Payment(f.paid); p != nil {
		return p
	}
	return f.order.Last()
}

// session is what the customer has to do elsewhere now.
func (f *flight) session() *domain.Session {
	if p := f.payment(); p != nil {
		return p.Session()
	}
	return nil
}

// open tells whether the attempt has not come to its end.
func (f *flight) open() bool { return f.payment() != nil && f.payment().IsOpen() }

// isOver tells whether the attempt has ended without any money, so that the order can be paid again.
func (f *flight) isOver() bool { return f.payment() != nil && !f.open() }

// choices are what the customer can do at their bank; only at a test gateway the operator does it for them.
func (f *flight) choices() []Pick {
	session := f.session()
	if session == nil || f.desk.Till.Bank == nil || f.isLost() {
		return nil
	}
	return picksOf(session.Kind.Results(), f.complete)
}

// isLost tells whether nobody knows what came of something.
func (f *flight) isLost() bool {
	return f.order != nil && slices.Contains(f.order.Attention(), "unknown")
}

// complete is the customer coming back.
func (f *flight) complete(result string) tea.Cmd {
	return f.have(func(ctx context.Context, t *till.Till, in till.Intent, id domain.PaymentID) (till.Result, error) {
		return t.Complete(ctx, in, id, result)
	})
}

// ask asks the provider now what became of it.
func (f *flight) ask() tea.Cmd {
	return f.have(func(ctx context.Context, t *till.Till, in till.Intent, id domain.PaymentID) (till.Result, error) {
		return t.Sync(ctx, in, id)
	})
}

// have has something done about the payment, one thing at a time.
func (f *flight) have(do func(context.Context, *till.Till, till.Intent, domain.PaymentID) (till.Result, error)) tea.Cmd {
	p := f.payment()
	if f.asking || p == nil {
		return nil
	}
	f.asking = true
	f.desk.Busy(+1)
	id, in := p.ID, till.Intent{Key: f.desk.Till.Env.NewID("key_")}
	return asking(f.desk, func(ctx context.Context, t *till.Till) (till.Result, error) {
		return do(ctx, t, in, id)
	}, func(r till.Result, err error) tea.Cmd { return f.asked(outcomeAsked{r.Order, err}) })
}

// asked takes what became of that, also where the person has stepped away meanwhile. How the payment ended is said by
// the page itself.
func (f *flight) asked(msg outcomeAsked) tea.Cmd {
	f.asking = false
	f.desk.Busy(-1)
	shown, code := f.desk.app.shows(f), domain.CodeOf(msg.err)
	switch {
	case code == domain.CodeUnknownOutcome:
		return tea.Batch(f.desk.failFor(f.order.ID, msg.err, f.desk.top(f)), f.reload())
	case msg.order != nil && !f.desk.top(f):
		f.desk.Say("order %s: %s · %s", msg.order.Number, f.bill.display(), msg.order.Label())
	case msg.err != nil && !(shown && (code == domain.CodeDeclined || code == domain.CodeFailed)):
		f.desk.Fail(msg.err)
	}
	return f.reload()
}

// copyLink puts the link into the clipboard, for the customer's own screen.
func (f *flight) copyLink() tea.Cmd {
	if f.session() == nil || f.session().URL == "" {
		return nil
	}
	f.desk.Say("copied")
	return tea.SetClipboard(f.session().URL)
}
