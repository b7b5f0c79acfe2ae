package till_test

import (
	"path/filepath"
	"testing"

	"till/domain"
	"till/domain/till"
	"till/storage/storagetest"
)

// TestSyncs counts what each use case costs the disk: how often till's own file is synced, and how many pages that takes. Times
// say little on a machine that does other things too; these numbers are the same on each.
func TestSyncs(t *testing.T) {
	b := newBench(t, nil)
	path := filepath.Join(b.folder, "till.db")
	card := b.card("4242424242424242")
	var o *domain.Order
	var paid till.Result
	pay := func(wished till.Payable) func() error {
		return func() (err error) {
			wished.Order = o.ID
			paid, err = b.Pay(b.ctx, till.Intent{}, wished)
			return err
		}
	}
	issue := func() (err error) {
		o, err = b.Issue(b.ctx, till.Intent{}, wanted(1000))
		return err
	}
	for i, step := range []struct {
		name           string
		commits, pages int // at most so many pages
		do             func() error
	}{
		{"issue", 1, 14, issue},
		{"authorize", 2, 18, pay(till.Payable{Method: "card", Card: card, Capture: domain.CaptureManual})},
		{"capture", 2, 15, func() error {
			_, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: paid.Payment.ID})
			return err
		}},
		{"refund", 2, 19, func() error {
			_, err := b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: paid.Payment.ID})
			return err
		}},
		{"print", 1, 5, func() error { _, err := b.Printed(b.ctx, till.Intent{}, o.ID, "text"); return err }},
		{"issue", 1, 14, issue},
		{"sell by card", 2, 20, pay(till.Payable{Method: "card", Card: card})},
		{"issue", 1, 14, issue},
		{"sell for cash", 1, 10, pay(till.Payable{Method: domain.Cash})},
		{"look", 0, 0, func() error { _, err := b.Order(b.ctx, o.HumanID); return err }},
		{"list", 0, 0, func() error { _, err := b.Store.Orders(b.ctx, domain.OrderQuery{Text: "a"}); return err }},
	} {
		commits, frames := storagetest.LogOf(t, path)
		b.must(step.do())
		after, pages := storagetest.LogOf(t, path)
		if after-commits != step.commits || pages-frames > step.pages {
			t.Errorf("step %d, %s: %d commits of %d pages, and it should be %d of at most %d", i+1, step.name, after-commits, pages-frames, step.commits, step.pages)
		}
	}
	commits, pages := storagetest.LogOf(t, path)
	t.Logf("proof: %d commits of %d pages, as many as the table says", commits, pages)
}
