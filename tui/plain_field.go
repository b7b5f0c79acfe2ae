package tui

import (
	"strings"
	"unicode"

	"till/domain"
)

// The fields in words: one is asked for at a time.

// plainField is what a line is asked for.
type plainField struct {
	label, value, example string
	wrong                 string // what is wrong with the value
	note                  string // what should be said of it, and is not in the way
	then                  string // what its line does beside
	first                 bool   // there is none before it
	secret                bool   // it is not shown while it is typed
	pick                  *choice
}

func (p *plain) lineField(l *Line) *plainField {
	f := &plainField{label: l.Label, value: Inert(l.input.Value()), example: l.Example}
	if _, err := l.means(); err != nil && p.tried {
		f.wrong = err.Error()
	}
	if l.wrong != "" {
		f.wrong = l.wrong
	}
	return f
}

func (p *plain) amountField(q *Dialog, err error) *plainField {
	f := &plainField{label: q.Label, value: q.input.Value()}
	if f.value == "" && q.Start != 0 {
		f.value = q.Currency.Format(q.Start)
	}
	switch {
	case !p.tried:
	case q.wrong != "":
		f.wrong = q.wrong
	case err != nil:
		f.wrong = err.Error()
	}
	f.label = strings.TrimSpace(f.label + " in " + string(q.Currency))
	return f
}

// fieldOf is the field in hand of a form.
func fieldOf(f *form) *plainField {
	told := &plainField{note: f.warnings[f.here().name()]}
	if err := f.here().Error(); err != nil {
		told.wrong = err.Error()
	}
	text := func(t *textField) {
		told.label, told.value, told.example, told.secret = t.title, Inert(*t.value), t.example, t.secret
		if t.secret && told.value != "" {
			told.value = "given"
		}
	}
	switch one := f.here().(type) {
	case *numberField:
		text(one.textField)
		told.value, told.secret = maskedNumber(*one.value), true
	case *ibanField:
		text(one.textField)
		told.value = maskedIBAN(*one.value)
	case *textField:
		text(one)
	case *pinField:
		text(one.textField)
	case *choice:
		told = pickOf(one)
	case *nameField:
		told = pickOf(one.choice)
	default:
		told.label = strings.Join(linesInWords(one.View()), " ")
	}
	if label, usual := strings.CutSuffix(strings.TrimSpace(told.label), "*"); usual {
		told.label = strings.TrimSpace(label) + " (expected)"
	}
	told.label, told.first = strings.TrimSpace(told.label), f.at == 0
	return told
}

func pickOf(c *choice) *plainField {
	f := &plainField{label: strings.TrimSpace(label(c.title, c.needed)), pick: c, example: "a part of its name"}
	if len(c.found) > 0 && c.filter == "" {
		f.value = inWordsOnly(c.options[c.found[c.at]].label + c.end(c.found[c.at]))
	}
	if c.err != nil {
		f.wrong = c.err.Error()
	}
	return f
}

// endingField is the field in hand of a form, with what its line does where it is the last one.
func endingField(f *form, does string) *plainField {
	told := fieldOf(f)
	if f.at == len(f.fields)-1 {
		told.then = does
	}
	return told
}

// sentence is a field as a question.
func (f *plainField) sentence() string {
	text := f.label
	if f.value != "" {
		text += ", now " + f.value
	} else if f.example != "" {
		text += ", " + either(unicode.IsLower([]rune(f.example)[0]), "", "like ") + f.example // a hint, or a text as it could be
	}
	if f.then != "" {
		text += " (" + f.then + ")"
	}
	return domain.Inert(text) + ":"
}
