package till

import (
	"sync/atomic"
	"testing"
)

// CountHashes counts how often a PIN is hashed from now on, by something quicker, until the test ends. Tests that do so
// are not run beside others.
func CountHashes(t *testing.T) *atomic.Int64 {
	count, before := new(atomic.Int64), slowly
	slowly = func(secret, salt []byte) []byte {
		count.Add(1)
		return keyed(salt, "quick", string(secret))
	}
	t.Cleanup(func() { slowly = before })
	return count
}
