package tui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// An order's life can be gone through entry by entry, by hand or by itself: everything on the page is as it was then.

// playPace is how long an entry is seen while the life plays by itself.
const playPace = time.Second

// orderPlayed is the next entry of a play.
type orderPlayed struct {
	by   *order
	play int
}

// live tells whether the screen shows the present.
func (s *order) live() bool { return s.point == len(s.entries) }

// show folds the order up to an entry.
func (s *order) show(point int) {
	point = min(max(1, point), len(s.entries))
	shown := s.full
	if point < len(s.entries) {
		if shown = s.folds[point]; shown == nil {
			var err error
			if shown, err = s.fold(point); err != nil {
				s.err = err
				return
			}
			s.folds[point] = shown
		}
	}
	s.changed()
	s.shown, s.point, s.spark, s.follow = shown, point, 0, true
}

// step goes an entry back or forward.
func (s *order) step(by int) tea.Cmd { return s.jump(s.point + by) }

// jump shows the order as it was after one of its entries; forward the newest arrow is seen to run.
func (s *order) jump(point int) tea.Cmd {
	if s.shown == nil {
		return nil
	}
	before := s.point
	s.show(point)
	if s.point > before {
		return s.move()
	}
	return nil
}

// play lets the life go by: on from the past that is shown, from the beginning where that is the present.
func (s *order) play() tea.Cmd {
	if s.shown == nil || len(s.entries) < 2 {
		return nil
	}
	if s.live() {
		s.show(1)
	}
	s.playing = true
	s.played++
	s.changed()
	return s.desk.After(playPace, orderPlayed{s, s.played})
}

// playOn shows the next entry; the present ends the play.
func (s *order) playOn() tea.Cmd {
	if !s.playing {
		return nil
	}
	moved := s.step(+1)
	if s.live() {
		s.halt()
		return moved
	}
	return tea.Batch(moved, s.desk.After(playPace, orderPlayed{s, s.played}))
}

// halt stops the play where it is.
func (s *order) halt() {
	s.playing = false
	s.changed()
}

// pastLine says plainly that the page shows the past, and which.
func (s *order) pastLine(columns int) string {
	style := s.desk.Styles.bold[warn]
	sign := "◂ "
	if s.playing {
		sign = "▸ playing: "
	}
	at := s.shown.LastAt.Format("2 Jan 2006 15:04:05")
	for _, text := range []string{
		fmt.Sprintf("%sas it was on %s, after entry %d of %d", sign, at, s.point, len(s.entries)),
		fmt.Sprintf("%sas it was on %s, entry %d/%d", sign, at, s.point, len(s.entries)),
	} {
		if width(text) <= columns {
			return style.Render(text)
		}
	}
	return style.Render(cut(sign+"as it was on "+at, columns))
}

// pastLines is how many lines the past is told in where there is no room for more.
const pastLines = 6

// past tells the entry that is shown: when, by whom, what, and why things went the way they did; and that nothing can
// be done about it.
func (s *order) past(columns int) []offerLine {
	st, m := s.desk.Styles, s.moments()[s.point-1]
	out := []string{st.Title.Render(fmt.Sprintf("entry %d of %d", s.point, len(s.entries))) + st.Faint.Render("  "+joined([]string{m.time, m.by}))}
	out = append(out, strings.Split(st.Strong.Render(wrapped(m.said, columns)), "\n")...)
	for _, why := range m.whys {
		out = append(out, strings.Split(st.Text.Render(wrapped(why, columns)), "\n")...)
	}
	if s.height >= roomy {
		off := wrapped("rewound: nothing can be done here. } leads to the present", columns)
		out = append(append(out, ""), strings.Split(st.KeyOff.Render(off), "\n")...)
	}
	return linesOf(out)
}
