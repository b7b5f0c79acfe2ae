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

// Find gives what an id with or without its prefix, an order's number, a human id, or a beginning of four
// characters or more may mean, in any case of letters; kind is "order", "payment" or "refund". What fits
// exactly comes alone. At most six come back, none if nothing fits.
func (db *DB) Find(ctx context.Context, kind, ref string) ([]domain.Found, error) {
	prefix, known := map[string]string{"order": "ord_", "payment": "pay_", "refund": "ref_"}[kind]
	if !known {
		return nil, domain.Errorf(domain.CodeInvalid, "%q is nothing that can be looked for", kind)
	}
	ref = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(ref)), prefix)
	var found []domain.Found
	err := db.read(ctx, func(s *session) (err error) {
		found, err = findExact(s, kind, ref)
		if err == nil && len(found) == 0 && len([]rune(ref)) >= minBeginning {
			found, err = findBeginning(s, kind, ref)
		}
		return err
	})
	return found, err
}

const foundColumns = `select distinct o.id, m.id, o.number, o.human_id, o.label from names m join orders o on o.n = m.n`

func findExact(s *session, kind, ref string) ([]domain.Found, error) {
	if ref == "" {
		return nil, nil
	}
	number := ""
	if kind == "order" {
		number = "number"
	}
	return readFound(s, foundColumns+" where m.kind in (?, ?) and m.name = ? limit ?", kind, number, ref, maxFound)
}

// findBeginning looks for names from the reference on up to where no name begins with it any more.
func findBeginning(s *session, kind, ref string) ([]domain.Found, error) {
	return readFound(s, foundColumns+" where m.kind = ? and m.name >= ? and m.name < ? limit ?",
		kind, ref, ref+string(unicode.MaxRune), maxFound)
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

// matchOf makes a search of what somebody typed: every word is the beginning of one. Anything but letters and
// digits parts words, as it does for the index, so no input is a mistake in the search's own language. It is
// empty when there are no words.
func matchOf(text string) string {
	words := strings.FieldsFunc(strings.Map(withoutMarks, text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
	var match strings.Builder
	for _, w := range words {
		match.WriteString(`"` + w + `"* `)
	}
	return match.String()
}

// withoutMarks drops accents that stand by themselves: the index does not have them either.
func withoutMarks(r rune) rune {
	if unicode.IsMark(r) {
		return -1
	}
	return r
}
