package domain

import (
	"errors"
	"fmt"
	"time"
)

// The states of a shift of the cash drawer.
const (
	ShiftOpen   State = "open"
	ShiftClosed State = "closed"
)

// The events of a shift.
const (
	ShiftBegins Event = "shift_opened"
	PaidIn      Event = "pay_in"
	PaidOut     Event = "pay_out"
	ReportAsked Event = "x_report"
	ShiftEnds   Event = "shift_closed"
)

// Cash is the method of payment that goes into the drawer and out of it.
const Cash = "cash"

// ShiftMachine is the life of a shift. It begins and ends with somebody who counts the drawer.
var ShiftMachine = newMachine("shift", []State{ShiftClosed}, nil, shiftRows)

// enoughCash is asked with what is to be taken out, and what should be in the drawer.
var enoughCash = Guard{"enough cash", func(f *Facts) bool {
	return !f.Asking || f.Amount <= f.Drawer
}, "there is not that much cash in the drawer"}

func shiftRows() []row {
	open := states(ShiftOpen)
	return []row{
		{id: "S1", from: states(""), on: events(ShiftBegins), to: open, why: "Somebody has counted the change that is in the drawer, and answers for it from now on."},
		{id: "S2", from: open, on: events(PaidIn), why: "Cash that no sale brought is in the drawer, so the count at the end will be higher by it."},
		{id: "S3", from: open, on: events(PaidOut), guards: guards(enoughCash), why: "Cash left the drawer for something else than a refund, so the count at the end will be lower by it."},
		{id: "S4", from: open, on: events(ReportAsked), why: "An X report tells how the shift stands, as often as anybody asks, and changes nothing."},
		{id: "S5", from: open, on: events(ShiftEnds), to: states(ShiftClosed), why: "The drawer was counted, and the Z report keeps for good what was in it and what should have been."},
	}
}

// ShiftOpening is the body of shift.opened. Amounts of a shift are minor units of its currency.
type ShiftOpening struct {
	ID       ShiftID  `json:"id"`
	Currency Currency `json:"currency"` // the drawer's
	Float    Amount   `json:"float"`    // the cash that it begins with
	After    Seq      `json:"after"`    // the entry that closed the shift before, 0 for the first
}

// ShiftMove is the body of shift.moved: cash put into the drawer or taken out of it, and why.
type ShiftMove struct {
	Event  Event  `json:"event"` // PaidIn or PaidOut
	Amount Amount `json:"amount"`
	Reason string `json:"reason"`
}

// ShiftClosing is the body of shift.closed: the Z report, which nothing changes any more.
type ShiftClosing struct {
	Number  int64       `json:"number"` // from 1, without a gap
	Counted Amount      `json:"counted"`
	Report  ShiftReport `json:"report"`
}

// DrawerMove is a pay-in or a pay-out of a shift.
type DrawerMove struct {
	ShiftMove
	At    time.Time // UTC
	Actor string
}

// Head is how far a journal went.
type Head struct {
	Seq  Seq    // of its last entry
	Hash string // of that entry, hex SHA-256
}

// Shift is the time between two counts of the cash drawer, as the fold of its entries.
type Shift struct {
	ShiftOpening
	State    State
	OpenedAt time.Time // UTC
	OpenedBy string
	OpenedIn Seq // the entry that opened it
	Moves    []DrawerMove
	Steps    []Step // every arrow that was walked, in order

	// Of the Z report; empty while the shift is open.
	Number   int64
	Counted  Amount
	ClosedAt time.Time // UTC
	ClosedBy string
	ClosedIn Seq
	Report   *ShiftReport
	Head     Head // the journal as it stood when the shift was closed

	Version int64 // how many entries it has
}

// IsOpen tells whether the shift has not been closed.
func (s *Shift) IsOpen() bool { return s.State == ShiftOpen }

// FoldShift makes a shift of the entries of its stream.
func FoldShift(entries []Entry) (*Shift, error) {
	s := &Shift{}
	for _, e := range entries {
		if err := s.apply(e); err != nil {
			return nil, err
		}
		s.Version++
	}
	return s, nil
}

func (s *Shift) apply(e Entry) error {
	switch e.Kind {
	case KindShiftOpened:
		opening, err := Decode[ShiftOpening](e)
		if err != nil {
			return err
		}
		s.ShiftOpening, s.OpenedAt, s.OpenedBy, s.OpenedIn = opening, e.At, e.Actor, e.Seq
		return s.walk(e, ShiftBegins)
	case KindShiftMoved:
		move, err := Decode[ShiftMove](e)
		if err != nil {
			return err
		}
		s.Moves = append(s.Moves, DrawerMove{move, e.At, e.Actor})
		return s.walk(e, move.Event)
	case KindShiftClosed:
		closing, err := Decode[ShiftClosing](e)
		if err != nil {
			return err
		}
		s.Number, s.Counted, s.Report = closing.Number, closing.Counted, &closing.Report
		s.ClosedAt, s.ClosedBy, s.ClosedIn = e.At, e.Actor, e.Seq
		s.Head = Head{Seq: e.Seq - 1, Hash: e.Prev}
		return s.walk(e, ShiftEnds)
	}
	return fmt.Errorf("entry %d: a shift knows no %q", e.Seq, e.Kind)
}

func (s *Shift) walk(e Entry, on Event) error {
	t, _ := ShiftMachine.Next(s.State, on, &Facts{})
	if t == nil {
		return fmt.Errorf("entry %d: no row of the shift leads from %q on %q", e.Seq, s.State, on)
	}
	s.Steps = append(s.Steps, t.step(ShiftMachine, string(s.ID), e))
	s.State = t.To
	return nil
}

// moved adds up the pay-ins or the pay-outs.
func (s *Shift) moved(on Event) Amount {
	var sum Amount
	for _, m := range s.Moves {
		if m.Event == on {
			sum += m.Amount
		}
	}
	return sum
}

// ShiftActions are what can be done with a shift, in the order in which people look for them.
var ShiftActions = []StreamAction{{"pay_in", PaidIn}, {"pay_out", PaidOut}, {"x", ReportAsked}, {"close", ShiftEnds}}

func (s *Shift) position(amount, drawer Amount) position {
	return position{ShiftMachine, ShiftActions, s.State, Facts{Amount: amount, Drawer: drawer}}
}

// Permitted names the actions that are possible now.
func (s *Shift) Permitted() []string { return s.position(0, 0).permitted() }

// Refuses says why an action is not possible now, with an amount and with what should be in the drawer (minor units);
// nil when it is.
func (s *Shift) Refuses(action string, amount, drawer Amount) error {
	err := s.position(amount, drawer).refuses(action)
	illegal, ok := errors.AsType[*Error](err)
	if !ok || illegal.Code != CodeIllegalTransition {
		return err
	}
	illegal.Hint, illegal.Permitted = "see what should be there: till shift x", s.Permitted()
	if !s.IsOpen() {
		illegal.Message, illegal.Hint = "the shift is closed", "open one: till shift open --float A"
	}
	return illegal
}
