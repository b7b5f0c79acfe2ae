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
		facts[i].At = noon.Add(time.Duration(i) * time.Minute)
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
	for _, op := range p.Operations {
		text += fmt.Sprintf("%s %s ", op.Kind, op.State)
	}
	for _, r := range refunds {
		text += fmt.Sprintf("\nrefund %s %s %d", r.ID, r.State, r.Amount)
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
	multiple := Terms{Capture: CaptureMultiple, CanThreeDS: true}
	sent := func(l *life) { l.open(1000, Opening{Terms: multiple}) }
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
	} {
		t.Run(c.name, func(t *testing.T) {
			want, n := "", 0
			every := scaled(t, 1)
			permute(sequence(c.key, c.facts...), func(order []Fact) {
				if n++; every == 1 && len(order) > 6 && n%5 != 1 { // all of them where there is time
					return
				}
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
}

func names(facts []Fact) []string {
	var text []string
	for _, f := range facts {
		text = append(text, f.Action)
	}
	return text
}
