package tui

import (
	"slices"
	"strings"
	"time"

	"till/domain"
)

// View is the payout: its headline, its machine, what can be done, its calls and what has become of it.
func (s *payout) View() string {
	page := s.layout()
	s.most = new(page.most)
	return page.text
}

// payoutPage is a payout as it is seen: from which line on the deeds stand, how many, and how far the story can be scrolled.
type payoutPage struct {
	text        string
	from, deeds int
	most        int
}

func (s *payout) layout() payoutPage {
	st := s.desk.Styles
	switch {
	case s.width < 1:
		return payoutPage{}
	case s.shown == nil && s.err != nil:
		return payoutPage{text: indent("\n"+st.Bad.Render("✗ "+Inert(s.err.Error())), margin)}
	case s.shown == nil:
		return payoutPage{}
	}
	columns := s.width - 2*margin
	air := 0
	if s.height >= roomy {
		air = 1
	}
	lines := append(make([]string, 0, s.height), s.headline(columns)...)
	lines = append(lines, make([]string, air)...)
	deeds := s.deedLines(columns)
	room := max(1, min(payoutPictureLines, s.height-len(lines)-len(deeds)-2*air-leastStory))
	lines = append(lines, s.album.draw(st, payoutPicture, s.life(), columns, room).lines...)
	lines = append(lines, make([]string, air)...)
	page := payoutPage{from: len(lines), deeds: len(deeds)}
	var story []string
	if columns >= besideStory {
		story, page.most = rolled(st, s.story(columns-deedColumn-gap), s.height-len(lines), s.offset)
		lines = append(lines, beside(strings.Join(deeds, "\n"), strings.Join(story, "\n"), deedColumn+gap))
	} else {
		lines = append(lines, deeds...)
		lines = append(lines, make([]string, air)...)
		story, page.most = rolled(st, s.story(columns), s.height-len(lines), s.offset)
		lines = append(lines, story...)
	}
	page.text = indented(lines, margin)
	return page
}

const (
	payoutPictureLines = 9  // what the whole picture needs at most
	leastStory         = 2  // lines that are left for what has become of it
	besideStory        = 92 // from how many columns on it stands beside the deeds
	deedColumn         = 50
)

func (s *payout) headline(columns int) []string {
	st, p := s.desk.Styles, s.shown
	glyph, word, style := st.State("payout", p.State)
	born := st.Faint.Render(p.CreatedAt.Format("2 Jan 2006 15:04"))
	title := st.Strong.Render(p.HumanID+"  "+s.money()) + "  " + st.bold[badgeOf("payout", p.State).hue].Render(glyph+" "+word)
	if width(title)+width(born)+2 > columns {
		born = ""
	}
	lines := []string{
		spread(title, born, columns),
		st.Faint.Render("to ") + st.Text.Render(cut(joined([]string{paidTo(p), s.account(), "by " + p.Variant, p.Reference, p.Description}), columns-3)),
	}
	notice := ""
	switch {
	case s.err != nil:
		notice = st.Bad.Render(cut("✗ "+Inert(s.err.Error()), columns))
	case s.running != "":
		notice = st.Active.Render(cut("◧ "+s.running+" is running …", columns))
	case len(p.Attention()) > 0:
		notice = st.bold[warn].Render(cut("? UNKNOWN: nobody knows yet what the provider did. s asks it", columns))
	case p.NeedsOther():
		notice = style.Render(cut("◔ "+joined([]string{p.Message, "c gives it"}), columns))
	case p.Message != "":
		notice = style.Render(cut(glyph+" "+joined([]string{p.Code, p.Message}), columns))
	}
	return append(lines, notice)
}

// life is what of the picture is lit.
func (s *payout) life() life {
	walked := slices.DeleteFunc(slices.Clone(s.shown.Steps), func(step domain.Step) bool { return step.Machine != domain.PayoutMachine.Name })
	return life{at: s.shown.State, walked: walked, next: s.next(), spark: s.spark}
}

// deedLines are what can be done, with its key; what is not possible says why not.
func (s *payout) deedLines(columns int) []string {
	st := s.desk.Styles
	var lines []string
	for _, o := range s.offers() {
		switch {
		case o.refusal != "":
			lines = append(lines, st.KeyOff.Render(cut(pad(o.key, 6)+pad(o.title, whyColumn-7)+" "+o.refusal, columns)))
		case o.action == atBank:
			lines = append(lines, st.Title.Render(pad(o.key, 6))+st.Strong.Render(pad(o.title, whyColumn-6))+st.Sandbox.Render("SANDBOX"))
		default:
			lines = append(lines, st.Title.Render(pad(o.key, 6))+st.Strong.Render(o.title))
		}
	}
	return lines
}

// story is what has become of the payout, the newest first, and the calls that were made for it.
func (s *payout) story(columns int) []string {
	st, p := s.desk.Styles, s.shown
	lines := []string{rule(st, "what has happened", columns)}
	for _, step := range slices.Backward(p.Steps) {
		sign := badgeOf("payout", step.To)
		if step.From == step.To {
			sign = badge{"·", sign.word, neutral}
		}
		head := st.Faint.Render(step.At.Format(time.TimeOnly)) + "  " + st.hue[sign.hue].Render(pad(sign.glyph+" "+sign.word, 14))
		for i, text := range strings.Split(wrapped(step.Why, columns-26), "\n") {
			if i > 0 {
				head = blanks(24)
			}
			lines = append(lines, head+st.Text.Render(text))
		}
	}
	lines = append(lines, rule(st, "calls", columns))
	for _, op := range slices.Backward(p.Operations) {
		sign := badgeOf("operation", op.State)
		text := joined([]string{domain.State(op.Kind).Words(), op.Code, op.Summary, op.Rule})
		lines = append(lines, st.Faint.Render(op.RequestedAt.Format(time.TimeOnly))+"  "+
			st.hue[sign.hue].Render(pad(sign.glyph+" "+sign.word, 14))+st.Text.Render(cut(text, columns-24)))
	}
	return lines
}
