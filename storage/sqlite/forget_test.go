package sqlite

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"till/domain"
	"till/storage/storagetest"
)

// Many people, written and moved about between many pages: of those who are forgotten nothing is left in any file,
// of the others everything.
func TestForgottenAmongMany(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	db := open(t, path)
	m := &storagetest.Maker{Store: db, Name: "F"}
	dice := rand.New(rand.NewPCG(1, 2))
	const people = 400
	orders := make([]domain.Document, people)
	person := func(i int) domain.Person {
		return domain.Person{
			FirstName: fmt.Sprintf("zq%03dfirst", i), Email: fmt.Sprintf("%d.zq%03dmail@example.org", dice.IntN(1e6), i),
			Notes: fmt.Sprintf("zq%03dnote %0*d", i, dice.IntN(6000), 0),
		}
	}
	var err error
	for _, i := range dice.Perm(people) {
		p := person(i)
		orders[i], err = m.Issue(t.Context(), storagetest.Draft{Person: &p})
		check(t, err)
		kept := domain.Kept{ID: fmt.Sprintf("per_c%d", i), Salt: "5a17", Person: person(i)}
		ref, err := kept.Ref()
		check(t, err)
		tell(t, db, domain.KindCustomerAdded, fmt.Sprintf("cus_%d", i), domain.CustomerBody{Person: ref}, kept)
	}
	gone := dice.Perm(people)[:people*3/4]
	_, err = db.Update(t.Context(), func(domain.Tx) ([]domain.Entry, error) {
		var entries []domain.Entry
		for _, i := range gone {
			for stream, row := range map[string]string{string(orders[i].ID): orders[i].Person.ID, fmt.Sprintf("cus_%d", i): fmt.Sprintf("per_c%d", i)} {
				e, err := domain.NewEntry(domain.KindPersonForgotten, stream, row, domain.Forgetting{Row: row})
				if err != nil {
					return nil, err
				}
				e.Brings.Person = &domain.Kept{ID: row}
				entries = append(entries, e)
			}
		}
		return entries, nil
	})
	check(t, err)
	var all []byte
	for _, file := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(file)
		check(t, err)
		all = append(all, bytes.ToLower(content)...)
	}
	forgotten := map[int]bool{}
	for _, i := range gone {
		forgotten[i] = true
	}
	for i := range people {
		if left := bytes.Count(all, fmt.Appendf(nil, "zq%03d", i)); forgotten[i] && left > 0 || !forgotten[i] && left == 0 {
			t.Errorf("%d is forgotten (%v), and there %d times", i, forgotten[i], left)
		}
	}
}

// Who reads an older state keeps its bytes in the log: that is said, and forgetting once more when they have gone
// does the rest.
func TestForgottenButHeld(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	db := open(t, path)
	m := &storagetest.Maker{Store: db, Name: "F"}
	doc, err := m.Issue(t.Context(), storagetest.Draft{Person: &domain.Person{FirstName: "Kunigunde"}})
	check(t, err)
	reader, err := raw(t, path).Conn(t.Context())
	check(t, err)
	defer func() { check(t, reader.Close()) }()
	_, err = reader.ExecContext(t.Context(), "begin; select * from people")
	check(t, err)
	forget := func() error {
		_, err := db.Update(t.Context(), func(domain.Tx) ([]domain.Entry, error) {
			e, err := domain.NewEntry(domain.KindPersonForgotten, string(doc.ID), doc.Person.ID, domain.Forgetting{Row: doc.Person.ID})
			e.Brings.Person = &domain.Kept{ID: doc.Person.ID}
			return []domain.Entry{e}, err
		})
		return err
	}
	wantCode(t, forget(), domain.CodeBusy)
	person, err := db.Person(t.Context(), doc.Person.ID)
	check(t, err)
	if person != (domain.Person{}) {
		t.Error("they are not forgotten", person)
	}
	_, err = reader.ExecContext(t.Context(), "rollback")
	check(t, err)
	check(t, forget())
}
