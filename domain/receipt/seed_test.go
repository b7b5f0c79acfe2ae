package receipt

import (
	"flag"
	"os"

	_ "pgregory.net/rapid" // whose flag it is
)

// One seed begins all dice of the tests, also those of rapid.
func init() {
	if seed := os.Getenv("TILL_TEST_SEED"); seed != "" {
		_ = flag.Set("rapid.seed", seed) // what is no number, the other dice refuse
	}
}
