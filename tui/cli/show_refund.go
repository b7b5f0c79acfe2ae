package cli

import (
	"slices"
	"strings"

	"till/domain"
)

// How money on its way back looks to people, and what they are told to do about it.

func showRefund(p *page, o *domain.Order, r *domain.Refund) {
	p.line("%s", refundLine(o, r))
	origin, rounding := "", ""
	if r.Origin == "provider" {
		origin = "the provider, of its own accord"
	}
	if r.Rounded != 0 {
		rounding = o.Cart.Currency.Display(r.Rounded)
	}
	p.facts("  ",
		[2]string{"rounding", rounding}, [2]string{"reason", r.Reason}, [2]string{"reference", r.Reference}, [2]string{"by", origin}, [2]string{"instead of", string(r.Instead)},
		[2]string{"answer", strings.TrimSpace(r.Code + " " + r.Message)}, [2]string{"created", when(r.CreatedAt)},
	)
	for _, part := range r.Lines {
		p.line("  %d × %s  %s", part.Quantity, o.Cart.Lines[part.Line].Name(), o.Cart.Currency.Display(part.Amount))
	}
}

// refundLine is a refund in one line.
func refundLine(o *domain.Order, r *domain.Refund) string {
	return strings.Join([]string{"refund " + string(r.ID), r.State.Words(), o.Cart.Currency.Display(r.Amount)}, " · ")
}

// showAdvice tells what happened, what to do about it, and the command for that where there is one.
func showAdvice(p *page, said domain.Advice, command string) {
	p.line("  %s", said.Means)
	if said.Now != "" {
		p.line("  what now: %s", said.Now)
		if command != "" {
			p.line("    %s", command)
		}
	}
}

// refundCommand is the command that a refund's advice speaks of.
func refundCommand(payment *domain.Payment, r *domain.Refund) string {
	failed := slices.Contains([]domain.State{domain.RefundFailed, domain.RefundReversed}, r.State)
	if failed && !payment.HasRoomFor(r) {
		return "till order acknowledge " + string(payment.Order)
	}
	switch r.State {
	case domain.RefundFailed:
		return "till refund retry " + string(r.ID)
	case domain.RefundReversed:
		return "till payment refund " + payment.HumanID + " --amount AMOUNT"
	case domain.RefundUnknown, domain.RefundRequested:
		return "till payment sync " + payment.HumanID
	case domain.RefundReview:
		return "till refund cancel " + string(r.ID)
	}
	return ""
}

// reversalCommand is the command that the advice about a reversal speaks of.
func reversalCommand(payment *domain.Payment) string {
	if payment.Open() != nil {
		return "till payment sync " + payment.HumanID
	}
	return "till payment refund " + payment.HumanID
}

// showGoingBack tells under a payment of its order what of it somebody has to see to.
func showGoingBack(p *page, o *domain.Order, payment *domain.Payment) {
	for _, r := range payment.Refunds {
		if said := o.RefundAdvice(payment, r); said.Now != "" {
			p.line("  %s", refundLine(o, r))
			showAdvice(p, said, refundCommand(payment, r))
		}
	}
	if said := o.ReversalAdvice(payment); said.Now != "" {
		showAdvice(p, said, reversalCommand(payment))
	}
}
