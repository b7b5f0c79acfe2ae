package tui

import (
	"slices"
	"strings"

	"till/domain"
)

// goingBack tells what somebody has to see to of the refund that is looked at, or of another, and of a reversal. Where
// there is little room only what to do is told. What nobody knows yet a mark tells.
func (s *order) goingBack(p *domain.Payment) []standing {
	var lines []standing
	tell := func(sign badge, what string, said domain.Advice) {
		switch {
		case said.Now == "" || slices.Contains(s.shown.Attention(), "unknown"):
		case s.height >= roomy:
			lines = append(lines, standing{sign.glyph + " " + what + ". " + said.Means, sign.hue}, standing{"  what now: " + said.Now, sign.hue})
		default:
			lines = append(lines, standing{sign.glyph + " " + what + ": " + said.Now, sign.hue})
		}
	}
	if r := s.restless(p); r != nil {
		sign, other := badgeOf("refund", r.State), ""
		if r != s.refund() {
			other = " (N shows it)"
		}
		tell(sign, "refund of "+s.money(r.Amount)+" "+sign.word+other, s.shown.RefundAdvice(p, r))
	}
	if flat := s.shown.FlatStatus(); strings.HasPrefix(flat, "reversal_") {
		sign := badgeOf("flat", domain.State(flat))
		tell(sign, sign.word, s.shown.ReversalAdvice(p))
	}
	return lines
}

// restless gives the refund that is looked at, or another one of the payment if somebody has to see to that; nil
// without any.
func (s *order) restless(p *domain.Payment) *domain.Refund {
	looked := s.refund()
	if looked == nil || s.shown.RefundAdvice(p, looked).Now != "" {
		return looked
	}
	for _, r := range slices.Backward(p.Refunds) {
		if s.shown.RefundAdvice(p, r).Now != "" {
			return r
		}
	}
	return nil
}
