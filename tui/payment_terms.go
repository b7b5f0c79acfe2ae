package tui

import (
	"fmt"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// terms are how something is paid beside its method: when the money is taken, 3DS, retries, a day. What a method
// cannot is greyed, and left out of what is asked for.
type terms struct {
	desk *Desk
	can  domain.Capabilities // of the method whose form is open
	skip bool                // the order says that the money is only held

	capture                         domain.CaptureMode // "" is as the order and the variant say
	threeDS, without, partial, save bool
	retries                         int
	date                            time.Time // zero is now

	at   int
	open bool // they are seen instead of the form
}

// term is one of them: its name, why a method cannot have it, what it says, what is said of it in short where it is
// not the usual, and how it is turned.
type term struct {
	label  string
	cannot string
	able   func(domain.Capabilities) bool
	value  func(*terms) string
	short  func(*terms) string
	turn   func(t *terms, by int)
}

var allTerms = []term{
	{
		"Taken", "taken at once: it cannot hold", func(c domain.Capabilities) bool { return c.ManualCapture },
		(*terms).captureWords, nil, (*terms).turnCapture,
	},
	{
		"3DS", "it has no 3DS", hasThreeDS,
		func(t *terms) string { return either(t.threeDS, "asked for", "as the bank wishes") },
		func(t *terms) string { return either(t.threeDS, "3DS", "") },
		func(t *terms, _ int) { t.threeDS = !t.threeDS },
	},
	{
		"Where 3DS fails", "it has no 3DS", hasThreeDS,
		func(t *terms) string { return either(t.without, "goes on without it", "ends there") },
		func(t *terms) string { return either(t.without, "or without it", "") },
		func(t *terms, _ int) { t.without = !t.without },
	},
	{
		"A part only", "it approves all or nothing", func(c domain.Capabilities) bool { return c.PartialAuth },
		func(t *terms) string { return either(t.partial, "is taken", "is let go") },
		func(t *terms) string { return either(t.partial, "a part will do", "") },
		func(t *terms, _ int) { t.partial = !t.partial },
	},
	{
		"Soft declines", "nobody can be asked again", func(c domain.Capabilities) bool { return c.Sync },
		(*terms).retryWords,
		func(t *terms) string { return either(t.retries > 0, fmt.Sprintf("retries %d", t.retries), "") },
		func(t *terms, by int) { t.retries = (t.retries + by + mostRetries + 1) % (mostRetries + 1) },
	},
	{
		"Sent", "it cannot be sent on a later day", keeps,
		(*terms).dateWords,
		func(t *terms) string { return either(t.date.IsZero(), "", "sent "+t.dateWords()) },
		func(t *terms, _ int) { t.date = time.Time{} },
	},
	{
		"Saved", "it cannot be kept", keeps,
		func(t *terms) string { return either(t.save, "kept for the next time", "not kept") },
		func(t *terms) string { return either(t.save, "kept", "") },
		func(t *terms, _ int) { t.save = !t.save },
	},
}

// mostRetries is how often a soft decline is tried again at most.
const mostRetries = 10

// dateTerm is the place of the day among them: it is asked for, not turned.
const dateTerm = 5

func hasThreeDS(c domain.Capabilities) bool { return c.ThreeDS }
func keeps(c domain.Capabilities) bool      { return c.Recurring }

func either(on bool, yes, no string) string {
	if on {
		return yes
	}
	return no
}

// mode is when the money is taken, as far as the method can.
func (t *terms) mode() domain.CaptureMode {
	switch {
	case !t.can.ManualCapture, t.capture == domain.CaptureAuto, t.capture == "" && !t.skip:
		return domain.CaptureAuto
	case t.capture == domain.CaptureMultiple && t.can.MultiCapture:
		return domain.CaptureMultiple
	}
	return domain.CaptureManual
}

// turnCapture goes on to the next of now, later, and later in several parts.
func (t *terms) turnCapture(by int) {
	modes := []domain.CaptureMode{domain.CaptureAuto, domain.CaptureManual, domain.CaptureMultiple}
	if !t.can.MultiCapture {
		modes = modes[:2]
	}
	for i, mode := range modes {
		if mode == t.mode() {
			t.capture = modes[(i+by+len(modes))%len(modes)]
			return
		}
	}
}

func (t *terms) captureWords() string {
	return map[domain.CaptureMode]string{
		domain.CaptureAuto: "now", domain.CaptureManual: "◈ later: it is only held now", domain.CaptureMultiple: "◈ later, in parts: only held now",
	}[t.mode()]
}

func (t *terms) retryWords() string {
	if t.retries == 0 {
		return "end it"
	}
	return "tried again up to " + plural(t.retries, "time")
}

func (t *terms) dateWords() string {
	if t.date.IsZero() {
		return "now"
	}
	return "on " + dated(t.date)
}

// apply puts them on what is asked for, as far as the method can.
func (t *terms) apply(wish *till.Payable) {
	can := t.can
	if can.ManualCapture {
		wish.Capture = t.capture
	}
	wish.ThreeDS, wish.WithoutThreeDS = t.threeDS && can.ThreeDS, t.without && can.ThreeDS
	wish.Partial, wish.Save = t.partial && can.PartialAuth, t.save && can.Recurring
	if can.Sync {
		wish.Retries = t.retries
	}
	if can.Recurring {
		wish.Date = t.date
	}
}

var termKeys = struct{ open, later, move, turn, back key.Binding }{
	open:  key.NewBinding(key.WithKeys("ctrl+r"), key.WithHelp("ctrl+r", "terms")),
	later: key.NewBinding(key.WithKeys("ctrl+l"), key.WithHelp("ctrl+l", "take now or later")),
	move:  key.NewBinding(key.WithKeys("up", "down", "tab", "shift+tab"), key.WithHelp("↑ ↓", "move")),
	turn:  key.NewBinding(key.WithKeys("left", "right", "enter", "space"), key.WithHelp("← →", "change")),
	back:  key.NewBinding(key.WithKeys("ctrl+r"), key.WithHelp("ctrl+r", "to the form")),
}

// keys are those of the terms while they are seen, and those that lead there from a form.
func (t *terms) keys() []key.Binding {
	if t.open {
		return []key.Binding{termKeys.move, termKeys.turn, termKeys.back}
	}
	later := termKeys.later
	later.SetEnabled(t.can.ManualCapture)
	return []key.Binding{later, termKeys.open}
}

// press answers a key; taken tells that it was one of the terms'.
func (t *terms) press(msg tea.KeyPressMsg) (cmd tea.Cmd, taken bool) {
	switch {
	case key.Matches(msg, termKeys.open):
		t.open = !t.open
		return nil, true
	case key.Matches(msg, termKeys.later) && t.can.ManualCapture:
		t.turnCapture(1)
		return nil, true
	case !t.open:
		return nil, false
	}
	switch by := 1; msg.String() {
	case "up", "shift+tab":
		t.at = max(0, t.at-1)
	case "down", "tab":
		t.at = min(len(allTerms)-1, t.at+1)
	case "left":
		by = -1
		fallthrough
	case "right", "enter", "space":
		return t.change(by), true
	}
	return nil, true
}

// change turns the term in hand; a day is asked for.
func (t *terms) change(by int) tea.Cmd {
	one := allTerms[t.at]
	switch {
	case !one.able(t.can):
		t.desk.Say("%s: %s", strings.ToLower(one.label), one.cannot)
	case t.at == dateTerm && by > 0:
		return t.desk.Ask(&Dialog{
			Question: func(domain.Amount) string { return "when is it to be sent?" },
			Note:     "until then it can be paused, put off or given up. the card is kept by its provider, not here.", Yes: "that day", No: "leave it",
			Line: &Line{Label: "when", Example: "3d, 2w or 2026-12-01", Read: readWhen(t.desk.Now), Do: func(text string) tea.Cmd {
				if at, err := parseWhen(text, t.desk.Now()); err == nil {
					t.date = at
				}
				return nil
			}},
		})
	default:
		one.turn(t, by)
	}
	return nil
}

// view is all of them, the one in hand marked.
func (t *terms) view(columns, lines int) string {
	st := t.desk.Styles
	rows := make([]string, len(allTerms))
	for i, one := range allTerms {
		mark, label, value := "  ", st.Faint, st.Text.Render(one.value(t))
		if i == t.at {
			mark, label = st.Title.Render("› "), st.Title
			value = st.Accent.Render("‹ ") + st.Strong.Render(one.value(t)) + st.Accent.Render(" ›")
		}
		if !one.able(t.can) {
			value = st.Off.Render(one.cannot)
		}
		rows[i] = cut(mark+label.Render(pad(one.label, labelWidth))+value, columns)
	}
	return strings.Join(scrolled(st, rows, t.at, lines), "\n")
}

// lines are what a form says of them: when the money is taken, and what else was changed; where it is to be brief,
// what was not is left to the keys.
func (t *terms) lines(columns int, brief bool) []string {
	st := t.desk.Styles
	taken, hint := st.Text.Render("now"), st.Faint.Render("  ctrl+l: hold it now, take it later")
	switch {
	case !t.can.ManualCapture:
		hint = st.Off.Render("  (it cannot be held)")
	case t.mode() != domain.CaptureAuto:
		taken = st.Active.Render(t.captureWords())
		hint = st.Faint.Render(either(t.mode() == domain.CaptureManual && t.can.MultiCapture, "  ctrl+l: in parts", "  ctrl+l: now"))
	}
	if labelWidth+2+width(taken)+width(hint) <= columns {
		taken += hint
	}
	var changed []string
	for _, one := range allTerms[1:] {
		if short := one.short(t); short != "" && one.able(t.can) {
			changed = append(changed, short)
		}
	}
	more := st.Faint.Render("ctrl+r: 3DS, another try, a later day, save it")
	if len(changed) > 0 {
		more = st.Active.Render(strings.Join(changed, " · "))
	}
	if len(changed) == 0 && (brief || !t.can.ThreeDS && !t.can.Sync && !t.can.Recurring) {
		more = ""
	}
	out := []string{cut("  "+st.Faint.Render(pad("Taken", labelWidth))+taken, columns)}
	if more != "" {
		out = append(out, cut("  "+st.Faint.Render(pad("Terms", labelWidth))+more, columns))
	}
	return out
}
