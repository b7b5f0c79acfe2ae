package till

import (
	"context"
	"strings"

	"till/domain"
)

// Pay makes one attempt to pay an order, or goes on with the one that was opened. A decline is CodeDeclined with
// the result beside it; a lost answer CodeUnknownOutcome. Pending is no error: the customer has something to do
// (Payment.Session), or it waits.
func (t *Till) Pay(ctx context.Context, in Intent, wished Payable) (Result, error) {
	wished = wished.clean()
	if !wished.Date.IsZero() {
		return t.schedule(ctx, in, wished)
	}
	return t.pay(ctx, in, wished, nil)
}

// Sell is Issue and Pay in one commit: there is no order unless the attempt may begin. Where the first of the keys has issued it
// already, it is paid as it is. Errors are those of the two.
func (t *Till) Sell(ctx context.Context, issue Intent, order NewOrder, in Intent, wished Payable) (Result, error) {
	if !wished.Date.IsZero() { // which the clock begins
		o, err := t.Issue(ctx, issue, order)
		if err != nil {
			return Result{}, err
		}
		wished.Order = o.ID
		return t.Pay(ctx, in, wished)
	}
	i, err := t.issuing(ctx, issue, order, domain.KindOrderIssued)
	if err != nil {
		return Result{}, err
	}
	return t.pay(ctx, in, wished.clean(), &i)
}

func (t *Till) pay(ctx context.Context, in Intent, wished Payable, issue *issuing) (Result, error) {
	result, err := t.run(ctx, in, wish{
		order: wished.Order, issue: issue, deed: domain.DeedPay, what: "pay", with: wished.kept(), card: wished.Card,
		decide: func(tx domain.Tx, o *domain.Order, in Intent) ([]domain.Entry, *domain.Operation, error) {
			opening, entries, err := t.begin(tx, o, in, wished)
			if err != nil {
				return nil, nil, err
			}
			return entries, t.charge(o, opening), nil
		},
	})
	return t.follow(ctx, in, result, err)
}

// begin is how an attempt comes to the point of being sent: opened now, or opened before and now with its terms.
func (t *Till) begin(tx domain.Tx, o *domain.Order, in Intent, wished Payable) (domain.Opening, []domain.Entry, error) {
	wished, entries, err := t.named(tx, in, o, wished)
	if err != nil {
		return domain.Opening{}, nil, err
	}
	if p := o.Unsent(); p != nil {
		if refusal := domain.FindAction(domain.OrderActions, "pay").Refusal(t.facts(o, nil, in)); refusal != nil {
			return domain.Opening{}, nil, refusal
		}
		opening, err := t.goOn(tx, o, p, wished)
		if err != nil {
			return opening, nil, err
		}
		e, err := in.entry(domain.KindPaymentChanged, o.ID, string(p.ID), "", domain.Change{Terms: opening.Terms})
		return opening, append(entries, e), err
	}
	opening := domain.Opening{Amount: wished.Amount}
	if wished.Amount == 0 && !wished.Verify {
		opening.Amount = o.BalanceDue()
	}
	if err := t.mayPay(o, in, opening); err != nil { // whether at all comes before how
		return opening, nil, err
	}
	opening, err = t.opening(tx, o, wished)
	if err != nil {
		return opening, nil, err
	}
	e, err := in.entry(domain.KindPaymentOpened, o.ID, string(opening.ID), "", opening)
	return opening, append(entries, e), err
}

// mayPay asks the order's machine whether an attempt may begin. One that was opened and not sent is gone on with.
func (t *Till) mayPay(o *domain.Order, in Intent, opening domain.Opening) error {
	if p := o.Unsent(); p != nil {
		refusal := domain.Errorf(domain.CodeIllegalTransition, "a payment of the order is open already: %s", p.HumanID).
			WithHint("go on with it: till pay %s; or give it up: till payment cancel %s", o.HumanID, p.HumanID)
		refusal.State, refusal.Event = o.State, "pay"
		return refusal
	}
	facts := t.facts(o, nil, in)
	facts.Amount = opening.Amount
	if refusal := domain.FindAction(domain.OrderActions, "pay").Refusal(facts); refusal != nil {
		return refusal
	}
	return nil
}

// opening is the attempt as it begins: what is paid, with what, through whom.
func (t *Till) opening(tx domain.Tx, o *domain.Order, wished Payable) (domain.Opening, error) {
	opening := domain.Opening{ID: domain.PaymentID(t.Env.NewID("pay_")), Amount: wished.Amount}
	if wished.Amount == 0 && !wished.Verify {
		opening.Amount = o.BalanceDue()
	}
	wished, err := t.chargeable(tx, wished)
	if err != nil {
		return opening, err
	}
	if opening.Terms, err = t.terms(o, opening.Amount, wished); err != nil {
		return opening, err
	}
	opening.HumanID, err = t.humanID(tx)
	return opening, err
}

// goOn settles the terms of an attempt that was opened before.
func (t *Till) goOn(tx domain.Tx, o *domain.Order, p *domain.Payment, wished Payable) (domain.Opening, error) {
	opening := p.Opening
	if wished.Amount != 0 && wished.Amount != p.Amount {
		return opening, domain.Invalid("the payment", map[string]string{
			"amount": "is " + o.Cart.Currency.Format(p.Amount) + " since the payment was opened",
		})
	}
	if wished.Variant == "" {
		wished.Variant = p.Variant
	}
	if wished.Method == "" { // by what was chosen with it
		wished.Method, wished.Source = p.Method, p.Source
	}
	wished, err := t.chargeable(tx, wished)
	if err != nil {
		return opening, err
	}
	opening.Terms, err = t.terms(o, p.Amount, wished)
	return opening, err
}

// terms are how an attempt pays, as far as its method allows: all that it does not is named at once (CodeInvalid).
func (t *Till) terms(o *domain.Order, amount domain.Amount, wished Payable) (domain.Terms, error) {
	if wished.Method == "" {
		return domain.Terms{}, domain.Invalid("the payment", map[string]string{"source": "is missing"})
	}
	v, method, err := t.choose(wished.Variant, wished.Method, o.Cart.Currency, amount)
	if err != nil {
		return domain.Terms{}, err
	}
	terms := domain.Terms{
		Variant: v.Name, Provider: v.Provider.Info().Name, Method: method.Name,
		Capture: wished.Capture, Partial: wished.Partial, Source: wished.source(), Single: !method.Can.MultiCapture || wished.Capture != domain.CaptureMultiple,
		Tendered: wished.Tendered, Retries: wished.Retries, ThreeDS: wished.ThreeDS, CanThreeDS: method.Can.ThreeDS,
		WithoutThreeDS: wished.WithoutThreeDS, HoldFor: v.holdFor(method), Save: wished.Save, Customer: wished.Source.Customer, On: wished.Date.UTC(),
		Reference: wished.Reference, Description: wished.Description, Metadata: wished.Metadata,
	}
	if method.Name == domain.Cash {
		terms.Rounded = domain.CashRounding(t.Country, o.Cart.Currency, amount)
	}
	if terms.Capture == "" {
		terms.Capture = v.captureOf(o, method)
	}
	fields := termProblems(o, terms, amount, method, wished)
	if refusal := v.outside(o.Cart.Currency, amount); refusal != "" {
		fields["amount"] = refusal
	}
	return terms, domain.Invalid("the payment", fields)
}

func termProblems(o *domain.Order, terms domain.Terms, amount domain.Amount, method domain.Method, wished Payable) map[string]string {
	can, money := method.Can, o.Cart.Currency.Format
	problems := []struct {
		field, sentence string
		wrong           bool
	}{
		{"currency", method.Refuses(o.Cart.Currency), method.Refuses(o.Cart.Currency) != ""},
		{"capture", "is possible only once with " + method.Name, terms.Capture == domain.CaptureMultiple && !can.MultiCapture},
		{"capture", "is not possible later with " + method.Name, terms.Capture != domain.CaptureAuto && !can.ManualCapture},
		{"tendered", "is less than " + money(amount+terms.Rounded), terms.Tendered != 0 && terms.Tendered < amount+terms.Rounded},
		{"source", "needs a card", method.Name == "card" && terms.Source.ID == "" && terms.Source.Customer == "" && terms.Source.Last4 == ""},
		{"amount", "must be at least " + money(1) + ": " + method.Name + " cannot only be verified", amount == 0 && !can.Verify},
		{"3ds", "is not possible with " + method.Name, terms.ThreeDS && !can.ThreeDS},
		{"partial", "is not possible with " + method.Name, terms.Partial && !can.PartialAuth},
		{"save", "is not possible with " + method.Name, terms.Save && !can.Recurring},
		{"date", "needs a card or a saved source: " + method.Name + " cannot be charged later", !wished.Date.IsZero() && !can.Recurring},
		{"retries", "must be 0 to 10", wished.Retries < 0 || wished.Retries > 10},
		{"retries", "are not possible with " + method.Name, wished.Retries > 0 && !can.Sync},
	}
	fields := map[string]string{}
	for _, p := range problems {
		if p.wrong {
			fields[p.field] = p.sentence
		}
	}
	return fields
}

// clean makes text from outside inert and masks card numbers in it.
func (w Payable) clean() Payable {
	w.Reference, w.Description = tidy(w.Reference), tidy(w.Description)
	if len(w.Metadata) > 0 {
		w.Metadata = cleanMetadata(w.Metadata)
	}
	w.Source.ID = tidy(w.Source.ID)
	if w.Source.Fields != nil {
		fields := map[string]string{}
		for name, value := range w.Source.Fields {
			fields[tidy(name)] = tidy(value)
		}
		w.Source.Fields = fields
	}
	return w
}

// source is what may be known of what it is paid with.
func (w Payable) source() domain.Source {
	if w.Card != nil && w.Card.Number.Reveal() != "" {
		source := w.Card.Source()
		source.Customer = w.Source.Customer
		return source
	}
	source := w.Source
	if source.Type == "" {
		source.Type = w.Method
	}
	return source
}

// kept is what a repeat must be the same in: never more of a card than may be known.
func (w Payable) kept() any {
	source := w.source()
	w.Card = nil
	return struct {
		Payable
		domain.Source
	}{w, source}
}

// charge is the operation by which an attempt is sent.
func (t *Till) charge(o *domain.Order, p domain.Opening) *domain.Operation {
	op := t.operation(domain.Authorize, o, p)
	if p.Source.Type == "mandate" {
		op.Kind, op.Mandate = domain.ChargeRecurring, domain.MandateID(p.Source.ID)
	}
	op.Capture = p.Capture
	if _, method, err := t.route(p.Variant, p.Method); p.Group != "" && err == nil && method.Can.ManualCapture {
		op.Capture = domain.CaptureManual // held until the whole group is
	}
	op.ThreeDS, op.WithoutIt, op.Partial, op.Save = p.ThreeDS, p.WithoutThreeDS, p.Partial, p.Save
	op.Customer, op.Reference, op.Description = p.Customer, p.Reference, p.Description
	return op
}

func (t *Till) operation(kind domain.OperationKind, o *domain.Order, p domain.Opening) *domain.Operation {
	return &domain.Operation{
		ID: domain.OperationID(t.Env.NewID("op_")), Kind: kind, Order: o.ID, Payment: p.ID,
		Amount: p.Amount, Currency: o.Cart.Currency, Method: p.Method, Variant: p.Variant,
		Source: p.Source, Deadline: t.deadline(p.Variant),
	}
}

// InferSource tells what a source of another system's making is (S2, in its documented order): one with a number is
// a card, with an e-mail or a cus_ id a customer, with a token that, with a src_ id a kept one; else an error that
// names the field (CodeInvalid). What has a type keeps it.
func InferSource(of map[string]string) (kind string, err error) {
	id := of["id"]
	switch {
	case of["type"] != "":
		return of["type"], nil
	case of["number"] != "":
		return "card", nil
	case of["email"] != "" || strings.HasPrefix(id, "cus_"):
		return "customer", nil
	case of["token"] != "":
		return "token", nil
	case strings.HasPrefix(id, "src_"):
		return "id", nil
	}
	return "", domain.Invalid("the payment", map[string]string{"source.type": "is missing and cannot be told: give a type, a number, an email, a token, or an id that begins with cus_ or src_"})
}
