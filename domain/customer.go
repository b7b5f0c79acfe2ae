package domain

import "time"

// Customer is somebody who comes back: a stream of their own, so that what they told can be forgotten while
// their orders stay.
type Customer struct {
	ID        CustomerID
	Person    PersonRef
	Rows      []string // of the cabinet, with every version of what they told
	Client    Person   // from the cabinet; empty when forgotten
	CreatedAt time.Time
	Forgotten bool
	Default   string // the source that is charged where none is named: the newest that was saved
	Version   int64
}

// CustomerBody is the body of customer.added and customer.updated.
type CustomerBody struct {
	Person PersonRef `json:"person"`
	Ask    string    `json:"ask,omitempty"`
}

// Forgetting is the body of person.forgotten: what of the cabinet it emptied.
type Forgetting struct {
	Row    string    `json:"row,omitempty"`    // a person's
	Papers []string  `json:"papers,omitempty"` // evidence of the order, by its SHA-256
	Orders []OrderID `json:"orders,omitempty"` // of a customer, in the last: in which orders they were forgotten
	Ask    string    `json:"ask,omitempty"`
}

// KeptSource is a source that a provider keeps under an id, so that it can be charged again.
type KeptSource struct {
	Source              // ID is src_; never more of a card than the last four
	Variant   string    `json:"variant"`
	Payment   PaymentID `json:"payment,omitempty"` // by which it came
	CreatedAt time.Time `json:"-"`
	Removed   bool      `json:"-"`

	Operations []*Operation `json:"-"` // what was asked of its provider
	Version    int64        `json:"-"`
}

// Keep is a source as till keeps it, once the provider of a payment has told that it does: what the provider does not
// say of it is as the payment has it, but for what its method asked for: that was told for the payment alone. It is the
// customer's who paid.
func (p *Payment) Keep(told Source, customer CustomerID) KeptSource {
	kept := KeptSource{Source: p.Source.kept(told), Variant: p.Variant, Payment: p.ID}
	kept.Customer, kept.Fields = customer, nil
	return kept
}

// Keep is a source as till keeps it once a call has made its provider keep it.
func (o *Operation) Keep(told Source) KeptSource {
	kept := KeptSource{Source: o.Source.kept(told), Variant: o.Variant}
	kept.Customer, kept.Fields = o.Customer, nil
	return kept
}

// SourceRemoval is the body of source.removed.
type SourceRemoval struct {
	Operation OperationID `json:"operation"` // the call that its provider agreed to
}

// Mandate is a customer's leave to charge a source again without them.
type Mandate struct {
	MandateOpening
	State      State
	RevokeLost bool // it was to be revoked and could not be: attention
	CreatedAt  time.Time
	Operations []*Operation
	Steps      []Step // every arrow that was walked, in order
	Version    int64
}

// MandateOpening is the body of mandate.opened.
type MandateOpening struct {
	ID       MandateID  `json:"id"`
	Customer CustomerID `json:"customer"`
	Source   Source     `json:"source"`
	Variant  string     `json:"variant"`
	Method   string     `json:"method"`
	Ask      string     `json:"ask,omitempty"`
}
