package tui

import (
	"context"
	"slices"
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

	revision int // at which the sale left the screen; 0: it was not there
	began    time.Time
	passed   time.Duration
	frames   int

	ended  bool
	order  *domain.Order // as it is now, once the answer has come
	paid   domain.PaymentID
	asking bool
	clock  time.Time
	coded  coded

	payable bool  // the order can be paid again
	stray   stray // what is scanned meanwhile
}

func newFlight(d *Desk, from *payment, wish till.Payable, source string) *flight {
	return &flight{desk: d, bill: from.bill, from: from, wish: wish, source: source, began: d.Now(), clock: d.Now()}
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
		order *domain.Order // as it is then; nil where nobody could be asked
		err   error
	}
)

// start sends the payment off and shows it. The sale's screen is free from here on.
func (f *flight) start() tea.Cmd {
	f.revision = f.desk.app.sale().send(f)
	f.desk.Busy(1)
	return tea.Batch(f.desk.Push(f), f.pay())
}

// pay issues the order where there is none yet, and pays it. Both keys were made when the forms opened, so that
// whatever happens in between, doing it again is doing it once: also by whoever finds the sale on the disk, where it stays until the
// answer is there.
func (f *flight) pay() tea.Cmd {
	wish, intent := f.wish, till.Intent{Key: f.from.key}
	var b *basket
	if f.bill.order != nil {
		wish.Order = f.bill.order.ID
	} else {
		b = f.bill.basket.copy()
	}
	return asking(f.desk, func(ctx context.Context, t *till.Till) (paymentEnded, error) {
		var r till.Result
		var err error
		if b != nil {
			r, err = sell(ctx, t, b, intent, wish)
		} else {
			r, err = t.Pay(ctx, intent, wish)
		}
		if r.Order == nil && wish.Order != "" {
			r.Order, _ = t.Store.Order(ctx, wish.Order)
		}
		return paymentEnded{flight: f, order: r.Order, payment: r.Payment, err: err}, err
	}, func(end paymentEnded, _ error) tea.Cmd { return f.desk.app.tell(end) })
}

func (f *flight) Init() tea.Cmd { return f.tick() }

func (f *flight) tick() tea.Cmd {
	if f.ended && !f.open() || !f.desk.app.shows(f) {
		return nil
	}
	wait := time.Second
	if f.desk.Motion && !f.ended {
		wait = 120 * time.Millisecond
	}
	return f.desk.After(wait, flightTicked{f})
}

func (f *flight) Title() string { return "in flight" }
func (f *flight) Typing() bool  { return true }

// Resize fits the page.
func (f *flight) Resize(width, height int) { f.width, f.height = width, height }

var flightKeys = struct{ away, next, again, ask, copy key.Binding }{
	away:  key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "step away")),
	next:  key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "next sale")),
	again: key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "pay in another way")),
	ask:   key.NewBinding(key.WithKeys("ctrl+s"), key.WithHelp("ctrl+s", "ask now")),
	copy:  key.NewBinding(key.WithKeys("ctrl+y"), key.WithHelp("ctrl+y", "copy the link")),
}

// Keys are what counts: next to nothing while it is under way, what the customer can do while it is their turn.
func (f *flight) Keys() []key.Binding {
	if !f.ended {
		return []key.Binding{flightKeys.away}
	}
	k := flightKeys
	k.ask.SetEnabled(!f.asking)
	switch {
	case f.isOver() && f.payable:
		return []key.Binding{k.again, k.away}
	case f.isOver():
		return []key.Binding{k.next, k.away}
	}
	var keys []key.Binding
	for _, p := range f.choices() {
		choice := key.NewBinding(key.WithKeys(p.Key), key.WithHelp(p.Key, p.Label))
		choice.SetEnabled(!f.asking)
		keys = append(keys, choice)
	}
	k.copy.SetEnabled(f.session() != nil && f.session().URL != "")
	return append(keys, k.next, k.ask, k.copy, k.away)
}

// Update hears what came of it.
func (f *flight) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return f.press(msg)
	case flightTicked:
		if msg.flight == f {
			f.frames++
			f.clock = f.desk.Now()
			f.passed = f.clock.Sub(f.began)
			return f.tick()
		}
	case paymentEnded:
		if msg.flight == f {
			return f.landed(msg)
		}
	case storeChanged:
		if f.ended && f.order != nil {
			f.clock = f.desk.Now()
			return f.reload()
		}
	case orderReloaded:
		if msg.flight == f && msg.err == nil {
			return f.look(msg.order)
		}
	}
	return nil
}

func (f *flight) press(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case f.scan(msg):
		return f.hand(msg)
	case !f.ended:
		return nil
	case f.isOver() && f.payable && key.Matches(msg, flightKeys.again):
		return f.desk.swap(f, newOrderPayment(f.desk, f.order))
	case key.Matches(msg, flightKeys.next):
		f.desk.drop(f)
		return nil
	case key.Matches(msg, flightKeys.ask):
		return f.ask()
	case key.Matches(msg, flightKeys.copy):
		return f.copyLink()
	}
	for _, p := range f.choices() {
		if msg.String() == p.Key {
			return p.Do()
		}
	}
	return nil
}

// scan tells whether a key belongs to the next sale: what is typed while a payment is under way, but for the one letter
// that tells what the customer did.
func (f *flight) scan(msg tea.KeyPressMsg) bool {
	chooses := slices.ContainsFunc(f.choices(), func(p Pick) bool { return p.Key == msg.String() })
	return f.stray.typed != "" && (msg.Text != "" || msg.Code == tea.KeyEnter) || msg.Text != "" && !(f.ended && chooses)
}

// hand gives a scan to the next sale once it has its Enter.
func (f *flight) hand(msg tea.KeyPressMsg) tea.Cmd {
	if msg.Code != tea.KeyEnter {
		f.stray.add(msg)
		return nil
	}
	f.desk.Say("kept for the next sale: %s", f.stray.typed)
	return f.desk.app.sale().Update(tea.PasteMsg{Content: f.stray.take() + "\r"})
}

// StepBack leaves the payment to itself and goes back to where it was begun.
func (f *flight) StepBack() bool {
	f.desk.drop(f.from)
	f.desk.drop(f)
	return true
}

// landed is the answer: the receipt takes this screen's place, wherever on the stack it is.
func (f *flight) landed(msg paymentEnded) tea.Cmd {
	f.ended, f.clock = true, f.desk.Now()
	if !msg.over() { // the Payment screen below says what was said
		f.desk.drop(f)
		return nil
	}
	if msg.payment != nil {
		f.paid = msg.payment.ID
	}
	return f.look(msg.order)
}

// look goes on to the receipt as soon as money has moved; else it says what is waited for.
func (f *flight) look(o *domain.Order) tea.Cmd {
	f.order = o
	f.payable = f.desk.Till.IsPayable(o)
	if p := f.payment(); p != nil && p.Sums.Captured+p.Sums.Held() > 0 && !p.Unwanted && f.desk.app.shows(f) {
		if f.bill.part > 0 && f.payable {
			return f.restOf(o)
		}
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
