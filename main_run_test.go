package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestScenarios: every scenario that ships holds in the program itself, has a title, says the same each time, and leaves
// nothing behind.
func TestScenarios(t *testing.T) {
	t.Parallel()
	listed := asked[list[struct{ Name, Title string }]](newShop(t), "run", "--list")
	if len(listed.Items) < 10 {
		t.Errorf("only %d scenarios ship", len(listed.Items))
	}
	for _, scenario := range listed.Items {
		t.Run(scenario.Name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			said := s.must("run", "-v", scenario.Name)
			if again := s.must("run", "-v", scenario.Name); said != again {
				t.Errorf("it says\n%s\nand then\n%s", said, again)
			}
			title := scenario.Title
			if title == "" || !strings.HasPrefix(said, "# "+title+"\n") || !strings.HasSuffix(said, "\n✓ "+scenario.Name+"  "+title+"\n") {
				t.Errorf("the title is %q, and it says\n%s", title, said)
			}
			if left, err := os.ReadDir(s.home); err != nil || len(left) > 0 {
				t.Errorf("it left %v: %v", left, err)
			}
		})
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
