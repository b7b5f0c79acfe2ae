package tui

import (
	"fmt"
	"strings"
	"time"

	"till/domain"
	"till/domain/story"
)

// moment is an entry of an order's life as people are told it.
type moment struct {
	time string
	said string
	by   string
	whys []string // why each of its steps went the way it did
}

// moments tells every entry of the order, also those that are still to come where it is rewound.
func (s *order) moments() []moment {
	if s.told == nil {
		s.told = s.tell()
	}
	return s.told
}

func (s *order) tell() []moment {
	whys := map[domain.Seq][]string{}
	for _, step := range s.full.Steps {
		if arrow := arrowOf(step); arrow != "" {
			whys[step.Seq] = append(whys[step.Seq], arrow)
		}
	}
	clock := "15:04:05"
	if n := len(s.entries); n > 0 && s.entries[0].At.Format(time.DateOnly) != s.entries[n-1].At.Format(time.DateOnly) {
		clock = "02 Jan 15:04"
	}
	all := make([]moment, len(s.entries))
	for i, e := range s.entries {
		all[i] = moment{
			time: e.At.Format(clock), said: story.Of(e, s.full), by: story.By(e),
			whys: whys[e.Seq],
		}
	}
	return all
}

// arrowOf tells a step that led somewhere: from where to where, and why.
func arrowOf(step domain.Step) string {
	if step.From == step.To || step.Machine == "operation" {
		return ""
	}
	to := badgeOf(step.Machine, step.To)
	return fmt.Sprintf("%s → %s %s: %s", step.Machine, to.glyph, to.word, step.Why)
}

// recent is the end of the timeline as far as it is shown: a line an entry, and why it went this way where there is room
// for all of that.
func (s *order) recent(columns, lines int) []offerLine {
	all := s.moments()[:s.point]
	if whole, fits := s.withWhys(all, columns, lines); fits {
		return whole
	}
	var out []offerLine
	for i := max(0, len(all)-lines); i < len(all); i++ {
		out = append(out, s.recentLine(i, all[i], columns))
	}
	return out
}

// withWhys is the timeline with the reasons, where so many lines are enough for it.
func (s *order) withWhys(all []moment, columns, lines int) (out []offerLine, fits bool) {
	least := 0 // lines: a reason may take several
	for _, m := range all {
		least += 1 + len(m.whys)
	}
	if least > lines {
		return nil, false
	}
	for i, m := range all {
		out = append(out, s.recentLine(i, m, columns))
		for _, why := range m.whys {
			for _, text := range strings.Split(wrapped(domain.Inert(why), columns-recentIndent), "\n") {
				out = append(out, offerLine{s.desk.Styles.Faint.Render(blanks(recentIndent) + text), jumps(i + 1)})
			}
		}
	}
	return out, len(out) <= lines
}

// recentIndent puts the reasons under the sentences.
const recentIndent = 12

func (s *order) recentLine(i int, m moment, columns int) offerLine {
	st := s.desk.Styles
	sign, style := "  ", st.Faint
	if i == s.point-1 {
		sign, style = "▸ ", st.Text
	}
	text, by := cut(sign+m.time+"  "+m.said, columns), "  "+m.by
	if width(text)+width(by) > columns {
		by = bothShort(by)
	}
	if width(text)+width(by) > columns {
		by = ""
	}
	return offerLine{spread(style.Render(text), st.Faint.Render(by), columns), jumps(i + 1)}
}

// whyIndent puts the reasons under the sentences.
const whyIndent = 17

// timelineTab tells every entry with who and why; the one that is shown is marked.
func (s *order) timelineTab(columns, lines int) []string {
	st := s.desk.Styles
	var out []offerLine
	focus := 0
	for i, m := range s.moments() {
		sign, style, why := "  ", st.Text, st.Faint
		switch {
		case i == s.point-1:
			sign, style, focus = "▸ ", st.Title, len(out)
		case i >= s.point:
			style, why = st.Off, st.Off
		}
		line, by := fmt.Sprintf("%s%3d  %s  %s", sign, i+1, m.time, m.said), "  "+m.by
		if width(line)+width(by) > columns {
			by = bothShort(by)
		}
		below := m.whys
		if width(line)+width(by) > columns { // the sentence counts for more
			if by != "  "+m.by { // but who stood by is told in any case
				below = append([]string{m.by}, below...)
			}
			by = ""
		}
		out = append(out, offerLine{spread(style.Render(line), st.Faint.Render(by), columns), jumps(i + 1)})
		for _, text := range below {
			for _, part := range strings.Split(wrapped(domain.Inert(text), columns-whyIndent), "\n") {
				out = append(out, offerLine{why.Render(blanks(whyIndent) + part), jumps(i + 1)})
			}
		}
	}
	if s.follow {
		s.page.offset = max(0, focus-lines/2)
		if s.live() {
			s.page.offset = len(out)
		}
	}
	return s.rolled(out, lines, area{0, 0, columns})
}

// bothShort is who did something and who allowed it, where there is little room.
func bothShort(by string) string { return strings.Replace(by, ", allowed by ", " + ", 1) }
