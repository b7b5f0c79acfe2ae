package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	dice "math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"
)

// raw opens a file behind the till's back.
func raw(t *testing.T, path, mode string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode="+mode+"&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// rows gives what a query answers, a line for each row.
func rows(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	found, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	columns, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for found.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = &values[i]
		}
		if err := found.Scan(values...); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprintln(values...)))
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

// charges is how often the gateway took money for a payment: its own books, behind the till's back.
func (s *shop) charges() map[string]int {
	s.Helper()
	db := raw(s.T, strings.TrimSuffix(s.db, ".db")+".sandbox.db", "ro")
	defer func() { _ = db.Close() }()
	taken := map[string]int{}
	for _, payment := range rows(s.T, db, "select payment from fact where event = 'payment_captured'") {
		taken[payment]++
	}
	return taken
}

// watched is how often a test looks whether the moment to kill has come.
const watched = 200 * time.Microsecond

// killAt starts a command and kills it as soon as the journal has n entries. It tells whether that came before
// the command's own end.
func (s *shop) killAt(n int, args ...string) bool {
	s.Helper()
	db := raw(s.T, s.db, "ro")
	defer func() { _ = db.Close() }()
	return s.killWhen(time.Tick(watched), func() bool {
		last := 0
		err := db.QueryRowContext(s.Context(), "select coalesce(max(seq), 0) from journal").Scan(&last)
		return err == nil && last >= n // an error: the file or its table is not there yet
	}, args...)
}

// killWhen kills a command at one of the ticks: the first at which the time has come.
func (s *shop) killWhen(ticks <-chan time.Time, come func() bool, args ...string) bool {
	s.Helper()
	cmd := s.command(args...)
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case <-ended:
			return false
		case <-ticks:
			if come() {
				_ = cmd.Process.Kill() // it may have ended a moment ago
				return (<-ended) != nil
			}
		}
	}
}

const chinook = "domain/testdata/chinook-orders.jsonl"

// The real orders, their import killed again and again: it ends as if nothing had happened.
func TestImportSurvivesKills(t *testing.T) {
	t.Parallel()
	file, err := filepath.Abs(chinook)
	if err != nil {
		t.Fatal(err)
	}
	again := []string{"import", file, "--pay", "card"}
	calm, hit := newShop(t), newShop(t)
	if done := asked[imports](calm, again...); done.Issued != 412 || len(done.Failed) > 0 {
		t.Fatalf("%+v", done)
	}
	for n, kills := 1, scaled(t, 6); n < 1600; n += 1 + 4*(1600/(4*kills)) { // one more each time: another step of the road
		if !hit.killAt(n, again...) {
			t.Fatalf("the import ended before it had %d entries", n)
		}
	}
	if done := asked[imports](hit, again...); done.Issued+done.Skipped != 412 || done.Issued == 0 || len(done.Failed) > 0 {
		t.Errorf("the last import: %+v", done)
	}
	before := hit.intact()
	if done := asked[imports](hit, again...); done.Issued != 0 || done.Skipped != 412 || len(done.Failed) > 0 {
		t.Errorf("one import more: %+v", done)
	}
	if after := hit.intact(); after != before {
		t.Errorf("one import more: %d entries instead of %d", after, before)
	}
	orders := asked[list[order]](hit, "order", "list", "--size", "1000").Items
	if want := asked[list[order]](calm, "order", "list", "--size", "1000").Items; !reflect.DeepEqual(orders, want) {
		t.Errorf("the killed import ends otherwise:\n%v\nnot\n%v", orders, want)
	}
	imported(t, orders)
	hit.chargedOnce(412)
}

// imported compares the orders, newest first, with the file.
func imported(t *testing.T, orders []order) {
	t.Helper()
	text, err := os.ReadFile(chinook)
	if err != nil {
		t.Fatal(err)
	}
	lines, warned := bytes.Split(bytes.TrimSpace(text), []byte("\n")), 0
	if len(orders) != len(lines) {
		t.Fatalf("%d orders, %d lines", len(orders), len(lines))
	}
	for i, line := range lines {
		var want struct {
			Reference string
			Total     string `json:"expected_total"`
		}
		if err := json.Unmarshal(line, &want); err != nil {
			t.Fatal(err)
		}
		o := orders[len(orders)-1-i]
		if o.Number != strconv.Itoa(i+1) || o.Reference != want.Reference || o.Total != want.Total || o.Status != "paid" || o.BalanceDue != "0.00" {
			t.Errorf("line %d, %+v, became %+v", i+1, want, o)
		}
		warned += min(1, len(o.Warnings))
	}
	if warned != 76 {
		t.Errorf("%d orders have warnings", warned)
	}
}

// chargedOnce fails unless the gateway took the money of so many orders, once each.
func (s *shop) chargedOnce(orders int) {
	s.Helper()
	taken, of := s.charges(), map[string]int{}
	for _, p := range asked[list[payment]](s, "payment", "list", "--size", "1000").Items {
		of[p.Order] += taken[p.ID]
		delete(taken, p.ID)
	}
	for id, times := range of {
		if times != 1 {
			s.Errorf("%s was charged %d times", id, times)
		}
	}
	if len(of) != orders || len(taken) > 0 {
		s.Errorf("payments of %d orders; the gateway also took %v", len(of), taken)
	}
}

// A payment, killed at any moment: the gateway took the money once or not at all, the till knows of it or asks,
// and the same command again ends with one charge.
func TestPaySurvivesKills(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rolls := dice.New(dice.NewPCG(seed, 0))
	s := newShop(t)
	s.must("order", "issue", "--email", "a@b.example", "--item", "Tea@3")
	began := time.Now()
	s.must("pay", "1", "--tender", "cash")
	usual := time.Since(began)
	rounds := scaled(t, 12)
	for n := 2; n <= rounds+1; n++ {
		s.must("order", "issue", "--email", "a@b.example", "--item", "Tea@"+strconv.Itoa(n))
		pay := payWith(n)
		if n%2 == 0 {
			s.killAt(s.intact()+1+rolls.IntN(3), pay...) // asked, or answered
		} else {
			moment := time.After(time.Duration(rolls.Int64N(int64(2 * usual))))
			s.killWhen(moment, func() bool { return true }, pay...)
		}
		s.nothingByHalf(n)
		s.finish(n, rolls.IntN(2) == 0)
	}
}

// payWith is the command that pays order n, with a key of its own.
func payWith(n int) []string {
	return []string{"pay", strconv.Itoa(n), "--card", "4242424242424242", "--expiry", "12/34", "--cvv", "100", "--idempotency-key", key(n)}
}

func key(n int) string { return "key-" + strconv.Itoa(n) }

// sold is order n as it is now.
func (s *shop) sold(n int) order {
	s.Helper()
	return asked[order](s, "order", "show", strconv.Itoa(n))
}

// nothingByHalf compares what a killed payment left in the journal with the gateway's books.
func (s *shop) nothingByHalf(n int) {
	s.Helper()
	s.intact()
	taken, payments := s.charges(), s.sold(n).Payments
	switch {
	case len(payments) == 0 && len(taken) != n-2: // all the orders before this one are paid
		s.Errorf("order %d: money was taken before anything was written", n)
	case len(payments) > 1 || len(payments) == 1 && (len(payments[0].Operations) != 1 || payments[0].Operations[0].Key != key(n)):
		s.Errorf("order %d: %+v", n, payments)
	case len(payments) == 1 && payments[0].Status == "captured" && taken[payments[0].ID] != 1:
		s.Errorf("order %d: captured, and the gateway took it %d times", n, taken[payments[0].ID])
	}
	for id, times := range taken {
		if times != 1 {
			s.Errorf("%s was charged %d times", id, times)
		}
	}
}

// finish repeats a payment that was killed, sometimes after a look at what the gateway knows, and once more.
func (s *shop) finish(n int, look bool) {
	s.Helper()
	if payments := s.sold(n).Payments; look && len(payments) == 1 {
		_, _, _ = s.run("payment", "sync", payments[0].ID) // what it finds shows in the repeat
		s.nothingByHalf(n)
	}
	p := asked[payment](s, payWith(n)...)
	if again := asked[payment](s, payWith(n)...); !reflect.DeepEqual(p, again) {
		s.Errorf("order %d: the same key answers\n%+v, then\n%+v", n, p, again)
	}
	b := asked[books](s, "sandbox", "books", p.ID)
	if want := strconv.Itoa(n) + ".00"; p.Status != "captured" || p.Captured != want || b.Captured != want || b.Authorized != want {
		s.Errorf("order %d: %+v, in the gateway's books %+v", n, p, b)
	}
	if s.nothingByHalf(n); s.charges()[p.ID] != 1 || len(b.Calls) != 1 || b.Calls[key(n)] == 0 || s.sold(n).Status != "paid" {
		s.Errorf("order %d is %s: %d charges, calls %v", n, s.sold(n).Status, s.charges()[p.ID], b.Calls)
	}
}
