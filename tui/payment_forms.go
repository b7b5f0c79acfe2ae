package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// The forms of the methods that are neither card nor cash.

// wanted is what a method wants to know before it can be asked.
type wanted struct {
	name, title, example string
	test                 string // what the sandbox takes
	check                func(string) error
}

// wantedBy is what each method wants to know.
var wantedBy = map[string]wanted{
	"ideal": {"bic", "The bank's BIC", "INGBNL2A", "INGBNL2A", checkBIC},
	"token": {"token", "Token", "tok_…", "", checkToken},
}

func checkBIC(text string) error {
	if n := len(strings.TrimSpace(text)); n != 8 && n != 11 {
		return errors.New("has 8 or 11 characters")
	}
	return nil
}

func checkToken(text string) error {
	if !strings.HasPrefix(text, "tok_") || strings.ContainsAny(text, " \t") {
		return errors.New("begins with tok_")
	}
	return nil
}

// askingForm asks for the one thing that a method wants to know.
type askingForm struct {
	desk   *Desk
	method domain.Method
	terms  *terms
	wanted wanted
	form   *form
	text   *textField
	value  *string
}

func newAskingForm(d *Desk, m domain.Method, t *terms) *askingForm {
	f := &askingForm{desk: d, method: m, terms: t, wanted: wantedBy[m.Name], value: new(string)}
	f.text = newText(d, f.wanted.name, f.wanted.title, true, f.value)
	f.text.like(f.wanted.example)
	f.text.Validate(f.wanted.check)
	f.form = newForm(d, f.text)
	return f
}

var askingKeys = struct{ test key.Binding }{
	test: key.NewBinding(key.WithKeys("ctrl+t"), key.WithHelp("ctrl+t", "fill in a test one")),
}

func (f *askingForm) keys() []key.Binding {
	k := askingKeys.test
	k.SetEnabled(f.desk.Till.Bank != nil)
	return append([]key.Binding{cardKeys.pay, paymentKeys.pay, k}, f.terms.keys()...)
}

func (f *askingForm) press(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if key.Matches(msg, askingKeys.test) && f.desk.Till.Bank != nil {
		if f.wanted.test != "" {
			f.text.set(f.wanted.test)
			return nil, false
		}
		return f.makeToken(), false
	}
	return nil, f.form.press(msg)
}

// tokenMade brings a token of the sandbox for a test card.
type tokenMade struct {
	form  *askingForm
	token domain.Token
	err   error
}

// makeToken exchanges the first test card for a token, as a browser would.
func (f *askingForm) makeToken() tea.Cmd {
	bank, now := f.desk.Till.Bank, f.desk.Now()
	return asking(f.desk, func(ctx context.Context, _ *till.Till) (made tokenMade, _ error) {
		made.form = f
		var card domain.Card
		if card, made.err = domain.ParseCard(bank.Cards()[0].Number, "12/34", "100", "", now); made.err == nil {
			made.token, made.err = bank.Token(ctx, card)
		}
		return made, made.err
	}, func(made tokenMade, _ error) tea.Cmd { return f.desk.app.tell(made) })
}

func (f *askingForm) paste(text string)  { f.form.paste(text) }
func (f *askingForm) resize(columns int) { f.form.resize(min(columns, 64)) }

func (f *askingForm) wish() (till.Payable, string, bool) {
	ready := f.form.submit()
	text := strings.TrimSpace(*f.value)
	if f.method.Name == "token" {
		return till.Payable{Method: "card", Source: domain.Source{Type: "token", ID: text}}, "a token", ready
	}
	source := domain.Source{Type: f.method.Name, Fields: map[string]string{f.wanted.name: strings.ToUpper(text)}}
	return till.Payable{Source: source}, f.method.Title, ready
}

func (f *askingForm) view(columns, lines int) string {
	st := f.desk.Styles
	parts := []string{st.Faint.Render(wrapped(Inert(f.method.Note), columns)), "", f.form.View(columns, 3), ""}
	parts = append(parts, f.terms.lines(columns, lines < 8)...)
	if f.desk.Till.Bank != nil && lines > 6 {
		hint := "ctrl+t fills in " + f.wanted.test
		if f.wanted.test == "" {
			hint = "ctrl+t makes a token for a test card"
		}
		parts = append(parts, "  "+st.Faint.Render(pad("Sandbox", labelWidth))+st.Sandbox.Render(hint))
	}
	return strings.Join(parts, "\n")
}

// plainForm is for a method that asks for nothing.
type plainForm struct {
	desk   *Desk
	method domain.Method
	terms  *terms
}

func (f plainForm) press(msg tea.KeyPressMsg) (tea.Cmd, bool) { return nil, msg.Code == tea.KeyEnter }
func (f plainForm) paste(string)                              {}
func (f plainForm) deaf()                                     {}
func (f plainForm) wish() (till.Payable, string, bool)        { return till.Payable{}, f.method.Title, true }
func (f plainForm) resize(int)                                {}
func (f plainForm) keys() []key.Binding {
	return append([]key.Binding{paymentKeys.pay}, f.terms.keys()...)
}

func (f plainForm) view(columns, lines int) string {
	st := f.desk.Styles
	return st.Faint.Render(wrapped(Inert(f.method.Note), columns)) + "\n\n" + strings.Join(f.terms.lines(columns, lines < 8), "\n") +
		"\n\n" + st.Text.Render("enter asks for it.")
}

// savedForm chooses one of the sources that the customer's provider keeps.
type savedForm struct {
	desk  *Desk
	terms *terms
	kept  []domain.KeptSource
	at    int
}

var savedKeys = struct{ choose, pay key.Binding }{
	choose: key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑ ↓", "choose")),
	pay:    key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "pay with it")),
}

func (f *savedForm) keys() []key.Binding {
	return append([]key.Binding{savedKeys.pay, savedKeys.choose}, f.terms.keys()...)
}

func (f *savedForm) press(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "up":
		f.at = max(0, f.at-1)
	case "down":
		f.at = min(len(f.kept)-1, f.at+1)
	case "enter":
		return nil, true
	}
	return nil, false
}

func (f *savedForm) paste(string) {}
func (f *savedForm) deaf()        {}
func (f *savedForm) resize(int)   {}

func (f *savedForm) wish() (till.Payable, string, bool) {
	kept := f.kept[f.at]
	return till.Payable{Method: "card", Variant: kept.Variant, Source: kept.Source}, kept.Source.String(), true
}

func (f *savedForm) view(columns, lines int) string {
	st := f.desk.Styles
	var rows []string
	for i, kept := range f.kept {
		mark, style := "  ", st.Text
		if i == f.at {
			mark, style = st.Title.Render("› "), st.Strong
		}
		rows = append(rows, mark+style.Render(pad(kept.Source.String(), 22))+st.Faint.Render(cut(keptWords(kept), columns-24)))
	}
	rows = append(scrolled(st, rows, f.at, max(1, lines-4)), "")
	return strings.Join(append(rows, f.terms.lines(columns, lines < 8)...), "\n")
}

func keptWords(kept domain.KeptSource) string {
	expiry := ""
	if kept.ExpiryMonth > 0 {
		expiry = fmt.Sprintf("until %02d/%02d", kept.ExpiryMonth, kept.ExpiryYear%100)
	}
	return joined([]string{expiry, "since " + kept.CreatedAt.Format("2 Jan 2006"), kept.ID})
}
