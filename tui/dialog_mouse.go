package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// hit is the key for what was clicked, by line and column of the box: one of the picks, yes, or no.
func (q *Dialog) hit(st *Styles, columns, lines, column, line int) (tea.KeyPressMsg, bool) {
	drawn := strings.Split(q.view(st, columns, lines), "\n")
	if q.Sheet != nil && line < len(drawn) && q.Sheet.point(ansi.Strip(drawn[line])) {
		return keyOf("enter"), true
	}
	buttons := len(drawn) - 1 - (st.Dialog.GetBorderBottomSize() + st.Dialog.GetPaddingBottom())
	column -= st.Dialog.GetBorderLeftSize() + st.Dialog.GetPaddingLeft()
	if line == buttons && column >= 0 {
		yes, no := q.answers()
		switch at := width(yes); {
		case column < at:
			return keyOf(q.yesKey().Keys()[0]), true
		case column >= at+width(between) && column < at+width(between+no) || at == 0 && column < width(no):
			return keyOf("esc"), true
		}
	}
	if at := line - (buttons - 1 - q.below() - len(q.Picks)); at >= 0 && at < len(q.Picks) {
		q.at = at
		return keyOf("enter"), true
	}
	return tea.KeyPressMsg{}, false
}

// below is how many lines stand between the picks and the buttons.
func (q *Dialog) below() int {
	if _, changes, _ := q.outlook(); len(changes) > 0 {
		return len(changes) + 1
	}
	return 0
}

// wheel moves among the picks.
func (q *Dialog) wheel(by int) {
	if len(q.Picks) > 0 {
		q.at = max(0, min(len(q.Picks)-1, q.at+by))
	}
}
