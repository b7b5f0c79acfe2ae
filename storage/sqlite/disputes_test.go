package sqlite

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/storage/storagetest"
)

// Every page walks an index in its own order, however deep it lies: nothing is sorted and no table is read through.
func TestDisputePagesWalkAnIndex(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "till.db"))
	for _, sort := range []string{"opened_at", "respond_by"} {
		for _, open := range []bool{false, true} {
			for _, resumed := range []bool{false, true} {
				p := &disputePaging{column: sort, open: open, size: 10, resumed: resumed, time: "2026", id: "dsp_1", payment: "pay_1"}
				query, args := p.statement()
				index := map[bool]map[string]string{
					false: {"opened_at": "disputes_opened", "respond_by": "disputes_due"},
					true:  {"opened_at": "disputes_open", "respond_by": "disputes_open_due"},
				}[open][sort]
				plan := planOf(t, db, query, args...)
				if !strings.Contains(plan, "USING INDEX "+index+"\n") && !strings.Contains(plan, "USING INDEX "+index+" (") || strings.Contains(plan, "TEMP B-TREE") {
					t.Errorf("%+v:\n%s", p, plan)
				}
				if resumed && !strings.Contains(plan, "SEARCH d") {
					t.Errorf("it is read from the beginning:\n%s", plan)
				}
			}
		}
	}
}

func planOf(t testing.TB, db *DB, query string, args ...any) string {
	t.Helper()
	var plan strings.Builder
	check(t, db.writer.once(func(rows *sql.Rows) error {
		var id, parent, unused int
		var detail string
		err := rows.Scan(&id, &parent, &unused, &detail)
		fmt.Fprintln(&plan, detail)
		return err
	}, "explain query plan "+query, args...))
	return plan.String()
}

// disputed tells of a chargeback about a booked order's payment.
func disputed(t testing.TB, db *DB, o bookedOrder, i int) {
	t.Helper()
	at := storagetest.Start.Add(time.Duration(i) * time.Minute)
	claim := domain.Claim{Stage: domain.StageChargeback, Status: domain.StatusOpen, Amount: 1000, RespondBy: at.Add(18 * 24 * time.Hour)}
	_, err := db.Update(t.Context(), func(domain.Tx) ([]domain.Entry, error) {
		e, err := domain.NewEntry(domain.KindFactsReported, string(o.id), string(o.pay), domain.Report{Payment: o.pay, Facts: []domain.Fact{{
			Event: domain.DisputeEvidenceRequired, Action: fmt.Sprint("act_", i), At: at, Case: domain.DisputeID(fmt.Sprintf("dsp_01K%07d", i)), Dispute: &claim,
		}}})
		return []domain.Entry{e}, err
	})
	check(t, err)
}

// BenchmarkDisputes reads pages of 50 out of 3,000 disputes.
func BenchmarkDisputes(b *testing.B) {
	db := open(b, filepath.Join(b.TempDir(), "till.db"))
	for i, o := range book(b, db, 3_000) {
		disputed(b, db, o, i)
	}
	for _, q := range []domain.DisputeQuery{{}, {Open: true, Sort: "respond_by"}} {
		q.Size = 50
		first, err := db.Disputes(b.Context(), q)
		check(b, err)
		far := q
		far.Size = 1000
		for range 2 {
			page, err := db.Disputes(b.Context(), far)
			check(b, err)
			far.After = page.Next
		}
		far.Size = 50
		for name, q := range map[string]domain.DisputeQuery{"first": q, "deep": far} {
			b.Run(q.Sort+name, func(b *testing.B) {
				for b.Loop() {
					page, err := db.Disputes(b.Context(), q)
					check(b, err)
					if len(page.Items) != len(first.Items) {
						b.Fatal(len(page.Items))
					}
				}
			})
		}
	}
}
