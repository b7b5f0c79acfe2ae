package tui

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// Change is an amount before and after, as text.
type Change struct{ Label, Before, After string }

// Dialog asks one question over the screen. One about money ignores every key until it is armed, so that
// what was meant for the screen below cannot answer it.
type Dialog struct {
	Title    string                       // of the question in words; "": question
	Question func(domain.Amount) string   // with the amount in it, where money is asked for
	Note     string                       // what follows from yes, in a sentence
	Changes  func(domain.Amount) []Change // amounts before and after; nil: none
	Yes, No  string                       // what the keys do: "refund", "keep it"
	Do       func(domain.Amount) tea.Cmd  // what yes does, once
	Money    bool                         // is armed a moment after it pops up
	Deed     domain.Deed                  // what yes does, where only some may; "" is what led here
	Why      string                       // why whoever is here may not do it alone, or what else stands in the way
	Leave    func() tea.Cmd               // what Esc does beside taking it away; nil: nothing

	// An amount is asked for where a currency is given: Start stands in the field, an empty field means it too,
	// and Check says in words what is wrong with what was typed.
	Currency domain.Currency
	Label    string
	Start    domain.Amount
	Check    func(domain.Amount) error

	Line  *Line  // instead of an amount: a line of text is asked for
	Picks []Pick // instead of yes: one of several
	Sheet *sheet // instead of an amount: a form is asked for

	stays bool    // Esc does not take it away, and leads back to its beginning
	quits bool    // yes leaves the program, and so does the key that asked
	under *Dialog // comes back when this one is gone
	at    int     // of the picks
	input textinput.Model
	armed bool
	wrong string
	stray stray // what was typed and means nothing here
}

// arming is how long a question about money is deaf.
const arming = 300 * time.Millisecond

// dialogArmed says that a dialog has been seen long enough. A test sends it.
type dialogArmed struct{ dialog *Dialog }

// Confirm makes a plain question without money.
func Confirm(question, note, yes, no string, do func() tea.Cmd) *Dialog {
	return &Dialog{
		Question: func(domain.Amount) string { return question },
		Note:     note, Yes: yes, No: no,
		Do: func(domain.Amount) tea.Cmd { return do() },
	}
}

var dialogKeys = struct{ yes, enter, no key.Binding }{
	yes:   key.NewBinding(key.WithKeys("y", "Y"), key.WithHelp("y", "yes")),
	enter: key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "yes")),
	no:    key.NewBinding(key.WithKeys("n", "N", "esc"), key.WithHelp("n", "no")),
}

// yesKey is the key that answers yes, as it is shown: Enter ends what is typed, and where nothing is, y answers and Enter
// does not, as it may have been meant for the page below, or end a scan.
func (q *Dialog) yesKey() key.Binding {
	if q.Currency != "" || q.Line != nil || q.Sheet != nil || q.Picks != nil {
		return dialogKeys.enter
	}
	return dialogKeys.yes
}

// pressY is what an Enter is told where y answers.
const pressY = "y answers, not enter"

// open starts the dialog; armed says what it waits for.
func (q *Dialog) open(d *Desk) tea.Cmd {
	q.input = newInput(d.Styles)
	q.input.CharLimit = 20
	q.input.SetWidth(20)
	if q.Currency != "" {
		q.input.Placeholder = q.Currency.Format(q.Start)
	}
	if q.Line != nil {
		q.Line.open(d.Styles)
	}
	q.fit(d.app.width)
	if !q.Money {
		q.armed = true
		return nil
	}
	return d.After(arming, dialogArmed{q})
}

// inner is how wide a dialog is inside, on a screen of so many columns.
func inner(columns int) int { return min(58, columns-10) }

// fit makes its form as wide as a screen lets it, and those of the dialogs under it.
func (q *Dialog) fit(columns int) {
	for ; q != nil; q = q.under {
		if q.Sheet != nil {
			q.Sheet.form.resize(inner(columns))
		}
	}
}

// update answers a key; done tells that the dialog is over.
func (q *Dialog) update(msg tea.KeyPressMsg) (cmd tea.Cmd, done bool) {
	switch {
	case !q.armed:
		return nil, false
	case msg.Code == tea.KeyEscape && q.Leave != nil:
		return q.Leave(), !q.stays
	case q.Line != nil:
		return q.Line.update(msg)
	case q.Sheet != nil:
		return q.Sheet.update(msg)
	case q.Picks != nil:
		return q.choose(msg)
	case q.scanned(msg):
		return nil, false
	case key.Matches(msg, dialogKeys.no):
		return nil, true
	case key.Matches(msg, dialogKeys.yes), key.Matches(msg, q.yesKey()):
		return q.accept()
	case key.Matches(msg, dialogKeys.enter):
		q.wrong = pressY
		return nil, false
	}
	q.edit(msg)
	return nil, false
}

// scanned tells whether a key belongs to a scan that nobody meant for this question: letters behind others, and the
// Enter behind what is no amount.
func (q *Dialog) scanned(msg tea.KeyPressMsg) bool {
	behind := q.stray.typed != ""
	switch {
	case msg.Code != tea.KeyEnter && msg.Text == "": // whoever mends it is a person
		q.stray.take()
		return false
	case msg.Code != tea.KeyEnter && behind && !digit(msg):
		q.stray.add(msg)
	case msg.Code != tea.KeyEnter:
		return false
	case !behind && (q.Currency == "" || !unlikely(q.Currency, q.input.Value())):
		return false
	default:
		q.wrong = scanned
		q.stray.take()
		q.input.Reset()
	}
	return true
}

// paste puts a text where one is asked for. A line end in it is none.
func (q *Dialog) paste(msg tea.PasteMsg) {
	switch {
	case q.Sheet != nil:
		q.Sheet.paste(msg.Content)
	case q.Line != nil && q.armed:
		q.Line.update(tea.PasteMsg{Content: strings.TrimSpace(Inert(msg.Content))})
	}
}

// edit takes what belongs into an amount, and says so of what does not; letters stay free for yes and no.
func (q *Dialog) edit(msg tea.KeyPressMsg) {
	switch {
	case q.Currency == "":
		q.stray.add(msg)
		return
	case strings.Trim(msg.Text, "0123456789.") != "":
		q.wrong = "only digits and a point"
		q.stray.add(msg)
		return
	}
	q.input, _ = q.input.Update(msg)
	q.wrong = ""
}

func (q *Dialog) accept() (tea.Cmd, bool) {
	amount, err := q.checked()
	if err != nil {
		q.wrong = err.Error()
		return nil, false
	}
	if q.Do == nil {
		return nil, true
	}
	return q.Do(amount), true
}

// amount is what stands in the field, and Start where nothing does.
func (q *Dialog) amount() (domain.Amount, error) {
	if q.Currency == "" || q.input.Value() == "" {
		return q.Start, nil
	}
	return q.Currency.Parse(q.input.Value())
}

// checked is the amount, or in words why it cannot be that one.
func (q *Dialog) checked() (domain.Amount, error) {
	amount, err := q.amount()
	if err == nil && q.Check != nil {
		err = q.Check(amount)
	}
	return amount, err
}

func (q *Dialog) view(st *Styles, columns, lines int) string {
	inner := inner(columns)
	question, changes, err := q.outlook() // names of people and articles stand in the question and in the note
	question = wrapped(Inert(question), inner)
	if q.stays { // as wide at the name as at the PIN
		question = pad(question, inner)
	}
	parts := []string{st.Strong.Render(question)}
	if q.Note != "" {
		parts = append(parts, st.Faint.Render(wrapped(Inert(q.Note), inner)))
	}
	if q.Why != "" {
		parts = append(parts, st.Warn.Render(wrapped("! "+Inert(q.Why), inner)))
	}
	if q.Currency != "" {
		parts = append(parts, q.field(st, inner, err))
	}
	if q.Currency == "" && q.wrong != "" {
		parts = append(parts, st.Bad.Render(wrapped("✗ "+q.wrong, inner)))
	}
	if q.Line != nil {
		parts = append(parts, q.Line.view(st, inner))
	}
	if q.Sheet != nil {
		parts = append(parts, q.Sheet.view(inner))
	}
	if q.Picks != nil {
		parts = append(parts, q.picks(st, inner))
	}
	if len(changes) > 0 {
		parts = append(parts, changesView(st, changes, inner))
	}
	parts = append(parts, q.buttons(st))
	return st.Dialog.Render(joinedWithin(parts, lines-st.Dialog.GetVerticalFrameSize()))
}

// outlook is the question and what follows from yes. Of an amount that cannot be nothing is foretold.
func (q *Dialog) outlook() (question string, changes []Change, err error) {
	amount, err := q.checked()
	if err != nil {
		amount = q.Start
	}
	question = q.Question(amount)
	if q.Changes != nil {
		changes = q.Changes(amount)
	}
	if err != nil {
		question = strings.Replace(question, q.Currency.Display(amount), "–", 1)
		for i := range changes {
			changes[i].After = "–"
		}
	}
	return question, changes, err
}

func (q *Dialog) field(st *Styles, columns int, err error) string {
	line, wrong := st.Faint.Render(q.Label+"  ")+q.input.View(), q.wrong
	if wrong == "" && err != nil {
		wrong = err.Error()
	}
	if wrong != "" {
		line += "\n" + st.Bad.Render(wrapped("✗ "+wrong, columns))
	}
	return line
}

func changesView(st *Styles, changes []Change, columns int) string {
	lines := make([]string, len(changes))
	for i, c := range changes {
		lines[i] = st.Faint.Render(pad(c.Label, columns-30)) + padLeft(c.Before, 13) +
			st.Faint.Render("  →") + st.Strong.Render(padLeft(c.After, 14))
	}
	return strings.Join(lines, "\n")
}

// between keeps the two answers apart.
const between = "    "

// answers are what can be clicked under the question, as they are read; only no where one of several is picked.
func (q *Dialog) answers() (yes, no string) {
	if q.Picks != nil {
		return "", "esc " + q.No
	}
	return "● " + q.yesKey().Help().Key + " " + q.Yes, "esc " + q.No
}

// buttons shows whether the dialog listens yet: the keys are lit once it is armed.
func (q *Dialog) buttons(st *Styles) string {
	yes, _ := q.answers()
	no := between + st.Key.Render("esc") + " " + st.Text.Render(q.No)
	if q.stays {
		no = ""
	}
	switch {
	case yes == "":
		return strings.TrimPrefix(no, between)
	case !q.armed:
		return st.KeyOff.Render(strings.Replace(yes, "●", "◌", 1) + between + "◌ esc " + q.No)
	}
	key, word := strings.TrimSuffix(yes, " "+q.Yes), q.Yes
	return st.Title.Render(key) + " " + st.Strong.Render(word) + no
}

// newInput makes a text field in the colours of the theme. Its cursor stands still: a blinking one would wake
// the program twice a second for nothing.
func newInput(st *Styles) textinput.Model {
	in := textinput.New()
	in.Prompt = ""
	in.Focus()
	paintInput(&in, st)
	return in
}

func paintInput(in *textinput.Model, st *Styles) {
	look := in.Styles()
	look.Focused.Text, look.Focused.Placeholder, look.Focused.Prompt = st.Text.Style, st.Faint.Style, st.Accent.Style
	look.Blurred = look.Focused
	look.Cursor.Color = st.Accent.GetForeground()
	look.Cursor.Blink = false
	in.SetStyles(look)
}
