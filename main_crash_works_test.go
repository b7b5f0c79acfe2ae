package main

import (
	"till/domain"
	"till/domain/till"
)

// deed is one thing that a child does, as it is told to the parent and to the next child: what it is about is there
// before it begins, and its key is made once.
type deed struct {
	Work, Key string
	Price     domain.Amount // of what is issued
	Order     domain.OrderID
	Payment   domain.PaymentID
	Dispute   domain.DisputeID
	Customer  domain.CustomerID
	Payout    domain.PayoutID
	Orders    []domain.OrderID
	Email     string `json:",omitempty"` // of who is to be forgotten
	Sale      string `json:",omitempty"` // that is parked
	File      string `json:",omitempty"` // that is imported

	Operation domain.OperationID // what was told once it was done: the operation of that key, and what it moved
	State     domain.State
	Amount    domain.Amount // minor units
	Seq       domain.Seq    // the end of the journal then, and its hash
	Hash      string
}

// work is a kind of deed of a shop.
type work struct {
	name    string
	reaches []string // the points that it must come by
	often   int      // how often it comes by them
	prepare func(c *child, d *deed) error
	do      func(c *child, d *deed) error
}

// The points of a deed that asks the gateway, of one that is decided here, and of one that books what it is told.
var (
	road  = []string{beforeIntent, inIntent, afterIntent, inGateway, afterGateway, beforeOutcome, inOutcome, afterOutcome, acknowledged}
	alone = []string{beforeIntent, inIntent, afterIntent, acknowledged}
	heard = []string{beforeOutcome, inOutcome, afterOutcome, acknowledged}
)

var works = []work{
	{"issue", alone, 1, nothing, (*child).issue},
	{"cancel", alone, 1, (*child).issued, (*child).cancel},
	{"pay by card", road, 1, (*child).issued, (*child).pay},
	{"pay in cash", alone, 1, (*child).issued, (*child).payCash},
	{"sell by card", road, 1, nothing, (*child).sell},
	{"sell for cash", alone, 1, nothing, (*child).sellForCash},
	{"pay a group", road, 2, (*child).issuedThree, (*child).payGroup},
	{"hold", road, 1, (*child).issued, (*child).hold},
	{"capture", road, 1, (*child).isHeld, (*child).capture},
	{"increment", road, 1, (*child).isHeld, (*child).increment},
	{"void", road, 1, (*child).isHeld, (*child).void},
	{"refund", road, 1, (*child).paid, (*child).refund},
	{"reverse", road, 1, (*child).paid, (*child).reverse},
	{"sync", append([]string{afterGateway}, heard...), 1, (*child).lost, (*child).sync},
	{"hear of a dispute", heard, 1, (*child).raised, (*child).listen},
	{"answer a dispute", road, 1, (*child).disputed, (*child).evidence},
	{"accept a dispute", road, 1, (*child).disputed, (*child).accept},
	{"create a payout", road, 1, nothing, (*child).createPayout},
	{"confirm a payout", road, 1, (*child).created, (*child).confirmPayout},
	{"open the shift", alone, 1, (*child).closed, (*child).openShift},
	{"close the shift", alone, 1, (*child).opened, (*child).closeShift},
	{"pay in", alone, 1, (*child).opened, (*child).payIn},
	{"advance the clock", road, 1, (*child).declined, (*child).advance},
	{"add a customer", alone, 1, nothing, (*child).addCustomer},
	{"forget a customer", append([]string{inSweep, inFile}, alone...), 1, (*child).known, (*child).forget},
	{"park a sale", alone, 1, nothing, (*child).park},
	{"print a receipt", alone, 1, (*child).issued, (*child).print},
	{"import", road, 3, (*child).listed, (*child).importFile},
	{"rebuild", alone, 1, nothing, (*child).rebuild},
}

func workOf(name string) *work {
	for i := range works {
		if works[i].name == name {
			return &works[i]
		}
	}
	return nil
}

func nothing(*child, *deed) error { return nil }

func (d *deed) intent() till.Intent { return till.Intent{Key: d.Key} }

// told keeps what was told of an operation.
func (d *deed) told(r till.Result, err error) error {
	if r.Operation != nil && !r.Operation.InFlight() {
		d.Operation, d.Amount, d.State = r.Operation.ID, r.Operation.Amount, r.Operation.State
	}
	return err
}

// sold is told, of an order that is issued with it.
func (d *deed) sold(r till.Result, err error) error {
	if r.Order != nil {
		d.Order = r.Order.ID
	}
	return d.told(r, err)
}

// prepared keeps what a deed is about.
func (d *deed) prepared(r till.Result, err error) error {
	if err == nil {
		d.Order, d.Payment = r.Order.ID, r.Payment.ID
	}
	return err
}
