package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"till/domain"
	"till/storage/sqlite"
	"till/storage/storagetest"
	"till/tui/cli"
)

// BenchmarkImport imports orders and settles them in cash, as `till import --pay cash` does. The floor are bare INSERTs of the same
// entries into a bare table, in transactions of the same size.
func BenchmarkImport(b *testing.B) {
	const block = 200
	folder := b.TempDir()
	b.Setenv("XDG_CONFIG_HOME", folder)
	path, file := filepath.Join(folder, "till.db"), filepath.Join(folder, "orders.jsonl")
	bare := bareJournal(b, filepath.Join(folder, "bare.db"))
	var race storagetest.Race
	last, orders := domain.Seq(0), 0
	run := func() { // the first opens the till and warms up
		var lines strings.Builder
		for range block {
			orders++
			fmt.Fprintf(&lines, `{"reference":"R-%d","client":{"email":"ann%d@lee.example","first_name":"Ann"},"currency":"EUR","products":[{"title":"tea","price":10,"quantity":%d}]}`+"\n", orders, orders, 1+orders%7)
		}
		must(b, os.WriteFile(file, []byte(lines.String()), 0o600))
		ours := storagetest.Timed(func() { importedFrom(b, path, file) })
		entries := entriesAfter(b, path, last)
		last = entries[len(entries)-1].Seq
		floor := storagetest.Timed(func() { bare(entries) })
		if orders > block {
			race.Ours(ours)
			race.Floor(floor)
		}
	}
	run()
	for b.Loop() {
		run()
	}
	race.Rate(b, 0.4)
}

func importedFrom(b *testing.B, path, file string) {
	b.Helper()
	var out, errs bytes.Buffer
	code := cli.Execute(context.Background(), []string{"--db", path, "import", file, "--pay", "cash"},
		cli.IO{In: strings.NewReader(""), Out: &out, Err: &errs}, cli.Wiring{Open: open, Paths: paths})
	if code != 0 {
		b.Fatal(code, out.String(), errs.String())
	}
}

func entriesAfter(b *testing.B, path string, last domain.Seq) []domain.Entry {
	b.Helper()
	db, err := sqlite.Open(b.Context(), path, storagetest.Env())
	must(b, err)
	entries, err := db.Entries(b.Context(), "", last, 0, 0)
	must(b, err)
	must(b, db.Close())
	return entries
}

// bareJournal gives what inserts entries into a table without anything else: those of an order in a transaction, as it is issued and
// settled in one.
func bareJournal(b *testing.B, path string) func([]domain.Entry) {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(wal)&_pragma=synchronous(full)")
	must(b, err)
	db.SetMaxOpenConns(1)
	b.Cleanup(func() { must(b, db.Close()) })
	_, err = db.Exec("create table journal (seq integer primary key, at text, actor text, source text, stream text, subject text, kind text, key text, body text, prev text, hash text)")
	must(b, err)
	statements := map[string]*sql.Stmt{}
	for _, text := range []string{"begin immediate", "commit", "insert into journal values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"} {
		statements[text], err = db.Prepare(text)
		must(b, err)
	}
	do := func(text string, args ...any) {
		_, err := statements[text].Exec(args...)
		must(b, err)
	}
	return func(entries []domain.Entry) {
		for i, e := range entries {
			if i == 0 || e.Kind == domain.KindOrderIssued {
				if i > 0 {
					do("commit")
				}
				do("begin immediate")
			}
			do("insert into journal values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", int64(e.Seq), domain.FormatTime(e.At), e.Actor, string(e.Source), e.Stream, e.Subject,
				string(e.Kind), e.Key, string(e.Body), e.Prev, e.Hash)
		}
		do("commit")
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
