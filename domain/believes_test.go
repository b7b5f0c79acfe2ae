package domain

import "testing"

// Every call that is answered with its amount is not believed with another; a case and a refund that is stopped need
// not name theirs.
func TestAnotherAmountIsNotBelieved(t *testing.T) {
	for _, on := range amounted {
		op := &Operation{Kind: Capture, Key: "k", Amount: 900, Currency: "EUR"}
		fact := func(amount Amount) []Fact { return []Fact{{Event: on, Key: "k", Amount: amount, Currency: "EUR"}} }
		if !op.Believes(fact(900)) || op.Believes(fact(800)) || op.Believes(fact(901)) {
			t.Errorf("%s", on)
		}
		other := Fact{Event: on, Key: "k", Amount: 900, Currency: "USD"}
		if op.Believes([]Fact{other}) {
			t.Errorf("%s in another currency", on)
		}
		if op.Believes([]Fact{{Event: on, Key: "k", Amount: 900, Released: -1}}) {
			t.Errorf("%s, and less than nothing released", on)
		}
	}
	for _, on := range mayOmit {
		op := &Operation{Kind: DisputeAccept, Key: "k", Amount: 900, Currency: "EUR"}
		for amount, want := range map[Amount]bool{0: true, 900: true, 800: false} {
			if op.Believes([]Fact{{Event: on, Key: "k", Dispute: &Claim{Amount: amount}}}) != want {
				t.Errorf("%s of %d", on, amount)
			}
		}
	}
}
