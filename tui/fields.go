package tui

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// Fields of forms that ask for money, for a reason, and for an account.

// amountDigits is how many digits somebody types of an amount before it looks like a scan.
const amountDigits = 7

// newAmountField asks for an amount in major units of a currency, as that is when it is asked.
func newAmountField(d *Desk, name, title string, currency func() domain.Currency, text *string) *textField {
	f := newText(d, name, title, false, text)
	f.CharLimit(24)
	f.keep = func(r rune) bool { return r >= '0' && r <= '9' || r == '.' || r == ',' } // a comma is refused: left out, 3,40 would be 340
	f.Validate(func(text string) error {
		switch {
		case strings.TrimSpace(text) == "":
			return errors.New("say how much")
		case unlikely(currency(), text):
			return errors.New("too many digits: a scan?")
		}
		_, err := currency().Parse(text)
		return err
	})
	return f
}

// newReason asks for a few words that must be there, and are no scan.
func newReason(d *Desk, name, title, example string, text *string) *textField {
	f := newText(d, name, title, false, text)
	f.like("such as: " + example)
	f.Validate(func(text string) error {
		if strings.TrimSpace(text) == "" {
			return errors.New("say it in a few words")
		}
		return noScan(text)
	})
	return f
}

// ibanField shows of an account's number what may be seen: its country and its end.
type ibanField struct{ *textField }

func newIBAN(d *Desk, needed bool, text *string) *ibanField {
	f := &ibanField{newText(d, "iban", "IBAN", needed, text)}
	f.CharLimit(42)
	f.keep = func(r rune) bool {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == ' '
	}
	f.Validate(func(text string) error {
		if strings.TrimSpace(text) == "" && !needed {
			return nil
		}
		_, err := domain.ParseIBAN(text)
		if e, ok := errors.AsType[*domain.Error](err); ok {
			return errors.New(e.Fields["iban"])
		}
		return err
	})
	return f
}

// edit knows no way into the middle of the number: what is not seen cannot be edited there.
func (f *ibanField) edit(msg tea.Msg) {
	if k, ok := msg.(tea.KeyPressMsg); ok && !atTheEnd(k) {
		return
	}
	f.textField.edit(msg)
}

// View is the number as far as it may be seen.
func (f *ibanField) View() string {
	st := f.desk.Styles
	title, cursor := st.Faint, ""
	if f.focused {
		title, cursor = st.Title, st.Accent.Render("▏")
	}
	return title.Render(f.title) + st.Text.Render(cut(maskedIBAN(*f.value), f.columns-labelWidth-5)) + cursor
}

// maskedIBAN leaves of a number its country and its last four characters.
func maskedIBAN(text string) string {
	number := []rune(strings.ToUpper(strings.ReplaceAll(text, " ", "")))
	var b strings.Builder
	for i, r := range number {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		if i >= 2 && i < len(number)-4 {
			r = '•'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// readIBAN takes the number out of its field; nothing where nothing was typed.
func readIBAN(text string) domain.IBAN {
	iban, err := domain.ParseIBAN(text)
	if err != nil { // its field has refused it
		return domain.IBAN{}
	}
	return iban
}
