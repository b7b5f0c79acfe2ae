package tui

import (
	"bytes"
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// talk is a till that is spoken to in lines.
type talk struct {
	testing.TB
	till  *till.Till
	keeps bool // goes on where something led elsewhere
}

// aTalk opens a till whose clock stands still unless somebody moves it.
func aTalk(t testing.TB) *talk {
	t.Helper()
	var ahead atomic.Int64
	env := domain.Env{
		Now: func() time.Time {
			return time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC).Add(time.Duration(ahead.Load()))
		},
		NewID: counting(), Rand: dice(),
		Wait: func(context.Context, time.Duration) error { return nil },
	}
	made := newTestTill(t, env)
	made.Shift = func(by time.Duration) { ahead.Store(int64(by)) }
	if err := made.Store.PutArticles(t.Context(), shelf()); err != nil {
		t.Fatal(err)
	}
	return &talk{TB: t, till: made}
}

// says gives lines to the console and what it says to them.
func (c *talk) says(lines ...string) told {
	c.Helper()
	var out bytes.Buffer
	if err := RunPlain(c.Context(), c.till, strings.NewReader(strings.Join(lines, "\n")+"\n"), &out, Options{}); err != nil {
		c.Fatal(err)
	}
	onlyLines(c, out.String())
	return told{c, out.String()}
}

// onlyLines fails where something was said that is no plain line.
func onlyLines(t testing.TB, out string) {
	t.Helper()
	for line := range strings.Lines(out) {
		if width(strings.TrimRight(line, "\n")) > 200 {
			t.Errorf("a line of %d columns: %s", width(line), line)
		}
		for _, r := range line {
			if r < ' ' && r != '\n' || r == 0x7f || r >= 0x2500 && r <= 0x259f {
				t.Errorf("%U in %q", r, line)
			}
		}
	}
}

// told is what was said.
type told struct {
	talk *talk
	text string
}

// with fails unless all of these were said, one after the other.
func (w told) with(parts ...string) told {
	w.talk.Helper()
	rest := w.text
	for _, part := range parts {
		_, behind, found := strings.Cut(rest, part)
		if !found {
			w.talk.Fatalf("%q was not said, or not there:\n%s", part, w.text)
		}
		rest = behind
	}
	return w
}

func (w told) without(parts ...string) told {
	w.talk.Helper()
	for _, part := range parts {
		if strings.Contains(w.text, part) {
			w.talk.Fatalf("%q was said:\n%s", part, w.text)
		}
	}
	return w
}

// card is what is answered to the fields of a card, up to the last one, which pays.
func card(number string) []string { return []string{"card", number, "12/34", "123", ""} }

func TestPlainSellsForCash(t *testing.T) {
	c := aTalk(t)
	c.says("4006381333931", "3*crs", "-1", "10%", "pay", "cash", "10").with(
		"line 1: 1 × espresso, €2.40", "line 2: 3 × croissant, €2.10 each, €6.30", "taken out: 1 × espresso",
		"10% off", "total €5.67", "payment", "cash", "paid, order 1", "change €4.33")
}

// A scan where money is asked for pays nothing, and neither does one where only numbers are.
func TestPlainScanPaysNothing(t *testing.T) {
	c := aTalk(t)
	c.says("flat", "pay", "4006381333931", "cash", "4006381333931", "4006381333931").
		with("there is no choice", "looked like a scan").without("receipt")
	c.says("flat", "pay", "card", "4242424242424242", "12/34", "123", "4006381333931").with("was it a scan?").without("receipt")
}

func TestPlainAsksWhichArticle(t *testing.T) {
	c := aTalk(t)
	c.says("e", "green").with("which one is meant?", " 1 ", "line 1: 1 × 緑茶 (green tea)")
	c.says(":start over", ":1", "2*e", "1").with("which one is meant?", "1: 2 × e")
}

func TestPlainCardWithChallenge(t *testing.T) {
	c := aTalk(t)
	c.says(append([]string{"flat", "pay", "card", "4000 0027 6000 3184", "12/34", "5556", "556", ""}, "passed", "the order")...).with(
		"Card number:", "Expiry, like MM/YY:", "Security code:", "error:", "Security code, now given:", "Name on it (this line pays):",
		"THE CUSTOMER'S TURN", "http", "receipt", "paid, order 1",
		"the order is paid", "it came: issued").without("4000 0027", "40000027", "5556")
}

func TestPlainDeclineIsToldAndTriedAgain(t *testing.T) {
	c := aTalk(t)
	c.says(append(append([]string{"flat", "pay"}, card("4000000000000002")...), ":back", "cash", "")...).with("refused", "Name on it (this line pays):", "how is it paid?", "paid, order 1")
}

// A word that leaves is never taken for a name: the line would pay.
func TestPlainWordsAreNoText(t *testing.T) {
	c := aTalk(t)
	pays := append([]string{"flat", "pay"}, card("4242424242424242")[:4]...)
	c.says(append(pays, "quit")...).with("this line pays").without("receipt")
	c.says("pay", "card", "4242424242424242", "12/34", "123", "back", "cash", "back", "again").with("how is it paid?", "cash", "how is it paid?").without("receipt")
}

func TestPlainFieldsAreAskedAgain(t *testing.T) {
	c := aTalk(t)
	c.says("customer", "new", ":other country", "germ", "Ann", "Lee", "nobody", "ann@example.com", "", ":save", ":back", "again").with(
		"Country, now no address:", "First name:", "Last name:", "E-mail:", "error: must be like name@example.com", "E-mail, now nobody:", "Phone:")
}
