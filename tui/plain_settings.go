package tui

import (
	tea "charm.land/bubbletea/v2"
)

// The settings in words. What can be changed here is a choice; of the rest it is said where it is.

// Plain is what is set elsewhere, and where what is changed here is kept.
func (s *settings) Plain() []string {
	lines := []string{"a number changes a setting. what has none is not changed here."}
	if kept := s.desk.app.opts.Setup.Config; kept != "" {
		lines = append(lines, "what is changed is kept in "+Inert(kept))
	}
	for _, one := range s.all() {
		if one.change == nil && one.value != "" {
			lines = append(lines, one.name+": "+joined(append([]string{Inert(one.value)}, one.more...))+" ("+Inert(one.where)+")")
		}
	}
	return linesInWords(lines...)
}

// plainRows are the settings that are changed here. Nothing moves here, so whether things may is left to where they do.
func (s *settings) plainRows() plainList {
	list := plainList{keys: []string{"enter"}}
	for i, one := range s.all() {
		if one.change == nil || one.toEyes {
			continue
		}
		text := one.name + ": " + joined([]string{Inert(one.value), one.note})
		if next := s.next(one); next != "" {
			text += "; from the next start " + next
		}
		list.rows = append(list.rows, reply{text: inWordsOnly(text), names: []string{one.name}, do: func() tea.Cmd {
			s.at = i
			return one.change(1)
		}})
	}
	return list
}
