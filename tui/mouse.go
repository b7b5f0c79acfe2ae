package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// mouse gives a click or a turn of the wheel to what is on top, in its own coordinates.
func (a *App) mouse(msg tea.MouseMsg) tea.Cmd {
	at := msg.Mouse()
	if click, ok := msg.(tea.MouseClickMsg); ok && click.Button != tea.MouseLeft || a.tooSmall() {
		return nil
	}
	block := a.lid()
	if block != "" {
		x, y := a.seat(block)
		lines := strings.Split(block, "\n")
		column, line := at.X-x, at.Y-y
		inside := line >= 0 && line < len(lines) && column >= 0 && column < width(lines[0])
		return a.touch(msg, column, line, inside)
	}
	switch m := msg.(type) {
	case tea.MouseClickMsg:
		switch {
		case m.Y < headerLines:
			return a.clickHeader(m)
		case m.Y == a.height-1:
			return a.clickFooter(m.X)
		case m.Y >= a.height-frameLines+headerLines:
			return nil
		}
		m.Y -= headerLines
		return a.top().Update(m)
	case tea.MouseWheelMsg:
		m.Y -= headerLines
		return a.top().Update(m)
	}
	return nil
}

// touch gives the mouse to what lies over the page.
func (a *App) touch(msg tea.MouseMsg, column, line int, inside bool) tea.Cmd {
	_, click := msg.(tea.MouseClickMsg)
	wheel, turned := msg.(tea.MouseWheelMsg)
	switch {
	case a.dialog != nil && turned:
		a.dialog.wheel(wheelBy(wheel))
	case a.dialog != nil && click && inside:
		if k, hit := a.dialog.hit(a.desk.Styles, a.width, a.height, column, line); hit {
			return a.answer(k)
		}
	case a.dialog != nil:
	case a.palette != nil:
		return a.palette.mouse(msg, line, inside)
	case turned:
		a.scrollHelp(wheelBy(wheel))
	case click:
		a.help = false
	}
	return nil
}

// wheelBy is which way the wheel was turned.
func wheelBy(msg tea.MouseWheelMsg) int {
	switch msg.Button {
	case tea.MouseWheelUp:
		return -1
	case tea.MouseWheelDown:
		return 1
	}
	return 0
}

// clickFooter presses the key whose name was clicked.
func (a *App) clickFooter(x int) tea.Cmd {
	for _, h := range a.hints() {
		if x >= h.from && x < h.to && a.oneKey(h.key) {
			return a.pressFor(h.key)
		}
	}
	return nil
}

// hinted is a key in the footer, with its columns.
type hinted struct {
	key      key.Binding
	from, to int
}

// hints are the keys that count here, as many as there is room for, and always those that show them all.
func (a *App) hints() []hinted {
	last := make([]hinted, 0, 2)
	right := a.width - margin
	for _, k := range []key.Binding{consoleKeys.help, consoleKeys.palette} {
		from := right - hintWidth(k)
		last = slices.Insert(last, 0, hinted{k, from, right})
		right = from - hintGap
		if a.width < ample {
			break
		}
	}
	all := make([]hinted, 0, manyHints)
	at := margin
	for _, k := range a.top().Keys() {
		if !k.Enabled() || k.Help().Key == "" {
			continue
		}
		to := at + hintWidth(k)
		if to > right {
			break
		}
		all = append(all, hinted{k, at, to})
		at = to + hintGap
	}
	return append(all, last...)
}

const (
	hintGap   = 3
	manyHints = 8  // of which few pages have more
	ample     = 80 // columns from which on the palette has its place in the footer
)

func hintWidth(k key.Binding) int { return width(k.Help().Key) + 1 + width(k.Help().Desc) }
