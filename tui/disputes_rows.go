package tui

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"till/domain"
	"till/domain/story"
)

// casesHead is how many lines stand above the cases, and casesFoot how many below them where there is room.
const (
	casesHead = 3
	casesFoot = 4
)

// foot is how many lines below the rows tell of the selected case.
func (s *disputes) foot() int {
	if s.height >= roomy {
		return casesFoot
	}
	return casesFoot / 2
}

// visible is how many rows there is room for.
func (s *disputes) visible() int { return max(1, s.height-casesHead-s.foot()) }

// turnIn tells whose turn it is in a case of the list, and for how long it is ours.
func turnIn(r domain.DisputeRow, now time.Time) badge {
	switch {
	case !r.IsOpen():
		return badge{"–", "over", off}
	case !r.RespondBy.IsZero():
		return timeLeft(now, r.RespondBy)
	case r.TheirTurn():
		return badge{"◧", "their turn", active}
	}
	return badge{"○", "no deadline", neutral}
}

// caseColumn is a column of the list.
type caseColumn struct {
	title string
	wide  int // 0 takes what the others leave
	from  int // on narrower screens it is left out
	until int // on wider ones too; 0: never
	right bool
	cell  func(*disputes, domain.DisputeRow) badge
}

// fullStates is from where on there is room for stage and status, and who has the money.
const fullStates = 100

var caseColumns = []caseColumn{
	{"time left", 14, 0, 0, false, func(s *disputes, r domain.DisputeRow) badge { return turnIn(r, s.desk.Now()) }},
	{"stage", 17, 0, fullStates - 1, false, func(_ *disputes, r domain.DisputeRow) badge {
		sign := badgeOf("dispute", r.State())
		return badge{sign.glyph, domain.State(r.Stage).Words(), sign.hue}
	}},
	{"stage and status", 29, fullStates, 0, false, func(_ *disputes, r domain.DisputeRow) badge {
		return badgeOf("dispute", r.State())
	}},
	{"amount", 11, 0, 0, true, func(_ *disputes, r domain.DisputeRow) badge { return badge{word: r.Currency.Display(r.Amount)} }},
	{"the money", 16, fullStates, 0, false, func(_ *disputes, r domain.DisputeRow) badge {
		return badge{word: story.Holder(r.Money), hue: holderHues[r.Money]}
	}},
	{"order", 0, 0, 79, false, func(_ *disputes, r domain.DisputeRow) badge {
		return badge{word: strings.TrimSpace(r.Number + " " + r.HumanID)}
	}},
	{"order", 12, 80, 0, false, func(_ *disputes, r domain.DisputeRow) badge {
		return badge{word: strings.TrimSpace(r.Number + " " + r.HumanID)}
	}},
	{"customer", 0, 80, 0, false, func(_ *disputes, r domain.DisputeRow) badge { return badge{word: cmp.Or(r.Customer, "walk-in")} }},
	{"reason", 15, fullStates, 0, false, func(_ *disputes, r domain.DisputeRow) badge {
		return badge{word: strings.TrimSpace(r.Network + " " + r.ReasonCode), hue: off}
	}},
}

// holderHues say how good it is who has the money.
var holderHues = map[string]hue{domain.MoneyHeld: warn, domain.MoneyReturned: good, domain.MoneyLost: bad}

// cells joins what is drawn of each column that has room.
func (s *disputes) cells(draw func(c caseColumn) string) string {
	shown := slices.DeleteFunc(slices.Clone(caseColumns), func(c caseColumn) bool {
		return s.width < c.from || c.until > 0 && s.width > c.until
	})
	room := s.width - 2*margin - len(shown) + 1
	for _, c := range shown {
		room -= c.wide
	}
	cells := make([]string, len(shown))
	for i, c := range shown {
		if c.wide == 0 {
			c.wide = max(0, room)
		}
		cells[i] = draw(c)
	}
	return strings.Join(cells, " ")
}

func (c caseColumn) fit(text string) string {
	if c.right {
		return padLeft(text, c.wide)
	}
	return pad(text, c.wide)
}

// row draws a case. The selected one is of one colour, since others would end its background.
func (s *disputes) row(r domain.DisputeRow) string {
	st := s.desk.Styles
	here := keyOfCase(r) == s.selected
	line := s.cells(func(c caseColumn) string {
		told := c.cell(s, r)
		text := c.fit(domain.Inert(strings.TrimSpace(told.glyph + " " + told.word)))
		if here {
			return text
		}
		return st.hue[told.hue].Render(text)
	})
	if here {
		return st.Title.Render("▌") + st.Row.Render(" "+line+"  ")
	}
	return "  " + line
}

// View draws the list, and under it what the selected case is about.
func (s *disputes) View() string {
	if s.width < 1 {
		return ""
	}
	st, columns := s.desk.Styles, s.width-2*margin
	which := "open cases, the most urgent first"
	if s.all {
		which = "all cases: the open ones first, by urgency"
	}
	lines := []string{blanks(margin) + spread(st.Text.Render(which), st.Faint.Render("  "+s.sums), columns), ""}
	switch {
	case s.err != nil:
		lines[1] = blanks(margin) + st.Bad.Render(cut("✗ "+domain.Inert(s.err.Error()), columns))
	case s.urgent() != "":
		lines[1] = blanks(margin) + st.Warn.Render(cut(s.urgent(), columns))
	}
	lines = append(lines, "  "+st.Faint.Render(s.cells(func(c caseColumn) string { return c.fit(c.title) })))
	if len(s.rows) == 0 {
		return strings.Join(append(lines[:2], s.empty()), "\n")
	}
	end := min(len(s.rows), s.top+s.visible())
	for _, r := range s.rows[s.top:end] {
		lines = append(lines, s.row(r))
	}
	for len(lines) < casesHead+s.visible() {
		lines = append(lines, "")
	}
	return strings.Join(append(lines, s.about(columns)...), "\n")
}

// about tells what the selected case is about.
func (s *disputes) about(columns int) []string {
	st, at := s.desk.Styles, s.index()
	if at < 0 {
		return nil
	}
	r := s.rows[at]
	said, _ := domain.ReasonOf(r.Network, r.ReasonCode)
	says := cmp.Or(said.Means, story.Stage(r.Stage))
	lines := []string{rule(st, joined([]string{cmp.Or(r.Customer, "walk-in"), domain.State(r.Stage).Words(), story.Holder(r.Money), "opened " + dated(r.OpenedAt)}), columns)}
	lines = append(lines, st.Text.Render(cut(domain.Inert(says), columns)))
	if s.foot() == casesFoot {
		lines = append(lines, st.Faint.Render(cut(story.Stage(r.Stage), columns)))
		if said.Defence != "" && r.OurTurn() {
			lines = append(lines, st.Faint.Render(cut("what wins it: "+said.Defence, columns)))
		}
	}
	return strings.Split(indented(lines, margin), "\n")
}

// empty says that there is nothing to show, and why.
func (s *disputes) empty() string {
	st := s.desk.Styles
	if !s.read {
		return ""
	}
	title, note := "nobody disputes anything now", "a shows the cases that are over."
	if s.all {
		title, note = "no payment has ever been disputed", "when a customer's bank asks for money back, it is here, by its deadline."
	}
	if s.desk.Till.Bank != nil {
		note += " the sandbox (F6) can raise a case."
	}
	return "\n" + indent(st.Text.Render(title)+"\n\n"+st.Faint.Render(wrapped(note, s.width-2*margin)), margin)
}

// urgent names the cases whose time is nearly over.
func (s *disputes) urgent() string {
	var names []string
	now := s.desk.Now()
	for _, r := range s.rows {
		if r.IsOpen() && !r.RespondBy.IsZero() && r.RespondBy.Sub(now) <= urgentDays*day {
			names = append(names, "order "+cmp.Or(r.Number, r.HumanID)+" "+timeLeft(now, r.RespondBy).word)
		}
	}
	if len(names) == 0 {
		return ""
	}
	more := ""
	if len(names) > 3 {
		more = " · …"
	}
	return "! " + plural(len(names), "answer") + " urgent: " + strings.Join(names[:min(3, len(names))], " · ") + more
}

// summary tells how many cases are open in what is listed, and by currency how much of their money the bank holds.
func (s *disputes) summary() string {
	held := map[domain.Currency]domain.Amount{}
	var currencies []domain.Currency
	open := 0
	for _, r := range s.rows {
		if !r.IsOpen() {
			continue
		}
		open++
		if r.Money != domain.MoneyHeld {
			continue
		}
		if _, met := held[r.Currency]; !met {
			currencies = append(currencies, r.Currency)
		}
		held[r.Currency] += r.Amount
	}
	more := ""
	if !s.next.over && !s.next.end {
		more = "+"
	}
	parts := []string{plural(open, "case")}
	parts[0] = strings.Replace(parts[0], " ", more+" open ", 1)
	slices.Sort(currencies)
	for _, c := range currencies[:min(3, len(currencies))] {
		parts = append(parts, c.Display(held[c])+more+" held")
	}
	return strings.Join(parts, " · ")
}
