package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"till/domain"
	"till/domain/story"
)

// A case that a customer's bank has opened about one of the order's payments: which one is looked at, and what is said
// of it.

// newCase is an order's screen with one of its cases open.
func newCase(d *Desk, row domain.DisputeRow) *order {
	s := newOrder(d, row.Order)
	s.payment, s.chosen, s.tab = row.Payment, row.ID, caseTab
	return s
}

// dispute is the case that is looked at: the one chosen, else the most urgent of the payment's, else its newest; nil
// where there is none.
func (s *order) dispute() *domain.Dispute {
	p := s.looked()
	if p == nil || len(p.Disputes) == 0 {
		return nil
	}
	if d := p.Dispute(s.chosen); d != nil {
		return d
	}
	if d := s.shown.OpenDispute(); d != nil && p.Dispute(d.ID) == d {
		return d
	}
	return slices.MaxFunc(p.Disputes, func(a, b *domain.Dispute) int { return a.OpenedAt.Compare(b.OpenedAt) })
}

// cases are those of all payments of an order.
func cases(o *domain.Order) []*domain.Dispute {
	var all []*domain.Dispute
	for _, p := range o.Payments {
		all = append(all, p.Disputes...)
	}
	return all
}

// nextCase opens the case, and then the next one.
func (s *order) nextCase() {
	all := cases(s.shown)
	if len(all) == 0 {
		return
	}
	at := slices.Index(all, s.dispute())
	if s.tab == caseTab || at < 0 {
		at = (at + 1) % len(all)
	}
	s.payment, s.chosen = all[at].Payment, all[at].ID
	s.turn(caseTab)
	s.changed()
}

// casePlace says which of several cases it is.
func (s *order) casePlace(d *domain.Dispute) string {
	all := cases(s.shown)
	if len(all) < 2 {
		return ""
	}
	return fmt.Sprintf("%d of %d, C shows the next", slices.Index(all, d)+1, len(all))
}

// The days that are left from which on a case is urgent, and from which on somebody should begin.
const (
	urgentDays = 3
	soonDays   = 7
)

// timeLeft tells how long a case can still be answered: in words, with a glyph that says how urgent it is.
func timeLeft(now, by time.Time) badge {
	left := by.Sub(now)
	days := int((left + day - 1) / day) // a begun one too
	switch {
	case left <= 0:
		return badge{"✗", "too late", bad}
	case left < day:
		return badge{"!", plural(max(1, int(left/time.Hour)), "hour") + " left", bad}
	case days <= urgentDays:
		return badge{"!", plural(days, "day") + " left", bad}
	case days <= soonDays:
		return badge{"◔", plural(days, "day") + " left", warn}
	}
	return badge{"○", plural(days, "day") + " left", neutral}
}

// turn tells whose turn it is in a case, and for how long.
func (s *order) turnOf(d *domain.Dispute) badge {
	by, theirs := d.AnswerBy(), d.DecideBy()
	switch {
	case !d.IsOpen():
		return badge{"–", "it is over", off}
	case !by.IsZero():
		left := timeLeft(s.now(), by)
		left.word += ", until " + dated(by)
		return left
	case d.Announced:
		return badge{"◔", "announced: the money is about to be taken", warn}
	case !theirs.IsZero():
		return badge{"◧", "their turn, until " + dated(theirs), active}
	case d.TheirTurn():
		return badge{"◧", "their turn", active}
	}
	return badge{"○", "no deadline", neutral}
}

// caseWords are a case in a line: where it stands, over how much, who has the money, and how long there is to answer,
// the date of that where there is room.
func (s *order) caseWords(d *domain.Dispute, columns int) string {
	left := s.turnOf(d)
	words := joined([]string{badgeOf("dispute", d.State).word, s.money(d.Amount), story.Holder(d.Money), left.glyph + " " + left.word})
	if width(words) > columns {
		words, _, _ = strings.Cut(words, ", until ")
	}
	if width(words) > columns { // how long there is counts for more than who has the money
		words = joined([]string{badgeOf("dispute", d.State).word, s.money(d.Amount), left.glyph + " " + left.word})
		words, _, _ = strings.Cut(words, ", until ")
	}
	return words
}

// reasonWords are what the other side says, with the network's code for it.
func reasonWords(d *domain.Dispute) string {
	code := strings.TrimSpace(d.Network + " " + d.ReasonCode)
	means := cmp.Or(d.Meaning().Means, domain.State(d.Category).Words())
	if means == "" || d.ReasonCode == "" {
		return domain.Inert(cmp.Or(means, code))
	}
	return domain.Inert(means + " (" + code + ")")
}

// inDispute is what somebody should know of an open case before doing anything; the case's own tab tells it itself.
func (s *order) inDispute() []standing {
	d := s.dispute()
	if d == nil || !d.IsOpen() || s.tab == caseTab {
		return nil
	}
	sign := badgeOf("dispute", d.State)
	lines := []standing{{cut(sign.glyph+" "+s.caseWords(d, s.width-2*margin-2), s.width-2*margin), sign.hue}}
	if said := reasonWords(d); said != "" && s.height >= roomy {
		lines = append(lines, standing{"  " + said, neutral})
	}
	return lines
}

// caseLines are a case as the attempts tell it.
func (s *order) caseLines(d *domain.Dispute) []string {
	st := s.desk.Styles
	glyph, word, style := st.State("dispute", d.State)
	left := s.turnOf(d)
	lines := []string{
		st.Text.Render(pad("dispute", kindWidth)+padLeft(s.money(d.Amount), 12)) + "  " + style.Render(glyph+" "+word) +
			st.Faint.Render(" · "+story.Holder(d.Money)+" · ") + st.hue[left.hue].Render(left.glyph+" "+left.word),
	}
	if said := reasonWords(d); said != "" {
		lines = append(lines, blanks(kindWidth+14)+st.Faint.Render(said))
	}
	return lines
}
