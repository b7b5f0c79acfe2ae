package sandbox_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"till/domain"
	"till/providers/providertest"
	"till/providers/sandbox"
)

// desk is a sandbox in a folder of its own, with a clock that stands still until it is moved.
type desk struct {
	*testing.T
	*sandbox.Sandbox
	path string
	env  domain.Env
	now  *atomic.Pointer[time.Time]
}

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{T: t, path: filepath.Join(t.TempDir(), "what? a #1 till.sandbox.db"), now: new(atomic.Pointer[time.Time])}
	d.setNow(noon)
	var ids atomic.Int64
	d.env = domain.Env{
		Now:   func() time.Time { return *d.now.Load() },
		NewID: func(prefix string) string { return fmt.Sprintf("%s%06d", prefix, ids.Add(1)) },
		Rand:  func(n int) int { return n - 1 },
		Wait:  wait,
	}
	d.Sandbox = d.open()
	return d
}

func wait(ctx context.Context, span time.Duration) error {
	select {
	case <-time.After(span):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (d *desk) setNow(t time.Time) { d.now.Store(&t) }

// open opens the desk's file once more, as another process would.
func (d *desk) open() *sandbox.Sandbox {
	d.Helper()
	s, err := sandbox.Open(d.Context(), d.path, d.env)
	if err != nil {
		d.Fatal(err)
	}
	d.Cleanup(func() {
		if err := s.Close(); err != nil {
			d.Error(err)
		}
	})
	return s
}

func (d *desk) do(op domain.Operation) domain.Outcome {
	d.Helper()
	outcome, err := d.Do(d.Context(), op)
	if err != nil {
		d.Fatal(err)
	}
	return outcome
}

// lost asks for what must get no answer.
func (d *desk) lost(op domain.Operation) {
	d.Helper()
	outcome, err := d.Do(d.Context(), op)
	if err == nil {
		d.Fatalf("%s was answered: %+v", op.Kind, outcome)
	}
	if outcome.Status != "" || len(outcome.Facts) != 0 || outcome.Wire.Sent == "" || outcome.Wire.Answered != "" {
		d.Errorf("a lost answer tells %+v", outcome)
	}
}

func (d *desk) books(payment domain.PaymentID) domain.Books {
	d.Helper()
	books, err := d.Books(d.Context(), payment)
	if err != nil {
		d.Fatal(err)
	}
	return books
}

// card is a card of the table with its right CVV length, good for years.
func card(number string) *domain.Card {
	cvv := "737"
	if domain.BrandOf(number) == domain.Amex {
		cvv = "7373"
	}
	return &domain.Card{Number: domain.NewSecret(number), CVV: domain.NewSecret(cvv), Month: 12, Year: 2030, Name: "A Person"}
}

const visa = "4242424242424242"

func sale(key, number string, amount domain.Amount) domain.Operation {
	return domain.Operation{
		ID: "op_" + domain.OperationID(key), Kind: domain.Authorize, Key: key, Order: "ord_1", Payment: "pay_1",
		Method: "card", Variant: "default", Capture: domain.CaptureAuto, Amount: amount, Currency: "EUR", Card: card(number),
	}
}

func hold(key string, amount domain.Amount) domain.Operation {
	op := sale(key, visa, amount)
	op.Capture = domain.CaptureManual
	return op
}

func change(kind domain.OperationKind, key string, amount domain.Amount) domain.Operation {
	op := domain.Operation{Kind: kind, Key: key, Payment: "pay_1", Method: "card", Amount: amount, Currency: "EUR"}
	if kind == domain.RefundMoney {
		op.Refund = domain.RefundID("ref_" + key)
	}
	return op
}

func TestContract(t *testing.T) {
	decline := sale("decline", "4000000000009995", 12000)
	for name, mode := range map[string]domain.CaptureMode{
		"auto": domain.CaptureAuto, "manual": domain.CaptureManual, "multiple": domain.CaptureMultiple,
	} {
		t.Run("card "+name, func(t *testing.T) {
			providertest.Run(t, func(t *testing.T) providertest.Bench {
				approve := sale("approve", visa, 12000)
				approve.Capture = mode
				return providertest.Bench{Provider: newDesk(t), Approve: approve, Decline: decline}
			})
		})
	}
	for method, result := range map[string]string{"ideal": "paid", "sepa": "", "paypal": "paid", "voucher": "paid", "cod": "paid"} {
		t.Run(method, func(t *testing.T) {
			providertest.Run(t, func(t *testing.T) providertest.Bench {
				d := newDesk(t)
				return providertest.Bench{Provider: d, Approve: by(method, "approve", 12000), Confirm: func() error {
					if result == "" {
						return d.Settle(t.Context(), "pay_1", "succeeded")
					}
					return d.Customer(t.Context(), "pay_1", result)
				}}
			})
		})
	}
}

func TestRestart(t *testing.T) {
	d := newDesk(t)
	d.do(hold("a", 1000))
	d.do(change(domain.Capture, "c", 700))
	d.do(change(domain.RefundMoney, "r", 200))
	before, synced := d.books("pay_1"), d.do(change(domain.Sync, "s", 0))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d.Sandbox = d.open()
	after, again := d.books("pay_1"), d.do(change(domain.Sync, "s", 0))
	if fmt.Sprint(before) != fmt.Sprint(after) || !reflect.DeepEqual(synced.Facts, again.Facts) {
		t.Errorf("before %+v %+v\nafter  %+v %+v", before, synced.Facts, after, again.Facts)
	}
	want := domain.Books{
		Payment: "pay_1", Currency: "EUR", Authorized: 1000, Captured: 700, Voided: 300, Refunded: 200, Charges: 1,
		Calls: map[string]int{"a": 1, "c": 1, "r": 1},
	}
	if fmt.Sprint(after) != fmt.Sprint(want) {
		t.Errorf("books %+v, want %+v", after, want)
	}
}

func TestOneKeyInTwoProcesses(t *testing.T) {
	d := newDesk(t)
	handles := []*sandbox.Sandbox{d.Sandbox, d.open(), d.open(), d.open()}
	answers := make([]domain.Outcome, len(handles))
	var wg sync.WaitGroup
	for i, s := range handles {
		wg.Go(func() {
			var err error
			if answers[i], err = s.Do(d.Context(), sale("k", visa, 1000)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, a := range answers {
		if a.Status != domain.Succeeded || a.ProviderID != answers[0].ProviderID {
			t.Errorf("answered %+v and %+v", a, answers[0])
		}
	}
	if b := d.books("pay_1"); b.Authorized != 1000 || b.Captured != 1000 || b.Calls["k"] != len(handles) {
		t.Errorf("books %+v", b)
	}
}

func TestOpenedByManyAtOnce(t *testing.T) {
	d := newDesk(t)
	d.path = filepath.Join(t.TempDir(), "new.sandbox.db")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			s, err := sandbox.Open(t.Context(), d.path, d.env)
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestFilesThatAreNotOurs(t *testing.T) {
	d := newDesk(t)
	folder := t.TempDir()
	newer, junk, damaged := filepath.Join(folder, "newer.db"), filepath.Join(folder, "junk.db"), filepath.Join(folder, "damaged.db")
	hollow, nowhere := filepath.Join(folder, "hollow.db"), filepath.Join(folder, "nowhere.db")
	withVersion(t, newer, 99)
	withVersion(t, damaged, -5)
	withVersion(t, hollow, 1) // and no table of it
	if err := os.Symlink(filepath.Join(folder, "unmade.db"), nowhere); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(junk, bytes.Repeat([]byte("junk "), 4000), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]domain.Code{
		newer:                                  domain.CodeVersionConflict,
		junk:                                   domain.CodeStorageCorrupt,
		damaged:                                domain.CodeStorageCorrupt,
		hollow:                                 domain.CodeStorageCorrupt,
		nowhere:                                domain.CodeStorageReadonly, // SQLite would make it for everybody to read
		filepath.Join(folder, "none", "at.db"): domain.CodeStorageReadonly,
	} {
		_, err := sandbox.Open(t.Context(), path, d.env)
		if domain.CodeOf(err) != want {
			t.Errorf("%s: %v (%s), want %s", filepath.Base(path), err, domain.CodeOf(err), want)
		}
		if checks, _ := sandbox.Examine(t.Context(), path, 10); want != domain.CodeStorageReadonly && checks[0].OK {
			t.Errorf("%s is found well: %+v", filepath.Base(path), checks)
		}
	}
}

func withVersion(t *testing.T, path string, version int) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(fmt.Sprintf("PRAGMA user_version = %d", version)); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestNoCardInTheFile looks at the bytes while the file is open (the log still has its pages) and after.
func TestNoCardInTheFile(t *testing.T) {
	d := newDesk(t)
	canary := sale("canary", "4000056655665556", 1000) // not a test card: it could be a real one
	canary.Card.CVV = domain.NewSecret("973")
	good := sale("good", visa, 1000)
	good.Card.CVV = domain.NewSecret("973")
	wrong := sale("wrong", visa, 1000)
	wrong.Card.CVV = domain.NewSecret("9737973")
	setup := mandate("setup", visa)
	setup.Card.CVV = domain.NewSecret("973")
	for _, op := range []domain.Operation{canary, good, wrong, setup} {
		d.do(op)
	}
	if _, err := d.Token(t.Context(), *setup.Card); err != nil {
		t.Fatal(err)
	}
	d.withoutSecrets("400005665566", "424242424242", "9737973", `"973"`)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d.withoutSecrets("400005665566", "424242424242", "9737973", `"973"`)
}

func (d *desk) withoutSecrets(secrets ...string) {
	d.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.Dir(d.path), "*"))
	if err != nil || len(files) == 0 {
		d.Fatal(files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			d.Fatal(err)
		}
		for _, secret := range secrets {
			if strings.Contains(string(content), secret) {
				d.Errorf("%s has %s", filepath.Base(file), secret)
			}
		}
	}
}
