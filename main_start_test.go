package main

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// What is typed before the console has drawn anything is not lost: the terminal keeps it, and the sale takes it.
func TestConsoleTakesWhatIsTypedBeforeItIsThere(t *testing.T) {
	s := newShop(t)
	const starts = 5
	for range starts {
		program := exec.Command(filepath.Join(programs, "till"), "--db", filepath.Join(t.TempDir(), "till.db"))
		program.Dir = s.home
		program.Env = []string{"HOME=" + s.home, "TERM=xterm-256color", "LANG=C.UTF-8"}
		term := openTerminal(t, 100, 30, program)
		term.send("2*" + flatWhite + "3*" + flatWhite)
		term.sees(`5 × Flat white`)
		term.close()
	}
	t.Logf("proof: %d starts, no key typed before the first frame lost", starts)
}
