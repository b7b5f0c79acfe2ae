package tui

import (
	"fmt"
	"strings"

	"till/domain"
	"till/domain/story"
)

// caseTab is the number of the tab with the case, which an order without one does not have.
const caseTab = 5

// caseView is all about the case that is looked at: where on the ladder it stands, what can be done and what that costs,
// what the other side says and what wins it, and last what is not possible.
func (s *order) caseView(columns, lines int) []string {
	st, d := s.desk.Styles, s.dispute()
	if d == nil {
		return []string{st.Faint.Render("at this point of its life there was no case yet")}
	}
	head := s.caseHead(d, columns)
	able, unable := s.caseAnswers(d, columns)
	told := [][]offerLine{able, s.caseFacts(d, columns), unable}
	room := lines - len(head)
	for _, part := range told {
		room -= len(part)
	}
	l := s.lifeOf("dispute", string(d.ID), d.State, s.next()["dispute"])
	drawn := s.album.draw(st, disputePicture, l, columns, max(1, room))
	spare := room - len(drawn.lines) // for air, as far as it goes
	all, at := linesOf(head), len(head)
	if spare > len(told) {
		all, at, spare = append(all, offerLine{}), at+1, spare-1
	}
	all = append(all, linesOf(drawn.lines)...)
	for _, part := range told {
		if len(part) > 0 && spare > 0 {
			all, spare = append(all, offerLine{}), spare-1
		}
		all = append(all, part...)
	}
	out := s.rolled(all, lines, area{0, 0, columns})
	for _, spot := range drawn.spots {
		s.page.pressed = append(s.page.pressed, pressable{bodyLine + at + spot.line - s.page.offset, margin + spot.from, margin + spot.to, presses(spot.key)})
	}
	return out
}

// caseHead says where the case stands, and what that means to somebody who has never met it.
func (s *order) caseHead(d *domain.Dispute, columns int) []string {
	st := s.desk.Styles
	sign, left := badgeOf("dispute", d.State), s.turnOf(d)
	place := s.casePlace(d)
	money := "  " + s.money(d.Amount) + " " + story.Holder(d.Money)
	line := func() string {
		return st.bold[sign.hue].Render(sign.glyph+" "+sign.word) + st.Text.Render(money) + "  " + st.hue[left.hue].Render(left.glyph+" "+left.word)
	}
	if width(line())+width(place) > columns { // the date is the first to go
		left.word, _, _ = strings.Cut(left.word, ", until ")
	}
	if width(line())+width(place) > columns {
		place, _, _ = strings.Cut(place, ",")
	}
	if width(line())+width(place) > columns { // the head of the page has the amount too
		money = ""
	}
	lines := []string{spread(line(), st.Faint.Render("  "+place), columns)}
	if s.height >= roomy {
		lines = append(lines, st.Faint.Render(cut("  "+story.Stage(d.Stage), columns)))
	}
	return lines
}

// caseLabel is how wide the names of what is known of a case are.
const caseLabel = 15

// caseFacts are what the other side says and what is known beside it.
func (s *order) caseFacts(d *domain.Dispute, columns int) []offerLine {
	st, p := s.desk.Styles, s.looked()
	says := "they say"
	if d.RaisedBy == domain.RaisedByMerchant {
		says = "we say"
	}
	opened := dated(d.OpenedAt) + ", about payment " + p.HumanID + " · " + p.Source.String()
	if d.Fee > 0 {
		opened += " · fees of " + s.money(d.Fee) + ", gone in any case"
	}
	wins := ""
	if d.OurTurn() {
		wins = d.Meaning().Defence
	}
	var lines []offerLine
	for _, f := range []struct{ label, text string }{
		{says, reasonWords(d)},
		{"what wins it", wins},
		{"silence", d.Stakes(s.shown.Cart.Currency).Silence},
		{"3DS", d.Liability(p)},
		{"evidence", papersWords(d.Papers)},
		{"opened", opened},
	} {
		if f.text == "" {
			continue
		}
		for i, text := range strings.Split(wrapped(domain.Inert(f.text), columns-caseLabel), "\n") {
			if i > 0 {
				f.label = ""
			}
			lines = append(lines, offerLine{text: st.Faint.Render(pad(f.label, caseLabel)) + st.Text.Render(text)})
		}
	}
	return lines
}

// papersWords name the evidence of a case.
func papersWords(papers []domain.Paper) string {
	var names []string
	for _, p := range papers {
		how := "not sent yet"
		switch {
		case p.Gone:
			how = "forgotten"
		case p.Sent:
			how = "sent"
		}
		names = append(names, fmt.Sprintf("%s (%s, %s)", p.Title(), p.SizeInWords(), how))
	}
	return strings.Join(names, " · ")
}

// caseAnswers are what can be done about the case, with what it costs, and what is not possible, with the reason.
func (s *order) caseAnswers(d *domain.Dispute, columns int) (able, unable []offerLine) {
	for _, o := range s.offers() {
		switch {
		case o.of != "dispute":
		case o.refusal != "":
			for _, text := range s.offerTexts(o, columns) {
				unable = append(unable, offerLine{text, presses(o.key)})
			}
		default:
			able = append(able, s.answerLines(o, s.caseStake(d, o.action), columns)...)
		}
	}
	return append(s.besideTheCase(d, columns), able...), unable
}

// answerLines are something that can be done, with its key and what it costs.
func (s *order) answerLines(o offer, stake string, columns int) (lines []offerLine) {
	st := s.desk.Styles
	for i, text := range strings.Split(wrapped(domain.Inert(stake), columns-whyColumn), "\n") {
		before := blanks(whyColumn)
		if i == 0 {
			before = st.Title.Render(pad(o.key, 6)) + st.Strong.Render(pad(o.title, whyColumn-7)) + " "
		}
		lines = append(lines, offerLine{before + st.Text.Render(text), presses(o.key)})
	}
	return lines
}

// besideTheCase are what moves a case without being an answer to it: to ask what came of one, and to give the money
// back where that ends it.
func (s *order) besideTheCase(d *domain.Dispute, columns int) (lines []offerLine) {
	for _, o := range s.offers() {
		stake := ""
		switch {
		case o.of != "payment" || o.refusal != "":
		case o.action == "sync" && s.looked().Answering(d.ID) != nil:
			stake = "Nobody knows yet what came of the answer: this asks. It is asked by itself too."
		case o.action == "refund":
			stake = d.Stakes(s.shown.Cart.Currency).Refund
		}
		if stake != "" {
			lines = append(lines, s.answerLines(o, stake, columns)...)
		}
	}
	return lines
}
