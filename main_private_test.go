package main

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// careless runs a command as one whose files everybody may write, unless the program sees to it.
func (s *shop) careless(input string, args ...string) *exec.Cmd {
	till := s.command(args...)
	cmd := exec.Command("sh", append([]string{"-c", `umask 0; exec "$@"`, "sh"}, till.Args...)...)
	cmd.Dir, cmd.Env, cmd.Stdin = till.Dir, append(till.Env, "TMPDIR="+s.home), strings.NewReader(input)
	return cmd
}

// private looks at every file and folder that there is below the home, and gives their names.
func (s *shop) private() (seen string) {
	s.Helper()
	err := filepath.WalkDir(s.home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == s.home {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		seen += " " + filepath.Base(path)
		want := fs.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		}
		if info.Mode().Perm() != want {
			s.Errorf("%s is %v, not %v", path, info.Mode().Perm(), want)
		}
		return nil
	})
	if err != nil {
		s.Fatal(err)
	}
	return seen
}

// What the till writes is its owner's alone, whatever the umask: while it is open, when it is closed, when it is brought to a
// newer schema, copied, printed and set up.
func TestFilesAreTheOwnersAlone(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	for _, line := range []struct {
		input string
		args  string
	}{
		{"", "order issue --email a@b.example --item Tea@3"},
		{"", "pay 1 --card 4242424242424242 --expiry 12/34 --cvv 100"},
		{mariasPIN + "\n", "operator add Maria --role manager"},
		{"", "receipt 1 --out slip.txt"},
		{"", "receipt 1 --format escpos --out slip.bin"},
		{"", "backup copy.db"},
		{"", "order list --demo"},
	} {
		cmd := s.careless(line.input, append(strings.Fields(line.args), "--operator", "Maria")...)
		cmd.Env = append(cmd.Env, "TILL_PIN="+mariasPIN)
		if strings.HasPrefix(line.args, "operator") {
			cmd.Args = cmd.Args[:len(cmd.Args)-2]
		}
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v, %s", line.args, err, out)
		}
	}
	seen := s.private() + s.talking()
	of := busy(t)
	s.grownOld(of, 2)
	if out, err := s.careless("", "order", "list").CombinedOutput(); err != nil || len(s.kept()) == 0 {
		t.Fatalf("%v, %s, kept %v", err, out, s.kept())
	}
	seen += s.private()
	for _, name := range []string{
		" till.db ", " till.sandbox.db", " till.db-wal", " till.db-shm", " config.toml", " pepper", " slip.txt", " slip.bin", " copy.db", " copy.sandbox.db",
		" till.before-schema-",
	} {
		if !strings.Contains(seen, name) {
			t.Errorf("there was no %s: %s", name, seen)
		}
	}
	t.Logf("proof: %d files and folders written under umask 0, each its owner's alone", len(strings.Fields(seen)))
}

// talking has a console open, which keeps a setting, and looks at the files that are there meanwhile.
func (s *shop) talking() (seen string) {
	s.Helper()
	cmd := s.careless("", "--accessible")
	cmd.Stdin = nil
	in, err := cmd.StdinPipe()
	if err != nil {
		s.Fatal(err)
	}
	var said bytes.Buffer
	cmd.Stdout = &said
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill() }()
	if _, err := io.WriteString(in, "Maria\n"+mariasPIN+"\nsettings\ntheme\n"); err != nil {
		s.Fatal(err)
	}
	config := filepath.Join(s.home, ".config", "till", "config.toml")
	for until := time.Now().Add(patient); seen == "" && time.Now().Before(until); time.Sleep(watched) {
		if _, err := os.Stat(config); err == nil {
			seen = s.private()
		}
	}
	if err := in.Close(); err != nil {
		s.Error(err)
	}
	_ = cmd.Wait()
	if seen == "" {
		s.Errorf("no setting was kept: %s", said.String())
	}
	return seen
}
