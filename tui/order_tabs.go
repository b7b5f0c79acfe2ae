package tui

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"till/domain"
	"till/domain/story"
)

// recent is the end of the timeline, one line an entry, as far as it is shown.
func (s *order) recent(columns, lines int) []string {
	st := s.desk.Styles
	all := s.moments()
	end := s.point
	shown := all[max(0, end-lines):end]
	out := make([]string, len(shown))
	for i, m := range shown {
		sign, style := "  ", st.Faint
		if i == len(shown)-1 {
			sign, style = "▸ ", st.Text
		}
		out[i] = style.Render(cut(sign+m.time+"  "+m.said, columns))
	}
	return out
}

// whyIndent puts the reasons under the sentences.
const whyIndent = 17

// timelineTab tells every entry with who and why; the one that is shown is marked.
func (s *order) timelineTab(columns, lines int) []string {
	st := s.desk.Styles
	var out []string
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
			by = "" // the sentence counts for more
		}
		out = append(out, spread(style.Render(line), st.Faint.Render(by), columns))
		for _, text := range m.whys {
			out = append(out, strings.Split(why.Render(indent(wrapped(text, columns-whyIndent), whyIndent)), "\n")...)
		}
	}
	if s.follow {
		s.offset = max(0, focus-lines/2)
		if s.live() {
			s.offset = len(out)
		}
	}
	return s.scrolled(out, lines)
}

// scrolled is what of a long text is on the screen.
func (s *order) scrolled(all []string, lines int) []string {
	if len(all) <= lines {
		s.offset = 0
		return all
	}
	s.offset = min(s.offset, len(all)-lines)
	shown := slices.Clone(all[s.offset : s.offset+lines])
	if below := len(all) - s.offset - lines; below > 0 {
		shown[lines-1] = s.desk.Styles.Faint.Render(fmt.Sprintf("↓ %d more", below+1))
	}
	return shown
}

// attemptsTab shows each payment with its operations and refunds.
func (s *order) attemptsTab(columns, lines int) []string {
	st := s.desk.Styles
	var out []string
	for _, p := range s.shown.Payments {
		glyph, word, style := st.State("payment", p.State)
		title := joined([]string{s.money(p.Amount), p.Source.String(), p.Provider, domain.State(p.Detail).Words()})
		out = append(out, st.Strong.Render(fmt.Sprintf("%d  %s  ", p.Attempt, p.HumanID))+style.Render(glyph+" "+word)+st.Text.Render("  "+title))
		if p.Message != "" {
			out = append(out, "   "+style.Render(joined([]string{p.Code, p.Message})))
		}
		for _, fact := range slices.Concat(termLines(st, p), s.facts(p, columns-3)) {
			out = append(out, cut("   "+fact, columns))
		}
		for _, op := range p.Operations {
			out = append(out, cut("   "+s.operationLine(op), columns))
		}
		for _, r := range p.Refunds {
			out = append(out, cut("   "+s.refundLine(r), columns))
		}
		out = append(out, "")
	}
	if len(out) == 0 {
		out = []string{st.Faint.Render("nobody has tried to pay yet")}
	}
	return s.scrolled(out, lines)
}

// kindWidth is how wide the names of the operations are.
const kindWidth = 16

// termLines are how an attempt was to pay, where that is not the usual, and where the customer was sent.
func termLines(st *Styles, p *domain.Payment) []string {
	var lines []string
	if terms := story.Terms(p.Terms); terms != "" {
		lines = append(lines, st.Faint.Render(pad("terms", factLabel))+st.Text.Render(terms))
	}
	for _, session := range p.Sessions {
		text := joined([]string{string(session.Kind), session.ID, session.Code, session.URL})
		lines = append(lines, st.Faint.Render(pad("sent to", factLabel))+st.Text.Render(text))
	}
	return lines
}

func (s *order) operationLine(op *domain.Operation) string {
	st := s.desk.Styles
	glyph, word, style := st.State("operation", op.State)
	text := pad(domain.State(op.Kind).Words(), kindWidth) + padLeft(s.money(op.Amount), 12)
	took := op.RequestedAt.Format("15:04:05")
	if op.Tries > 1 {
		took += fmt.Sprintf(", %d tries", op.Tries)
	}
	return st.Text.Render(text) + "  " + style.Render(pad(glyph+" "+word, 12)) +
		st.Faint.Render(joined([]string{took, op.Code, op.Summary, op.Key}))
}

// origins are who gave money back, where till was not asked.
var origins = map[string]string{"provider": "by the provider itself"}

// linesBack are the articles that a refund is for.
func linesBack(o *domain.Order, r *domain.Refund) string {
	var parts []string
	for _, part := range r.Lines {
		parts = append(parts, fmt.Sprintf("%d × %s", part.Quantity, o.Cart.Lines[part.Line].Title))
	}
	return strings.Join(parts, ", ")
}

func (s *order) refundLine(r *domain.Refund) string {
	st := s.desk.Styles
	again := ""
	if r.Instead != "" {
		again = "in place of one that failed"
	}
	glyph, word, style := st.State("refund", r.State)
	return st.Text.Render(pad("refund", kindWidth)+padLeft(s.money(r.Amount), 12)) + "  " + style.Render(pad(glyph+" "+word, 12)) +
		st.Faint.Render(joined([]string{r.CreatedAt.Format("15:04:05"), domain.State(r.Detail).Words(), r.Code, r.Message, r.Reason, linesBack(s.shown, r), origins[r.Origin], again}))
}

// wireTab shows what was sent and answered, secrets left out long before it got here.
func (s *order) wireTab(columns, lines int) []string {
	st := s.desk.Styles
	var out []string
	for _, p := range s.shown.Payments {
		for _, op := range p.Operations {
			for _, w := range s.wires[op.ID] {
				out = append(out, rule(st, joined([]string{string(op.Kind), s.money(op.Amount), w.Took.String()}), columns))
				out = append(out, wireLines(st, "▷ ", w.Sent, columns)...)
				out = append(out, wireLines(st, "◁ ", w.Answered, columns)...)
				out = append(out, "")
			}
		}
	}
	if len(out) == 0 {
		out = []string{st.Faint.Render("nothing has gone over a line for this order")}
	}
	return s.scrolled(out, lines)
}

func wireLines(st *Styles, sign, text string, columns int) []string {
	if text == "" {
		return []string{st.Accent.Render(sign) + st.Faint.Render("nothing")}
	}
	var pretty bytes.Buffer
	if json.Indent(&pretty, []byte(text), "", "  ") == nil {
		text = pretty.String()
	}
	var out []string
	for line := range strings.Lines(text) {
		for part := range strings.SplitSeq(wrapped(domain.Inert(strings.TrimRight(line, "\n")), columns-3), "\n") {
			out = append(out, st.Accent.Render(sign)+st.Text.Render(part))
			sign = "  "
		}
	}
	return out
}

// linesTab shows what the order is for.
func (s *order) linesTab(columns, lines int) []string {
	st, o := s.desk.Styles, s.shown
	var out []string
	for i, l := range o.Cart.Lines {
		what := fmt.Sprintf("%3d × %s", l.Quantity, domain.Inert(l.Title))
		out = append(out, st.Text.Render(spread(what, padLeft(s.money(l.Price), 14)+padLeft(s.money(o.Totals.Lines[i].Total), 14), columns)))
	}
	for _, sum := range []struct {
		label  string
		amount domain.Amount
	}{
		{"discounts", -o.Totals.Discount},
		{taxLabel(o), o.Totals.Tax},
		{"delivery", o.Totals.Delivery},
		{"tip", o.Totals.Tip},
	} {
		if sum.amount != 0 {
			out = append(out, st.Faint.Render(spread("", sum.label+padLeft(s.money(sum.amount), 14), columns)))
		}
	}
	out = append(out, st.Strong.Render(spread("", "total"+padLeft(s.money(o.Total()), 14), columns)))
	return s.scrolled(out, lines)
}

func taxLabel(o *domain.Order) string {
	if o.Cart.PricesIncludeTax {
		return "tax, contained"
	}
	return "tax"
}
