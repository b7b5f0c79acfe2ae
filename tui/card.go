package tui

import (
	"errors"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// cardForm asks for a card. The number is shown masked, the security code not at all.
type cardForm struct {
	desk  *Desk
	bill  *bill
	terms *terms
	form  *form

	number      *numberField
	expiry, cvv *textField

	// On the heap, for the fields write into them; wiped once they have been used.
	typed *struct{ number, expiry, cvv, holder string }

	columns int
	tests   *choice // the sandbox's cards, while they are shown
	chosen  string
	acts    string // how the chosen one behaves
}

func newCardForm(d *Desk, t *terms, b *bill) *cardForm {
	f := &cardForm{desk: d, terms: t, bill: b, typed: &struct{ number, expiry, cvv, holder string }{}}
	if b.basket != nil {
		f.typed.holder = strings.TrimSpace(b.basket.Client.FirstName + " " + b.basket.Client.LastName)
	}
	number := &numberField{newText(d, "number", "Card number", false, &f.typed.number)}
	number.CharLimit(23)
	number.keep = func(r rune) bool { return r >= '0' && r <= '9' || r == ' ' }
	expiry := newText(d, "expiry", "Expiry", false, &f.typed.expiry)
	expiry.CharLimit(7)
	expiry.like("MM/YY")
	expiry.keep = func(r rune) bool { return r >= '0' && r <= '9' || r == '/' }
	expiry.tidy = withSlash
	cvv := newText(d, "cvv", "Security code", false, &f.typed.cvv)
	cvv.CharLimit(4)
	cvv.hide()
	cvv.keep = func(r rune) bool { return r >= '0' && r <= '9' }
	holder := newText(d, "name", "Name on it", false, &f.typed.holder)
	holder.Validate(noScan)
	for _, t := range []*textField{number.textField, expiry, cvv} {
		t.Validate(f.judge(t.key))
	}
	f.number, f.expiry, f.cvv = number, expiry, cvv
	f.form = newForm(d, number, expiry, cvv, holder)
	return f
}

// judge asks the domain about one field of the card.
func (f *cardForm) judge(name string) func(string) error {
	return func(string) error {
		_, err := f.parse()
		if e, ok := errors.AsType[*domain.Error](err); ok && e.Fields[name] != "" {
			return errors.New(e.Fields[name])
		}
		return nil
	}
}

// noScan refuses what a scanner types: Enter behind it would pay.
func noScan(text string) error {
	digits := 0
	for _, r := range text {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	if digits > 2 {
		return errors.New("is no name. was it a scan?")
	}
	return nil
}

func (f *cardForm) parse() (domain.Card, error) {
	return domain.ParseCard(f.typed.number, withSlash(f.typed.expiry), f.typed.cvv, f.typed.holder, f.desk.Now())
}

// withSlash writes 1226 as 12/26.
func withSlash(text string) string {
	if isDigits(text) && (len(text) == 4 || len(text) == 6) {
		return text[:2] + "/" + text[2:]
	}
	return text
}

func (f *cardForm) resize(columns int) {
	f.columns = columns
	f.form.resize(min(columns, 64))
	if f.tests != nil {
		f.tests.resize(columns)
	}
}

var cardKeys = struct{ pay, tests key.Binding }{
	pay:   key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "next, then pay")),
	tests: key.NewBinding(key.WithKeys("ctrl+t"), key.WithHelp("ctrl+t", "test cards")),
}

func (f *cardForm) keys() []key.Binding {
	k := cardKeys
	k.tests.SetEnabled(f.desk.Till.Bank != nil)
	terms := f.terms.keys()
	return []key.Binding{k.pay, paymentKeys.pay, terms[0], k.tests, terms[1], formKeys.back}
}

func (f *cardForm) press(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch {
	case f.tests != nil:
		f.pickTest(msg)
	case key.Matches(msg, cardKeys.tests):
		f.showTests()
	default:
		return nil, f.form.press(msg)
	}
	return nil, false
}

func (f *cardForm) paste(text string) { f.form.paste(text) }

// StepBack closes the list of test cards.
func (f *cardForm) StepBack() bool {
	had := f.tests != nil
	f.tests = nil
	return had
}

// showTests lists the cards of the sandbox, so that nobody has to know one by heart.
func (f *cardForm) showTests() {
	if f.desk.Till.Bank == nil {
		return
	}
	var options []option
	for _, c := range f.desk.Till.Bank.Cards() {
		options = append(options, option{c.Number, pad(string(c.Brand), 12) + "••" + c.Number[max(0, len(c.Number)-4):] + "  " + Inert(c.Behaves)})
	}
	if len(options) == 0 {
		return
	}
	f.tests = newChoice(f.desk, "test", "Test card", options, &f.chosen)
	f.tests.rows = 10
	f.tests.resize(f.columns)
	f.tests.Focus()
}

// pickTest fills the form with the card that was chosen.
func (f *cardForm) pickTest(msg tea.KeyPressMsg) {
	if msg.Code != tea.KeyEnter {
		f.tests.edit(msg)
		return
	}
	if f.tests.Blur(); f.tests.Error() != nil {
		f.tests.Focus()
		return
	}
	f.tests = nil
	f.fill(f.chosen, "12/34", strings.Repeat("1", domain.BrandOf(f.chosen).CVVDigits()))
	for _, c := range f.desk.Till.Bank.Cards() {
		if c.Number == f.chosen {
			f.acts = Inert(c.Behaves)
		}
	}
}

// fill writes into the fields, and leaves the focus where Enter pays.
func (f *cardForm) fill(number, expiry, cvv string) {
	f.number.set(number)
	f.expiry.set(expiry)
	f.cvv.set(cvv)
	f.form.to("name")
}

// wipe forgets the card.
func (f *cardForm) wipe() {
	f.fill("", "", "")
	f.acts = ""
}

func (f *cardForm) wish() (till.Payable, string, bool) {
	ready := f.form.submit()
	card, err := f.parse()
	return till.Payable{Card: &card}, card.Source().String(), ready && err == nil
}

func (f *cardForm) view(columns, lines int) string {
	st := f.desk.Styles
	if f.tests != nil {
		f.tests.rows = max(3, lines-1)
		return f.tests.View()
	}
	about := f.terms.lines(columns, lines < 10)
	text := f.form.View(columns, max(4, lines-len(about)-2)) + "\n\n" + strings.Join(about, "\n")
	if f.desk.Till.Bank != nil && lines > 7 {
		hint := "ctrl+t fills in a test card"
		if f.acts != "" {
			hint = "test card: " + f.acts
		}
		text += "\n  " + st.Faint.Render(pad("Sandbox", labelWidth)) + st.Sandbox.Render(cut(hint, columns-labelWidth-2))
	}
	return text
}

// numberField shows of a number what may be seen: its last four digits, and whose card it is.
type numberField struct{ *textField }

// edit knows no way into the middle of the number: what is not seen cannot be edited there.
func (f *numberField) edit(msg tea.Msg) {
	if k, ok := msg.(tea.KeyPressMsg); ok && !atTheEnd(k) {
		return
	}
	f.textField.edit(msg)
}

// atTheEnd tells whether a key writes or takes away at the end of a text.
func atTheEnd(k tea.KeyPressMsg) bool {
	return k.Text != "" || k.Code == tea.KeyBackspace || k.String() == "ctrl+u" || k.String() == "ctrl+w"
}

// View is the number as far as it may be seen.
func (f *numberField) View() string {
	st := f.desk.Styles
	title := st.Faint
	cursor := ""
	if f.focused {
		title, cursor = st.Title, st.Accent.Render("▏")
	}
	brand := ""
	if b := domain.BrandOf(*f.value); b != domain.NoBrand {
		brand = "   " + st.Accent.Render(string(b))
	}
	return title.Render(label("Card number", false)) + st.Text.Render(maskedNumber(*f.value)) + cursor + brand
}

func maskedNumber(text string) string {
	digits := strings.ReplaceAll(text, " ", "")
	var b strings.Builder
	for i, r := range digits {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		if i < len(digits)-4 {
			r = '•'
		}
		b.WriteRune(r)
	}
	return b.String()
}
