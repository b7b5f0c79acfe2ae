package till_test

import (
	"time"

	"till/domain"
	"till/providers/sandbox"
	"till/storage/sqlite"
)

// What must be so when a history has ended.

// agrees checks that journal, lists and the gateway's books say the same.
func (s *shop) agrees() {
	c := s.lanes[0]
	s.inOrder(c)
	checks, books := sandbox.Examine(s.ctx, s.path("till.sandbox.db"), 1000)
	checks = append(checks, sqlite.Examine(s.ctx, s.path("till.db"))...)
	checks = append(checks, c.Examine(s.ctx, books)...)
	for _, check := range checks {
		if !check.OK && check.Name != "disputes" { // an answer may well be due
			s.broken("the doctor: %s: %s", check.Name, check.Detail)
		}
	}
	s.charged(c, books)
	s.lists(c)
	s.rebuilt(c)
}

// inOrder checks that entries are numbered without a gap, that time never goes back, and that no key is used twice.
func (s *shop) inOrder(c *lane) {
	entries, err := c.Store.Entries(s.ctx, "", 0, 0, 0)
	s.must(err)
	var last time.Time
	keys := map[string]domain.Seq{}
	for i, e := range entries {
		if e.Seq != domain.Seq(i+1) {
			s.broken("entry %d comes after %d", e.Seq, i)
		}
		if e.At.Before(last) {
			s.broken("entry %d is of %s, the one before of %s", e.Seq, e.At, last)
		}
		if first := keys[e.Key]; e.Key != "" && first > 0 {
			s.broken("I15: the entries %d and %d have the key %s", first, e.Seq, e.Key)
		}
		last, keys[e.Key] = e.At, e.Seq
	}
}

// charged compares the gateway's books with the payments, to the last unit: also with those that the doctor leaves to a sync.
func (s *shop) charged(c *lane, books []domain.Books) {
	for _, theirs := range books {
		r, err := c.Payment(s.ctx, string(theirs.Payment))
		s.must(err)
		ours := r.Payment.Sums
		if theirs.Charges > 1 {
			s.broken("%s was charged %d times", theirs.Payment, theirs.Charges)
		}
		for _, sum := range []struct {
			name       string
			here, they domain.Amount
		}{
			{"authorized", ours.Authorized, theirs.Authorized},
			{"captured", ours.Captured, theirs.Captured},
			{"released", ours.Released, theirs.Voided},
			{"refunded", ours.Refunded, theirs.Refunded},
			{"reversed", ours.Reversed, theirs.Reversed},
			{"disputed", ours.DisputedHeld + ours.DisputedLost, theirs.Disputed},
			{"fees", ours.Fees, theirs.Fees},
		} {
			if sum.here != sum.they {
				s.broken("%s of %s: the gateway says %d, till %d", sum.name, theirs.Payment, sum.they, sum.here)
			}
		}
		s.ended(string(theirs.Payment), r.Payment.Operations)
	}
}
