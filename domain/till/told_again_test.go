package till_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"till/domain"
	"till/domain/till"
)

// What an older till wrote into its entries reads as ever, and it is said that it cannot be forgotten.
func TestWhatAnOlderTillWroteIsReadAndCannotBeForgotten(t *testing.T) {
	b := newBench(t, nil)
	c := b.customer(ann)
	o := b.issueFor(ann)
	_, err := b.journal.Update(b.ctx, func(domain.Tx) ([]domain.Entry, error) { // as nothing was set aside then
		e, err := domain.NewEntry(domain.KindOrderMoved, string(o.ID), string(o.ID), domain.Move{Event: domain.View, Reason: "quarrels"})
		return []domain.Entry{e}, err
	})
	b.must(err)
	_, orders, err := b.Forget(b.ctx, till.Intent{}, c.ID)
	b.must(err)
	entries, err := b.Store.Entries(b.ctx, string(o.ID), 0, 0, 0)
	b.must(err)
	move, err := domain.Decode[domain.Move](entries[1])
	if err != nil || move.Reason != "quarrels" {
		t.Errorf("it reads as %+v, %v", move, err)
	}
	for what, told := range map[string]func() ([]domain.Seq, error){
		"customer": func() ([]domain.Seq, error) { return b.IndelibleOf(b.ctx, c, orders) },
		"order":    func() ([]domain.Seq, error) { return b.Indelible(b.ctx, string(o.ID)) },
	} {
		if kept, err := told(); err != nil || !slices.Equal(kept, []domain.Seq{entries[1].Seq}) {
			t.Errorf("of the %s it is said that %v are not reached, %v", what, kept, err)
		}
	}
	b.mustStand(b.amounts(o.ID), o.ID)
}

// An authorize without an answer is sent again with what was told for it, which nobody has to tell once more by then.
func TestWhatWasToldIsSentAgain(t *testing.T) {
	var sent []map[string]string
	b := newBench(t, func(p domain.Provider) domain.Provider { return &unheard{p, &sent} })
	debit := till.Payable{Order: b.issue(2000).ID, Method: "sepa", Source: domain.Source{Type: "sepa", Fields: map[string]string{"iban": german}}}
	_, err := b.Pay(b.ctx, till.Intent{Key: "k"}, debit)
	b.code(err, domain.CodeUnknownOutcome)
	_, err = b.Pay(b.ctx, till.Intent{Key: "k"}, debit)
	b.must(err)
	if len(sent) != 2 || sent[1]["iban"] != german {
		t.Errorf("sent were %v", sent)
	}
}

// unheard is a provider whose first authorize nobody hears.
type unheard struct {
	domain.Provider
	sent *[]map[string]string
}

func (d *unheard) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	if op.Kind == domain.Authorize {
		if *d.sent = append(*d.sent, op.Source.Fields); len(*d.sent) == 1 {
			return domain.Outcome{}, errors.New("nobody heard it")
		}
	}
	return d.Provider.Do(ctx, op)
}

// What was told is no part of the entries, but for the shop's own; a repeat is known by it, and refused with another.
func TestARepeatIsKnownByWhatItTells(t *testing.T) {
	b := confessing(t)
	debit := till.Payable{Order: b.issue(2000).ID, Method: "sepa", Description: "rent", Source: domain.Source{Type: "sepa", Fields: map[string]string{"iban": german}}}
	first, err := b.Pay(b.ctx, till.Intent{Key: "k"}, debit)
	b.must(err)
	again, err := b.Pay(b.ctx, till.Intent{Key: "k"}, debit)
	b.must(err)
	if again.Payment.ID != first.Payment.ID || again.Order.Version != first.Order.Version || again.Payment.Source.Fields["iban"] != german {
		t.Errorf("a repeat is told %+v", again.Payment)
	}
	other := debit
	other.Source.Fields = map[string]string{"iban": british}
	_, err = b.Pay(b.ctx, till.Intent{Key: "k"}, other)
	b.code(err, domain.CodeIdempotencyConflict)
	entries, err := b.Store.Entries(b.ctx, string(debit.Order), 0, 0, 0)
	b.must(err)
	for _, e := range entries {
		if strings.Contains(string(e.Body), german) || strings.Contains(string(e.Body), "rent") {
			t.Errorf("entry %d: %s", e.Seq, e.Body)
		}
	}
}

// Entries come into a journal through one place, which sets aside what was told in them.
func TestNothingIsWrittenPastWhatSetsAside(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), "Store.Update("); !strings.HasSuffix(file, "_test.go") && n > 0 {
			if calls += n; file != "till.go" {
				t.Errorf("%s writes entries itself: Till.update does", file)
			}
		}
	}
	if calls != 1 {
		t.Errorf("there are %d ways to write entries", calls)
	}
}
