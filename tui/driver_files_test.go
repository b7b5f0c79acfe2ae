package tui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
	"till/providers/cash"
	"till/providers/sandbox"
	"till/storage/sqlite"
)

// newTestTill is a till with the sandbox and the drawer, on files of its own.
func newTestTill(t testing.TB, env domain.Env) *till.Till {
	t.Helper()
	dir := freshFiles(t, env)
	store, err := sqlite.Open(t.Context(), filepath.Join(dir, "till.db"), env)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	bank, err := sandbox.Open(t.Context(), filepath.Join(dir, "till.sandbox.db"), env)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bank.Close() })
	made, err := till.New(t.Context(), till.Config{
		Store: store, Env: env, Bank: bank, Currency: "EUR", TaxIn: true, Operator: "clerk", RefundLimit: 5000,
		Pepper: func(bool) ([]byte, error) { return []byte("the pepper of the tests, no other"), nil },
		Variants: []till.Variant{
			{Name: "sandbox", Provider: bank, Notifier: bank, Timeout: 10 * time.Second},
			{Name: "cash", Provider: cash.New(env), Timeout: time.Second},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// newFiles are a journal and a sandbox as they are when nothing has happened yet: made once, since making them takes
// longer than most tests.
type newFiles struct {
	content map[string][]byte // by name
	ids     int               // how many identifiers it took
	throws  []int             // the dice that it threw
}

var madeFiles = sync.OnceValues(func() (*newFiles, error) {
	dir, err := os.MkdirTemp("", "till")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	made, next := &newFiles{content: map[string][]byte{}}, counting()
	throw, ctx := dice(), context.Background()
	env := domain.Env{
		Now:   func() time.Time { return opening },
		NewID: func(prefix string) string { made.ids++; return next(prefix) },
		Rand:  func(n int) int { made.throws = append(made.throws, n); return throw(n) },
	}
	store, err := sqlite.Open(ctx, filepath.Join(dir, "till.db"), env)
	if err != nil {
		return nil, err
	}
	bank, err := sandbox.Open(ctx, filepath.Join(dir, "till.sandbox.db"), env)
	if err := errors.Join(err, bank.Close(), store.Close()); err != nil {
		return nil, err
	}
	for _, name := range []string{"till.db", "till.sandbox.db"} {
		if made.content[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	return made, nil
})

// freshFiles is a folder with new files, as if they had been made with an environment.
func freshFiles(t testing.TB, env domain.Env) string {
	t.Helper()
	made, err := madeFiles()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for range made.ids {
		env.NewID("")
	}
	for _, n := range made.throws {
		env.Rand(n)
	}
	for name, content := range made.content {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
