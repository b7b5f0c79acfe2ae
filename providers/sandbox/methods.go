package sandbox

import (
	"regexp"
	"slices"
	"time"

	"till/domain"
)

// The ways to pay.
const (
	card    = "card"
	ideal   = "ideal"
	sepa    = "sepa"
	paypal  = "paypal"
	voucher = "voucher"
	cod     = "cod"
)

const (
	holdsFor   = 28 * 24 * time.Hour // then a hold lapses
	debitTakes = 2 * 24 * time.Hour  // a direct debit's way through the banks
)

// methods are the ways to pay, and what each can do. How long keys are kept is the profile's.
var methods = []domain.Method{
	{
		Name: card, Title: "card", Note: "test cards only; nothing leaves this machine",
		Can: domain.Capabilities{
			CreateOrder: true, ManualCapture: true, PartialCapture: true, MultiCapture: true, Increment: true, PartialAuth: true,
			Void: true, PartialVoid: true, Reverse: true, Refund: true, PartialRefund: true, RefundCancel: true,
			Sync: true, Verify: true, Redirect: true, ThreeDS: true, Recurring: true, Payout: true,
			HoldsFor: holdsFor,
		},
	},
	{
		Name: ideal, Title: "iDEAL", Note: "the customer confirms at their bank within 15 minutes; taken at once",
		Currencies: []domain.Currency{"EUR"},
		Can:        atOnce(domain.Capabilities{Redirect: true}),
	},
	{
		Name: sepa, Title: "SEPA direct debit", Note: "paid after two days; the customer's bank may return it",
		Currencies: []domain.Currency{"EUR"},
		Can:        atOnce(domain.Capabilities{}),
	},
	{
		Name: paypal, Title: "PayPal", Note: "the customer confirms in their wallet within 15 minutes",
		Can: atOnce(domain.Capabilities{
			Redirect: true, ManualCapture: true, PartialCapture: true, Void: true, HoldsFor: holdsFor,
		}),
	},
	{
		Name: voucher, Title: "voucher", Note: "the customer shows a code at a counter within three days",
		Can: atOnce(domain.Capabilities{}),
	},
	{
		Name: cod, Title: "cash on delivery", Note: "paid to the one who brings the goods",
		Can: atOnce(domain.Capabilities{}),
	},
}

// atOnce adds what every method can do that takes the money in one go.
func atOnce(can domain.Capabilities) domain.Capabilities {
	can.CreateOrder, can.Refund, can.PartialRefund, can.Sync = true, true, true, true
	return can
}

// methodNamed finds a method; nil if there is none of the name.
func methodNamed(name string) *domain.Method {
	i := slices.IndexFunc(methods, func(m domain.Method) bool { return m.Name == name })
	if i < 0 {
		return nil
	}
	return &methods[i]
}

// offers tells whether a payment by a method can be changed in a way.
func offers(method, kind string) bool {
	m := methodNamed(method)
	if m == nil {
		return false
	}
	switch kind {
	case increment:
		return m.Can.Increment
	case capture:
		return m.Can.ManualCapture
	case void:
		return m.Can.Void
	case reverse:
		return m.Can.Reverse
	case cancelRefund:
		return m.Can.RefundCancel
	}
	return true
}

// begins tells whether a payment by a method can begin as it is asked for.
func (r request) begins() bool {
	m := methodNamed(r.Method)
	switch {
	case m == nil || m.Refuses(domain.Currency(r.currency)) != "":
		return false
	case r.kind == charge && !m.Can.Recurring, r.amount == 0 && !m.Can.Verify:
		return false
	case r.Capture == string(domain.CaptureMultiple):
		return m.Can.MultiCapture
	}
	return r.takes() || m.Can.ManualCapture
}

// sessionOf is where a method sends the customer.
var sessionOf = map[string]domain.SessionKind{
	ideal: domain.SessionRedirect, paypal: domain.SessionRedirect,
	voucher: domain.SessionVoucher, cod: domain.SessionDelivery,
}

// begin takes a payment by a method other than a card: nothing of it is decided at once.
func begin(r request) reply {
	if kind, elsewhere := sessionOf[r.Method]; elsewhere {
		return asks(r, kind)
	}
	return reply{
		verdict: verdict{waitsForGateway, byDefault}, facts: []fact{{event: pending, amount: r.amount}},
		waits: []wait{{step: clearing, at: r.at.Add(debitTakes)}},
	}
}

// bic is ISO 9362: four letters for the bank, two for the country, two for the place, three for a branch or none.
var bic = regexp.MustCompile(`^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$`)

// wrongFields is the code of what a method misses among its fields; "" if nothing.
func wrongFields(method string, fields map[string]string) string {
	if method == ideal && !bic.MatchString(fields["bic"]) {
		return bicInvalid
	}
	return ""
}
