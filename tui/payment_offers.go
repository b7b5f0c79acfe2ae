package tui

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// The ways to pay that the Payment screen lists: those of the variants, and a card that is kept or that a token
// stands for.

// offer lists the ways to pay the bill. What was typed in their forms stays.
func (p *payment) offer() {
	p.offers = p.desk.Till.Methods(p.bill.currency, p.bill.now())
	i := slices.IndexFunc(p.offers, func(o till.Offer) bool { return o.Method.Name == "card" })
	if i >= 0 {
		if p.card == nil {
			p.card = newCardForm(p.desk, p.terms, p.bill)
			p.forms["card"] = p.card
		}
		card := p.offers[i]
		p.offers = append(p.offers, p.savedOffer(card), tokenOffer(card))
		slices.SortStableFunc(p.offers, func(a, b till.Offer) int { return cmp.Compare(rank(a), rank(b)) })
	}
	p.letters = lettersFor(p.offers)
	p.at = max(0, slices.IndexFunc(p.offers, func(o till.Offer) bool { return o.Refusal == "" }))
}

// rank puts first what is paid with most.
func rank(o till.Offer) int {
	if i := slices.Index([]string{"card", "cash", "saved"}, o.Method.Name); i >= 0 {
		return i
	}
	return 3
}

func tokenOffer(card till.Offer) till.Offer {
	card.Method.Name, card.Method.Title, card.Method.Note = "token", "token", "what a browser was given for a card: good once, for a while"
	return card
}

// savedOffer is what the customer's provider keeps, as far as it has been read.
func (p *payment) savedOffer(card till.Offer) till.Offer {
	card.Method.Name, card.Method.Title, card.Method.Note = "saved", "saved card", ""
	form, _ := p.forms["saved"].(*savedForm)
	switch {
	case card.Refusal != "":
	case p.email() == "":
		card.Refusal = "nobody is named whose card could be kept"
	case form == nil:
		card.Refusal = "no card of " + Inert(p.email()) + " is kept"
	default:
		var names []string
		for _, kept := range form.kept {
			names = append(names, kept.Source.String())
		}
		card.Method.Note = strings.Join(names, " · ")
	}
	return card
}

// email is by whom the bill is paid, as far as somebody said.
func (p *payment) email() string {
	if p.bill.order != nil {
		return p.bill.order.Client.Email
	}
	return p.bill.basket.Client.Email
}

// keptRead brings what is kept for the customer.
type keptRead struct {
	by   *payment
	kept []domain.KeptSource
	err  error
}

// readKept looks for what the customer's providers keep.
func (p *payment) readKept() tea.Cmd {
	email := p.email()
	if email == "" {
		return nil
	}
	ctx, store, answer := p.desk.Ctx, p.desk.Till.Store, keptRead{by: p}
	return func() tea.Msg {
		answer.kept, answer.err = keptBy(ctx, store, email)
		return answer
	}
}

func keptBy(ctx context.Context, store domain.Store, email string) ([]domain.KeptSource, error) {
	customers, err := store.Customers(ctx, email, 0)
	if err != nil {
		return nil, err
	}
	var kept []domain.KeptSource
	for _, c := range customers {
		if !strings.EqualFold(c.Client.Email, email) {
			continue
		}
		sources, err := store.Sources(ctx, c.ID)
		if err != nil {
			return nil, err
		}
		kept = append(kept, sources...)
	}
	return slices.DeleteFunc(kept, func(k domain.KeptSource) bool { return k.Removed }), nil
}

// keeps takes what was read into the list.
func (p *payment) keeps(msg keptRead) {
	p.desk.Fail(msg.err)
	delete(p.forms, "saved")
	if len(msg.kept) > 0 {
		p.forms["saved"] = &savedForm{desk: p.desk, terms: p.terms, kept: msg.kept}
	}
	at := p.at
	p.offer()
	p.at = at
}

// lettersFor gives each method a letter of its own name: digits are a scanner's.
func lettersFor(offers []till.Offer) []key.Binding {
	names := make([]string, len(offers))
	for i, o := range offers {
		names[i] = o.Method.Name
	}
	keys := make([]key.Binding, len(offers))
	for i, letter := range keyed(names) {
		if letter != "" {
			keys[i] = key.NewBinding(key.WithKeys(letter), key.WithHelp(letter, names[i]))
		}
		keys[i].SetEnabled(letter != "" && offers[i].Refusal == "")
	}
	return keys
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
	name := offer.Method.Name
	if offer.Refusal != "" {
		p.desk.Fail(domain.Errorf(domain.CodeInvalid, "%s: %s", name, offer.Refusal))
		return
	}
	p.terms.can = offer.Method.Can
	if p.forms[name] == nil {
		p.forms[name] = p.newForm(offer.Method)
		p.forms[name].resize(p.mainWidth())
	}
	p.open = p.forms[name]
}

func (p *payment) newForm(m domain.Method) tender {
	if _, asks := wantedBy[m.Name]; asks {
		return newAskingForm(p.desk, m, p.terms)
	}
	return plainForm{p.desk, m, p.terms}
}
