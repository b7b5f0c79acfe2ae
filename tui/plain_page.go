package tui

import (
	"cmp"
	"fmt"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// teller is a screen that says itself in lines; others are told by what they draw.
type teller interface{ Plain() []string }

// lister is a screen with rows that are chosen by their numbers.
type lister interface{ plainRows() plainList }

// asker is a screen with a field in hand; nil: none now.
type asker interface{ plainField() *plainField }

// parted is a screen of several parts, one of which is seen: its name leads to each.
type parted interface {
	plainParts() (names []string, at int, turn func(to int) tea.Cmd)
}

// plainList are rows, each with what choosing it does.
type plainList struct {
	rows []reply
	more func() tea.Cmd // asks for rows behind the last; nil: there are none
	keys []string       // the keys that the rows stand for
}

// reply is something that can be answered.
type reply struct {
	text  string
	names []string // words for it beside its number
	do    func() tea.Cmd
}

// plainPage is what is said of a screen or a dialog, and what can be answered.
type plainPage struct {
	of      any // the screen or the dialog
	title   string
	part    string // of the screen, that is seen
	lines   []string
	field   *plainField
	replies []reply
}

// asked is what the field in hand is called; "": there is none.
func (p plainPage) asked() string {
	if p.field == nil {
		return ""
	}
	return p.field.label
}

// numbers tells whether a bare number is a reply: in a field it would be text.
func (p plainPage) numbers() bool { return p.field == nil || p.field.pick != nil }

// look makes the page of what is in hand.
func (p *plain) look() plainPage {
	if q := p.app.dialog; q != nil {
		return p.lookDialog(q)
	}
	s := p.app.top()
	page := plainPage{of: s, title: Inert(s.Title()), lines: toldBy(s)}
	if p.app.desk.Till.Live {
		page.title += ", LIVE"
	}
	if names, at, _ := partsOf(s); len(names) > 0 {
		page.part = names[at]
	}
	if a, ok := s.(asker); ok {
		page.field = a.plainField()
	}
	var list plainList
	if l, ok := s.(lister); ok {
		list = l.plainRows()
	}
	if page.field != nil && page.field.pick != nil {
		list = p.options(page.field.pick)
	}
	page.replies = p.window(list)
	for _, k := range s.Keys() {
		for _, r := range p.repliesOf(k, s, page.field, list) {
			if i := slices.IndexFunc(page.replies, func(other reply) bool { return other.text == r.text }); i >= 0 { // some have two keys
				page.replies[i].names = append(page.replies[i].names, r.names...)
				continue
			}
			page.replies = append(page.replies, r)
		}
	}
	if len(p.app.stack) > 1 || s == Screen(p.app.sale()) && p.app.sale().entry.Value() != "" {
		page.replies = append(page.replies, reply{text: wayBack(s), names: []string{"back"}, do: p.leave})
	}
	return page
}

// leave is Esc. What somebody was looked for by is not worth a step of its own here.
func (p *plain) leave() tea.Cmd {
	if f, finds := p.app.top().(*finder); finds {
		f.StepBack()
	}
	return p.stroke("esc")()
}

func partsOf(s Screen) (names []string, at int, turn func(to int) tea.Cmd) {
	if one, ok := s.(parted); ok {
		return one.plainParts()
	}
	return nil, 0, nil
}

// wayBack is what leaving a screen is called there.
func wayBack(s Screen) string {
	for _, k := range s.Keys() {
		if slices.Contains(k.Keys(), "esc") {
			return Inert(k.Help().Desc)
		}
	}
	return "back"
}

func toldBy(s Screen) []string {
	if t, ok := s.(teller); ok {
		return linesInWords(t.Plain()...)
	}
	return linesInWords(s.View())
}

// stroke is a key as a reply.
func (p *plain) stroke(name string) func() tea.Cmd {
	return func() tea.Cmd {
		_, cmd := p.app.Update(keyOf(name))
		return cmd
	}
}

// moving are the keys that move in what is drawn.
var moving = []string{"up", "down", "left", "right", "pgup", "pgdown", "home", "end"}

// repliesOf are the replies that a binding makes: none where a row, a line or what was said stands for it.
func (p *plain) repliesOf(k key.Binding, s Screen, f *plainField, list plainList) []reply {
	names, text := k.Keys(), k.Help().Desc
	if !k.Enabled() || len(names) == 0 || k.Help().Key == "" {
		return nil
	}
	_, tells := s.(teller)
	typed := s.Typing() && len([]rune(names[0])) == 1 && !isPayment(s) && !isFlight(s)
	moves := slices.Contains(moving, names[0])
	switch {
	case typed, slices.Contains(list.keys, names[0]):
		return nil
	case f != nil && (names[0] == "enter" || moves): // the line is Enter
		return nil
	case moves && (len(list.rows) > 0 || tells):
		return nil
	case moves:
		var all []reply
		for _, name := range names {
			if slices.Contains(moving, name) {
				all = append(all, reply{text: text + ": " + name, do: p.stroke(name)})
			}
		}
		return all
	case names[0] == "shift+tab" && f != nil && f.first:
		return nil
	case names[0] == "shift+tab" && f != nil:
		text = "the field before"
	case names[0] == "esc":
		return nil // back
	}
	words := slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return isDigits(name) || s.Typing() && len(name) == 1 && len(list.keys) == 0
	})
	if one, finds := s.(*finder); finds {
		words = append(words, text)
		text = one.aboutRow(k, text)
	}
	return []reply{{text: inWordsOnly(text), names: words, do: p.stroke(names[0])}}
}

func isPayment(s Screen) bool { return is[*payment](s) }
func isFlight(s Screen) bool  { return is[*flight](s) }

// rowsAtOnce is how many rows are listed at a time.
const rowsAtOnce = 10

// window are the rows that are listed now, and the ways to the others.
func (p *plain) window(list plainList) []reply {
	n := len(list.rows)
	p.from = max(0, min(p.from, (n-1)/rowsAtOnce*rowsAtOnce))
	to := min(n, p.from+rowsAtOnce)
	all := slices.Clone(list.rows[p.from:to])
	if to < n || list.more != nil {
		all = append(all, reply{text: fmt.Sprintf("more, from %d on", to+1), names: []string{"more"}, do: func() tea.Cmd {
			p.from += rowsAtOnce
			if list.more != nil && to >= n-rowsAtOnce {
				return list.more()
			}
			return nil
		}})
	}
	if p.from > 0 {
		all = append(all, reply{text: "those before", names: []string{"previous"}, do: func() tea.Cmd {
			p.from -= rowsAtOnce
			return nil
		}})
	}
	return all
}

// mostOptions is from how many options on a part of the name is asked for before any is listed.
const mostOptions = 60

// options are what a field offers.
func (p *plain) options(c *choice) plainList {
	if len(c.found) > mostOptions {
		return plainList{}
	}
	list := plainList{keys: []string{"enter"}}
	for i, at := range c.found {
		list.rows = append(list.rows, reply{text: inWordsOnly(c.options[at].label + c.end(at)), do: func() tea.Cmd {
			c.at = i
			return p.stroke("enter")()
		}})
	}
	return list
}

// lookDialog is a question. What is asked about money listens at once: a line is a deliberate answer.
func (p *plain) lookDialog(q *Dialog) plainPage {
	q.armed = true
	question, changes, err := q.outlook()
	page := plainPage{of: q, title: cmp.Or(q.Title, "question"), lines: linesInWords(question, q.Note, q.Why)}
	no := reply{text: Inert(q.No), names: []string{"n", "no", "back"}, do: p.stroke("esc")}
	switch {
	case q.Picks != nil:
		for _, one := range q.Picks {
			page.replies = append(page.replies, reply{text: inWordsOnly(joined([]string{one.Label, one.Note})), names: []string{one.Key, one.Label}, do: p.stroke(one.Key)})
		}
	case q.Line != nil:
		page.field = p.lineField(q.Line)
	case q.Sheet != nil:
		page.field = endingField(q.Sheet.form, "this line: "+q.Yes)
		if page.field.pick != nil {
			page.replies = p.window(p.options(page.field.pick))
		}
		if q.Sheet.form.at > 0 {
			page.replies = append(page.replies, reply{text: "the field before", do: p.stroke("shift+tab")})
		}
	case q.Currency != "" && p.settled != q:
		page.field = p.amountField(q, err)
	default:
		for _, c := range changes {
			page.lines = append(page.lines, fmt.Sprintf("%s: %s before, %s after", c.Label, c.Before, c.After))
		}
		page.replies = append(page.replies, reply{text: Inert(q.Yes), names: []string{"y", "yes"}, do: p.stroke(q.yesKey().Keys()[0])})
	}
	if page.field != nil {
		page.lines = linesInWords(q.Question(q.Start), q.Note, q.Why)
	}
	if !q.stays {
		page.replies = append(page.replies, no)
	}
	return page
}
