package tui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// cashForm asks what the customer gave. Nothing typed means exactly the amount.
type cashForm struct {
	desk  *Desk
	bill  *bill
	given textinput.Model
	notes []domain.Amount // what people usually give, the amount itself first
	note  int             // the one that was chosen last
	wrong string
}

func newCashForm(d *Desk, b *bill) *cashForm {
	f := &cashForm{desk: d, given: newInput(d.Styles)}
	f.given.CharLimit = 24
	f.given.SetWidth(24)
	f.rebill(b)
	return f
}

func (f *cashForm) rebill(b *bill) {
	f.bill, f.notes, f.note, f.wrong = b, usualNotes(b.currency, b.due), 0, ""
	f.given.Placeholder = b.currency.Format(b.due)
}

func (f *cashForm) resize(int) {}

var cashKeys = struct{ take, notes key.Binding }{
	take:  key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "take it")),
	notes: key.NewBinding(key.WithKeys("left", "right"), key.WithHelp("← →", "the usual notes")),
}

func (f *cashForm) keys() []key.Binding {
	return []key.Binding{cashKeys.take, cashKeys.notes}
}

func (f *cashForm) press(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch {
	case key.Matches(msg, cashKeys.take):
		return nil, f.check()
	case key.Matches(msg, cashKeys.notes):
		f.choose(f.note + map[string]int{"left": -1, "right": +1}[msg.String()])
	case msg.Text == "" || strings.Trim(msg.Text, "0123456789.") == "":
		f.given, _ = f.given.Update(msg)
		f.wrong = ""
	}
	return nil, false
}

// choose takes one of the usual notes as what was given.
func (f *cashForm) choose(note int) {
	f.note, f.wrong = max(0, min(note, len(f.notes)-1)), ""
	f.given.SetValue(f.bill.currency.Format(f.notes[f.note]))
	f.given.CursorEnd()
}

func (f *cashForm) paste(text string) {
	f.given, _ = f.given.Update(tea.PasteMsg{Content: strings.TrimSpace(Inert(text))})
}

// check judges what was given. A scan that lands here has more digits than money has, or would give back more
// than anybody's largest note: it pays nothing, and is taken out of the field.
func (f *cashForm) check() bool {
	given, err := f.amount()
	c := f.bill.currency
	switch {
	case err != nil:
		f.wrong = err.Error()
	case given < f.bill.due:
		f.wrong = c.Display(f.bill.due-given) + " is missing"
	case given-f.bill.due >= max(largestNote(c), f.bill.due):
		f.wrong = fmt.Sprintf("%s would be far too much: nothing was paid. was it a scan?", cut(f.given.Value(), 16))
		f.given.Reset()
	default:
		f.wrong = ""
		return true
	}
	return false
}

func (f *cashForm) amount() (domain.Amount, error) {
	if strings.TrimSpace(f.given.Value()) == "" {
		return f.bill.due, nil
	}
	return f.bill.currency.Parse(f.given.Value())
}

func (f *cashForm) wish() (till.Payable, string, bool) {
	ready := f.check()
	given, _ := f.amount() // it has been checked
	return till.Payable{Tendered: given}, "cash", ready
}

func (f *cashForm) view(columns, lines int) string {
	st, c := f.desk.Styles, f.bill.currency
	var b strings.Builder
	b.WriteString(st.Faint.Render(pad("given", 10)) + f.given.View() + "\n")
	if f.wrong != "" {
		b.WriteString(blanks(10) + st.Bad.Render(cut("✗ "+f.wrong, columns-10)))
	}
	b.WriteString("\n")
	given, err := f.amount()
	for _, note := range f.notes {
		style := st.Text
		if note == given {
			style = st.RowName
		}
		b.WriteString(style.Render(" "+c.Display(note)+" ") + " ")
	}
	if err != nil || given < f.bill.due || f.given.Value() == "" {
		return b.String() + "\n\n" + st.Faint.Render("enter alone: exactly "+c.Display(f.bill.due))
	}
	change := given - f.bill.due
	b.WriteString("\n\n" + st.Faint.Render(pad("change", 10)) + st.Title.Render(c.Display(change)))
	if lines > 9 {
		b.WriteString("\n\n" + indent(figure(c.Format(change), columns-10, st.Title.Render), 10))
	}
	return b.String()
}

// notesOf are the notes that people pay with, in major units, the smallest first (central banks' lists of notes
// in circulation; the few that nearly nobody has are left out).
var notesOf = map[domain.Currency][]int64{
	"EUR": {5, 10, 20, 50, 100, 200}, "USD": {1, 5, 10, 20, 50, 100}, "GBP": {5, 10, 20, 50},
	"CHF": {10, 20, 50, 100, 200, 1000}, "CAD": {5, 10, 20, 50, 100}, "AUD": {5, 10, 20, 50, 100}, "NZD": {5, 10, 20, 50, 100},
	"JPY": {1000, 5000, 10000}, "SEK": {20, 50, 100, 200, 500}, "NOK": {50, 100, 200, 500}, "DKK": {50, 100, 200, 500},
	"PLN": {10, 20, 50, 100, 200}, "CZK": {100, 200, 500, 1000, 2000}, "BRL": {5, 10, 20, 50, 100, 200},
	"MXN": {20, 50, 100, 200, 500}, "INR": {10, 20, 50, 100, 200, 500}, "CNY": {5, 10, 20, 50, 100},
	"KWD": {1, 5, 10, 20}, "BHD": {1, 5, 10, 20}, "KRW": {1000, 5000, 10000, 50000},
}

// notes gives a currency's notes in minor units; of one that is not listed, the usual steps.
func notes(c domain.Currency) []domain.Amount {
	list := notesOf[c]
	if list == nil {
		list = []int64{5, 10, 20, 50, 100, 200, 500}
		if c.Digits() == 0 {
			list = []int64{1000, 2000, 5000, 10000, 50000, 100000}
		}
	}
	one := domain.Amount(1)
	for range c.Digits() {
		one *= 10
	}
	out := make([]domain.Amount, len(list))
	for i, n := range list {
		out[i] = domain.Amount(n) * one
	}
	return out
}

func largestNote(c domain.Currency) domain.Amount {
	all := notes(c)
	return all[len(all)-1]
}

const mostNotes = 4

// usualNotes is what somebody gives for an amount: the amount, and the next ones that notes make.
func usualNotes(c domain.Currency, due domain.Amount) []domain.Amount {
	usual := []domain.Amount{due}
	for _, note := range notes(c) {
		up := (due + note - 1) / note * note
		if up > usual[len(usual)-1] && len(usual) < mostNotes {
			usual = append(usual, up)
		}
	}
	return usual
}
