package sandbox_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"till/domain"
)

// deeds are all that anybody can do about a case.
var deeds = []string{
	"retrieval", "chargeback", "debited", "closed", "resolved", "rdr", "withdrawn", "won", "lost", "pre_arbitration", "arbitration",
	"compliance", "reinstated", "expired", "lapsed",
	"dispute_accept ", "dispute_evidence ", "dispute_decline ", "dispute_withdraw ",
	"dispute_file pre_arbitration", "dispute_file arbitration", "dispute_file good_faith",
}

// walker goes every way that a case can go, each on a payment of its own.
type walker struct {
	*desk
	number string // of the card; "" is the Visa
	n      int
	rows   map[string]bool // of the machine of disputes, that were walked
}

// TestEveryWayOfACase: from every state that can be reached, everything is tried. What is done ends where the rows of
// the domain's machine lead, with the same money on both sides; what is refused changes nothing. It all happens at the
// same instant, where it is hardest to tell what came last.
func TestEveryWayOfACase(t *testing.T) {
	w := &walker{rows: map[string]bool{}}
	seen, next := map[string]bool{}, [][]string{{"fraud_advice"}, {"retrieval"}, {"chargeback"}, {"announced"}, {"pre_compliance"}, {"good_faith"}}
	for len(next) > 0 {
		path := next[0]
		next = next[1:]
		w.desk = newDesk(t)
		payment, id := w.walk(path)
		here := w.came(path, "", payment, id)
		if seen[here] {
			continue
		}
		seen[here] = true
		before := w.stands(id)
		for _, deed := range deeds {
			if !w.try(payment, id, deed, before) {
				continue
			}
			on := append(slices.Clip(path), deed)
			if there := w.came(on, before.State, payment, id); !seen[there] {
				next = append(next, on)
			}
			payment, id = w.walk(path)
		}
		w.at(id, before.State)
		if t.Failed() {
			t.Fatalf("on the way %q", path)
		}
	}
	w.reached(t, seen)
}

// came checks where a way has led from a state ("" where that is of no matter), and gives the place.
func (w *walker) came(path []string, from domain.State, payment domain.PaymentID, id domain.DisputeID) string {
	w.Helper()
	p, steps := w.agree(payment)
	c := p.Dispute(id)
	w.rowsOf(path, from, steps)
	if want := moneyAfter(path, c); c.Money != want {
		w.Errorf("%q ends with the money %s, want %s", path, c.Money, want)
	}
	return fmt.Sprintf("%s %v %v %s", c.State, c.Announced, c.Provisional, c.RaisedBy)
}

// moneyAfter is who must have the amount (lifecycle §7).
func moneyAfter(path []string, c *domain.Dispute) string {
	lost := slices.Contains([]string{domain.StatusLost, domain.StatusAccepted, domain.StatusExpired}, c.Status)
	taken, credited := path[0] == "chargeback", false
	for _, deed := range path {
		kind, stage, _ := strings.Cut(deed, " ")
		switch {
		case deed == "reinstated":
			credited = true
		case slices.Contains([]string{"chargeback", "debited", "pre_arbitration", "arbitration"}, deed), stage == "arbitration":
			taken, credited = true, false
		case path[0] == "announced" && kind != deed: // an answer brings the debit
			taken = true
		}
	}
	switch {
	case c.State == domain.RetrievalExpired, c.State == domain.GoodFaithClosed && !taken:
		return domain.MoneyNone
	case lost, path[len(path)-1] == "rdr", c.Stage == domain.StageGoodFaith && c.Status != domain.StatusWon && taken:
		return domain.MoneyLost
	case !taken, c.Stage == domain.StagePreCompliance, c.Stage == domain.StageCompliance:
		return domain.MoneyNone
	case c.Status != domain.StatusOpen && c.Status != domain.StatusResponded, credited:
		return domain.MoneyReturned
	}
	return domain.MoneyHeld
}

// walk opens a case and does one thing after the other.
func (w *walker) walk(path []string) (domain.PaymentID, domain.DisputeID) {
	w.Helper()
	w.n++
	op := sale(fmt.Sprint("k", w.n), cmp.Or(w.number, visa), 5000)
	op.Payment = domain.PaymentID(fmt.Sprint("pay_", w.n))
	w.do(op)
	raised := domain.Raising{Payment: op.Payment, Stage: path[0], Announced: path[0] == "announced"}
	if raised.Announced {
		raised.Stage = "chargeback"
	}
	id := w.raise(raised)
	for _, deed := range path[1:] {
		if !w.does(op.Payment, id, deed) {
			w.Fatalf("%q went no further at %s", path, deed)
		}
	}
	return op.Payment, id
}

// does does one thing, and tells whether that was possible.
func (w *walker) does(payment domain.PaymentID, id domain.DisputeID, deed string) bool {
	w.Helper()
	kind, stage, ours := strings.Cut(deed, " ")
	if !ours {
		err := w.Advance(w.Context(), id, deed)
		if err != nil && domain.CodeOf(err) != domain.CodeIllegalTransition {
			w.Errorf("%s: %v", deed, err)
		}
		return err == nil
	}
	w.n++
	got := w.do(answer(domain.OperationKind(kind), fmt.Sprint("a", w.n), payment, id, stage))
	done := got.Status == domain.Succeeded
	if !done && (got.Status != domain.Declined || got.Code == "" || got.Summary == "" || len(got.Facts) != 1 || got.Facts[0].Event != domain.OperationFailed) {
		w.Errorf("%s: %+v", deed, got)
	}
	return done
}

// try does one thing; what the other side can do is known beforehand.
func (w *walker) try(payment domain.PaymentID, id domain.DisputeID, deed string, before domain.BankCase) bool {
	w.Helper()
	done := w.does(payment, id, deed)
	if offered := slices.Contains(before.Outcomes, deed); !strings.Contains(deed, " ") && offered != done {
		w.Errorf("%s from %s, which offers %q: done %v", deed, before.State, before.Outcomes, done)
	}
	return done
}

// rowsOf checks that the last thing done was one that the machine expects there; that only money moves is none.
func (w *walker) rowsOf(path []string, from domain.State, steps []domain.Step) {
	w.Helper()
	var last domain.Step
	for _, s := range steps {
		if s.Machine == "dispute" {
			last = s
		}
	}
	onlyMoney := path[len(path)-1] == "reinstated" || path[len(path)-1] == "debited" && slices.Contains(path, "reinstated")
	if late := last.Row == "D30" || last.Row == "D31"; late != onlyMoney || from != "" && from != last.From {
		w.Errorf("%q ends with %s from %s on %s to %s", path, last.Row, last.From, last.On, last.To)
	}
	w.rows[last.Row] = true
}

// reached checks that every state and every row was come by.
func (w *walker) reached(t *testing.T, seen map[string]bool) {
	t.Helper()
	for _, state := range domain.DisputeMachine.States() {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(seen)), func(where string) bool { return strings.HasPrefix(where, string(state)+" ") }) && state != "" {
			t.Errorf("%s was never reached", state)
		}
	}
	for _, row := range domain.DisputeMachine.Rows() {
		if !row.Late && !w.rows[row.ID] {
			t.Errorf("row %s was never walked", row.ID)
			w.rows[row.ID] = true
		}
	}
}
