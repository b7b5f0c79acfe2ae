package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The scenarios that ship hold in the program itself, say the same each time, and leave nothing behind.
func TestScenariosHold(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	listed := asked[list[struct{ Name string }]](s, "run", "--list")
	for _, scenario := range listed.Items {
		if first, again := s.must("run", "-v", scenario.Name), s.must("run", "-v", scenario.Name); first != again {
			t.Errorf("%s says\n%s\nand then\n%s", scenario.Name, first, again)
		}
	}
	if left, err := os.ReadDir(s.home); err != nil || len(left) > 0 || len(listed.Items) == 0 {
		t.Errorf("%d scenarios left %v: %v", len(listed.Items), left, err)
	}
}

// What a pipeline sees of a scenario is its exit code: it held, it did not, there is none, somebody pressed Ctrl+C.
func TestScenarioExitCodes(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	for text, want := range map[string]int{
		"till paths\nstdout WORK=$WORK": 1,
		"till paths\nstdout $WORK":      0,
		"":                              2,
		"exec sh -c 'kill -INT $PPID'\n" + strings.Repeat("till order list\n", 50): 130,
	} {
		file := filepath.Join(s.home, "scenario.txtar")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, complaint, code := s.run("run", "scenario.txtar"); code != want {
			t.Errorf("%q: exit %d\n%s%s", text, code, out, complaint)
		}
	}
}
