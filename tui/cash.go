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
	due   domain.Amount // as it is paid in cash: rounded where the country rounds
	given textinput.Model
	notes []domain.Amount // what people usually give, the amount itself first
	note  int             // the one that was chosen last
	wrong string
	stray stray // what was typed and is no amount
}

func newCashForm(d *Desk, b *bill) *cashForm {
	f := &cashForm{desk: d, given: newInput(d.Styles)}
	f.given.CharLimit = 24
	f.given.SetWidth(24)
	f.rebill(b)
	return f
}

func (f *cashForm) rebill(b *bill) {
	if f.due != f.rounded(b) {
		f.given.Reset()
	}
	f.bill, f.due, f.wrong = b, f.rounded(b), ""
	f.notes, f.note = usualNotes(b.currency, f.due), 0
	f.given.Placeholder = b.currency.Format(f.due)
}

// rounded is what is paid of a bill in cash: as the coins of the shop's country go.
func (f *cashForm) rounded(b *bill) domain.Amount {
	return b.now() + domain.CashRounding(f.desk.Till.Country, b.currency, b.now())
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
	default:
		f.stray.add(msg)
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
	case f.stray.take() != "", unlikely(c, f.given.Value()):
		f.wrong = scanned
		f.given.Reset()
	case err != nil:
		f.wrong = err.Error()
	case given < f.due:
		f.wrong = c.Display(f.due-given) + " is missing. ctrl+a: take it, the rest in another way"
	case given-f.due >= max(largestNote(c), f.due):
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
		return f.due, nil
	}
	return f.bill.currency.Parse(f.given.Value())
}

// tooLittle is what was given where that is not enough: a part of the bill.
func (f *cashForm) tooLittle() (domain.Amount, bool) {
	given, err := f.amount()
	return given, err == nil && given > 0 && given < f.due && given < f.bill.now()
}

func (f *cashForm) wish() (till.Payable, string, bool) {
	ready := f.check()
	given, _ := f.amount() // it has been checked
	return till.Payable{Tendered: given}, "cash", ready
}

// cashLabel is how wide the names of amounts are here.
const cashLabel = 10

func (f *cashForm) view(columns, lines int) string {
	st, c := f.desk.Styles, f.bill.currency
	said := func(label, text string) string { return st.Faint.Render(pad(label, cashLabel)) + text }
	rows := []string{said("given", f.given.View())}
	switch {
	case f.wrong != "":
		rows = append(rows, blanks(cashLabel)+st.Bad.Render(cut("✗ "+f.wrong, columns-cashLabel)))
	default:
		rows = append(rows, "")
	}
	rows = append(rows, f.notesLine(columns), "")
	if f.due != f.bill.now() {
		rows = append(rows, said("rounded", c.Display(f.due)+st.Faint.Render(cut(" for "+f.bill.display()+", as coins go here", columns-cashLabel-width(c.Display(f.due))))))
	}
	given, err := f.amount()
	if err != nil || given < f.due || f.given.Value() == "" {
		return strings.Join(append(rows, st.Faint.Render("enter alone: exactly "+c.Display(f.due))), "\n")
	}
	change := c.Format(given - f.due)
	rows = append(rows, said("change", st.Title.Render(c.Display(given-f.due))))
	if lines > 9 {
		rows = append(rows, "", indent(figure(change, columns-cashLabel, st.Title.Render), cashLabel))
	}
	return strings.Join(rows, "\n")
}

// notesRow is the line of the form in which the notes stand.
const notesRow = 2

// notesLine shows what people usually give; what was given among it is marked.
func (f *cashForm) notesLine(columns int) string {
	st := f.desk.Styles
	given, err := f.amount()
	line := ""
	for i, label := range f.noteLabels() {
		style := st.Text
		if err == nil && f.notes[i] == given {
			style = st.RowName
		}
		if next := line + style.Render(label) + "  "; width(next)-2 <= columns {
			line = next
		}
	}
	return line
}

func (f *cashForm) noteLabels() []string {
	labels := make([]string, len(f.notes))
	for i, note := range f.notes {
		labels[i] = " " + f.bill.currency.Display(note) + " "
	}
	return labels
}

// click takes the note under the pointer; x counts from the form's left edge.
func (f *cashForm) click(x, row int) {
	from := 0
	for i, label := range f.noteLabels() {
		if row == notesRow && x >= from && x < from+width(label) {
			f.choose(i)
		}
		from += width(label) + 2
	}
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
	"HUF": {500, 1000, 2000, 5000, 10000, 20000}, "ILS": {20, 50, 100, 200}, "MYR": {1, 5, 10, 20, 50, 100}, "ZAR": {10, 20, 50, 100, 200},
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
