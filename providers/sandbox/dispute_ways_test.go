package sandbox_test

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
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
		p, steps := w.agree(payment)
		c := p.Dispute(id)
		w.rowsOf(path, steps)
		if want := moneyAfter(path, c); c.Money != want {
			t.Errorf("%q ends with the money %s, want %s", path, c.Money, want)
		}
		where := fmt.Sprintf("%s %v %v %s", c.State, c.Announced, c.Provisional, c.RaisedBy)
		if seen[where] {
			continue
		}
		seen[where] = true
		for _, deed := range deeds {
			if w.try(payment, id, deed) {
				next = append(next, append(slices.Clip(path), deed))
				payment, id = w.walk(path)
			}
		}
		if t.Failed() {
			t.Fatalf("on the way %q", path)
		}
	}
	w.reached(t, seen)
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
		if !w.try(op.Payment, id, deed) {
			w.Fatalf("%q went no further at %s", path, deed)
		}
	}
	return op.Payment, id
}

// try does one thing, if that is possible: whether it is must be known beforehand.
func (w *walker) try(payment domain.PaymentID, id domain.DisputeID, deed string) bool {
	w.Helper()
	before := w.stands(id)
	kind, stage, ours := strings.Cut(deed, " ")
	done := false
	if ours {
		w.n++
		got := w.do(answer(domain.OperationKind(kind), fmt.Sprint("a", w.n), payment, id, stage))
		done = got.Status == domain.Succeeded
		if !done && (got.Status != domain.Declined || got.Code == "" || got.Summary == "" || len(got.Facts) != 1 || got.Facts[0].Event != domain.OperationFailed) {
			w.Errorf("%s from %s: %+v", deed, before.State, got)
		}
	} else {
		err := w.Advance(w.Context(), id, deed)
		done = err == nil
		if offered := slices.Contains(before.Outcomes, deed); offered != done || err != nil && domain.CodeOf(err) != domain.CodeIllegalTransition {
			w.Errorf("%s from %s, which offers %q: %v", deed, before.State, before.Outcomes, err)
		}
	}
	if after := w.stands(id); !done && !reflect.DeepEqual(after, before) {
		w.Errorf("%s was refused, and moved it from %+v to %+v", deed, before, after)
	}
	return done
}

// rowsOf checks that the last thing done was one that the machine expects there; that only money moves is none.
func (w *walker) rowsOf(path []string, steps []domain.Step) {
	w.Helper()
	var last domain.Step
	for _, s := range steps {
		if s.Machine == "dispute" {
			last = s
		}
	}
	onlyMoney := path[len(path)-1] == "reinstated" || path[len(path)-1] == "debited" && slices.Contains(path, "reinstated")
	if late := last.Row == "D30" || last.Row == "D31"; late != onlyMoney {
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
