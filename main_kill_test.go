package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"till/storage/storagetest"

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
	cmd := s.command(args...)
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for ticks := time.Tick(watched); ; {
		select {
		case <-ended:
			return false
		case <-ticks:
			last := 0
			err := db.QueryRowContext(s.Context(), "select coalesce(max(seq), 0) from journal").Scan(&last)
			if err == nil && last >= n { // an error: the file or its table is not there yet
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
	for n, kills := 1, storagetest.Scaled(t, 3); n < 1600; n += 1 + 4*(1600/(4*kills)) { // one more each time: another step of the road
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
