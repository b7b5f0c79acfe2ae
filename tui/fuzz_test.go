package tui

import (
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/storage/storagetest"
)

// checkEntry: whatever is typed or scanned into the entry line is refused in words or understood within bounds; what is
// understood means the same with blanks around it, and without what cannot be seen.
func checkEntry(t testing.TB, text string) {
	e, err := parseEntry(text)
	if again, errAgain := parseEntry(" " + Inert(text) + " "); (err == nil) != (errAgain == nil) || err == nil && !sameEntry(e, again) {
		t.Fatalf("%q is %+v, and cleaned %+v, %v", text, e, again, errAgain)
	}
	if err != nil {
		if said := err.Error(); said == "" || Inert(said) != said {
			t.Fatalf("%q is refused with %q", text, said)
		}
		return
	}
	switch {
	case (e.deed == putIn || e.deed == takeOut) && (e.quantity < 1 || e.quantity > domain.MaxQuantity):
		t.Fatalf("%q is %d pieces", text, e.quantity)
	case e.line < 0 || e.line > 9999:
		t.Fatalf("%q is line %d", text, e.line)
	case Inert(e.code) != e.code || strings.TrimSpace(e.code) != e.code:
		t.Fatalf("%q is the article %q", text, e.code)
	case e.amount != "" && !isAmount(e.amount), (e.deed == amountOff || e.deed == newPrice) && e.amount == "":
		t.Fatalf("%q is the amount %q", text, e.amount)
	}
	for _, c := range []domain.Currency{"EUR", "JPY", "KWD"} {
		if a, err := parseAmount(c, e.amount); err == nil && (a < 0 || a > domain.MaxAmount) {
			t.Fatalf("%q is the amount %d", text, a)
		}
	}
}

func sameEntry(a, b entry) bool {
	same := a.percent.Equal(b.percent)
	a.percent = b.percent
	return same && a == b
}

// checkFilter: whatever is typed into the filter is refused in words, or asks for something that can be: known statuses, amounts
// within bounds in a known currency, a time from before a time to.
func checkFilter(t testing.TB, text string) {
	q, err := parseFilter(text, opening, "EUR")
	if err != nil {
		if said := err.Error(); said == "" || Inert(said) != said {
			t.Fatalf("%q is refused with %q", text, said)
		}
		return
	}
	for _, s := range q.Statuses {
		if !isFlat(s) {
			t.Fatalf("%q asks for the status %q", text, s)
		}
	}
	if q.Least < 0 || q.Most < 0 || q.Least > domain.MaxAmount+1 || q.Most > domain.MaxAmount || (q.Least > 0 || q.Most > 0) && q.Currency.Format(1) == "" {
		t.Fatalf("%q asks for %d to %d %s", text, q.Least, q.Most, q.Currency)
	}
	for _, at := range []time.Time{q.From, q.To} {
		if y := at.Year(); !at.IsZero() && (y < 0 || y > 10000) {
			t.Fatalf("%q asks for the year %d", text, y)
		}
	}
	if again, err := parseFilter(strings.Join(strings.Fields(text), "  "), opening, "EUR"); err != nil || again.Text != q.Text || !again.From.Equal(q.From) || again.Least != q.Least {
		t.Fatalf("%q is %+v, with other blanks %+v, %v", text, q, again, err)
	}
}

func isFlat(name string) bool {
	for _, s := range domain.FlatStatuses() {
		if s == name {
			return true
		}
	}
	return false
}

// checkWhen: a time to come is to come, and can be written and read again; a span is none that takes back.
func checkWhen(t testing.TB, text string) {
	if span, err := parseSpan(text); err == nil && (span < 0 || span > longest) {
		t.Fatalf("%q is %v", text, span)
	}
	at, err := parseWhen(text, opening)
	if err != nil {
		return
	}
	if !at.After(opening) {
		t.Fatalf("%q is %v, which has passed", text, at)
	}
	if again, err := parseWhen(at.Format(time.RFC3339Nano), opening); at.Year() < 10000 && (err != nil || !again.Equal(at)) {
		t.Fatalf("%q is %v, read again %v, %v", text, at, again, err)
	}
	if said := dated(at) + inWords(at.Sub(opening)) + countdown(at.Sub(opening)); Inert(said) != said {
		t.Fatalf("%q is said as %q", text, said)
	}
}

var (
	entryLines = []string{"3*espresso", "espresso", "candle@4.50", "2*candle@4.50", "-", "-2", "-espresso", "-3*espresso", "10%", "7.5%", "-1.50", "@2", "@2.", "4006381333931", "99999*x", "0*x", "-0", "*", "3*", "@", "1e9%"}
	filterings = []string{"status:hold,paid amount:>50 from:7d to:2026-01-31 test:yes attention:yes", "amount:10..20usd ann", "amount:<=20", "amount:=5jpy", "status:part_paid", "from:today to:yesterday", "x:y", "ann lee 12", "amount:..", "from:99999999999d", "status:,,h"}
	whens      = []string{"15m", "+2h", "3d", "1w", "2027-01-31", "2027-01-31 15:04", "2027-01-31T15:04:05Z", "1 Feb 2027 10:00", "999999w", "2027-01-31T15:04:05+23:59", "tomorrow"}
)

func seedTexts(f *testing.F, seeds []string) {
	for _, text := range append(storagetest.Hostile(), seeds...) {
		f.Add(text)
	}
}

func FuzzEntry(f *testing.F) {
	seedTexts(f, entryLines)
	f.Fuzz(func(t *testing.T, text string) { checkEntry(t, text) })
}

func FuzzFilter(f *testing.F) {
	seedTexts(f, filterings)
	f.Fuzz(func(t *testing.T, text string) { checkFilter(t, text) })
}

func FuzzWhen(f *testing.F) {
	seedTexts(f, whens)
	f.Fuzz(func(t *testing.T, text string) { checkWhen(t, text) })
}

// The fuzzers' checks on texts that are made anew every time.
func TestAnyTyping(t *testing.T) {
	n := storagetest.Mutants(t, 10_000, entryLines, func(text string) { checkEntry(t, text) })
	n += storagetest.Mutants(t, 10_000, filterings, func(text string) { checkFilter(t, text) })
	n += storagetest.Mutants(t, 10_000, whens, func(text string) { checkWhen(t, text) })
	t.Logf("proof: %d entry lines, filters and times read", n)
}
