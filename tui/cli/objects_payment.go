package cli

import (
	"encoding/json"

	"till/domain"
	"till/domain/till"
)

// The objects of payments, refunds and operations, as programs read them.

type paymentObject struct {
	ID               domain.PaymentID    `json:"id"`
	HumanID          string              `json:"human_id"`
	Order            domain.OrderID      `json:"order"`
	Group            *domain.GroupID     `json:"group"`
	Variant          string              `json:"variant"`
	Provider         string              `json:"provider"`
	Method           string              `json:"method"`
	Status           domain.State        `json:"status"`
	CurrentState     string              `json:"current_state"`
	IsPending        bool                `json:"is_pending"`
	RequiresRedirect bool                `json:"requires_redirect"`
	RedirectURL      string              `json:"redirect_url"`
	Session          *sessionObject      `json:"session"`
	Approved         bool                `json:"approved"`
	Amount           string              `json:"amount"`
	Currency         domain.Currency     `json:"currency"`
	Authorized       string              `json:"amount_authorized"`
	Captured         string              `json:"amount_captured"`
	Released         string              `json:"amount_released"`
	Refunded         string              `json:"amount_refunded"`
	Reversed         string              `json:"amount_reversed"`
	Disputed         string              `json:"amount_disputed"`
	Capturable       string              `json:"capturable"`
	Refundable       string              `json:"refundable"`
	Net              string              `json:"net"`
	Tendered         string              `json:"tendered,omitempty"`
	Rounded          string              `json:"rounded,omitempty"` // what rounding the cash added, below 0 what it took off
	Change           string              `json:"change,omitempty"`
	Source           domain.Source       `json:"source"`
	ThreeDS          domain.ThreeDS      `json:"three_ds"`
	FraudStatus      string              `json:"fraud_status"`
	FraudMessage     string              `json:"fraud_message"`
	RiskFlagged      bool                `json:"risk_flagged"`
	Code             string              `json:"status_code"`
	Message          string              `json:"error_message"`
	Decline          *domain.CodeMeaning `json:"decline"`
	Date             stamp               `json:"payment_date"`
	Active           bool                `json:"active"`
	Attempt          int                 `json:"attempt"`
	RetryAt          stamp               `json:"retry_at"`
	HoldEnds         stamp               `json:"hold_ends_at"`
	Reference        string              `json:"reference"`
	Description      string              `json:"description"`
	Metadata         json.RawMessage     `json:"metadata"`
	Permitted        []string            `json:"permitted_actions"`
	Refused          map[string]string   `json:"refused_actions"`
	Operations       []operationObject   `json:"operations"`
	Refunds          []refundObject      `json:"refunds"`
	Disputes         []disputeObject     `json:"disputes"`
	CreatedAt        stamp               `json:"created_at"`
	Lens             lensObject          `json:"lens,omitempty"`
}

// sessionObject is what the customer has to do elsewhere, and what can become of it.
type sessionObject struct {
	ID      string             `json:"id"`
	Kind    domain.SessionKind `json:"kind"`
	URL     string             `json:"url"`
	Code    string             `json:"code"`
	Until   stamp              `json:"until"`
	Results []string           `json:"results"`
}

type operationObject struct {
	ID          domain.OperationID   `json:"id"`
	Type        domain.OperationKind `json:"type"`
	Status      domain.State         `json:"status"`
	Amount      string               `json:"amount"`
	Reference   string               `json:"reference"`
	Description string               `json:"description,omitempty"`
	Key         string               `json:"idempotency_key"`
	Code        string               `json:"response_code"`
	Summary     string               `json:"response_summary"`
	Rule        string               `json:"rule,omitempty"` // which of its rules decided, where the sandbox answered
	ProviderID  string               `json:"provider_id"`
	Shift       domain.ShiftID       `json:"shift,omitempty"` // of cash: whose drawer it went into or came out of
	Tries       int                  `json:"tries"`
	RequestedAt stamp                `json:"requested_at"`
	AnsweredAt  stamp                `json:"answered_at"`
}

type refundObject struct {
	ID        domain.RefundID   `json:"id"`
	Payment   domain.PaymentID  `json:"payment"`
	Amount    string            `json:"amount"`
	Currency  domain.Currency   `json:"currency"`
	Status    domain.State      `json:"status"`
	Reason    string            `json:"reason"`
	Reference string            `json:"reference"`
	Lines     []lineObject      `json:"lines"`
	Rounded   string            `json:"rounded,omitempty"` // what rounding the cash added, below 0 what it took off
	Code      string            `json:"status_code"`
	Message   string            `json:"error_message"`
	Origin    string            `json:"origin"`   // provider: it gave the money back by itself
	Instead   domain.RefundID   `json:"retry_of"` // the failed one that it repeats
	CreatedAt stamp             `json:"created_at"`
	Permitted []string          `json:"permitted_actions"`
	Refused   map[string]string `json:"refused_actions"`
	Lens      lensObject        `json:"lens,omitempty"`
}

// lineObject is some pieces of a line that go back.
type lineObject struct {
	SKU      string `json:"sku"`
	Title    string `json:"title"`
	Quantity int64  `json:"quantity"`
	Amount   string `json:"amount"`
}

func paymentOf(t *till.Till, o *domain.Order, p *domain.Payment) paymentObject {
	money, s := o.Cart.Currency.Format, p.Sums
	object := paymentObject{
		ID: p.ID, HumanID: p.HumanID, Order: o.ID, Variant: p.Variant, Provider: p.Provider, Method: p.Method,
		Status: p.State, CurrentState: p.CurrentState(t.Env.Now()), IsPending: p.IsOpen(), Approved: p.Approved(),
		Amount: money(p.Amount), Currency: o.Cart.Currency, Authorized: money(s.Authorized), Captured: money(s.Captured),
		Released: money(s.Released), Refunded: money(s.Returned()), Reversed: money(s.Reversed),
		Disputed: money(s.DisputedHeld + s.DisputedLost), Capturable: money(s.Capturable()),
		Refundable: money(s.Refundable()), Net: money(s.Net()), Source: p.Source, Session: sessionOf(p),
		ThreeDS: p.ThreeDS, FraudStatus: p.Fraud.Status, FraudMessage: p.Fraud.Message, RiskFlagged: p.Flagged,
		Code: p.Code, Message: p.Message, Decline: p.Decline(), Date: stamp(p.Date), Active: !p.Paused, Attempt: p.Attempt,
		HoldEnds: stamp(p.HoldEnds()), Reference: p.Reference, Description: p.Description, Metadata: p.Metadata,
		Operations: operationObjects(o, p), Refunds: refundObjects(t, o, p), Disputes: disputeObjects(t, o, p),
		CreatedAt: stamp(p.CreatedAt),
	}
	if p.Group != "" {
		object.Group = &p.Group
	}
	if object.Session != nil {
		object.RedirectURL = object.Session.URL
		object.RequiresRedirect = object.RedirectURL != ""
	}
	if wait, at := p.Waits(); wait == domain.WaitsForRetry {
		object.RetryAt = stamp(at)
	}
	if p.Tendered > 0 {
		object.Tendered, object.Change = money(p.Tendered), money(p.Change())
	}
	if p.Rounded != 0 {
		object.Rounded = money(p.Rounded)
	}
	object.Permitted, object.Refused = sorted(t.PaymentActions(o, p))
	return object
}

func sessionOf(p *domain.Payment) *sessionObject {
	s := p.Session()
	if s == nil {
		return nil
	}
	return &sessionObject{ID: s.ID, Kind: s.Kind, URL: s.URL, Code: s.Code, Until: stamp(s.Until), Results: s.Kind.Results()}
}

func operationObjects(o *domain.Order, p *domain.Payment) []operationObject {
	all := make([]operationObject, len(p.Operations))
	for i, op := range p.Operations {
		all[i] = operationOf(op, o.Cart.Currency.Format(op.Amount))
	}
	return all
}

func operationOf(op *domain.Operation, amount string) operationObject {
	return operationObject{
		ID: op.ID, Type: op.Kind, Status: op.State, Amount: amount,
		Reference: op.Reference, Description: op.Description, Key: op.Key, Code: op.Code, Summary: op.Summary, Rule: op.Rule, ProviderID: op.ProviderID, Shift: op.Shift,
		Tries: op.Tries, RequestedAt: stamp(op.RequestedAt), AnsweredAt: stamp(op.AnsweredAt),
	}
}

func refundObjects(t *till.Till, o *domain.Order, p *domain.Payment) []refundObject {
	all := make([]refundObject, len(p.Refunds))
	for i, r := range p.Refunds {
		all[i] = refundOf(t, o, p, r)
	}
	return all
}

func refundOf(t *till.Till, o *domain.Order, p *domain.Payment, r *domain.Refund) refundObject {
	object := refundObject{
		ID: r.ID, Payment: r.Payment, Amount: o.Cart.Currency.Format(r.Amount), Currency: o.Cart.Currency,
		Status: r.State, Reason: r.Reason, Reference: r.Reference, Lines: []lineObject{},
		Code: r.Code, Message: r.Message, Origin: r.Origin, Instead: r.Instead, CreatedAt: stamp(r.CreatedAt),
	}
	if r.Rounded != 0 {
		object.Rounded = o.Cart.Currency.Format(r.Rounded)
	}
	for _, part := range r.Lines {
		line := o.Cart.Lines[part.Line]
		object.Lines = append(object.Lines, lineObject{line.SKU, line.Name(), part.Quantity, o.Cart.Currency.Format(part.Amount)})
	}
	object.Permitted, object.Refused = sorted(t.RefundActions(o, p, r))
	return object
}
