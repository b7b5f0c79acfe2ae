package tui

import (
	"cmp"
	"errors"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// bill is what is to be paid: a sale, which becomes an order on the way, or an order that there is already.
type bill struct {
	basket   *basket // nil: an order from the list
	order    *domain.Order
	currency domain.Currency
	due      domain.Amount // minor units
	part     domain.Amount // what is paid of it now, in minor units; 0: all
}

// now is what is paid at once: the part, or all that is due.
func (b *bill) now() domain.Amount { return cmp.Or(b.part, b.due) }

func (b *bill) display() string { return b.currency.Display(b.now()) }

// payment is the screen that takes money. It is itself the question: Enter in one of its forms pays, and nothing
// more is asked.
type payment struct {
	desk          *Desk
	width, height int

	bill    *bill
	offers  []till.Offer
	letters []key.Binding // one for each offer
	at      int
	open    tender // the form that is open; nil: the list
	stray   stray  // what was typed into a form that takes no text
	forms   map[string]tender
	cash    *cashForm
	card    *cardForm
	terms   *terms

	key    string // of the next try: made when the screen opens, and after each answer
	afloat *flight
	no     *domain.Error // what the last try was told
}

// tender is the form of a method.
type tender interface {
	press(tea.KeyPressMsg) (cmd tea.Cmd, ready bool) // ready: Enter, and everything is right
	paste(text string)
	wish() (till.Payable, string, bool) // what is asked for, and the source in words; false: not ready, and it says why
	view(columns, lines int) string
	keys() []key.Binding
	resize(columns int)
}

func newPayment(d *Desk, b *bill) *payment {
	p := &payment{desk: d, bill: b, terms: &terms{desk: d}, key: d.Till.Env.NewID("key_"), forms: map[string]tender{}}
	p.cash = newCashForm(d, b)
	p.forms["cash"] = p.cash
	p.offer()
	return p
}

// newOrderPayment is the screen for an order that there is: issued, or declined before.
func newOrderPayment(d *Desk, o *domain.Order) *payment {
	b := &bill{order: o, currency: o.Cart.Currency, due: o.BalanceDue()}
	if opened := o.Unsent(); opened != nil { // it goes on with that one
		b.due = opened.Amount
	}
	p := newPayment(d, b)
	p.terms.skip = o.SkipCapture
	return p
}

// rebill is for a sale that was changed after this screen had been open: what was typed stays.
func (p *payment) rebill(b *bill) {
	if p.bill.basket == b.basket && p.bill.due == b.due && p.bill.currency == b.currency {
		return
	}
	p.bill, p.no = b, nil
	p.rebilled()
}

// rebilled has the methods and the forms follow the bill.
func (p *payment) rebilled() {
	at := p.at
	p.offer()
	if p.open != nil {
		p.at = at
	}
	p.cash.rebill(p.bill)
	if p.card != nil {
		p.card.bill = p.bill
	}
}

func (p *payment) Init() tea.Cmd { return p.readKept() }
func (p *payment) Title() string { return "payment" }
func (p *payment) Typing() bool  { return true }

// Resize fits the forms.
func (p *payment) Resize(width, height int) {
	p.width, p.height = width, height
	for _, form := range p.forms {
		form.resize(p.mainWidth())
	}
}

var paymentKeys = struct{ choose, open, pay, part key.Binding }{
	choose: key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑ ↓", "choose")),
	open:   key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "take it")),
	pay:    key.NewBinding(key.WithKeys("f9"), key.WithHelp("F9", "pay")),
	part:   key.NewBinding(key.WithKeys("ctrl+a"), key.WithHelp("ctrl+a", "another amount")),
}

// Keys are what counts in the list, or in the form that is open.
func (p *payment) Keys() []key.Binding {
	part := paymentKeys.part
	part.SetEnabled(p.divisible())
	if p.open == nil {
		return append([]key.Binding{paymentKeys.open, paymentKeys.choose, part}, p.letters...)
	}
	if p.terms.open {
		return p.terms.keys()
	}
	keys := p.open.keys()
	return slices.Insert(slices.Clone(keys), min(2, len(keys)), part)
}

// Pays is the amount where a form is open: Enter and the key that pays take it.
func (p *payment) Pays(k key.Binding) string {
	if p.open == nil || p.terms.open || !slices.ContainsFunc(k.Keys(), func(name string) bool { return name == "enter" || name == "f9" }) {
		return ""
	}
	return p.bill.display()
}

// Update answers keys, and hears what came of a try.
func (p *payment) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		if p.open != nil && !p.terms.open {
			p.open.paste(msg.Content)
		}
	case tea.KeyPressMsg:
		return p.press(msg)
	case tea.MouseClickMsg:
		return p.click(msg)
	case themeChanged:
		paintInput(&p.cash.given, p.desk.Styles)
	case paymentEnded:
		if msg.flight == p.afloat && p.afloat != nil {
			return p.ended(msg)
		}
	case keptRead:
		if msg.by == p {
			p.keeps(msg)
		}
	case tokenMade:
		if p.forms["token"] == msg.form {
			p.desk.Fail(msg.err)
			msg.form.text.set(msg.token.ID)
		}
	}
	return nil
}

func (p *payment) press(msg tea.KeyPressMsg) tea.Cmd {
	if p.afloat != nil {
		p.desk.Say("it is being paid at this moment")
		return nil
	}
	if key.Matches(msg, paymentKeys.part) && !p.terms.open {
		return p.askPart()
	}
	if p.open == nil {
		p.pick(msg)
		return nil
	}
	if key.Matches(msg, paymentKeys.pay) {
		return p.pay()
	}
	if p.open != p.cash { // whose keys are the notes
		if cmd, taken := p.terms.press(msg); taken {
			return cmd
		}
	}
	if _, deaf := p.open.(interface{ deaf() }); deaf { // it takes no text
		p.stray.add(msg)
	}
	cmd, ready := p.open.press(msg)
	if !ready {
		return cmd
	}
	if p.stray.take() != "" {
		p.desk.Say("%s · enter pays", scanned)
		return nil
	}
	return p.pay()
}

// StepBack goes from a form to the list of methods; what was typed stays in it.
func (p *payment) StepBack() bool {
	if p.terms.open {
		p.terms.open = false
		return true
	}
	if c, ok := p.open.(*cardForm); ok && c.StepBack() {
		return true
	}
	if p.open == nil {
		p.sayLeft()
		return false
	}
	p.open = nil
	return true
}

// pay sends the payment off, once: the screen of the flight takes over in the same moment.
func (p *payment) pay() tea.Cmd {
	wish, source, ready := p.open.wish()
	if !ready {
		return nil
	}
	offer := p.offers[p.at]
	wish.Amount = p.bill.part
	wish.Variant, wish.Method = cmp.Or(wish.Variant, offer.Variant), cmp.Or(wish.Method, offer.Method.Name)
	p.no, p.terms.open = nil, false
	p.terms.apply(&wish)
	p.afloat = newFlight(p.desk, p, wish, source)
	p.afloat.holds = p.terms.mode() != domain.CaptureAuto
	return p.afloat.start()
}

// ended is the answer. Where money moved, or nobody knows, this screen is done; else it stays open, with what
// was said and a new key.
func (p *payment) ended(msg paymentEnded) tea.Cmd {
	p.afloat = nil
	if msg.payment != nil || domain.CodeOf(msg.err) == domain.CodeIdempotencyConflict {
		p.key = p.desk.Till.Env.NewID("key_")
	}
	if msg.over() {
		if p.card != nil {
			p.card.wipe()
		}
		p.desk.drop(p)
		return nil
	}
	if p.bill.basket == nil && msg.order != nil {
		p.bill.order, p.bill.due = msg.order, msg.order.BalanceDue()
		p.rebilled()
	}
	p.no = asError(msg.err)
	return nil
}

func asError(err error) *domain.Error {
	if e, ok := errors.AsType[*domain.Error](err); ok {
		return e
	}
	return domain.Errorf(domain.CodeInternal, "%s", err)
}
