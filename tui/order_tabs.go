package tui

import (
	"fmt"
	"slices"
	"strings"

	"till/domain"
	"till/domain/story"
)

// attemptsTab shows each payment with its operations and refunds.
func (s *order) attemptsTab(columns, lines int) []string {
	st := s.desk.Styles
	var out []string
	for _, p := range s.shown.Payments {
		glyph, word, style := st.State("payment", p.State)
		title := joined([]string{s.money(p.Amount), p.Source.String(), p.Provider, domain.State(p.Detail).Words()})
		out = append(out, cut(st.Strong.Render(fmt.Sprintf("%d  %s  ", p.Attempt, p.HumanID))+style.Render(glyph+" "+word)+st.Text.Render("  "+title), columns))
		if p.Message != "" {
			out = append(out, cut("   "+style.Render(joined([]string{p.Code, p.Message})), columns))
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
		for _, d := range p.Disputes {
			for _, line := range s.caseLines(d) {
				out = append(out, cut("   "+line, columns))
			}
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
		parts = append(parts, fmt.Sprintf("%d × %s", part.Quantity, o.Cart.Lines[part.Line].Name()))
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

// linesTab shows what the order is for.
func (s *order) linesTab(columns, lines int) []string {
	st, o := s.desk.Styles, s.shown
	var out []string
	for i, l := range o.Cart.Lines {
		what := fmt.Sprintf("%3d × %s", l.Quantity, domain.Inert(l.Name()))
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
