package domain

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var everything = Capabilities{
	ManualCapture: true, PartialCapture: true, MultiCapture: true, Increment: true, PartialAuth: true, Void: true, PartialVoid: true,
	Reverse: true, Refund: true, PartialRefund: true, RefundCancel: true, Sync: true, ThreeDS: true, KeepsKeys: day,
}

// alive makes a world of rapid's dice.
func alive(t *rapid.T) *world {
	doc := Document{MaxAttempts: rapid.IntRange(0, 3).Draw(t, "max attempts"), DenyOverdue: rapid.Bool().Draw(t, "deny overdue")}
	if rapid.Bool().Draw(t, "due") {
		doc.Due = time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)
	}
	w := &world{life: newLife(t, doc), lost: map[OperationID][]Fact{}}
	w.pace = rapid.SampledFrom([]time.Duration{0, time.Second}).Draw(t, "pace")
	w.roll = func(what string, n int) int { return rapid.IntRange(0, n-1).Draw(t, what) }
	return w
}

// TestAmountsHold drives an order by random commands, each only when its guards allow it, with a gateway that
// does what it is asked, says no, or loses the answer and tells it later.
func TestAmountsHold(t *testing.T) {
	drawn := classes{}
	rounds := 40 // of a hundred lives: fewer come by no split and no second refund
	if testing.Short() {
		rounds = 3
	}
	for range scaled(t, rounds) {
		rapid.Check(t, func(t *rapid.T) {
			w := alive(t)
			var noticed []OrderNotice
			for range rapid.IntRange(1, 30).Draw(t, "steps") {
				w.act()
				w.holds(true)
				noticed = w.noticesGrow(noticed)
			}
			w.foldsAgain()
			drawn.life(w.order)
		})
	}
	drawn.all(t, "lives", "several payments took money", "a part was captured", "a part was refunded", "all was refunded")
}

// classes counts what random draws came by, so that a generator that never makes one is found.
type classes map[string]int

func (c classes) saw(class string, holds bool) {
	if holds {
		c[class]++
	}
}

// all fails where one of the classes was never drawn; the first is what is counted.
func (c classes) all(t *testing.T, of string, wanted ...string) {
	t.Helper()
	for _, class := range wanted {
		if c[class] == 0 && !testing.Short() {
			t.Errorf("never drawn: %s", class)
		}
	}
	t.Logf("proof: %d %s, their amounts exact at every step; of each class at least one: %v", c[of], of, c)
}

func (c classes) life(o *Order) {
	took := 0
	for _, p := range o.Payments {
		if p.Sums.Captured > 0 {
			took++
		}
		c.saw("a part was captured", p.Sums.Captured > 0 && p.Sums.Captured < p.Amount)
		c.saw("a part was refunded", p.Sums.Refunded > 0 && p.Sums.Refunded < p.Sums.Captured)
		c.saw("all was refunded", p.Sums.Refunded > 0 && p.Sums.Refunded == p.Sums.Captured)
		c.saw("several refunds", len(p.Refunds) > 1)
	}
	c.saw("several payments took money", took > 1)
	c.saw("lives", true)
}

// noticesGrow checks that what the merchant was told is never untold.
func (w *world) noticesGrow(before []OrderNotice) []OrderNotice {
	w.t.Helper()
	now := w.order.Notices()
	if len(now) < len(before) || !slices.Equal(now[:len(before)], before) {
		w.t.Fatalf("the merchant was told %v, and now it should have been %v", before, now)
	}
	return now
}

// TestAnyFactsAgree tells an order random facts, in any order, twice, late and wrong: rows and lists agree at
// every step, sums stay at or above 0, and what breaks an invariant raises attention.
func TestAnyFactsAgree(t *testing.T) {
	kinds := slices.Concat(moneyFacts, attemptFacts)
	for range scaled(t, 2) {
		rapid.Check(t, func(t *rapid.T) {
			w := alive(t)
			for range rapid.IntRange(1, 30).Draw(t, "steps") {
				if len(w.order.Payments) == 0 || rapid.Bool().Draw(t, "command") {
					w.act()
				} else {
					w.hears(t, kinds)
				}
				w.holds(false)
			}
			w.foldsAgain()
		})
	}
}

// hears tells a payment something that may be true or not.
func (w *world) hears(t *rapid.T, kinds []Event) {
	p := pick(w, "payment", w.order.Payments...)
	f := Fact{
		Event: rapid.SampledFrom(kinds).Draw(t, "fact"), Amount: Amount(rapid.IntRange(0, 1200).Draw(t, "amount")),
		Action: rapid.SampledFrom([]string{"", "act_a", "act_b", "act_c"}).Draw(t, "action"),
		Class:  rapid.SampledFrom([]string{"soft", "hard"}).Draw(t, "class"),
		At:     w.at.Add(-time.Duration(rapid.IntRange(0, 3).Draw(t, "hours ago")) * time.Hour),
	}
	if len(p.Operations) > 0 && rapid.Bool().Draw(t, "keyed") {
		f.Key = pick(w, "key", p.Operations...).Key
	}
	if slices.Contains([]Event{Voided, AuthExpired}, f.Event) {
		f.Released = f.Amount
	}
	w.tell(p, f)
}

// holds checks the invariants of lifecycle §2. Facts that a provider forces may break some of them; then attention must say
// so. By commands alone none is broken, but that what was won in a dispute can be refunded, and be taken once more.
func (l *life) holds(obedient bool) {
	l.t.Helper()
	disputed := slices.ContainsFunc(l.order.Payments, func(p *Payment) bool { return len(p.Disputes) > 0 })
	for _, b := range l.order.Breaches() {
		if b.Told && (!obedient || disputed && (strings.HasPrefix(b.Rule, "I8") || strings.HasPrefix(b.Rule, "I9"))) {
			continue
		}
		l.t.Fatalf("%s: broken at entry %d, attention %v, payments %+v", b.Rule, l.order.LastSeq, l.order.Attention(), l.order.Last().Sums)
	}
}

// foldsAgain checks that replaying the entries gives the same order (I20).
func (l *life) foldsAgain() {
	again, err := Fold(l.entries)
	if err != nil {
		l.t.Fatal(err)
	}
	if !reflect.DeepEqual(again, l.order) {
		l.t.Fatal("I20: the same entries give another order")
	}
}
