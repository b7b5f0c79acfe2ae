package tui

import (
	"fmt"
	"slices"
	"strings"

	"till/domain"
	"till/domain/story"
)

// part is one of the machines on the page.
type subject struct {
	machine string
	heading []string // what its subject is; none for the order, which the whole page is about
	picture *picture
	life    life
}

// subjects are the order, the payment that is looked at, its refund and its case, as far as there are such.
func (s *order) subjects() []subject {
	o, next := s.shown, s.next()
	parts := []subject{{"order", nil, orderPicture, s.lifeOf("order", string(o.ID), o.State, next["order"])}}
	if p := s.looked(); p != nil {
		parts = append(parts, subject{"payment", s.paymentWords(p), paymentPicture, s.lifeOf("payment", string(p.ID), p.State, next["payment"])})
	}
	if r := s.refund(); r != nil {
		words := []string{"refund", s.money(r.Amount), refundPlace(s.looked(), r), r.Reason, r.Code, r.Message}
		parts = append(parts, subject{"refund", words, refundPicture, s.lifeOf("refund", string(r.ID), r.State, next["refund"])})
	}
	if d := s.dispute(); d != nil {
		words := []string{"dispute", s.money(d.Amount), story.Holder(d.Money), strings.TrimSpace(d.Network + " " + d.ReasonCode), s.casePlace(d)}
		parts = append(parts, subject{"dispute", words, disputePicture, s.lifeOf("dispute", string(d.ID), d.State, next["dispute"])})
	}
	return parts
}

// usual is the part that gets the room first where nobody has asked for another: an open case, else the order.
func (s *order) usual(parts []subject) int {
	if d := s.dispute(); d != nil && d.IsOpen() {
		return len(parts) - 1
	}
	return 0
}

// front is the part that gets the room first.
func (s *order) front(parts []subject) int {
	if i := slices.IndexFunc(parts, func(p subject) bool { return p.machine == s.ahead }); i >= 0 {
		return i
	}
	return s.usual(parts)
}

// nextMachine gives the room to the next machine, and after the last of them shares it out as usual again.
func (s *order) nextMachine() {
	if s.shown == nil {
		return
	}
	parts := s.subjects()
	to := (s.front(parts) + 1) % len(parts)
	if s.ahead = parts[to].machine; to == s.usual(parts) {
		s.ahead = ""
	}
	s.page = nil
}

// machines draws the order, the payment that is looked at, its refund and its case: one under the other, the last two
// side by side where there is room, and only the one in front where not each has a line and that one what can come next.
func (s *order) machines(columns, lines int) drawing {
	parts := s.subjects()
	front := s.front(parts)
	more := max(0, len(parts[front].picture.byKey(parts[front].life))-1)
	if s.ahead != "" { // somebody wants to see it drawn
		more = boxHeight
	}
	if lines < 2*len(parts)-1+more {
		heading := s.heading(parts[front], fmt.Sprintf("%d of %d, g next", front+1, len(parts)), columns)
		if len(parts) == 1 || lines < 2 {
			heading = ""
		}
		room := lines - min(1, len(heading))
		return s.album.draw(s.desk.Styles, parts[front].picture, parts[front].life, columns, room).under(heading)
	}
	rows := s.rows(parts, columns)
	return s.stack(rows, s.shares(rows, parts[front].machine, columns, lines), columns, lines)
}

// pairLeast is how many columns a refund and a case need side by side.
const pairLeast = 100

// rows are the parts as they stand under one another.
func (s *order) rows(parts []subject, columns int) [][]subject {
	var rows [][]subject
	for _, p := range parts {
		last := len(rows) - 1
		if columns >= pairLeast && s.ahead == "" && p.machine == "dispute" && rows[last][0].machine == "refund" {
			rows[last] = append(rows[last], p)
			continue
		}
		rows = append(rows, []subject{p})
	}
	return rows
}

// shares are how many lines each row may take: the one in front first, then from the top, and a line each at least. A
// case that nobody has asked for leaves something to the others.
func (s *order) shares(rows [][]subject, front string, columns, lines int) []int {
	shares, turns := make([]int, len(rows)), []int{}
	for i, row := range rows {
		shares[i] = 1
		lines -= 1 + min(1, len(row[0].heading))
		if slices.ContainsFunc(row, func(p subject) bool { return p.machine == front }) {
			turns = slices.Insert(turns, 0, i)
		} else {
			turns = append(turns, i)
		}
	}
	for _, i := range turns {
		most := 1 + lines
		if s.ahead == "" && front == "dispute" && i == turns[0] {
			most = min(most, caseMachine)
		}
		taken := s.rowHeight(rows[i], columns, most)
		lines -= taken - 1
		shares[i] = taken
	}
	return shares
}

// caseMachine is how many lines an open case takes at most before the others are drawn: two ways to go on.
const caseMachine = 6

// stack puts the rows under one another, with air above the headings where there is room.
func (s *order) stack(rows [][]subject, shares []int, columns, lines int) drawing {
	spare := lines - sum(shares)
	for _, row := range rows {
		spare -= 2 * min(1, len(row[0].heading))
	}
	var all drawing
	for i, row := range rows {
		if i > 0 && spare >= 0 {
			all = all.over(drawing{lines: []string{""}})
		}
		all = all.over(s.row(row, columns, shares[i]))
	}
	return all
}

// row draws the parts that stand side by side, each under its heading, in so many lines without that.
func (s *order) row(row []subject, columns, lines int) drawing {
	var all drawing
	at := 0
	for i, p := range row {
		each := breadthOf(row, i, columns)
		d := s.album.draw(s.desk.Styles, p.picture, p.life, each, lines).under(s.heading(p, "", each))
		if i == 0 {
			all = d
		} else {
			all = all.beside(d, at)
		}
		at += each + pairGap
	}
	return all
}

// rowHeight is how many lines a row takes of so many, without its heading.
func (s *order) rowHeight(row []subject, columns, lines int) int {
	highest := 0
	for i, p := range row {
		highest = max(highest, s.album.height(s.desk.Styles, p.picture, p.life, breadthOf(row, i, columns), lines))
	}
	return highest
}

// breadthOf is how many columns a part has of those of its row: two fifths, and the rest for the last.
func breadthOf(row []subject, i, columns int) int {
	first := columns*2/5 - pairGap
	switch {
	case len(row) == 1:
		return columns
	case i < len(row)-1:
		return first
	}
	return columns - i*(first+pairGap)
}

// pairGap is between two machines side by side.
const pairGap = 3

// heading is a line that says what a machine is about, with a word at its right end.
func (s *order) heading(p subject, place string, columns int) string {
	words := p.heading
	switch {
	case words == nil && place == "":
		return ""
	case words == nil:
		words = []string{p.machine}
	}
	if place != "" {
		place = " " + s.desk.Styles.Faint.Render(place)
	}
	return rule(s.desk.Styles, joined(words), columns-width(place)) + place
}

func (s *order) paymentWords(p *domain.Payment) []string {
	words := []string{"payment " + p.HumanID, s.money(p.Amount), p.Source.String(), "by " + p.Provider}
	if n := len(s.shown.Payments); n > 1 {
		words = append(words, fmt.Sprintf("%d of %d, n shows the next", p.Attempt, n))
	}
	return words
}

// refundPlace says which of several refunds it is.
func refundPlace(p *domain.Payment, r *domain.Refund) string {
	if len(p.Refunds) < 2 {
		return ""
	}
	return fmt.Sprintf("%d of %d, N shows the next", slices.Index(p.Refunds, r)+1, len(p.Refunds))
}

// rule is a line with a text in it.
func rule(st *Styles, text string, columns int) string {
	text = cut(text, columns-4)
	return st.Rule.Render("─ ") + st.Faint.Render(text) + st.Rule.Render(" "+strings.Repeat("─", max(0, columns-width(text)-3)))
}
