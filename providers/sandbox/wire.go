package sandbox

import (
	"cmp"
	"encoding/json"
	"hash/fnv"
	"time"

	"till/domain"
)

// The wire shows each call as the REST exchange that it would be at a gateway such as Checkout.com. Of a card
// there is no more than its brand, its last four digits and its expiry.

type sentMessage struct {
	Method  string            `json:"method"`
	Path    string            `json:"path"`
	Headers map[string]string `json:"headers,omitempty"`
	Body    *sentBody         `json:"body,omitempty"`
}

type sentBody struct {
	Amount      domain.Amount     `json:"amount"`
	Currency    domain.Currency   `json:"currency,omitempty"`
	Capture     *bool             `json:"capture,omitempty"`
	CaptureType string            `json:"capture_type,omitempty"`
	PaymentType string            `json:"payment_type,omitempty"`
	Reference   string            `json:"reference"`
	Description string            `json:"description,omitempty"`
	Customer    domain.CustomerID `json:"customer,omitempty"`
	Source      *domain.Source    `json:"source,omitempty"`
	Destination *domain.Source    `json:"destination,omitempty"`
	ThreeDS     *sentThreeDS      `json:"3ds,omitempty"`
	Partial     bool              `json:"partial_authorization,omitempty"`
	Stage       string            `json:"stage,omitempty"`
	Evidence    []domain.Paper    `json:"evidence,omitempty"` // in the message they are files
}

type sentThreeDS struct {
	Enabled   bool `json:"enabled"`
	WithoutIt bool `json:"attempt_n3d"`
}

type answeredMessage struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    answeredBody      `json:"body"`
}

type answeredBody struct {
	ID       string            `json:"id,omitempty"`
	Approved *bool             `json:"approved,omitempty"`
	Code     string            `json:"response_code,omitempty"`
	Summary  string            `json:"response_summary,omitempty"`
	Rule     string            `json:"rule,omitempty"`
	Source   *domain.Source    `json:"source,omitempty"`
	ThreeDS  *domain.ThreeDS   `json:"3ds,omitempty"`
	Risk     *domain.Screening `json:"risk,omitempty"`
	Actions  []actionMessage   `json:"actions,omitempty"`
	Links    map[string]link   `json:"_links,omitempty"`
}

type link struct {
	Href string `json:"href"`
}

type actionMessage struct {
	ID        string          `json:"id"`
	Type      string          `json:"type"`
	Amount    domain.Amount   `json:"amount"`
	Released  domain.Amount   `json:"released,omitempty"`
	Currency  domain.Currency `json:"currency,omitempty"`
	Reference string          `json:"reference,omitempty"`
	Session   string          `json:"session,omitempty"`
	Dispute   string          `json:"dispute,omitempty"`
	Status    string          `json:"dispute_status,omitempty"`
	Code      string          `json:"response_code,omitempty"`
	At        time.Time       `json:"processed_on"`
}

const statusOK = 200 // named here, as net/http could call somebody

// paths are where the calls go, under the name of what they are about.
var paths = map[domain.OperationKind]string{
	domain.Increment: "/authorizations", domain.Capture: "/captures", domain.Void: "/voids", domain.Reverse: "/reversals",
	domain.RefundMoney: "/refunds", domain.Sync: "/actions",
	domain.DisputeAccept: "/accept", domain.DisputeEvidence: "/evidence", domain.DisputeDecline: "/decline",
	domain.DisputeWithdraw: "/withdrawals", domain.DisputeFile: "/escalations",
	domain.PayoutConfirm: "/confirmations", domain.PayoutCancel: "/cancellations",
}

func sentWire(op domain.Operation) domain.Wire {
	return domain.Wire{Operation: op.ID, Sent: asText(sentOf(op))}
}

// wireOf is what went over the line for a call: nothing where nobody was there, only what was sent where no answer
// came.
func (s *Sandbox) wireOf(op domain.Operation, out reply) domain.Wire {
	switch out.code {
	case connectionRefused:
		return domain.Wire{}
	case "":
		return sentWire(op)
	}
	status, body := codes[out.code].status, bodyOf(out)
	if op.Kind == domain.Sync && len(out.facts) > 0 {
		status, body = statusOK, answeredBody{ID: out.facts[0].account, Actions: body.Actions}
	}
	wire := s.answered(sentWire(op), op.Key, status, body)
	if out.garbled {
		wire.Answered = wire.Answered[:len(wire.Answered)/2]
	}
	return wire
}

func sentOf(op domain.Operation) sentMessage {
	about := "/payments/" + string(op.Payment)
	switch {
	case op.Payout != "":
		about = "/payouts/" + string(op.Payout)
	case op.Payment == "":
		about = "/mandates/" + string(op.Mandate)
	}
	sent := sentMessage{Method: "POST", Path: about + paths[op.Kind]}
	switch op.Kind {
	case domain.Sync:
		sent.Method = "GET"
		return sent
	case domain.VerifyRedirect:
		sent.Method, sent.Path = "GET", "/payments/"+cmp.Or(op.Session, string(op.Payment))
		return sent
	case domain.Authorize, domain.ChargeRecurring:
		sent.Path = "/payments"
	case domain.CreateOrder:
		sent.Path = "/payment-links"
	case domain.PayoutMoney:
		sent.Path = "/payouts"
	case domain.SetupRecurring:
		sent.Path = "/instruments"
	case domain.RefundCancel:
		sent.Path += "/refunds/" + string(op.Refund) + "/cancellations"
	case domain.DisputeAccept, domain.DisputeEvidence, domain.DisputeDecline, domain.DisputeWithdraw, domain.DisputeFile:
		sent.Path = "/disputes/" + string(op.Case) + paths[op.Kind]
	case domain.Revoke:
		sent.Method, sent.Path = "DELETE", "/mandates/"+string(op.Mandate)
		if op.Mandate == "" {
			sent.Path = "/instruments/" + op.Source.ID
		}
	}
	sent.Headers = map[string]string{"Idempotency-Key": op.Key}
	if op.Kind != domain.Revoke {
		sent.Body = bodySent(op)
	}
	return sent
}

func bodySent(op domain.Operation) *sentBody {
	body := &sentBody{Amount: op.Amount, Currency: op.Currency, Reference: reference(op), Description: op.Description, Stage: op.Stage, Evidence: op.Papers}
	switch op.Kind {
	case domain.Authorize, domain.ChargeRecurring:
		body.charges(op)
	case domain.SetupRecurring:
		body.Customer, body.Source = op.Customer, new(sourceOf(op))
	case domain.Capture:
		body.CaptureType = "NonFinal"
		if op.Final {
			body.CaptureType = "Final"
		}
	case domain.RefundMoney:
		body.Reference = string(op.Refund)
	case domain.PayoutMoney, domain.PayoutConfirm:
		if op.Source.Last4 != "" {
			body.Destination = new(op.Source)
		}
	}
	return body
}

// charges adds what only a payment tells that begins.
func (b *sentBody) charges(op domain.Operation) {
	b.Capture = new(op.Capture != domain.CaptureManual && op.Capture != domain.CaptureMultiple)
	b.Customer, b.Source, b.Partial = op.Customer, new(sourceOf(op)), op.Partial
	if op.Kind == domain.ChargeRecurring {
		b.PaymentType = "Recurring"
	}
	if op.ThreeDS {
		b.ThreeDS = &sentThreeDS{Enabled: true, WithoutIt: op.WithoutIt}
	}
}

func sourceOf(op domain.Operation) domain.Source {
	if op.Card != nil {
		return op.Card.Source()
	}
	return op.Source
}

// answered adds to what was sent what came back, and the sandbox's made-up time for it.
func (s *Sandbox) answered(sent domain.Wire, key string, status int, body answeredBody) domain.Wire {
	headers := map[string]string{"Request-Id": s.env.NewID("req_")}
	sent.Answered = asText(answeredMessage{Status: status, Headers: headers, Body: body})
	sent.Took = madeUpTime(key)
	return sent
}

func bodyOf(out reply) answeredBody {
	means := codes[out.code]
	body := answeredBody{Code: out.code, Summary: means.sentence, Rule: out.rule, Actions: actionsOf(out.facts)}
	if means.end == taken || means.end == refused {
		body.Approved = new(means.end == taken)
	}
	for _, f := range out.facts {
		body.ID = f.account
		body.Source, body.ThreeDS, body.Risk = cmp.Or(f.Source, body.Source), cmp.Or(f.ThreeDS, body.ThreeDS), cmp.Or(f.Fraud, body.Risk)
		if f.Session != nil && f.Session.URL != "" {
			body.Links = map[string]link{"redirect": {f.Session.URL}}
		}
	}
	return body
}

func actionsOf(facts []fact) []actionMessage {
	told := make([]actionMessage, 0, len(facts))
	for _, f := range facts {
		action := actionMessage{
			ID: f.action, Type: f.event, Amount: domain.Amount(f.amount), Released: domain.Amount(f.released),
			Currency: domain.Currency(f.currency), Reference: f.refund, Code: f.code, At: f.at,
		}
		if f.Session != nil {
			action.Session = f.Session.ID
		}
		if f.Dispute != nil {
			action.Dispute, action.Status = string(f.Case), f.Dispute.Stage+"/"+f.Dispute.Status
		}
		told = append(told, action)
	}
	return told
}

// madeUpTime is 20 to 180 ms, always the same for a key: a demonstration comes out the same every time.
func madeUpTime(key string) time.Duration {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key)) // a hash never fails
	return time.Duration(20+h.Sum32()%161) * time.Millisecond
}

func asText(message any) string {
	text, err := json.Marshal(message)
	if err != nil {
		return "not shown: " + err.Error()
	}
	return string(text)
}
