package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"
)

// Where on an order's page a click does what a key does, and how what is longer than the page is scrolled.

// pressable is a part of a line where a click does what a key does.
type pressable struct {
	line, from, to int
	do             func(*order) tea.Cmd
}

// click does what there is to do where it hits; one that stops a play does nothing else.
func (s *order) click(msg tea.MouseClickMsg) tea.Cmd {
	switch {
	case msg.Button != tea.MouseLeft:
		return nil
	case s.playing:
		s.halt()
		return nil
	}
	for _, p := range s.layout().pressed {
		if msg.Y == p.line && msg.X >= p.from && msg.X < p.to {
			return p.do(s)
		}
	}
	return nil
}

func (s *order) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	switch msg.Button {
	case tea.MouseWheelUp:
		s.scroll("up")
	case tea.MouseWheelDown:
		s.scroll("down")
	}
	return nil
}

// offerLine is a line of the page, and what a click on it does; nil: nothing.
type offerLine struct {
	text string
	do   func(*order) tea.Cmd
}

// presses is a click that does what a key does.
func presses(key string) func(*order) tea.Cmd {
	return func(s *order) tea.Cmd { return s.press(keyPress(key)) }
}

// keyPress is the key that a click stands for.
func keyPress(name string) tea.KeyPressMsg {
	if name == "enter" || name == enterSign {
		return tea.KeyPressMsg{Code: tea.KeyEnter}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// jumps is a click that shows the order as it was after an entry.
func jumps(point int) func(*order) tea.Cmd {
	return func(s *order) tea.Cmd { return s.jump(point) }
}

// linesOf are lines on which a click does nothing.
func linesOf(texts []string) []offerLine {
	lines := make([]offerLine, len(texts))
	for i, text := range texts {
		lines[i].text = text
	}
	return lines
}

// area is where on the page lines stand: from which line of the body on, from which column up to which.
type area struct{ line, from, to int }

// placed are lines with what a click on them does.
func (s *order) placed(lines []offerLine, at area) []string {
	texts := make([]string, len(lines))
	for i, line := range lines {
		texts[i] = line.text
		if line.do != nil {
			s.page.pressed = append(s.page.pressed, pressable{bodyLine + at.line + i, margin + at.from, margin + at.to, line.do})
		}
	}
	return texts
}

// rolled is what of a long text is on the screen.
func (s *order) rolled(all []offerLine, lines int, at area) []string {
	if len(all) <= lines {
		s.page.offset = 0
		return s.placed(all, at)
	}
	s.page.offset = min(s.page.offset, len(all)-lines)
	shown := slices.Clone(all[s.page.offset : s.page.offset+lines])
	if below := len(all) - s.page.offset - lines; below > 0 && lines > 0 {
		shown[lines-1] = offerLine{text: s.desk.Styles.Faint.Render(fmt.Sprintf("↓ %d more", below+1))}
	}
	return s.placed(shown, at)
}

// scrolled is the same of a text without anything to click.
func (s *order) scrolled(all []string, lines int) []string {
	return s.rolled(linesOf(all), lines, area{})
}
