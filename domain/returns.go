package domain

import (
	"cmp"
	"slices"
	"time"
)

// goingBack is how a refund or a reversal ended, or where it stands.
type goingBack struct {
	state string    // the flat name of an order of which it is the last; "" where it went as it was to
	at    time.Time // since when, by its provider's clock
	asked Seq       // the entry that asked for it; 0 if nobody here did
	id    string
	told  Seq // the entry that told it
}

// failedRefunds are the flat names of an order whose newest refund did not stay with the customer.
var failedRefunds = map[State]string{RefundFailed: "refund_failed", RefundReversed: "refund_reversed"}

// failedReturn names the newest refund or reversal of a paid order, where it failed or came back and nobody has seen
// that yet. Which is the newest the provider's clock says: they may be told of in any order.
func (o *Order) failedReturn() string {
	all := o.goingBack()
	if len(all) == 0 || o.State != OrderPaid && o.State != OrderPartPaid {
		return ""
	}
	last := slices.MaxFunc(all, func(a, b goingBack) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.asked, b.asked), cmp.Compare(a.id, b.id))
	})
	if last.told <= o.Acknowledged {
		return ""
	}
	return last.state
}

func (o *Order) goingBack() []goingBack {
	var all []goingBack
	for _, p := range o.Payments {
		for _, r := range p.Refunds {
			back := goingBack{failedRefunds[r.State], r.since(), r.BornBy, string(r.ID), r.ChangedBy}
			if r.Origin != "" { // born by what told of it first
				back.asked = 0
			}
			all = append(all, back)
		}
		for _, op := range p.Operations {
			if op.Kind == Reverse {
				back := goingBack{"", op.endedAt, op.RequestedBy, string(op.ID), op.EndedBy}
				if op.State == OpFailed {
					back.state = "reversal_failed"
				}
				all = append(all, back)
			}
		}
	}
	return all
}
