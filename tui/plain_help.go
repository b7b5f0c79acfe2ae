package tui

import (
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// What an answer can be: a number, a word of the page, or one that counts everywhere.

// meant is what a number or a word stands for; nil: nothing here.
func (p *plain) meant(word string) func() tea.Cmd {
	if n, err := strconv.Atoi(word); err == nil && n >= 1 && n <= len(p.page.replies) && len(word) <= 3 {
		return p.page.replies[n-1].do
	}
	for _, r := range p.page.replies {
		if slices.Contains(r.names, word) || strings.EqualFold(r.text, word) {
			return r.do
		}
	}
	if p.app.dialog == nil {
		names, _, turn := partsOf(p.app.top())
		if at := slices.Index(names, strings.ToLower(word)); at >= 0 {
			return func() tea.Cmd { return turn(at) }
		}
	}
	return p.everywhere(strings.ToLower(word))
}

// plainWords are the words that are never the text of a field, written just so: somebody may be called Back.
var plainWords = []string{"back", "again", "help", "quit"}

// everywhere are the words that count on every page.
func (p *plain) everywhere(word string) func() tea.Cmd {
	switch word {
	case "help", "?":
		return func() tea.Cmd { p.help(); return nil }
	case "again":
		return func() tea.Cmd { p.again(); return nil }
	case "back", "esc":
		return p.leave
	case "enter":
		return p.stroke("enter")
	case "quit":
		return p.app.quit
	}
	if p.app.door != nil { // nobody walks past it
		return nil
	}
	if change := consoleKeys.change; word == change.Help().Key || word == change.Help().Desc || word == "operator" {
		return p.app.changeOperator
	}
	for _, one := range p.app.places() {
		if one.key.Help().Desc == word || len(word) > 1 && slices.Contains(one.key.Keys(), word) {
			return func() tea.Cmd {
				return tea.Batch(p.app.turnAway(), p.app.visit(one))
			}
		}
	}
	return nil
}

// help says how to answer, where one can go, and every key of the page with those that do nothing now.
func (p *plain) help() {
	var names, off []string
	for _, one := range p.app.places() {
		names = append(names, one.key.Help().Desc)
	}
	p.note(
		"a number takes the choice that was listed under it. its words do too.",
		"where a field is asked for, a line is its text, an empty one leaves it as it is, and - empties it; a choice has a colon there, like :2.",
		"anywhere: "+strings.Join(plainWords, ", ")+"; and the places "+strings.Join(names, ", ")+", in a field with a colon.",
		"the name of a key that is told of, like ctrl+r or F9, does what the key does.",
	)
	if p.app.door != nil { // of the page behind it nothing is told
		return
	}
	if parts, _, _ := partsOf(p.app.top()); len(parts) > 1 {
		p.note("this page has the parts " + strings.Join(parts, ", ") + ": the name of one leads there.")
	}
	switch s := p.app.top().(type) {
	case *sale:
		p.note(s.hints()...)
	case *payment:
		for _, o := range s.offers {
			for _, can := range abilities(o.Method.Can) {
				p.note(o.Method.Name + ", " + can.about + ": " + can.says)
			}
		}
	}
	for _, k := range p.app.top().Keys() {
		switch names := k.Keys(); {
		case len(names) == 0 || slices.Contains(moving, names[0]):
		case !k.Enabled():
			off = append(off, k.Help().Desc+p.whyOff(k))
		case len([]rune(names[0])) == 1 && p.typedHere() != "":
			p.note(k.Help().Key + ": " + k.Help().Desc)
		}
	}
	if len(off) > 0 {
		p.note("not now: " + strings.Join(off, ", ") + ".")
	}
	p.page.replies = nil // they are listed again
}

// whyOff is why a key does nothing now, where its screen says so.
func (p *plain) whyOff(k key.Binding) string {
	if s, tells := p.app.top().(refuser); tells {
		if why := s.WhyOff(k); why != "" {
			return " (" + why + ")"
		}
	}
	return ""
}
