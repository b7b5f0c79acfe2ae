package tui

import (
	"errors"
	"strings"

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
}

func (b *bill) display() string { return b.currency.Display(b.due) }

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
	cash    *cashForm
	card    *cardForm

	key    string // of the next try: made when the screen opens, and after each answer
	afloat *flight
	no     *domain.Error // what the last try was told
}

// tender is the form of a method.
type tender interface {
	press(tea.KeyPressMsg) (ready bool) // Enter, and everything is right
	paste(text string)
	wish() (till.Payable, string, bool) // what is asked for, and the source in words; false: not ready, and it says why
	view(columns, lines int) string
	keys() []key.Binding
	resize(columns int)
}

func newPayment(d *Desk, b *bill) *payment {
	p := &payment{desk: d, bill: b, offers: d.Till.Methods(b.currency, b.due), key: d.Till.Env.NewID("key_")}
	p.letters = lettersFor(p.offers)
	p.cash = newCashForm(d, b)
	for i, o := range p.offers {
		if o.Method.Name == "card" {
			p.card = newCardForm(d, o.Method.Can, b)
		}
		if o.Refusal == "" && p.offers[p.at].Refusal != "" {
			p.at = i
		}
	}
	return p
}

// newOrderPayment is the screen for an order that there is: issued, or declined before.
func newOrderPayment(d *Desk, o *domain.Order) *payment {
	return newPayment(d, &bill{order: o, currency: o.Cart.Currency, due: o.BalanceDue()})
}

// rebill is for a sale that was changed after this screen had been open: what was typed stays.
func (p *payment) rebill(b *bill) {
	if p.bill.basket == b.basket && p.bill.due == b.due && p.bill.currency == b.currency {
		return
	}
	p.offers = p.desk.Till.Methods(b.currency, b.due)
	p.letters = lettersFor(p.offers)
	p.bill, p.no = b, nil
	p.cash.rebill(b)
	if p.card != nil {
		p.card.bill = b
	}
}

// lettersFor gives each method a letter of its own name: digits are a scanner's.
func lettersFor(offers []till.Offer) []key.Binding {
	used, keys := "", make([]key.Binding, len(offers))
	for i, o := range offers {
		for _, r := range o.Method.Name {
			if !strings.ContainsRune(used, r) {
				used += string(r)
				keys[i] = key.NewBinding(key.WithKeys(string(r)), key.WithHelp(string(r), o.Method.Name))
				break
			}
		}
		keys[i].SetEnabled(o.Refusal == "")
	}
	return keys
}

func (p *payment) Init() tea.Cmd { return nil }
func (p *payment) Title() string { return "payment" }
func (p *payment) Typing() bool  { return true }

// Resize fits the forms.
func (p *payment) Resize(width, height int) {
	p.width, p.height = width, height
	p.cash.resize(p.mainWidth())
	if p.card != nil {
		p.card.resize(p.mainWidth())
	}
}

var paymentKeys = struct{ choose, open, pay key.Binding }{
	choose: key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑ ↓", "choose")),
	open:   key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "take it")),
	pay:    key.NewBinding(key.WithKeys("f9"), key.WithHelp("F9", "pay")),
}

// Keys are what counts in the list, or in the form that is open.
func (p *payment) Keys() []key.Binding {
	if p.open == nil {
		return append([]key.Binding{paymentKeys.choose, paymentKeys.open}, p.letters...)
	}
	return p.open.keys()
}

// Update answers keys, and hears what came of a try.
func (p *payment) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		if p.open != nil {
			p.open.paste(msg.Content)
		}
	case tea.KeyPressMsg:
		return p.press(msg)
	case themeChanged:
		paintInput(&p.cash.given, p.desk.Styles)
	case paymentEnded:
		if msg.flight == p.afloat && p.afloat != nil {
			return p.ended(msg)
		}
	}
	return nil
}

func (p *payment) press(msg tea.KeyPressMsg) tea.Cmd {
	if p.afloat != nil {
		p.desk.Say("it is being paid at this moment")
		return nil
	}
	if p.open == nil {
		p.pick(msg)
		return nil
	}
	if p.open.press(msg) || key.Matches(msg, paymentKeys.pay) {
		return p.pay()
	}
	return nil
}

// pick chooses a method.
func (p *payment) pick(msg tea.KeyPressMsg) {
	for i, letter := range p.letters {
		if key.Matches(msg, letter) {
			p.at = i
			p.show()
			return
		}
	}
	switch msg.String() {
	case "up":
		p.at = max(0, p.at-1)
	case "down":
		p.at = min(len(p.offers)-1, p.at+1)
	case "enter":
		p.show()
	}
}

// show opens the form of the method, or says why there is none.
func (p *payment) show() {
	offer := p.offers[p.at]
	switch {
	case offer.Refusal != "":
		p.desk.Fail(domain.Errorf(domain.CodeInvalid, "%s: %s", offer.Method.Name, offer.Refusal))
	case offer.Method.Name == "card":
		p.open = p.card
	case offer.Method.Name == "cash":
		p.open = p.cash
	default:
		p.open = plainForm{p.desk, offer.Method}
	}
}

// StepBack goes from a form to the list of methods; what was typed stays in it.
func (p *payment) StepBack() bool {
	if c, ok := p.open.(*cardForm); ok && c.StepBack() {
		return true
	}
	had := p.open != nil
	p.open = nil
	return had
}

// pay sends the payment off, once: the screen of the flight takes over in the same moment.
func (p *payment) pay() tea.Cmd {
	wish, source, ready := p.open.wish()
	if !ready {
		return nil
	}
	wish.Variant, wish.Method = p.offers[p.at].Variant, p.offers[p.at].Method.Name
	p.no = nil
	p.afloat = newFlight(p.desk, p, wish, source)
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

// plainForm is for a method that asks for nothing.
type plainForm struct {
	desk   *Desk
	method domain.Method
}

func (f plainForm) press(msg tea.KeyPressMsg) bool     { return msg.Code == tea.KeyEnter }
func (f plainForm) paste(string)                       {}
func (f plainForm) wish() (till.Payable, string, bool) { return till.Payable{}, f.method.Name, true }
func (f plainForm) keys() []key.Binding                { return []key.Binding{paymentKeys.pay} }
func (f plainForm) resize(int)                         {}
func (f plainForm) view(columns, _ int) string {
	return f.desk.Styles.Faint.Render(wrapped(Inert(f.method.Note), columns)) + "\n\n" + f.desk.Styles.Text.Render("enter asks for it.")
}
