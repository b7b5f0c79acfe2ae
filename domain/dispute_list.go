package domain

import "time"

// DisputeQuery filters and pages the list of disputes.
type DisputeQuery struct {
	Open  bool   // only those in which somebody still has to act
	Sort  string // opened_at (the newest first, as "" is) or respond_by (the most urgent first)
	After string // the Next of the page before
	Page  int    // instead of After: pages are counted from 0
	Size  int    // 10 if 0; at most 1,000
}

// DisputePage is a page of the list.
type DisputePage struct {
	Items []DisputeRow
	Next  string // "" at the end
}

// DisputeRow is a dispute in a list.
type DisputeRow struct {
	ID         DisputeID
	Payment    PaymentID
	Order      OrderID
	Number     string // of the order
	HumanID    string // of the order
	Customer   string
	Stage      string
	Status     string
	Amount     Amount // minor units
	Currency   Currency
	Money      string // none, held, returned, lost
	ReasonCode string
	Network    string
	RespondBy  time.Time // zero where nobody waits for us, UTC
	OpenedAt   time.Time // UTC
}

// State is where the case stands: its stage and its status.
func (r DisputeRow) State() State { return State(r.Stage + "/" + r.Status) }

// IsOpen tells whether somebody still has to act: we, or the other side.
func (d *Dispute) IsOpen() bool { return d.isOpen() }

// OurTurn tells whether we may still answer.
func (d *Dispute) OurTurn() bool { return d.Status == StatusOpen }

// TheirTurn tells whether we have answered, and the other side decides.
func (d *Dispute) TheirTurn() bool { return d.Status == StatusResponded }

// OurTurn tells whether we may still answer.
func (r DisputeRow) OurTurn() bool { return r.Status == StatusOpen }

// TheirTurn tells whether we have answered, and the other side decides.
func (r DisputeRow) TheirTurn() bool { return r.Status == StatusResponded }

// IsOpen tells whether somebody still has to act: we, or the other side.
func (r DisputeRow) IsOpen() bool { return r.OurTurn() || r.TheirTurn() }

// FlatStatus is the gateway's one word for the case, in snake_case (lifecycle §11).
func (d *Dispute) FlatStatus() string { return flatStage(d.Stage) }

// Meaning is the other side's reason, in plain words where it is one of its network's.
func (d *Dispute) Meaning() Reason {
	if known, ok := ReasonOf(d.Network, d.ReasonCode); ok {
		return known
	}
	return Reason{Code: d.ReasonCode, Network: d.Network, Category: d.Category}
}
