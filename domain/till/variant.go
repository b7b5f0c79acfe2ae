package till

import (
	"slices"
	"strconv"
	"time"

	"till/domain"
)

// Variant is a way to reach a provider, by name, with the merchant's own terms.
type Variant struct {
	Name     string
	Title    string // for people; "" is the name
	Provider domain.Provider
	Notifier domain.Notifier    // nil where the provider tells nothing of its own accord, or tells it another variant
	Timeout  time.Duration      // of one call
	Capture  domain.CaptureMode // where neither a payment nor its order says; "" is auto
	HoldFor  time.Duration      // after which what is held is let go; 0 is as long as the provider allows
	Methods  []string           // what is offered; none: all that the provider has

	domain.Limits // of one payment
}

// Offer is a way to pay with the sentence why it is not possible; empty when it is.
type Offer struct {
	Variant  string
	Title    string // of the variant, for people
	Provider string
	Method   domain.Method
	Limits   domain.Limits
	Refusal  string
}

// Methods lists the ways to pay an amount in a currency, those that are not possible with the reason. Amount 0,
// in minor units, is one that is not known yet.
func (t *Till) Methods(c domain.Currency, amount domain.Amount) []Offer {
	var offers []Offer
	for _, v := range t.Variants {
		info := v.Provider.Info()
		for _, m := range info.Methods {
			if v.offers(m.Name) {
				offers = append(offers, Offer{
					Variant: v.Name, Title: v.title(), Provider: info.Name, Method: m, Limits: v.Limits,
					Refusal: v.refuses(m, c, amount),
				})
			}
		}
	}
	return offers
}

func (v Variant) title() string {
	if v.Title != "" {
		return v.Title
	}
	return v.Name
}

// Unknown names a method that is to be offered and that the provider does not have; empty where there is none.
func (v Variant) Unknown() string {
	for _, name := range v.Methods {
		if _, has := v.method(name); !has || name == "" {
			return strconv.Quote(name)
		}
	}
	return ""
}

// offers tells whether a method can be chosen for a new payment.
func (v Variant) offers(method string) bool {
	return len(v.Methods) == 0 || slices.Contains(v.Methods, method)
}

// method finds a method of the variant's provider; "", as of a payment before there is a method, is the first.
func (v Variant) method(name string) (domain.Method, bool) {
	methods := v.Provider.Info().Methods
	i := slices.IndexFunc(methods, func(m domain.Method) bool { return m.Name == name || name == "" })
	if i < 0 {
		return domain.Method{}, false
	}
	return methods[i], true
}

// refuses says why a method cannot take an amount in a currency; empty when it can.
func (v Variant) refuses(m domain.Method, c domain.Currency, amount domain.Amount) string {
	if refusal := m.Refuses(c); refusal != "" {
		return refusal
	}
	if refusal := v.outside(c, amount); refusal != "" {
		return "the amount " + refusal
	}
	return ""
}

// outside says why an amount is outside the variant's limits; empty when it is not, or there is none.
func (v Variant) outside(c domain.Currency, amount domain.Amount) string {
	if amount == 0 {
		return ""
	}
	return v.Refuses(c, amount)
}

// withinLimits refuses an increment to more than the variant may take (CodeInvalid).
func (t *Till) withinLimits(op *domain.Operation) error {
	i := slices.IndexFunc(t.Variants, func(v Variant) bool { return v.Name == op.Variant })
	if i < 0 || op.Kind != domain.Increment {
		return nil
	}
	if refusal := t.Variants[i].outside(op.Currency, op.Total); refusal != "" {
		return domain.Invalid("the increment", map[string]string{"amount": refusal})
	}
	return nil
}

// captureOf is when a payment is captured that does not say so itself: as its order says, else as the variant
// does, as far as the method can.
func (v Variant) captureOf(o *domain.Order, m domain.Method) domain.CaptureMode {
	wanted := v.Capture
	if o.SkipCapture && wanted != domain.CaptureMultiple {
		wanted = domain.CaptureManual
	}
	switch {
	case wanted == domain.CaptureMultiple && m.Can.MultiCapture:
		return domain.CaptureMultiple
	case (wanted == domain.CaptureMultiple || wanted == domain.CaptureManual) && m.Can.ManualCapture:
		return domain.CaptureManual
	}
	return domain.CaptureAuto
}

// holdFor is how long a hold lasts: what the merchant wants, or less where the provider holds no longer; 0 where
// neither says.
func (v Variant) holdFor(m domain.Method) time.Duration {
	if v.HoldFor == 0 || m.Can.HoldsFor == 0 {
		return max(v.HoldFor, m.Can.HoldsFor)
	}
	return min(v.HoldFor, m.Can.HoldsFor)
}

// choose finds the variant and the method of a new payment. Where no variant is named it is the first that takes
// the amount, else the first that offers the method: its refusal is told.
func (t *Till) choose(variant, method string, c domain.Currency, amount domain.Amount) (chosen Variant, m domain.Method, err error) {
	known, found := false, false
	for _, v := range t.Variants {
		if variant != "" && v.Name != variant {
			continue
		}
		known = true
		offered, has := v.method(method)
		if !has || !v.offers(method) {
			continue
		}
		if v.refuses(offered, c, amount) == "" {
			return v, offered, nil
		}
		if !found {
			chosen, m, found = v, offered, true
		}
	}
	if !found {
		err = notOffered(known)
	}
	return chosen, m, err
}

// route finds the provider and the method of a payment that there is, also where new ones are not offered it.
func (t *Till) route(variant, method string) (domain.Provider, domain.Method, error) {
	i := slices.IndexFunc(t.Variants, func(v Variant) bool { return v.Name == variant })
	if i < 0 {
		return nil, domain.Method{}, notOffered(false)
	}
	m, has := t.Variants[i].method(method)
	if !has {
		return nil, m, notOffered(true)
	}
	return t.Variants[i].Provider, m, nil
}

func notOffered(variantKnown bool) error {
	fields := map[string]string{"variant": "is not configured"}
	if variantKnown {
		fields = map[string]string{"method": "is not offered"}
	}
	return domain.Invalid("the payment", fields)
}

// deadline is when a call that begins now counts as lost.
func (t *Till) deadline(variant string) time.Time {
	for _, v := range t.Variants {
		if v.Name == variant {
			return domain.Instant(t.Env.Now().Add(v.Timeout))
		}
	}
	return domain.Instant(t.Env.Now())
}
