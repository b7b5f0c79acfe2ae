package tui

import (
	tea "charm.land/bubbletea/v2"
	"till/domain"
)

// styles are those of the theme on this terminal.
func (a *App) styles() *Styles {
	dark := a.opts.Theme == Dark || a.opts.Theme != Light && a.dark
	return stylesOf(coloursOf(a.opts.Theme, a.dark, a.colourless), dark)
}

// paint changes the theme in place: every screen holds the same desk.
func (a *App) paint() tea.Cmd {
	wanted := a.styles()
	if now := a.desk.Styles; wanted.colours == now.colours && wanted.Dark == now.Dark {
		return nil
	}
	a.desk.Styles = wanted
	if a.palette != nil {
		paintInput(&a.palette.input, wanted)
	}
	for q := a.dialog; q != nil; q = q.under {
		paintInput(&q.input, wanted)
		if q.Line != nil {
			paintInput(&q.Line.input, wanted)
		}
	}
	return a.tell(themeChanged{})
}

// setTheme changes the theme and keeps it for the next start.
func (a *App) setTheme(t Theme) tea.Cmd {
	a.opts.Theme = t
	return tea.Batch(a.paint(), a.keep("theme", change{value: string(t)}))
}

// askTheme offers the themes.
func (a *App) askTheme() tea.Cmd {
	q := &Dialog{Question: func(domain.Amount) string { return "which theme?" }, No: "leave it"}
	for i, t := range themes {
		if t == a.opts.Theme {
			q.at = i
		}
		q.Picks = append(q.Picks, Pick{Key: string(t[0]), Label: string(t), Note: t.means(), Do: func() tea.Cmd { return a.setTheme(t) }})
	}
	return a.ask(q)
}
