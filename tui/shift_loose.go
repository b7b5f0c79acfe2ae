package tui

import (
	"context"
	"fmt"
	"strings"

	"till/domain/till"
)

// loose is what is still open where a shift is about to end: nothing of it is in the report.
type loose struct {
	screens, parked, undecided int
	more                       bool // than undecided says
}

func looseEnds(ctx context.Context, t *till.Till) (l loose, err error) {
	sales, err := t.Store.Parked(ctx)
	if err != nil {
		return l, err
	}
	for _, p := range sales {
		if p.At.IsZero() { // it was never put aside
			l.screens++
			continue
		}
		l.parked++
	}
	rows, more, err := t.Undecided(ctx)
	l.undecided, l.more = len(rows), more
	return l, err
}

// words name what is still open, "" where nothing is.
func (l loose) words() string {
	var parts []string
	for _, one := range []struct {
		n         int
		more      bool
		one, many string
	}{
		{l.screens, false, "sale is on the screen", "sales are on screens"},
		{l.parked, false, "sale is parked", "sales are parked"},
		{l.undecided, l.more, "payment is not decided", "payments are not decided"},
	} {
		if one.n > 0 {
			parts = append(parts, fmt.Sprintf("%s%d %s", either(one.more, "more than ", ""), one.n, either(one.n == 1, one.one, one.many)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "still open: " + strings.Join(parts, ", ")
}
