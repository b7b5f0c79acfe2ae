package tui

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"
)

const (
	settingName  = 15 // columns of the names
	settingValue = 24 // of a value that a note stands beside
)

// settingLine is a drawn line, with the setting that it belongs to; -1 is a heading or a blank.
type settingLine struct {
	text string
	of   int
}

// View is the page around the chosen setting, and under it where that one is changed.
func (s *settings) View() string {
	if s.width == 0 {
		return ""
	}
	lines := s.seen()
	out := make([]string, 0, s.height)
	for _, line := range lines {
		out = append(out, line.text)
	}
	for len(out) < s.rows() {
		out = append(out, "")
	}
	return strings.Join(append(out, "", blanks(margin)+s.foot()), "\n")
}

// rows is how many lines there are for the settings.
func (s *settings) rows() int { return max(1, s.height-2) }

// seen are the lines that fit, with the chosen one among them.
func (s *settings) seen() []settingLine {
	lines, from, to := s.lines(), -1, 0
	for i, line := range lines {
		if line.of == s.at {
			if from < 0 {
				from = i
			}
			to = i
		}
	}
	if s.at == 0 { // with what stands over it
		from = 0
	}
	top := max(0, min(max(s.top, to-s.rows()+1), from, max(0, len(lines)-s.rows())))
	if to >= top+s.rows() {
		top = to - s.rows() + 1
	}
	return lines[top:min(len(lines), top+s.rows())]
}

func (s *settings) lines() []settingLine {
	st, columns := s.desk.Styles, min(s.width-2*margin, 112)
	lines := []settingLine{{"", -1}}
	for i, one := range s.all() {
		if one.part != "" {
			if i > 0 {
				lines = append(lines, settingLine{"", -1})
			}
			lines = append(lines, settingLine{blanks(margin) + st.Title.Render(one.part), -1})
		}
		lines = append(lines, settingLine{blanks(margin) + s.row(one, i == s.at, columns), i})
		for _, more := range one.more {
			for text := range strings.SplitSeq(wrapped(Inert(more), columns-settingName-2), "\n") {
				lines = append(lines, settingLine{blanks(margin+settingName+2) + st.Faint.Render(text), i})
			}
		}
	}
	return lines
}

func (s *settings) row(one setting, chosen bool, columns int) string {
	st := s.desk.Styles
	mark, value := "  ", Inert(one.value)
	if chosen {
		mark = "› "
	}
	if one.turns {
		value = "‹ " + value + " ›"
	}
	room := columns - 2 - settingName
	note := one.note
	if !s.notesBeside() {
		note = ""
	}
	if next := s.next(one); next != "" {
		note = "from the next start: " + next
	}
	if note != "" && width(value) < settingValue && room > settingValue+12 {
		value = pad(value, settingValue)
	} else {
		note = ""
	}
	switch {
	case chosen:
		return st.RowName.Render(mark + pad(one.name, settingName) + pad(value+note, room))
	case one.change == nil:
		return mark + st.Faint.Render(pad(one.name, settingName)) + st.Text.Render(cut(value, room)) + st.Faint.Render(cut(note, room-width(value)))
	}
	return mark + st.Text.Render(pad(one.name, settingName)) + st.Strong.Render(cut(value, room)) + st.Faint.Render(cut(note, room-width(value)))
}

// next is what a setting will be from the next start; "" where that is as it is now.
func (s *settings) next(one setting) string { return s.desk.app.kept[cmp.Or(one.kept, one.name)].shown }

// notesBeside tells whether there is room for the notes beside the values.
func (s *settings) notesBeside() bool { return s.width >= 72 }

// foot says of the chosen setting how it is changed, and what it is where that does not stand beside it.
func (s *settings) foot() string {
	one := s.chosen()
	said := "kept in " + s.desk.app.opts.Setup.Config
	switch {
	case one.change == nil:
		said = "not changed here · " + one.where
	case one.where != "":
		said = one.where
	}
	if one.note != "" && !s.notesBeside() {
		said = one.note + " · " + said
	}
	return s.desk.Styles.Faint.Render(cut(Inert(said), s.width-2*margin))
}

// click chooses the setting of a line; a click on the chosen one changes it.
func (s *settings) click(msg tea.MouseClickMsg) tea.Cmd {
	lines := s.seen()
	if msg.Y < 0 || msg.Y >= len(lines) || lines[msg.Y].of < 0 {
		return nil
	}
	if at := lines[msg.Y].of; at != s.at {
		s.at = at
		return nil
	}
	if change := s.chosen().change; change != nil {
		return change(1)
	}
	return nil
}
