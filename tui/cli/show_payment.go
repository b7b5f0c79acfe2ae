package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"till/domain"
	"till/domain/till"
)

// How payments and refunds look to people, and what they are told to do next.

func showPayment(p *page, t *till.Till, o *domain.Order, payment *domain.Payment) {
	p.line("%s", paymentLine(o, payment))
	p.line("")
	about := [][2]string{
		{"id", string(payment.ID)},
		{"order", orDash(o.Number) + " · " + o.HumanID + " · " + o.Label()},
		{"group", string(payment.Group)},
		{"through", payment.Variant},
		{"reference", payment.Reference},
		{"description", payment.Description},
		{"created", when(payment.CreatedAt)},
	}
	p.facts("  ", slices.Concat(about, sumsOf(o, payment), axes(payment))...)
	showNext(p, t, o, payment)
	if len(payment.Operations) > 0 {
		p.line("")
		showOperations(p, "  ", o, payment)
	}
	for _, r := range payment.Refunds {
		p.line("")
		showRefund(p, o, r)
		if said := o.RefundAdvice(payment, r); said.Now != "" { // of the others there is nothing to say
			showAdvice(p, said, refundCommand(payment, r))
		}
	}
	for _, d := range payment.Disputes {
		p.line("")
		p.line("%s", disputeLine(t, o, d))
		p.line("  what it is about, and what to do: till dispute show %s", d.ID)
	}
	showChoices(p, t.PaymentActions(o, payment))
}

// sumsOf are a payment's amounts that are not 0.
func sumsOf(o *domain.Order, payment *domain.Payment) [][2]string {
	sums := payment.Sums
	var pairs [][2]string
	for _, sum := range []struct {
		name   string
		amount domain.Amount
	}{
		{"held", sums.Held()},
		{"captured", sums.Captured},
		{"released", sums.Released},
		{"refunded", sums.Returned()},
		{"refundable", sums.Refundable()},
		{"reversed", sums.Reversed},
		{"rounding", payment.Rounded},
		{"tendered", payment.Tendered},
		{"change", payment.Change()},
	} {
		if sum.amount != 0 {
			pairs = append(pairs, [2]string{sum.name, o.Cart.Currency.Display(sum.amount)})
		}
	}
	return append(pairs, [2]string{"held until", when(payment.HoldEnds())})
}

// axes are what is known of a payment beside its state: authentication and screening.
func axes(payment *domain.Payment) [][2]string {
	is, secured, screened := payment.ThreeDS, "", ""
	if is.Asked() {
		parts := []string{is.Status.Words()}
		if is.ECI != "" {
			parts = append(parts, "ECI "+is.ECI)
		}
		if is.LiabilityShift {
			parts = append(parts, "the bank bears the risk")
		}
		if is.Downgraded {
			parts = append(parts, "without 3DS, at the merchant's risk")
		}
		secured = strings.Join(parts, " · ")
	}
	if payment.Fraud.Said() {
		screened = strings.TrimSuffix(payment.Fraud.Status+" · "+payment.Fraud.Message, " · ")
	}
	return [][2]string{{"3DS", secured}, {"screening", screened}}
}

// showNext tells what a payment waits for, and what can be done about it.
func showNext(p *page, t *till.Till, o *domain.Order, payment *domain.Payment) {
	name := payment.HumanID
	if s := payment.Session(); s != nil {
		showSession(p, t, payment, s)
	}
	if decline := payment.Decline(); decline != nil {
		p.line("")
		p.line("  %s", decline.Means)
		p.line("  what now: %s", decline.Advice)
	}
	says, wait := "", waitWords(payment)
	switch {
	case wait != "":
		says = wait
	case payment.Fraud.Waits() && payment.Sums.Capturable() > 0:
		says = fmt.Sprintf("somebody has to look at it before it is captured: till payment fraud %s accept|reject", name)
	case payment.Fraud.Against() && payment.Sums.Capturable() > 0:
		says = fmt.Sprintf("screening is against it; let it go with: till payment void %s", name)
	case payment.Fraud.Against() && payment.Sums.Refundable() > 0:
		says = fmt.Sprintf("screening is against it; give it back with: till payment refund %s", name)
	}
	if says != "" {
		p.line("")
		p.line("  %s", says)
	}
	if said := o.ReversalAdvice(payment); said.Means != "" {
		p.line("")
		showAdvice(p, said, reversalCommand(payment))
	}
}

// waitWords say what a payment waits for beside the customer, and what can be done about it.
func waitWords(payment *domain.Payment) string {
	name := payment.HumanID
	switch wait, at := payment.Waits(); wait {
	case domain.WaitsForRetry:
		return fmt.Sprintf("it is tried again at %s, %d of %d times; at once with: till payment retry %s",
			when(at), payment.Retried, payment.Retries, name)
	case domain.WaitsPaused:
		return fmt.Sprintf("it is paused, and was to be sent at %s; go on with: till payment update %s --active", when(at), name)
	case domain.WaitsForDate:
		return fmt.Sprintf("it is sent at %s; hold it back with: till payment update %s --active=false", when(at), name)
	case domain.WaitsForSync:
		return fmt.Sprintf("nobody knows what happened: do not pay again, ask with: till payment sync %s", name)
	case domain.WaitsForProvider:
		return fmt.Sprintf("the gateway has not decided yet; ask with: till payment sync %s", name)
	case domain.WaitsForMethod:
		return "it has not been sent; it goes on with: till pay ORDER"
	case domain.WaitsToBeVoided:
		return "nobody has a use for what was approved: it is let go by itself"
	case domain.WaitsForGroup:
		return "it waits for the other payments of its group"
	}
	return ""
}

// errands say what the customer has to do in each kind of session.
var errands = map[domain.SessionKind]string{
	domain.SessionLookup:    "the customer's bank looks at their device",
	domain.SessionChallenge: "the customer has to show their bank who they are",
	domain.SessionRedirect:  "the customer has to confirm it at their bank or wallet",
	domain.SessionVoucher:   "the customer has to pay with the code at a counter",
	domain.SessionDelivery:  "the customer pays the one who brings the goods",
}

func showSession(p *page, t *till.Till, payment *domain.Payment, s *domain.Session) {
	back := "till payment complete " + payment.HumanID
	if !t.Live { // whoever is at a test till is the customer too
		back += " --result " + strings.Join(s.Kind.Results(), "|")
	}
	p.line("")
	p.line("  %s", cmp.Or(errands[s.Kind], string(s.Kind)))
	for _, line := range [][2]string{{"code", s.Code}, {"link", s.URL}, {"until", when(s.Until)}, {"then", back}} {
		if line[1] != "" {
			p.line("    %-5s  %s", line[0], line[1]) // a link is of no use when it is cut
		}
	}
}
