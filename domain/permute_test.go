package domain

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"
)

// Facts that a gateway made in one order, told in another.

// sequence dates facts a minute apart by the gateway's clock, and gives them what makes them known again.
func sequence(key string, facts ...Fact) []Fact {
	for i := range facts {
		if facts[i].At.IsZero() {
			facts[i].At = noon.Add(time.Duration(i) * time.Minute)
		}
		facts[i].Action = fmt.Sprintf("act_%d_%s", i, facts[i].Event)
		facts[i].Key = cmp.Or(facts[i].Key, key)
	}
	return facts
}

// outcome is all that must be the same at the end, whatever came first.
func (l *life) outcome() string {
	o, p := l.order, l.order.Last()
	refunds := slices.Clone(p.Refunds)
	slices.SortFunc(refunds, func(a, b *Refund) int { return cmp.Compare(a.ID, b.ID) })
	text := fmt.Sprintf("order %s %s %v due %d limit %d\npayment %s %q %+v\n3DS %+v screening %+v flagged %v source %+v code %q sessions %v now %v\n",
		o.State, o.Label(), o.Attention(), o.BalanceDue(), o.Limit(), p.State, p.Detail, p.Sums,
		p.ThreeDS, p.Fraud, p.Flagged, p.Source, p.Code, p.SessionIDs(), p.Session())
	for _, d := range p.Disputes {
		text += fmt.Sprintf("%s %s %d ", d.ID, d.State, d.Amount)
	}
	for _, op := range p.Operations {
		text += fmt.Sprintf("%s %s ", op.Kind, op.State)
	}
	for _, r := range refunds {
		text += fmt.Sprintf("\nrefund %s %s %d %q", r.ID, r.State, r.Amount, r.Code+r.Message)
	}
	return text
}

// An order whose only hold is told to be let go is cancelled, and stays so: what is told of before that may come in any
// order.
func TestFactsInAnyOrderEndTheSame(t *testing.T) {
	until := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	session := func(id string, kind SessionKind, minutes int) *Session {
		return &Session{ID: id, Kind: kind, Until: until(minutes)}
	}
	multiple, all := Terms{Capture: CaptureMultiple, CanThreeDS: true}, 0
	sent := func(l *life) { l.open(1000, Opening{Terms: multiple}) }
	theRest := func(f *Fact) { f.Dispute.Amount, f.Key = 700, "no call of ours" }
	for _, c := range []struct {
		name  string
		live  func(*life) // until the facts are told
		key   string
		facts []Fact
	}{
		{"a sale with 3DS and two refunds", sent, "key_op_2", []Fact{
			{Event: ActionRequired, Session: session("sid_a", SessionLookup, 15), ThreeDS: &ThreeDS{Status: "lookup"}},
			{Event: ActionRequired, Session: session("sid_b", SessionChallenge, 15), ThreeDS: &ThreeDS{Status: "challenge_pending"}},
			{Event: Authenticated, ThreeDS: &ThreeDS{Status: "challenge_ok", ECI: "05"}},
			{Event: Approved, Amount: 1000, Fraud: &Screening{Status: FraudReview}, Source: &Source{ID: "src_1", Brand: "visa"}},
			{Event: Captured, Amount: 1000, Final: true, Fraud: &Screening{Status: FraudAccept}},
			{Event: RefundDone, Amount: 300, Refund: "ref_a", Key: "key of another call"},
			{Event: RefundDone, Amount: 200, Refund: "ref_b", Key: "key of yet another call"},
		}},
		{"an increment with captures", sent, "key_op_2", []Fact{
			{Event: Approved, Amount: 1000},
			{Event: Incremented, Amount: 200},
			{Event: Captured, Amount: 300},
			{Event: Captured, Amount: 500},
			{Event: Captured, Amount: 200, Released: 200, Final: true},
		}},
		{"taken and undone", sent, "key_op_2", []Fact{
			{Event: Approved, Amount: 1000}, {Event: Captured, Amount: 1000, Final: true}, {Event: Reversed, Amount: 1000},
		}},
		{"held and let go", sent, "key_op_2", []Fact{
			{Event: ActionRequired, Session: session("sid_a", SessionChallenge, 15)},
			{Event: Authenticated},
			{Event: Approved, Amount: 1000},
			{Event: Voided, Amount: 1000, Released: 1000},
		}},
		{"a challenge that failed", sent, "key_op_2", []Fact{
			{Event: ActionRequired, Session: session("sid_a", SessionLookup, 15)},
			{Event: ActionRequired, Session: session("sid_b", SessionChallenge, 16)},
			{Event: AuthenticationFailed, Code: "20151"},
		}},
		{"goes on without 3DS", func(l *life) { l.open(1000, Opening{Terms: Terms{WithoutThreeDS: true, Single: true}}) }, "key_op_2", []Fact{
			{Event: ActionRequired, Session: session("sid_a", SessionLookup, 15)},
			{Event: NoThreeDS, Code: "20153", ThreeDS: &ThreeDS{Status: "unavailable"}},
			{Event: Approved, Amount: 1000},
			{Event: Captured, Amount: 1000, Final: true},
		}},
		{"a second try, while the first is still told of", func(l *life) {
			p := l.open(1000, Opening{Terms: Terms{Retries: 1, CanThreeDS: true}})
			l.declines(p.Charge(), "20068", "soft")
			l.charge(p)
		}, "key_op_3", []Fact{
			{Event: ActionRequired, Session: session("sid_a", SessionChallenge, 15), Key: "key_op_2"},
			{Event: Authenticated, Key: "key_op_2"},
			{Event: DeclinedIt, Class: "soft", Code: "20068", Key: "key_op_2"},
			{Event: ActionRequired, Session: session("sid_b", SessionChallenge, 30)},
			{Event: Authenticated},
			{Event: Approved, Amount: 1000},
		}},
		{"a refund that came back", sent, "key_op_2", []Fact{
			{Event: Approved, Amount: 1000},
			{Event: Captured, Amount: 1000, Final: true},
			{Event: RefundAccepted, Amount: 300, Refund: "ref_a", Key: "other"},
			{Event: RefundDone, Amount: 300, Refund: "ref_a", Key: "other"},
			{Event: RefundRefused, Amount: 300, Refund: "ref_a", Key: "other"},
		}},
		{"a sale, a refund of a part, and a case about the rest", sent, "key_op_2", []Fact{
			{Event: Approved, Amount: 1000, At: noon.Add(-2 * time.Minute)},
			{Event: Captured, Amount: 1000, Final: true, At: noon.Add(-time.Minute)},
			{Event: RefundDone, Amount: 300, Refund: "ref_a", Key: "other", At: noon},
			told(1, DisputeReceived, ChargebackOpen, announced, theRest),
			told(2, DisputeEvidenceRequired, ChargebackOpen, theRest),
			told(3, DisputeLost, ChargebackExpired, theRest),
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			want, n := "", 0
			every := scaled(t, 1)
			permute(sequence(c.key, c.facts...), func(order []Fact) {
				if n++; every == 1 && len(order) > 6 && n%5 != 1 { // all of them where there is time
					return
				}
				all++
				l := newLife(t, Document{})
				c.live(l)
				for i, f := range order {
					l.tell(l.order.Last(), f)
					if i%2 == 1 {
						l.tell(l.order.Last(), order[i-1]) // once more
					}
				}
				switch got := l.outcome(); {
				case want == "":
					want = got
				case got != want:
					t.Fatalf("told as %s, it ends as\n%s\nwant\n%s", names(order), got, want)
				}
			})
		})
	}
	t.Logf("proof: facts told in %d orders, twice each, end the same", all)
}

// A refund has lives of its own, and each ends the same in whatever order, twice told or after a loss it is told of.
func TestRefundFactsInAnyOrderEndTheSame(t *testing.T) {
	asks := func(l *life, kind OperationKind, key string, refund RefundID, answer Status) {
		l.reply(l.ask(l.order.Last(), kind, 300, func(op *Operation) { op.Key, op.Refund = key, refund }), answer)
	}
	refunds := func(kinds ...OperationKind) func(*life) {
		return func(l *life) {
			sold(l)
			for _, kind := range kinds {
				asks(l, kind, string(kind), "ref_a", Unknown)
			}
		}
	}
	two := func(l *life) {
		sold(l)
		asks(l, RefundMoney, "a", "ref_a", Pending)
		asks(l, RefundMoney, "b", "ref_b", Pending)
	}
	of := func(refund RefundID, key string, on Event) Fact {
		f := Fact{Event: on, Amount: 300, Refund: refund, Key: key}
		if on == RefundRefused {
			f.Code, f.Summary = "refund_sent_back", "no"
		}
		return f
	}
	mine := func(on ...Event) (facts []Fact) {
		for _, e := range on {
			facts = append(facts, of("ref_a", string(RefundMoney), e))
		}
		return facts
	}
	stopped := of("ref_a", string(RefundCancel), RefundCancelOK)
	for _, c := range []struct {
		name  string
		live  func(*life)
		facts []Fact
		flat  string
		state State // of the first refund by its name
	}{
		{"pending, succeeded, failed", refunds(RefundMoney), mine(RefundAccepted, RefundDone, RefundRefused), "refund_failed", RefundFailed},
		{"in review, succeeded, reversed", refunds(RefundMoney), mine(RefundAccepted, RefundInReview, RefundAccepted, RefundDone, RefundCameBack), "refund_reversed", RefundReversed},
		{"in review and on its way again", refunds(RefundMoney), mine(RefundAccepted, RefundInReview, RefundAccepted), "refund_initiated", RefundPending},
		{"failed and succeeded all the same", refunds(RefundMoney), mine(RefundAccepted, RefundRefused, RefundDone), "paid", RefundSucceeded},
		{"stopped", refunds(RefundMoney, RefundCancel), append(mine(RefundAccepted), stopped), "paid", RefundCanceled},
		{"stopped and gone all the same", refunds(RefundMoney, RefundCancel), append(append(mine(RefundAccepted), stopped), mine(RefundDone)...), "paid", RefundSucceeded},
		{"gone before it could be stopped", refunds(RefundMoney, RefundCancel), append(mine(RefundAccepted, RefundDone), Fact{Event: OperationFailed, Key: string(RefundCancel), Code: "20012"}), "paid", RefundSucceeded},
		{"two of one payment, the first goes last", two, []Fact{
			of("ref_a", "a", RefundAccepted), of("ref_b", "b", RefundAccepted), of("ref_b", "b", RefundRefused), of("ref_a", "a", RefundDone),
		}, "paid", RefundSucceeded},
		{"two of one payment, the last fails", two, []Fact{
			of("ref_b", "b", RefundDone), of("ref_a", "a", RefundDone), of("ref_b", "b", RefundCameBack), of("ref_a", "a", RefundRefused),
		}, "refund_failed", RefundFailed},
		{"the provider gives back, and its reversal is refused", refunds(Reverse), []Fact{
			of("ref_a", "", RefundByProvider), {Event: ReverseFailed, Amount: 1000, Key: string(Reverse), Code: "20012"},
		}, "reversal_failed", RefundSucceeded},
		{"the reversal is refused, and the provider gives back", refunds(Reverse), []Fact{
			{Event: ReverseFailed, Amount: 1000, Key: string(Reverse), Code: "20012"}, of("ref_a", "", RefundByProvider),
		}, "paid", RefundSucceeded},
		{"the provider gives back what it then reverses", sold, []Fact{
			of("ref_a", "", RefundByProvider), of("ref_a", "", RefundCameBack), {Event: Reversed, Amount: 1000},
		}, "reversed", RefundReversed},
		{"two at one instant, of which the last that was asked for counts", func(l *life) {
			sold(l)
			asks(l, RefundMoney, "z", "ref_z", Pending)
			asks(l, RefundMoney, "a", "ref_a", Pending)
		}, []Fact{
			{Event: RefundRefused, Amount: 300, Refund: "ref_z", Key: "z", At: noon}, {Event: RefundDone, Amount: 300, Refund: "ref_a", Key: "a", At: noon},
		}, "paid", RefundSucceeded},
		{"two of the provider's own at one instant", sold, []Fact{
			{Event: RefundByProvider, Amount: 300, Refund: "ref_a", At: noon},
			{Event: RefundByProvider, Amount: 300, Refund: "ref_b", At: noon},
			{Event: RefundRefused, Amount: 300, Refund: "ref_a", At: noon.Add(day)},
			{Event: RefundCameBack, Amount: 300, Refund: "ref_b", At: noon.Add(day)},
		}, "refund_reversed", RefundFailed},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := ""
			permute(sequence("", c.facts...), func(order []Fact) {
				l := newLife(t, Document{})
				c.live(l)
				for i, f := range order {
					l.tell(l.order.Last(), f)
					l.tell(l.order.Last(), order[i/2]) // once more, or what came before
				}
				got := l.outcome()
				r := l.order.Last().Refund("ref_a")
				switch {
				case want == "":
					want = got
				case got != want:
					t.Fatalf("told as %s, it ends as\n%s\nwant\n%s", names(order), got, want)
				}
				if flat := l.order.FlatStatus(); flat != c.flat || r.State != c.state {
					t.Fatalf("told as %s, the order is %s and the refund %s", names(order), flat, r.State)
				}
			})
		})
	}
}

func names(facts []Fact) []string {
	var text []string
	for _, f := range facts {
		text = append(text, f.Action)
	}
	return text
}
