package storagetest

import (
	"math/rand/v2"
	"testing"
)

// Mutants has a check look at n texts that are made of seeds and of what hurts: cut, doubled, mixed, with bytes changed. n is
// multiplied by TILL_TEST_SCALE, the seed is printed, and TILL_TEST_SEED makes the same ones again. It tells how many there were.
func Mutants(t *testing.T, n int, seeds []string, check func(text string)) int {
	t.Helper()
	if testing.Short() {
		n = n/10 + 1
	}
	n = Scaled(t, n)
	m := mutator{Dice(t), append(Hostile(), seeds...), seeds}
	for range n {
		text := m.mutant()
		check(text)
		if t.Failed() {
			t.Fatalf("the text was %q", text)
		}
	}
	return n
}

type mutator struct {
	*rand.Rand
	all, seeds []string
}

// mutant is one of the seeds after a few accidents.
func (m mutator) mutant() string {
	text := m.seeds[m.IntN(len(m.seeds))]
	for range 1 + m.IntN(4) {
		from := m.IntN(len(text) + 1)
		to := from + m.IntN(len(text)-from+1)
		if m.IntN(2) == 0 {
			to = min(to, from+4)
		}
		other := m.all[m.IntN(len(m.all))]
		switch m.IntN(6) {
		case 0:
			text = text[:from] + text[to:]
		case 1:
			text = text[:to] + text[from:]
		case 2:
			text = text[:from] + other + text[to:]
		case 3:
			text = text[:from] + other[m.IntN(len(other)+1):]
		case 4:
			text = text[:from] + string([]byte{byte(m.IntN(256))}) + text[to:]
		case 5:
			text = text[:from] + string("0123456789-+*@%.,:;{}[]\" "[m.IntN(25)]) + text[to:]
		}
	}
	return text
}
