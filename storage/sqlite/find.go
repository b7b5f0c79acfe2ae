package sqlite

import (
	"context"
	"database/sql"
	"strings"
	"unicode"

	"till/domain"
)

const (
	maxFound     = 6
	minBeginning = 4 // characters
)

// prefixes are those of the ids by which things of a kind are called.
var prefixes = func() map[string][]string {
	all := map[string][]string{"order": {"ord_"}, "payment": {"pay_", "sid_"}, "refund": {"ref_"}, "dispute": {"dsp_"}}
	for prefix, kind := range strangers {
		all[kind] = []string{prefix}
	}
	return all
}()

// also is the kind of other names that mean one of a kind, but only in full.
var also = map[string]string{"order": "number", "customer": "email", "shift": "z"}

// Find gives what an id with or without its prefix, an order's number, a human id, a customer's e-mail address, or
// a beginning of four characters or more may mean, in any case of letters; kind is "order", "payment" (also by the
// id of a session), "refund", "dispute", "customer", "source", "mandate", "payout", "shift" (also by the number of its
// Z report) or "operator" (by name). What fits exactly comes alone. At most six come back, none if nothing fits.
func (db *DB) Find(ctx context.Context, kind, ref string) ([]domain.Found, error) {
	if prefixes[kind] == nil {
		return nil, domain.Errorf(domain.CodeInvalid, "%q is nothing that can be looked for", kind)
	}
	ref = strings.ToLower(strings.TrimSpace(ref))
	for _, prefix := range prefixes[kind] {
		ref = strings.TrimPrefix(ref, prefix)
	}
	var found []domain.Found
	err := db.read(ctx, func(s *session) (err error) {
		// The kind stands in the text: as some names have an index of their own, SQLite would plan anew for each value.
		found, err = find(s, kind, "m.kind in ('"+kind+"', '"+also[kind]+"') and m.name = ?", ref)
		if err == nil && len(found) == 0 && len([]rune(ref)) >= minBeginning { // up to where no name begins with it any more
			found, err = find(s, kind, "m.kind = '"+kind+"' and m.name >= ? and m.name < ?", ref, ref+string(unicode.MaxRune))
		}
		return err
	})
	return found, err
}

// find looks for names: those of orders and their money stand beside the order's row, others by themselves.
func find(s *session, kind, where string, args ...any) ([]domain.Found, error) {
	where += limited(maxFound)
	if isNamed(prefixes[kind][0]) {
		ids, err := readIDs(s, "select distinct m.id from names m where "+where, args...)
		return labelled(s, kind, ids, err)
	}
	found, err := readFound(s, "select distinct o.id, m.id, o.number, o.human_id, o.label from names m join orders o on o.n = m.n where "+where, args...)
	for i := range found {
		if kind == "dispute" { // an order may have several, and all have come to the same
			found[i].Label = found[i].ID + " · " + found[i].Label
		}
	}
	return found, err
}

func readFound(s *session, query string, args ...any) ([]domain.Found, error) {
	var found []domain.Found
	err := s.each(func(rows *sql.Rows) error {
		var f domain.Found
		var number, human, label string
		err := rows.Scan(&f.Order, &f.ID, &number, &human, &label)
		f.Label = strings.TrimPrefix(number+" · "+human+" · "+label, " · ")
		found = append(found, f)
		return err
	}, query, args...)
	return found, err
}
