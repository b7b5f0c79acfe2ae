package sandbox

import (
	"encoding/json"
	"hash/fnv"
	"net/http"
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
	Amount      domain.Amount   `json:"amount"`
	Currency    domain.Currency `json:"currency,omitempty"`
	Capture     *bool           `json:"capture,omitempty"`
	Reference   string          `json:"reference"`
	Description string          `json:"description,omitempty"`
	Source      *domain.Source  `json:"source,omitempty"`
}

type answeredMessage struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    answeredBody      `json:"body"`
}

type answeredBody struct {
	ID       string          `json:"id,omitempty"`
	Approved *bool           `json:"approved,omitempty"`
	Code     string          `json:"response_code,omitempty"`
	Summary  string          `json:"response_summary,omitempty"`
	Rule     string          `json:"rule,omitempty"`
	Actions  []actionMessage `json:"actions,omitempty"`
}

type actionMessage struct {
	ID        string          `json:"id"`
	Type      string          `json:"type"`
	Amount    domain.Amount   `json:"amount"`
	Released  domain.Amount   `json:"released,omitempty"`
	Currency  domain.Currency `json:"currency"`
	Reference string          `json:"reference,omitempty"`
	Code      string          `json:"response_code,omitempty"`
	At        time.Time       `json:"processed_on"`
}

// paths are where the calls about a payment go.
var paths = map[domain.OperationKind]string{
	domain.Capture: "/captures", domain.Void: "/voids", domain.RefundMoney: "/refunds", domain.Sync: "/actions",
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
		status, body = http.StatusOK, answeredBody{ID: out.facts[0].account, Actions: body.Actions}
	}
	wire := s.answered(sentWire(op), op.Key, status, body)
	if out.garbled {
		wire.Answered = wire.Answered[:len(wire.Answered)/2]
	}
	return wire
}

func sentOf(op domain.Operation) sentMessage {
	path := "/payments/" + string(op.Payment) + paths[op.Kind]
	if op.Kind == domain.Sync {
		return sentMessage{Method: http.MethodGet, Path: path}
	}
	body := &sentBody{Amount: op.Amount, Currency: op.Currency, Reference: string(op.Payment), Description: op.Description}
	switch op.Kind {
	case domain.Authorize:
		path = "/payments"
		body.Capture, body.Source = new(op.Capture != domain.CaptureManual), new(sourceOf(op))
	case domain.RefundMoney:
		body.Reference = string(op.Refund)
	}
	return sentMessage{
		Method: http.MethodPost, Path: path, Body: body,
		Headers: map[string]string{"Idempotency-Key": op.Key},
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
	if means.end != notTaken {
		body.Approved = new(means.end == taken)
	}
	if len(out.facts) > 0 {
		body.ID = out.facts[0].account
	}
	return body
}

func actionsOf(facts []fact) []actionMessage {
	told := make([]actionMessage, 0, len(facts))
	for _, f := range facts {
		told = append(told, actionMessage{
			ID: f.action, Type: f.event, Amount: domain.Amount(f.amount), Released: domain.Amount(f.released),
			Currency: domain.Currency(f.currency), Reference: f.refund, Code: f.code, At: f.at,
		})
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
