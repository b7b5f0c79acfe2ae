package tui

import tea "charm.land/bubbletea/v2"

// quit asks first where something would be left in the air; the key pressed twice asks nothing. What was asked before
// comes back to who stays.
func (a *App) quit() tea.Cmd {
	if a.dialog != nil && a.dialog.quits {
		return tea.Quit
	}
	note := a.sale().Unsaved()
	if a.busy > 0 {
		note = "a payment is in flight. it goes on without you; the next start asks what came of it."
	}
	if note == "" {
		return tea.Quit
	}
	q := Confirm("quit now?", note, "quit", "stay", func() tea.Cmd { return tea.Quit })
	q.quits, q.under = true, a.dialog
	return a.ask(q)
}
