package domain

import (
	"fmt"
	"slices"
)

// FoldCustomer makes a customer of the entries of their stream. Client and Default are not in it.
func FoldCustomer(entries []Entry) (*Customer, error) {
	c := &Customer{}
	for _, e := range entries {
		if err := c.apply(e); err != nil {
			return nil, err
		}
		c.Version++
	}
	return c, nil
}

func (c *Customer) apply(e Entry) error {
	switch e.Kind {
	case KindCustomerAdded, KindCustomerUpdated:
		body, err := Decode[CustomerBody](e)
		if c.Version == 0 {
			c.ID, c.CreatedAt = CustomerID(e.Stream), e.At
		}
		c.Person, c.Rows = body.Person, withRow(c.Rows, body.Person)
		return err
	case KindPersonForgotten:
		_, err := Decode[Forgetting](e)
		c.Forgotten = true
		return err
	}
	return fmt.Errorf("entry %d: a customer knows no %q", e.Seq, e.Kind)
}

// withRow adds a row of the cabinet to those that are known.
func withRow(rows []string, ref PersonRef) []string {
	if slices.Contains(rows, ref.ID) {
		return rows
	}
	return append(rows, ref.ID)
}

// FoldSource makes a kept source of the entries of its stream. One that is saved again is kept again.
func FoldSource(entries []Entry) (*KeptSource, error) {
	k := &KeptSource{}
	for _, e := range entries {
		if err := k.apply(e); err != nil {
			return nil, err
		}
		k.Version++
	}
	return k, nil
}

func (k *KeptSource) apply(e Entry) error {
	switch e.Kind {
	case KindSourceSaved:
		saved, err := Decode[KeptSource](e)
		if err != nil {
			return err
		}
		k.Source, k.Variant, k.Payment = saved.Source, saved.Variant, saved.Payment
		k.CreatedAt, k.Removed = e.At, false
		return nil
	case KindSourceRemoved:
		_, err := Decode[SourceRemoval](e)
		k.Removed = true
		return err
	}
	var err error
	_, _, err = applyCall(&k.Operations, e)
	return err
}

// applyCall books an operation that is asked for or answered in a stream without an order. It gives the
// operation, and the answer where the entry is one that moved it.
func applyCall(calls *[]*Operation, e Entry) (*Operation, *Answer, error) {
	switch e.Kind {
	case KindOperationRequested:
		op, err := Decode[Operation](e)
		if err != nil {
			return nil, nil, err
		}
		return requestCall(calls, &op, e), nil, nil
	case KindOperationAnswered:
		answer, err := Decode[Answer](e)
		if err != nil {
			return nil, nil, err
		}
		for _, op := range *calls {
			if op.ID == answer.Operation {
				if op.answer(answer, e) {
					return op, &answer, nil
				}
				return op, nil, nil
			}
		}
		return nil, nil, fmt.Errorf("entry %d: %s has no operation %s", e.Seq, e.Stream, answer.Operation)
	case KindTimerFired:
		came, err := Decode[Firing](e)
		if err != nil {
			return nil, nil, err
		}
		for _, op := range *calls {
			if string(op.ID) == came.Subject {
				op.asked(e)
				return op, nil, nil
			}
		}
		return nil, nil, fmt.Errorf("entry %d: %s has no operation %s", e.Seq, e.Stream, came.Subject)
	}
	return nil, nil, fmt.Errorf("entry %d: %s knows no %q", e.Seq, e.Stream, e.Kind)
}

func requestCall(calls *[]*Operation, op *Operation, e Entry) *Operation {
	for _, again := range *calls {
		if again.ID == op.ID {
			again.Tries++
			again.RequestedAt = e.At
			again.walk(OpAgain)
			return again
		}
	}
	op.RequestedAt, op.firstAt, op.RequestedBy, op.Tries = e.At, e.At, e.Seq, 1
	op.walk(OpAsk)
	*calls = append(*calls, op)
	return op
}

// answer books how a call ended, or that nobody knows; it tells whether that moved the operation.
func (o *Operation) answer(answer Answer, e Entry) bool {
	if o.Heard(answer.Status) { // asked about in vain once more
		o.asked(e)
		return false
	}
	if !o.walk(opEvents[answer.Status].operation) {
		return false
	}
	o.AnsweredAt, o.askedAt, o.EndedBy = e.At, e.At, e.Seq
	o.Code, o.Summary, o.Rule, o.ProviderID = answer.Code, answer.Summary, answer.Rule, answer.ProviderID
	return true
}

// asked counts that somebody was asked about the call.
func (o *Operation) asked(e Entry) { o.Asked, o.askedAt = o.Asked+1, e.At }

// walk moves an operation that belongs to no order; it tells whether a row took it.
func (o *Operation) walk(on Event) bool {
	t, _ := OperationMachine.Next(o.State, on, &Facts{Operation: o})
	if t != nil {
		o.State = t.To
	}
	return t != nil
}
