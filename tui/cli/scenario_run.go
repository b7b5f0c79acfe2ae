package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"

	"till/domain"
)

// verdict is how a scenario ended.
type verdict struct {
	scenario
	OK       bool   `json:"ok"`
	FailedAt int    `json:"failed_at,omitempty"` // the line of its text
	Message  string `json:"message,omitempty"`
	Log      string `json:"log,omitempty"`
}

// where is the name of a scenario with the line that did not hold.
func (v verdict) where() string {
	if v.FailedAt == 0 {
		return v.Name
	}
	return fmt.Sprintf("%s, line %d", v.Name, v.FailedAt)
}

// script is the lines of a scenario before its files.
func (s scenario) script() []string {
	return strings.Split(string(txtar.Parse([]byte(s.text)).Comment), "\n")
}

// perform runs a scenario in a folder that goes with it. An error is ours or an interrupt, not the scenario's.
func (a *app) perform(ctx context.Context, s scenario, verbose bool) (verdict, error) {
	folder, err := os.MkdirTemp("", "till-run-")
	if err != nil {
		return verdict{}, err
	}
	defer func() { _ = os.RemoveAll(folder) }() // what stays is in the system's folder for such things
	file := filepath.Join(folder, "scenario.txtar")
	if err := os.WriteFile(file, []byte(s.text), 0o600); err != nil {
		return verdict{}, err
	}
	on := &stage{verbose: verbose}
	on.Run("", func(testscript.T) {
		testscript.RunT(on, testscript.Params{
			Files: []string{file}, WorkdirRoot: folder, Setup: prepare, Cmds: words(ctx, a.env),
		})
	})
	return on.verdict(s, file), ctx.Err()
}

// stage is where testscript performs a scenario: what *testing.T is to a test. What a scenario breaks off with is a
// panic that goes no further than Run, as nothing here may end the program.
type stage struct {
	verbose bool
	log     strings.Builder
	failed  bool
	skipped string
	broken  any
}

// leave is the panic that ends a scenario early.
type leave struct{}

// Run performs a scenario, whatever it does.
func (s *stage) Run(_ string, perform func(testscript.T)) {
	defer func() {
		thrown := recover()
		if _, left := thrown.(leave); thrown != nil && !left {
			s.failed, s.broken = true, thrown
		}
	}()
	perform(s)
}

// Skip ends a scenario that does not fit here.
func (s *stage) Skip(why ...any) {
	s.skipped = "skipped: " + fmt.Sprint(why...)
	panic(leave{})
}

// Fatal ends a scenario that could not even begin.
func (s *stage) Fatal(why ...any) {
	s.Log(why...)
	s.FailNow()
}

// FailNow ends a scenario that did not hold.
func (s *stage) FailNow() {
	s.failed = true
	panic(leave{})
}

// Log takes what testscript has to tell.
func (s *stage) Log(what ...any) { fmt.Fprintln(&s.log, what...) }

// Parallel does nothing: scenarios run one after the other.
func (s *stage) Parallel() {}

// Verbose says whether the log is to be kept where nothing failed.
func (s *stage) Verbose() bool { return s.verbose }

// verdict reads from the log how a scenario ended: testscript tells it nowhere else.
func (s *stage) verdict(of scenario, file string) verdict {
	log := s.log.String()
	v := verdict{scenario: of, OK: !s.failed, Message: s.skipped}
	failures := regexp.MustCompile(`(?m)^FAIL: `+regexp.QuoteMeta(file)+`:(\d+): (.*)\n`).FindAllStringSubmatchIndex(log, -1)
	switch {
	case v.OK:
	case s.broken != nil:
		v.Message = fmt.Sprintf("%s: it broke off: %v", lastSaid(log), s.broken)
	case len(failures) > 0:
		last := failures[len(failures)-1]
		v.FailedAt, _ = strconv.Atoi(log[last[2]:last[3]]) // they are digits
		v.Message = log[last[4]:last[5]]
		if v.FailedAt > 0 { // 0 is while its files were laid out
			v.Message = strings.TrimSpace(of.script()[v.FailedAt-1]) + ": " + v.Message
		}
	default:
		v.Message = strings.TrimSpace(log)
	}
	v.Message = clean(v.Message)
	if s.verbose || s.failed {
		v.Log = s.told()
	}
	return v
}

// lastSaid is the last line that a log tells of.
func lastSaid(log string) string {
	said := "at its beginning"
	for line := range strings.Lines(log) {
		if command, ok := strings.CutPrefix(line, "> "); ok {
			said = strings.TrimSpace(command)
		}
	}
	return said
}

var (
	// aside is what testscript adds to a log for those who test Go: how long each part took, that it passed, and
	// once more where it failed.
	aside  = regexp.MustCompile(`(?m)(^#.*) \(\d+\.\d{3}s\)$|^PASS\n|^FAIL: .*\n`)
	part   = regexp.MustCompile(`(?m)^([^#\n].*\n)#`)
	secret = regexp.MustCompile(`(--cvv[ =]'?)\w+`)
)

// told is the log for people: the same each time, without the environment that it begins with, and with an empty
// line before each part.
func (s *stage) told() string {
	end := "\n"
	if s.verbose {
		end = "\n\n"
	}
	_, log, _ := strings.Cut(s.log.String(), end)
	log = part.ReplaceAllString(aside.ReplaceAllString(log, "$1"), "$1\n#")
	var p page
	p.lines(strings.TrimRight(log, "\n") + "\n")
	return clean(p.String())
}

// clean takes out what no log may show, though a scenario may say it.
func clean(text string) string {
	return secret.ReplaceAllString(domain.MaskCards(text), "$1•••")
}
