package tui

import tea "charm.land/bubbletea/v2"

// held are the keys and pastes that came behind something a screen has asked for and has no answer to yet.
type held []tea.Msg

// release presses them again, each to what has the keys by then: the first may lead to another page. Where the person has
// turned to something else meanwhile, they are nobody's.
func (h *held) release(d *Desk, by Screen) tea.Cmd {
	waiting := *h
	*h = nil
	if !d.top(by) || d.app.covering() {
		return nil
	}
	var cmds []tea.Cmd
	for _, msg := range waiting {
		switch msg := msg.(type) {
		case tea.KeyPressMsg:
			cmds = append(cmds, d.app.press(msg))
		case tea.PasteMsg:
			cmds = append(cmds, d.app.paste(msg))
		}
	}
	return tea.Batch(cmds...)
}

// covering tells whether something lies over the page and has the keys.
func (a *App) covering() bool { return a.dialog != nil || a.palette != nil || a.help }
