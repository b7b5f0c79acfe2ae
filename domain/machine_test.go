package domain

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
)

func eachMachine(t *testing.T, check func(*testing.T, *Machine)) {
	t.Helper()
	for _, m := range append(Machines(), SmallMachines()...) {
		t.Run(m.Name, func(t *testing.T) { check(t, m) })
	}
}

func TestEveryStateCanBeReached(t *testing.T) {
	eachMachine(t, func(t *testing.T, m *Machine) {
		reached := map[State]bool{"": true}
		for grown := true; grown; {
			grown = false
			for _, r := range m.Rows() {
				if reached[r.From] && !reached[r.To] {
					reached[r.To], grown = true, true
				}
			}
		}
		for _, s := range m.States() {
			if !reached[s] {
				t.Errorf("nothing leads to %s", s)
			}
		}
	})
}

func TestEveryStateCanBeReachedInOrder(t *testing.T) {
	eachMachine(t, func(t *testing.T, m *Machine) {
		reached := map[State]bool{"": true}
		for range m.States() {
			for _, r := range m.Rows() {
				if reached[r.From] && !r.Late {
					reached[r.To] = true
				}
			}
		}
		for _, s := range m.States() {
			if !reached[s] {
				t.Errorf("only facts out of their order lead to %s", s)
			}
		}
	})
}

func TestEveryStateThatIsNotFinalCanBeLeft(t *testing.T) {
	eachMachine(t, func(t *testing.T, m *Machine) {
		for _, s := range m.States() {
			left := false
			for range m.From(s) {
				left = true
			}
			if !left && !m.Final(s) {
				t.Errorf("nothing leads out of %s", s)
			}
		}
		for _, s := range m.Finals {
			if !slices.Contains(m.States(), s) {
				t.Errorf("final %s is no state of the machine", s)
			}
		}
	})
}

func TestEveryRowSaysWhyInOneSentence(t *testing.T) {
	eachMachine(t, func(t *testing.T, m *Machine) {
		for _, r := range m.Rows() {
			first := []rune(r.Why + " ")[0]
			if !unicode.IsUpper(first) && !unicode.IsDigit(first) {
				t.Errorf("%s begins %q", r.ID, string(first))
			}
			if !strings.HasSuffix(r.Why, ".") || strings.Count(r.Why, ". ") > 0 {
				t.Errorf("%s is not one sentence: %q", r.ID, r.Why)
			}
		}
	})
}

func TestEveryGuardHasItsWords(t *testing.T) {
	eachMachine(t, func(t *testing.T, m *Machine) {
		for _, r := range m.Rows() {
			for _, g := range r.Guards {
				if g.Name == "" || g.Refusal == "" || g.Holds == nil {
					t.Errorf("%s has the guard %q with the refusal %q", r.ID, g.Name, g.Refusal)
				}
			}
		}
	})
}

// Rows for what comes late may repeat the arrows of others: those are tried first.
func TestNoArrowIsThereTwice(t *testing.T) {
	eachMachine(t, func(t *testing.T, m *Machine) {
		seen := map[string]string{}
		for _, r := range m.Rows() {
			key := fmt.Sprint(r.From, " on ", r.On, " to ", r.To, " if ", guardNames(r), " late ", r.Late)
			if seen[key] != "" {
				t.Errorf("%s and %s are the same: %s", seen[key], r.ID, key)
			}
			seen[key] = r.ID
		}
	})
}

func guardNames(t Transition) []string {
	var names []string
	for _, g := range t.Guards {
		names = append(names, g.Name)
	}
	return names
}

// The rows of the lifecycle that were joined with another are left out; P46 to P48 are §10 and the groups of §4.
var lifecycleRows = map[string][]string{
	"order":     append(numbered("O", 43, 16), "O9b"),
	"payment":   numbered("P", 48, 28, 30, 32),
	"operation": numbered("Op", 10),
	"refund":    numbered("Rf", 14),
	"dispute":   append(numbered("D", 33), "D13b"),
	"mandate":   numbered("M", 8),   // §9 has no numbers
	"payout":    numbered("Py", 15), // nor has §8
	"shift":     numbered("S", 5),   // of the drawer it does not speak
	"operator":  numbered("Or", 5),  // nor of who works at it
}

func numbered(prefix string, last int, joined ...int) []string {
	var ids []string
	for i := 1; i <= last; i++ {
		if !slices.Contains(joined, i) {
			ids = append(ids, fmt.Sprint(prefix, i))
		}
	}
	return ids
}

func TestTheLifecycleIsAllThere(t *testing.T) {
	eachMachine(t, func(t *testing.T, m *Machine) {
		var have []string
		for _, r := range m.Rows() {
			have = append(have, r.ID)
		}
		for _, id := range lifecycleRows[m.Name] {
			if !slices.Contains(have, id) {
				t.Errorf("%s is missing", id)
			}
		}
		for _, id := range slices.Compact(have) {
			if !slices.Contains(lifecycleRows[m.Name], id) {
				t.Errorf("the lifecycle has no %s", id)
			}
		}
	})
}

// walks asks the machine for one step and checks which row it takes.
func walks(t *testing.T, m *Machine, from State, on Event, f *Facts, id string, to State) {
	t.Helper()
	got, refusal := m.Next(from, on, f)
	switch {
	case got == nil:
		t.Errorf("%s: nothing leads from %q on %s: %s", id, from, on, refusal)
	case got.ID != id || got.To != to:
		t.Errorf("from %q on %s: %s to %q, want %s to %q", from, on, got.ID, got.To, id, to)
	}
}

// refuses asks the machine for a step that it must not take.
func refuses(t *testing.T, m *Machine, from State, on Event, f *Facts, want Guard) {
	t.Helper()
	got, refusal := m.Next(from, on, f)
	if got != nil {
		t.Errorf("from %q on %s: %s to %q in spite of %q", from, on, got.ID, got.To, want.Name)
	} else if refusal != want.Refusal {
		t.Errorf("from %q on %s: refused with %q, want %q", from, on, refusal, want.Refusal)
	}
}
