package cli

import (
	"cmp"

	"till/domain"
	"till/domain/till"
)

type disputeObject struct {
	ID             domain.DisputeID  `json:"id"`
	Payment        domain.PaymentID  `json:"payment"`
	Order          domain.OrderID    `json:"order"`
	Number         string            `json:"order_number"`
	Stage          string            `json:"stage"`
	Status         string            `json:"status"`
	Flat           string            `json:"flat_status"`
	Announced      bool              `json:"announced"`
	Amount         string            `json:"amount"`
	Currency       domain.Currency   `json:"currency"`
	Fee            string            `json:"fee"`
	Money          string            `json:"money"`
	ReasonCode     string            `json:"reason_code"`
	Reason         string            `json:"reason"` // what the code means
	Category       string            `json:"category"`
	Network        string            `json:"network"`
	LiabilityShift bool              `json:"liability_shift"`
	RaisedBy       string            `json:"raised_by"`
	OpenedAt       stamp             `json:"opened_at"`
	RespondBy      stamp             `json:"respond_by"` // null where nobody waits for us
	Evidence       []paperObject     `json:"evidence"`
	Permitted      []string          `json:"permitted_actions"`
	Refused        map[string]string `json:"refused_actions"`
	Lens           lensObject        `json:"lens,omitempty"`
}

type paperObject struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	At     stamp  `json:"at"`
	Sent   bool   `json:"sent"`
	Gone   bool   `json:"forgotten,omitempty"` // what is in it is kept no more
}

func disputeOf(t *till.Till, o *domain.Order, p *domain.Payment, d *domain.Dispute) disputeObject {
	money := o.Cart.Currency.Format
	reason := d.Meaning()
	object := disputeObject{
		ID: d.ID, Payment: p.ID, Order: o.ID, Number: o.Number, Stage: d.Stage, Status: d.Status, Flat: d.FlatStatus(),
		Announced: d.Announced, Amount: money(d.Amount), Currency: o.Cart.Currency, Fee: money(d.Fee), Money: d.Money,
		ReasonCode: d.ReasonCode, Reason: reason.Means, Category: cmp.Or(d.Category, reason.Category), Network: d.Network,
		LiabilityShift: d.Shifted(p), RaisedBy: d.RaisedBy, OpenedAt: stamp(d.OpenedAt), RespondBy: stamp(d.AnswerBy()),
		Evidence: []paperObject{},
	}
	for _, paper := range d.Papers {
		object.Evidence = append(object.Evidence, paperObject{paper.Name, paper.Type, paper.Size, paper.SHA256, stamp(paper.At), paper.Sent, paper.Gone})
	}
	object.Permitted, object.Refused = sorted(t.DisputeActions(o, p, d))
	return object
}

func disputeObjects(t *till.Till, o *domain.Order, p *domain.Payment) []disputeObject {
	all := make([]disputeObject, len(p.Disputes))
	for i, d := range p.Disputes {
		all[i] = disputeOf(t, o, p, d)
	}
	return all
}
