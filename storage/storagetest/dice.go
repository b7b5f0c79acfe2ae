package storagetest

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
)

// Scaled multiplies the size of a test by TILL_TEST_SCALE.
func Scaled(t testing.TB, n int) int {
	t.Helper()
	text := os.Getenv("TILL_TEST_SCALE")
	if text == "" {
		return n
	}
	times, err := strconv.Atoi(text)
	if err != nil || times < 1 {
		t.Fatal("TILL_TEST_SCALE is no number from 1")
	}
	return n * times
}

// Seed is what the dice of a test begin with. It is printed; TILL_TEST_SEED throws the same again.
func Seed(t testing.TB) uint64 {
	t.Helper()
	seed := rand.Uint64()
	if text := os.Getenv("TILL_TEST_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal("TILL_TEST_SEED is no number from 0")
		}
	}
	t.Logf("TILL_TEST_SEED=%d", seed)
	return seed
}

// Dice are those of a test, from its seed.
func Dice(t testing.TB) *rand.Rand {
	t.Helper()
	return rand.New(rand.NewPCG(Seed(t), 0))
}
