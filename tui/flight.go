package tui

import (
	"fmt"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// flight is a payment on its way: what is asked of whom, and for how long. Esc steps away; the result finds
// the person all the same. Where the answer was lost it says so, and what is done about it.
type flight struct {
	desk          *Desk
	width, height int

	bill   *bill
	from   *payment
	wish   till.Payable
	source string
	holds  bool // the money is only held for now
	began  time.Time
	passed time.Duration
	frames int

	ended  bool
	order  *domain.Order
	lost   bool // nobody knows what came of it
	asking bool
}

func newFlight(d *Desk, from *payment, wish till.Payable, source string) *flight {
	return &flight{desk: d, bill: from.bill, from: from, wish: wish, source: source, began: d.Now()}
}

// paymentEnded is the answer to a payment. order is there once it was issued, payment once it was tried.
type paymentEnded struct {
	flight  *flight
	order   *domain.Order
	payment *domain.Payment
	err     error
}

// over tells that there is nothing left to try: money moved, or is on its way, or nobody knows.
func (m paymentEnded) over() bool {
	return m.err == nil || domain.CodeOf(m.err) == domain.CodeUnknownOutcome
}

type (
	flightTicked  struct{ flight *flight }
	orderReloaded struct {
		flight *flight
		order  *domain.Order
		err    error
	}
	outcomeAsked struct {
		flight *flight
		err    error
	}
)

// start sends the payment off and shows it. The sale's screen is free from here on.
func (f *flight) start() tea.Cmd {
	revision := f.desk.app.sale().send(f)
	f.desk.Busy(1)
	return tea.Batch(f.desk.Push(f), f.pay(revision))
}

// pay issues the order where there is none yet, and pays it. Both keys were made when the forms opened, so that
// whatever happens in between, doing it again is doing it once. An order is no sale any more: the slot is emptied
// before the money moves.
func (f *flight) pay(revision int) tea.Cmd {
	ctx, t, wish, end := f.desk.Ctx, f.desk.Till, f.wish, paymentEnded{flight: f}
	intent := till.Intent{Key: f.from.key}
	slot := f.desk.app.sale().slot
	var b *basket
	if f.bill.order != nil {
		wish.Order = f.bill.order.ID
	} else {
		b = f.bill.basket.copy()
		wish.Order = b.Order
	}
	return func() tea.Msg {
		if wish.Order == "" {
			if end.order, end.err = issue(ctx, t, b); end.err != nil {
				return end
			}
			wish.Order = end.order.ID
			if end.err = slot.keep(ctx, revision, nil); end.err != nil {
				return end
			}
		}
		result, err := t.Pay(ctx, intent, wish)
		end.payment, end.err = result.Payment, err
		if result.Order != nil {
			end.order = result.Order
		} else if end.order == nil {
			end.order, _ = t.Store.Order(ctx, wish.Order)
		}
		return end
	}
}

func (f *flight) Init() tea.Cmd { return f.tick() }

func (f *flight) tick() tea.Cmd {
	if f.ended {
		return nil
	}
	wait := time.Second
	if f.desk.Motion {
		wait = 120 * time.Millisecond
	}
	return f.desk.After(wait, flightTicked{f})
}

func (f *flight) Title() string { return "in flight" }
func (f *flight) Typing() bool  { return true }

// Resize fits the page.
func (f *flight) Resize(width, height int) { f.width, f.height = width, height }

var flightKeys = struct{ away, next, ask key.Binding }{
	away: key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "step away")),
	next: key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "next sale")),
	ask:  key.NewBinding(key.WithKeys("f5"), key.WithHelp("F5", "ask now")),
}

// Keys are what counts: next to nothing while it is under way.
func (f *flight) Keys() []key.Binding {
	if !f.ended {
		return []key.Binding{flightKeys.away}
	}
	k := flightKeys
	k.ask.SetEnabled(!f.asking)
	return []key.Binding{k.next, k.ask}
}

// Update hears what came of it.
func (f *flight) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return f.press(msg)
	case flightTicked:
		if msg.flight == f {
			f.frames++
			f.passed = f.desk.Now().Sub(f.began)
			return f.tick()
		}
	case paymentEnded:
		if msg.flight == f {
			return f.landed(msg)
		}
	case storeChanged:
		if f.order != nil {
			return f.reload()
		}
	case orderReloaded:
		if msg.flight == f && msg.err == nil {
			return f.look(msg.order)
		}
	case outcomeAsked:
		if msg.flight == f {
			f.asking = false
			f.desk.Fail(msg.err)
		}
	}
	return nil
}

func (f *flight) press(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case f.ended && key.Matches(msg, flightKeys.next):
		f.desk.drop(f)
	case f.ended && key.Matches(msg, flightKeys.ask):
		return f.ask()
	}
	return nil
}

// StepBack leaves the payment to itself and goes back to where it was begun.
func (f *flight) StepBack() bool {
	f.desk.drop(f.from)
	f.desk.drop(f)
	return true
}

// landed is the answer: the receipt takes this screen's place, wherever on the stack it is.
func (f *flight) landed(msg paymentEnded) tea.Cmd {
	f.ended = true
	switch {
	case !msg.over(): // the Payment screen below says what was said
		f.desk.drop(f)
		return nil
	case msg.err != nil:
		f.lost = true
	}
	return f.look(msg.order)
}

// look goes on to the receipt as soon as money has moved; else it waits for it.
func (f *flight) look(o *domain.Order) tea.Cmd {
	f.order = o
	if sums := o.Sums(); sums.Captured+sums.Held() > 0 && f.desk.app.shows(f) {
		return f.desk.swap(f, newReceipt(f.desk, o))
	}
	return nil
}

func (f *flight) reload() tea.Cmd {
	ctx, store, id := f.desk.Ctx, f.desk.Till.Store, f.order.ID
	return func() tea.Msg {
		o, err := store.Order(ctx, id)
		return orderReloaded{f, o, err}
	}
}

// ask asks the provider now what became of it.
func (f *flight) ask() tea.Cmd {
	last := f.order.Last()
	if f.asking || last == nil {
		return nil
	}
	f.asking = true
	ctx, t, id := f.desk.Ctx, f.desk.Till, last.ID
	return func() tea.Msg {
		_, err := t.Sync(ctx, till.Intent{}, id)
		return outcomeAsked{f, err}
	}
}

// View says what is going on, in the middle of the page.
func (f *flight) View() string {
	lines := f.waiting()
	if f.ended {
		lines = f.unsettled()
	}
	text := wrapped(strings.Join(lines, "\n"), min(f.width-2*margin, 66))
	above := max(1, (f.height-strings.Count(text, "\n")-1)/3)
	return strings.Repeat("\n", above) + indent(text, max(margin, (f.width-66)/2))
}

// dots move while something is waited for, where things may move.
var dots = []string{"●○○", "○●○", "○○●", "○●○"}

func (f *flight) waiting() []string {
	st := f.desk.Styles
	sign := dots[0]
	if f.desk.Motion {
		sign = dots[f.frames%len(dots)]
	}
	deed := "take"
	if f.holds {
		deed = "hold"
	}
	return []string{
		st.Active.Render(sign) + "  " + st.Strong.Render(fmt.Sprintf("asking %s to %s %s", f.wish.Variant, deed, f.bill.display())),
		"     " + st.Text.Render("from "+f.source),
		"",
		"     " + st.Faint.Render(f.clock()),
		"",
		"     " + st.Faint.Render("esc steps away: the result finds you."),
	}
}

func (f *flight) clock() string {
	text := fmt.Sprintf("for %d s", int(f.passed.Seconds()))
	for _, v := range f.desk.Till.Variants {
		if v.Name == f.wish.Variant && v.Timeout > 0 {
			text += fmt.Sprintf(" of at most %d s", int(v.Timeout.Seconds()))
		}
	}
	return text
}

// unsettled is a payment of which the end is not known, or not decided yet.
func (f *flight) unsettled() []string {
	st := f.desk.Styles
	subject := "order " + Inert(f.order.Number) + ", " + f.bill.display()
	if !f.lost {
		return []string{
			st.Active.Bold(true).Render("◧  PENDING"), "", st.Strong.Render(subject), "",
			st.Text.Render(f.wish.Variant + " has taken it and not decided yet. this page follows by itself; enter goes on to the next sale, and the order tells when it is decided."),
		}
	}
	return []string{
		st.Warn.Bold(true).Render("?  UNKNOWN"), "", st.Strong.Render(subject), "",
		st.Text.Render(f.wish.Variant + " was asked, and its answer was lost. nobody knows yet whether the money has moved."), "",
		st.Text.Render("till asks again by itself until it knows, and never charges a second time. until then nothing else can be done with this payment."),
	}
}
