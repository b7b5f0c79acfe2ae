package till_test

import (
	"testing"

	"pgregory.net/rapid"

	"till/domain"
	"till/domain/till"
)

// Somebody counts the coins: the drawer must come to what went in and out by hand, and the books stay exact.
func TestTheDrawerIsRight(t *testing.T) {
	b := newBench(t, nil)
	b.Country = "BE"
	b.openShift(10000)
	byHand, rounded := domain.Amount(10000), domain.Amount(0)
	rapid.Check(t, func(dice *rapid.T) {
		price := domain.Amount(rapid.Int64Range(1, 3000).Draw(dice, "price"))
		r := b.sell(price)
		if r.Payment.Sums.Captured != price || r.Order.BalanceDue() != 0 {
			t.Fatalf("of %d %d were captured and %d are due", price, r.Payment.Sums.Captured, r.Order.BalanceDue())
		}
		byHand += r.Payment.Cash()
		rounded += r.Payment.Rounded
		if back := domain.Amount(rapid.Int64Range(0, int64(price)).Draw(dice, "back")); back > 0 {
			r, err := b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: r.Payment.ID, Amount: back})
			b.must(err)
			if r.Payment.Sums.Returned() != back {
				t.Fatalf("%d went back as %d", back, r.Payment.Sums.Returned())
			}
			byHand -= back + r.Refund.Rounded
			rounded -= r.Refund.Rounded
		}
	})
	_, x, err := b.XReport(b.ctx)
	b.must(err)
	if x.Drawer.Expected != byHand || x.Drawer.Rounded != rounded {
		t.Errorf("in the drawer are %d with %d of rounding, the report says %+v", byHand, rounded, x.Drawer)
	}
	if byHand%5 != 0 {
		t.Errorf("%d cannot lie in a drawer without cents", byHand)
	}
}

func TestCashIsRoundedAndACardIsNot(t *testing.T) {
	b := newBench(t, nil)
	b.Country = "BE"
	part, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(1448).ID, Method: "card", Card: b.card("4242424242424242"), Amount: 1007})
	b.must(err)
	if part.Payment.Rounded != 0 || part.Order.State != domain.OrderPartPaid {
		t.Errorf("rounded by %d, %s", part.Payment.Rounded, part.Order.State)
	}
	_, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: part.Order.ID, Method: domain.Cash, Tendered: 439})
	if domain.CodeOf(err) != domain.CodeInvalid {
		t.Errorf("4.39 for 4.40: %v", err)
	}
	rest, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: part.Order.ID, Method: domain.Cash, Tendered: 1000})
	b.must(err)
	if p := rest.Payment; p.Amount != 441 || p.Rounded != -1 || p.Change() != 560 || rest.Order.State != domain.OrderPaid {
		t.Errorf("%d, rounded by %d, change %d, %s", p.Amount, p.Rounded, p.Change(), rest.Order.State)
	}
}
