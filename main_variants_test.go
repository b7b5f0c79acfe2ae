package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// configured writes the shop's configuration, and gives it with every command.
func (s *shop) configured(text string) []string {
	s.Helper()
	path := filepath.Join(s.home, "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		s.Fatal(err)
	}
	return []string{"--config", path}
}

// Several variants are one gateway on other terms: the order's amount chooses, and what one took another gives back.
func TestVariantsOfTheConfiguration(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	with := s.configured("[variants.counter]\nprovider = 'sandbox'\nmax = '50.00'\nmethods = ['card']\n" +
		"[variants.invoice]\nprovider = 'sandbox'\ncapture = 'manual'\nhold_days = 7\n")
	type method struct {
		Variant, Method, Refusal string
		Usable                   bool
	}
	var usable []string
	for _, m := range asked[list[method]](s, append(with, "methods", "--amount", "50.01")...).Items {
		if m.Method == "card" {
			usable = append(usable, m.Variant+" "+m.Refusal)
		}
	}
	if got := strings.Join(usable, ", "); got != "counter the amount must be at most 50.00 EUR, invoice " {
		t.Errorf("methods: %q", got)
	}
	s.must(append(with, "order", "issue", "--email", "a@b.example", "--item", "Tea@50.01")...)
	s.must(append(with, "order", "issue", "--email", "a@b.example", "--item", "Tea@50")...)
	card := []string{"--card", "4242424242424242", "--expiry", "12/34", "--cvv", "100"}
	held := asked[payment](s, append(append(with, "pay", "1"), card...)...)
	taken := asked[payment](s, append(append(with, "pay", "2"), card...)...)
	if held.Status != "authorized" || taken.Status != "captured" {
		t.Errorf("they are %s and %s", held.Status, taken.Status)
	}
	s.must(append(with, "clock", "advance", "7d")...)
	if p := asked[payment](s, append(with, "payment", "show", held.ID)...); p.Status != "voided" {
		t.Errorf("after its seven days the hold is %s", p.Status)
	}
	for text, want := range map[string]string{
		"[variants.a]\nprovider = 'stripe'":                    "variants.a.provider must be sandbox or cash",
		"[variants.a]\nprovider = 'cash'\nmethods = ['card']":  `variants.a.methods has "card", which cash does not have`,
		"[variants.a]\nprovider = 'cash'\ncolour = 'blue'":     "colour",
		"[variants.a]\nprovider = 'cash'\ncapture = 'someday'": "variants.a.capture must be auto, manual or multiple",
	} {
		if _, complaint, code := s.run(append(s.configured(text), "methods")...); code != 2 || !strings.Contains(complaint, want) {
			t.Errorf("%q: exit %d, %s", text, code, complaint)
		}
	}
}

// The clock that one process moves is every other's, the gateway's too.
func TestOneClockInEveryProcess(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	type clock struct {
		Now     time.Time
		Shifted bool
	}
	before := asked[clock](s, "clock", "show")
	s.must("clock", "advance", "52w")
	after := asked[clock](s, "clock", "show")
	if ahead := after.Now.Sub(before.Now); before.Shifted || !after.Shifted || ahead < 52*7*24*time.Hour || ahead > 52*7*24*time.Hour+time.Minute {
		t.Errorf("it was %v, and is %v", before, after)
	}
	s.must("order", "issue", "--email", "a@b.example", "--item", "Tea@3")
	s.must("pay", "1", "--card", "4242424242424242", "--expiry", "12/34", "--cvv", "100", "--capture", "manual")
	type timers struct{ Items []struct{ At time.Time } }
	if next := asked[timers](s, "clock", "ahead", "30d"); len(next.Items) == 0 || next.Items[0].At.Before(after.Now.Add(27*24*time.Hour)) {
		t.Errorf("ahead of %s is %v", after.Now, next)
	}
	s.intact()
}
