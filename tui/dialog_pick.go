package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Pick is one of several answers that a dialog offers, each by a key of its own; the arrows and Enter choose too.
type Pick struct {
	Key, Label string
	Note       string // what follows from it
	Do         func() tea.Cmd
}

// keyed gives each of several names a letter of its own, as far as its letters go.
func keyed(names []string) []string {
	used, keys := "", make([]string, len(names))
	for i, name := range names {
		for _, r := range name {
			if !strings.ContainsRune(used, r) {
				used += string(r)
				keys[i] = string(r)
				break
			}
		}
	}
	return keys
}

// choose answers a key with one of the picks; done tells that the dialog is over.
func (q *Dialog) choose(msg tea.KeyPressMsg) (cmd tea.Cmd, done bool) {
	if q.scanned(msg) {
		return nil, false
	}
	switch msg.String() {
	case "esc":
		return nil, true
	case "up":
		q.at = max(0, q.at-1)
	case "down":
		q.at = min(len(q.Picks)-1, q.at+1)
	case "enter":
		return q.Picks[q.at].Do(), true
	}
	for _, p := range q.Picks {
		if msg.String() == p.Key {
			return p.Do(), true
		}
	}
	q.stray.add(msg)
	return nil, false
}

func (q *Dialog) picks(st *Styles, columns int) string {
	lines := make([]string, len(q.Picks))
	widest := 0
	for _, p := range q.Picks {
		widest = max(widest, width(p.Label))
	}
	for i, p := range q.Picks {
		mark, label := "  ", st.Text
		if i == q.at {
			mark, label = st.Title.Render("› "), st.Strong
		}
		lines[i] = mark + st.Title.Render(pad(p.Key, 3)) + label.Render(pad(p.Label, widest+2)) + st.Faint.Render(cut(p.Note, columns-widest-7))
	}
	return strings.Join(lines, "\n")
}
