package sqlite

import (
	"database/sql"
	"strings"
)

// compareSearch looks whether an order is found by its words. Words of other than plain letters and digits are left out:
// how the search takes those apart is its own matter.
func compareSearch(s *session, r *record) error {
	plain := strings.Builder{}
	for word := range strings.FieldsSeq(r.moving.words) {
		if !strings.ContainsFunc(word, func(c rune) bool {
			return (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
		}) {
			plain.WriteString(word + " ")
		}
	}
	match, err := matchOf(s, plain.String())
	if match == "" || err != nil {
		return err
	}
	found, err := s.first([]any{new(int)}, "select 1 from search where search match ? and rowid = ?", match, r.fixed.n)
	if err == nil && !found {
		err = otherViews("%s is not found by its words", r.fixed.id)
	}
	return err
}

// compareCounters looks whether each series goes on after the last number that was given out.
func compareCounters(s *session) error {
	given, kept := map[string]int64{}, map[string]int64{}
	err := s.each(func(rows *sql.Rows) error {
		var number string
		err := rows.Scan(&number)
		c := counterOf(number)
		given[c.series] = max(given[c.series], c.last)
		return err
	}, "select number from orders where number <> ''")
	if err != nil {
		return err
	}
	var reports int64
	if _, err := s.first([]any{&reports}, "select coalesce(max(cast(name as integer)), 0) from names where kind = 'z'"); err != nil {
		return err
	}
	given["z"] = reports
	err = s.each(func(rows *sql.Rows) error {
		var c counter
		err := rows.Scan(&c.series, &c.last)
		kept[c.series] = c.last
		return err
	}, "select series, last from counters")
	if err != nil {
		return err
	}
	for _, series := range []string{"order", "test", "z"} {
		if given[series] != kept[series] {
			return otherViews("the last number of the series %q is %d, and %d is kept", series, given[series], kept[series])
		}
	}
	return nil
}
