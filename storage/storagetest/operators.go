package storagetest

import (
	"fmt"
	"strings"
	"time"

	"till/domain"
)

func (b *bench) operators(want string) {
	b.Helper()
	told := func(all []*domain.Operator) string {
		var got []string
		for _, o := range all {
			got = append(got, fmt.Sprintf("%s %s %s", o.Name, o.Role, o.State))
		}
		return strings.Join(got, ", ")
	}
	all, err := b.Operators(b.Context())
	b.must(err)
	b.equal(told(all), want)
	b.deciding(func(tx domain.Tx) {
		all, err := tx.Operators()
		b.must(err)
		b.equal(told(all), want)
		for _, o := range all {
			one, err := tx.Operator(o.ID)
			b.must(err)
			b.equal(one, o)
		}
		_, err = tx.Operator("opr_01KZZ")
		b.refused(err, domain.CodeNotFound)
	})
}

func (b *bench) pin(id domain.OperatorID, want string) {
	b.Helper()
	got, err := b.PIN(b.Context(), id)
	b.must(err)
	b.equal(got, want)
}

func testOperators(b *bench) {
	b.operators("")
	add := func(id, name string, role domain.Role, hash string) {
		e, err := entry(domain.KindOperatorAdded, id, id, domain.OperatorAdding{Name: name, Role: role})
		b.must(err)
		e.Brings.PIN = &domain.KeptPIN{Operator: domain.OperatorID(id), Hash: hash}
		b.append(e)
	}
	add("opr_01KB1", "Maria", domain.Manager, "hash one")
	add("opr_01KA1", "Bob", domain.Clerk, "hash two")
	b.operators("Maria manager active, Bob clerk active")
	b.pin("opr_01KB1", "hash one")
	b.pin("opr_01KA1", "hash two")
	b.pin("opr_01KZZ", "")
	e, err := entry(domain.KindOperatorPINSet, "opr_01KA1", "opr_01KA1", struct{}{})
	b.must(err)
	e.Brings.PIN = &domain.KeptPIN{Operator: "opr_01KA1", Hash: "hash three"}
	b.append(e)
	b.pin("opr_01KA1", "hash three")
	e, err = entry(domain.KindOperatorDisabled, "opr_01KA1", "opr_01KA1", struct{}{})
	b.must(err)
	e.Brings.PIN = &domain.KeptPIN{Operator: "opr_01KA1"}
	b.append(e)
	b.pin("opr_01KA1", "")
	b.finds("operator", "maria", "opr_01KB1")
	b.finds("operator", "opr_01kb1", "opr_01KB1")
	b.finds("operator", "bob", "opr_01KA1")
	b.finds("operator", "nobody")
	b.must(b.Rebuild(b.Context()))
	b.operators("Maria manager active, Bob clerk disabled")
	b.pin("opr_01KB1", "hash one")
}

// What change gives is there the next time, for the keys that were named and for no others.
func testTries(b *bench) {
	seen := time.Date(2026, 3, 1, 9, 0, 0, 123456789, time.UTC)
	locked := domain.Tries{Key: "one", Wrong: 2, Locks: 1, Left: 90 * time.Second, Calm: 5 * time.Second, Seen: seen}
	reads := func(key string, want domain.Tries) {
		b.Helper()
		b.must(b.Tries(b.Context(), []string{key}, func(tries []domain.Tries) []domain.Tries {
			b.equal(tries, []domain.Tries{want})
			return tries
		}))
	}
	keep := func(tries ...domain.Tries) {
		b.Helper()
		var keys []string
		for _, t := range tries {
			keys = append(keys, t.Key)
		}
		b.must(b.Tries(b.Context(), keys, func([]domain.Tries) []domain.Tries { return tries }))
	}
	reads("one", domain.Tries{Key: "one"})
	keep(locked, domain.Tries{Key: "two", Wrong: 1, Seen: seen})
	reads("one", locked)
	reads("two", domain.Tries{Key: "two", Wrong: 1, Seen: seen})
	reads("three", domain.Tries{Key: "three"})
	keep(domain.Tries{Key: "one", Seen: seen})
	reads("one", domain.Tries{Key: "one"})
	reads("two", domain.Tries{Key: "two", Wrong: 1, Seen: seen})
	b.must(b.Rebuild(b.Context()))
	reads("two", domain.Tries{Key: "two", Wrong: 1, Seen: seen})
}
