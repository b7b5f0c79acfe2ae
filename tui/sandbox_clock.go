package tui

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// clockPart is the clock by which till and gateway live: what will happen, and the ways to have it happen now.
type clockPart struct {
	*chair
	past []domain.Timer // what the last move brought
	row  int
}

func (p *clockPart) title(bool) string { return "clock" }

var clockKeys = struct{ next, hour, day, week, to, order, walk key.Binding }{
	next:  key.NewBinding(key.WithKeys("n", "enter"), key.WithHelp("n", "to what comes next")),
	hour:  key.NewBinding(key.WithKeys("h"), key.WithHelp("h", "an hour")),
	day:   key.NewBinding(key.WithKeys("d"), key.WithHelp("d", "a day")),
	week:  key.NewBinding(key.WithKeys("w"), key.WithHelp("w", "a week")),
	to:    key.NewBinding(key.WithKeys("t"), key.WithHelp("t", "to a time")),
	order: key.NewBinding(key.WithKeys("o"), key.WithHelp("o", "the order")),
	walk:  key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", "select")),
}

func (p *clockPart) keys() []key.Binding {
	k := clockKeys
	k.next.SetEnabled(len(p.ahead) > 0)
	k.order.SetEnabled(len(p.ahead) > 0)
	return []key.Binding{k.next, k.hour, k.day, k.week, k.to, k.order, k.walk}
}

func (p *clockPart) press(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, clockKeys.next):
		return p.toNext()
	case key.Matches(msg, clockKeys.hour):
		return p.moveBy(time.Hour)
	case key.Matches(msg, clockKeys.day):
		return p.moveBy(day)
	case key.Matches(msg, clockKeys.week):
		return p.moveBy(7 * day)
	case key.Matches(msg, clockKeys.to):
		return p.askTime()
	case key.Matches(msg, clockKeys.walk):
		p.row = max(0, min(p.row+stepOf(msg), len(p.ahead)-1))
	case key.Matches(msg, clockKeys.order) && p.row < len(p.ahead):
		return p.openOrder(subjectOf(p.ahead[p.row]))
	}
	return nil
}

func happened(n int) string {
	switch n {
	case 0:
		return "nothing has happened"
	case 1:
		return "one thing has happened"
	}
	return fmt.Sprintf("%d things have happened", n)
}

func (p *clockPart) askTime() tea.Cmd {
	return p.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "which time shall it be?" },
		Note:     "all that falls due until then happens, in order. the clock never goes back.", Yes: "go there", No: "stay",
		Line: &Line{Label: "when", Example: "3d, 2w or 2026-12-01 15:00", Read: p.foretell, Do: func(text string) tea.Cmd {
			at, err := parseWhen(text, p.desk.Now())
			if err != nil {
				p.desk.Fail(err)
				return nil
			}
			return p.moveTo(at)
		}},
	})
}

// foretell says what a time that was typed means, and how much happens on the way there, as far as that is known.
func (p *clockPart) foretell(text string) (string, error) {
	means, err := readWhen(p.desk.Now)(text)
	if err != nil {
		return "", err
	}
	at, err := parseWhen(text, p.desk.Now())
	if err != nil {
		return "", err
	}
	n := 0
	for _, timer := range p.ahead {
		if !timer.At.After(at) {
			n++
		}
	}
	switch {
	case n == 0:
		return means + ". nothing falls due until then.", nil
	case n == enoughAhead:
		return fmt.Sprintf("%s. more than %d things fall due until then.", means, n), nil
	case n == 1:
		return means + ". one thing falls due until then.", nil
	}
	return fmt.Sprintf("%s. %d things fall due until then.", means, n), nil
}

func (p *clockPart) view(columns, lines int) []string {
	st := p.desk.Styles
	by := st.Faint.Render("the machine's time")
	if p.desk.Till.Shifted() {
		by = st.Warn.Render("ahead of the machine's")
	}
	head := []string{
		st.Faint.Render("it is  ") + st.Strong.Render(p.now.Format("Mon 2 Jan 2006 15:04:05")) + "  " + by,
		p.ways(columns),
	}
	if p.trip != nil {
		head = []string{
			st.Faint.Render("it is  ") + st.Strong.Render(p.trip.at.Format("Mon 2 Jan 2006 15:04:05")) + "  " + by,
			p.tripLine(columns),
		}
	}
	past := p.pastLines(columns)
	most := max(0, min(len(past), (lines-6)/3))
	if most < len(past) && most > 0 {
		past = append(past[:most-1:most-1], st.Faint.Render(fmt.Sprintf("and %d more", len(p.past)-most+1)))
	} else {
		past = past[:most]
	}
	if len(past) > 0 {
		past = append([]string{"", st.Faint.Render("what has just happened")}, past...)
	}
	head = append(head, "", st.Faint.Render("what comes"))
	if len(p.ahead) == 0 {
		return append(append(head, st.Text.Render("nothing falls due")), past...)
	}
	rows := make([]string, len(p.ahead))
	for i, timer := range p.ahead {
		rows[i] = p.timerLine(timer, i == p.row, columns)
	}
	if columns < 100 { // where it is cut, that in hand is told whole
		past = append(append([]string{""}, strings.Split(st.Text.Render(wrapped(p.ahead[min(p.row, len(p.ahead)-1)].Effect(), columns)), "\n")...), past...)
	}
	rows = scrolled(p.desk.Styles, rows, p.row, lines-len(head)-len(past))
	return append(append(head, rows...), past...)
}

// ways are the keys that move the clock, as many as there is room for.
func (p *clockPart) ways(columns int) string {
	st := p.desk.Styles
	line := st.Faint.Render("go on")
	for _, k := range p.keys()[:5] {
		style := st.Key
		if !k.Enabled() || p.running != "" {
			style = st.KeyOff
		}
		if way := "   " + style.Render(k.Help().Key) + " " + st.Faint.Render(k.Help().Desc); width(line)+width(way) <= columns {
			line += way
		}
	}
	return line
}

func (p *clockPart) timerLine(timer domain.Timer, here bool, columns int) string {
	st := p.desk.Styles
	mark, style := "  ", st.Text
	if here {
		mark, style = st.Title.Render("› "), st.Strong
	}
	when := st.Accent.Render(pad(inWords(timer.At.Sub(p.now)), 12))
	if columns >= 100 {
		when += st.Faint.Render(pad(timer.At.Format("2 Jan 2006 15:04:05"), 22))
	}
	return cut(mark+when+st.Faint.Render(pad(p.named(timer), nameWidth)+pad(whose(timer), 9))+style.Render(timer.Effect()), columns)
}

// named is the order that a timer is about.
func (s *chair) named(timer domain.Timer) string {
	return cmp.Or(s.names[subjectOf(timer)], subjectOf(timer))
}

// nameWidth is how wide the names of orders are.
const nameWidth = 11

// whose says who has set a timer. At the same instant the gateway's come first.
func whose(timer domain.Timer) string {
	if timer.Ours() {
		return "till"
	}
	return "gateway"
}

func (p *clockPart) pastLines(columns int) []string {
	st := p.desk.Styles
	lines := make([]string, len(p.past))
	for i, timer := range p.past {
		lines[i] = cut(st.Good.Render("✓ ")+st.Faint.Render(pad(timer.At.Format("2 Jan 15:04"), 13)+pad(p.named(timer), nameWidth)+pad(whose(timer), 9))+st.Text.Render(timer.Effect()), columns)
	}
	return lines
}
