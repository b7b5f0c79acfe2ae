package main

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"till/storage/storagetest"
)

const (
	mariasPIN = "740193852"
	bobsPIN   = "615204937"
)

// as runs a command as somebody, whose PIN is in the environment, with lines on stdin; "" is nobody.
func (s *shop) as(name, pin, input string, args ...string) (out, complaint string, code int) {
	s.Helper()
	var stdout, stderr bytes.Buffer
	if name != "" {
		args = append(args, "--operator", name)
	}
	cmd := s.command(args...)
	cmd.Env = append(cmd.Env, "TILL_PIN="+pin, "TILL_OVERRIDE_PIN="+mariasPIN)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &stdout, &stderr
	if _, left := errors.AsType[*exec.ExitError](cmd.Run()); left && cmd.ProcessState == nil {
		s.Fatal("it did not run")
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

// staffed is a shop with a manager, Maria, and a clerk, Bob.
func staffed(t *testing.T) *shop {
	t.Helper()
	s := newShop(t)
	for _, add := range [][]string{
		{"", mariasPIN + "\n", "operator", "add", "Maria", "--role", "manager"},
		{"Maria", bobsPIN + "\n", "operator", "add", "Bob", "--role", "clerk"},
	} {
		if out, complaint, code := s.as(add[0], mariasPIN, add[1], add[2:]...); code != 0 {
			t.Fatalf("exit %d: %s%s", code, out, complaint)
		}
	}
	return s
}

// A crowd of processes that guess at once has no more guesses than one; what they have done to the lock is there for every
// process after them. Processes that are right at once are all let in.
func TestACrowdOfProcessesGuesses(t *testing.T) {
	t.Parallel()
	s := staffed(t)
	sell := []string{"order", "issue", "--counter", "--item", "Tea@3"}
	var working sync.WaitGroup
	for range 8 {
		working.Go(func() {
			if _, complaint, code := s.as("bob", bobsPIN, "", sell...); code != 0 {
				t.Errorf("exit %d: %s", code, complaint)
			}
		})
	}
	working.Wait()
	guesses := storagetest.Scaled(t, 16)
	if testing.Short() {
		guesses = 8
	}
	var looked, locked atomic.Int64
	for range guesses {
		working.Go(func() {
			_, complaint, code := s.as("Maria", "999999", "", sell...)
			switch {
			case code == 4 && strings.Contains(complaint, "the name or the PIN is wrong"):
				looked.Add(1)
			case code == 4 && strings.Contains(complaint, "too many wrong PINs"):
				locked.Add(1)
			default:
				t.Errorf("exit %d: %s", code, complaint)
			}
		})
	}
	working.Wait()
	if looked.Load() != 5 {
		t.Errorf("%d guesses were looked at, %d locked out", looked.Load(), locked.Load())
	}
	if _, complaint, code := s.as("Maria", mariasPIN, "", append(sell, "--json")...); code != 4 || !strings.Contains(complaint, `"code":"locked_out"`) {
		t.Errorf("the right PIN after them: exit %d, %s", code, complaint)
	}
	s.intact()
	t.Logf("proof: %d processes guess at once, %d guesses looked at", guesses, looked.Load())
}

// PINs and the pepper are in no database, in no copy of one, in no output; and no flag takes a PIN.
func TestPINsAndThePepperAreNowhere(t *testing.T) {
	t.Parallel()
	s := staffed(t)
	var said strings.Builder
	try := func(want int, name, pin string, args ...string) {
		t.Helper()
		out, complaint, code := s.as(name, pin, bobsPIN+"\n", args...)
		said.WriteString(out + complaint)
		if code != want {
			t.Errorf("till %s: exit %d, %s", strings.Join(args, " "), code, complaint)
		}
	}
	try(0, "Bob", bobsPIN, "order", "issue", "--counter", "--item", "Kettle@90")
	try(0, "Bob", bobsPIN, "pay", "1", "--tender", "cash")
	payment := asked[struct{ Payments []struct{ ID string } }](s, "order", "show", "1").Payments[0].ID
	try(4, "Bob", bobsPIN, "payment", "refund", payment)
	try(0, "Bob", bobsPIN, "payment", "refund", payment, "--override", "Maria")
	try(4, mariasPIN, mariasPIN, "order", "issue", "--counter", "--item", "Tea@3") // a PIN typed where the name belongs
	try(2, "Bob", bobsPIN, "operator", "pin", "Bob", "--pin", bobsPIN[:4])
	try(0, "Maria", mariasPIN, "operator", "pin", "Bob", "--json")
	try(0, "Maria", mariasPIN, "operator", "disable", "Bob")
	try(0, "", "", "operator", "list")
	try(0, "", "", "journal", "list", "--size", "1000", "--json")
	try(0, "", "", "journal", "export", "--format", "csv")
	try(0, "", "", "doctor")
	db := raw(t, s.db, "rw")
	if _, err := db.ExecContext(t.Context(), "vacuum into ?", filepath.Join(s.home, "shop", "copy.db")); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	paths := asked[map[string]string](s, "paths")
	info, err := os.Stat(paths["pepper"])
	if err != nil || info.Mode().Perm() != 0o600 || filepath.Dir(paths["pepper"]) != filepath.Dir(paths["config"]) {
		t.Fatalf("the pepper: %v, %v", info, err)
	}
	text, err := os.ReadFile(paths["pepper"])
	if err != nil {
		t.Fatal(err)
	}
	pepper := strings.TrimSpace(string(text))
	secret, err := hex.DecodeString(pepper)
	if err != nil || len(secret) != 32 {
		t.Fatalf("%d bytes of pepper, %v", len(secret), err)
	}
	canaries := [][]byte{[]byte(mariasPIN), []byte(bobsPIN), []byte(pepper), secret}
	looked := [][]byte{[]byte(said.String())}
	err = filepath.WalkDir(s.home, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || file == paths["pepper"] {
			return err
		}
		content, err := os.ReadFile(file)
		looked = append(looked, content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, content := range looked {
		for i, canary := range canaries {
			if bytes.Contains(content, canary) {
				t.Errorf("canary %d is in one of them", i)
			}
		}
	}
	s.intact()
	t.Logf("proof: %d canaries of PINs and the pepper, in none of %d files and outputs", len(canaries), len(looked))
}

// Without its pepper a till says which file is to be put back, and lets in nobody; with it, everybody again.
func TestALostPepperIsTold(t *testing.T) {
	t.Parallel()
	s := staffed(t)
	pepper := asked[map[string]string](s, "paths")["pepper"]
	if err := os.Rename(pepper, pepper+".away"); err != nil {
		t.Fatal(err)
	}
	sell := []string{"order", "issue", "--counter", "--item", "Tea@3"}
	_, complaint, code := s.as("Bob", bobsPIN, "", sell...)
	if code != 1 || !strings.Contains(complaint, pepper) || !strings.Contains(complaint, "put the file back") {
		t.Errorf("exit %d: %s", code, complaint)
	}
	if _, complaint, code := s.as("", "", "", sell...); code != 4 {
		t.Errorf("nobody: exit %d, %s", code, complaint)
	}
	if _, complaint, code := s.as("Maria", mariasPIN, "1234567\n", "operator", "add", "Eve", "--role", "manager"); code != 1 {
		t.Errorf("a new one: exit %d, %s", code, complaint)
	}
	if names, said := s.ill(); len(names) != 1 || names[0] != "operators" {
		t.Errorf("the doctor finds %v: %s", names, said)
	}
	if _, err := os.Stat(pepper); err == nil {
		t.Error("another was made")
	}
	if err := os.Rename(pepper+".away", pepper); err != nil {
		t.Fatal(err)
	}
	if _, complaint, code := s.as("Bob", bobsPIN, "", sell...); code != 0 {
		t.Errorf("with it: exit %d, %s", code, complaint)
	}
}

// In the console of the real program a clerk signs in, sells, and gives back more than they may alone: a manager stands by,
// the next operator finds the door shut, no PIN is on the screen, and the journal has both names.
func TestConsoleKnowsWhoIsHere(t *testing.T) {
	t.Parallel()
	s := staffed(t)
	if _, complaint, code := s.as("Maria", mariasPIN, "", "order", "issue", "--counter", "--item", "Kettle@200"); code != 0 {
		t.Fatal(complaint)
	}
	if _, complaint, code := s.as("Maria", mariasPIN, "", "pay", "1", "--tender", "cash"); code != 0 {
		t.Fatal(complaint)
	}
	term := openShell(t, 100, 30, programs)
	term.sees(prompt)
	config := filepath.Dir(filepath.Dir(asked[map[string]string](s, "paths")["config"]))
	term.send("XDG_CONFIG_HOME=" + config + " till --db " + s.db + "; echo \"left $?\"\r")
	term.sees(`who is here\?`)
	if strings.Contains(term.text(), "ready for the next customer") {
		t.Error("the sale is seen before anybody has signed in")
	}
	term.send("bob\r" + bobsPIN[:5])
	term.sees(`PIN +•••••`)
	term.send(bobsPIN[5:] + "\r")
	term.sees(`Bob is here`)
	term.send("\x0f")
	term.sees(`paid with(?s).*€200\.00`)
	term.send("\r")
	term.sees(`refund `)
	term.send("r")
	term.sees(`● enter refund`)
	term.send("60\r")
	term.sees(`(?s)this\s.*€60\.00; a manager.*Maria · manager`)
	term.send("Maria\r" + mariasPIN + "\r")
	term.sees(`refunded €60\.00`)
	term.send("\x11")
	term.sees(`who is here\?`)
	if text := term.text(); strings.Contains(text, "€") || strings.Contains(text, mariasPIN[:4]) {
		t.Errorf("behind the door:\n%s", text)
	}
	term.send("\x03")
	term.sees(`(?m)^left 0$`)
	out, _, _ := s.as("", "", "", "journal", "list", "--size", "1000", "--json")
	if !strings.Contains(out, `"actor":"Bob"`) || !strings.Contains(out, `"override":"Maria"`) {
		t.Error("the journal has not both names")
	}
	s.intact()
}
