package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// The console is measured beside hello, the least that a console on Bubble Tea can be, in turns, each in a PTY of its
// own. TILL_BENCH_DB is a folder with a till.db of many orders, which is measured beside an empty one; sales are made in it.

// atLeastRounds is how often everything is measured, for a median that can be believed on a machine that does other things.
const atLeastRounds = 9

// released builds the till as it is given to people, and hello the same way.
var released = sync.OnceValue(func() error {
	for name, folder := range map[string]string{"released": ".", "hello": "./tui/testdata/hello"} {
		build := exec.Command("go", "build", "-buildvcs=false", "-trimpath", "-ldflags", "-s -w", "-o", filepath.Join(programs, name), folder)
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if said, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("%w\n%s", err, said)
		}
	}
	return nil
})

// contender is a program that is measured.
type contender struct {
	name    string
	args    []string
	home    string
	ready   string // is on its first screen
	samples map[string][]float64
}

const hello = "hello"

// contenders are hello first, then the till on each file.
func contenders(b *testing.B) []*contender {
	b.Helper()
	if err := released(); err != nil {
		b.Fatal(err)
	}
	all := []*contender{{name: hello, args: []string{hello}, ready: `hello \d`}}
	files := []string{filepath.Join(b.TempDir(), "till.db")}
	if folder := os.Getenv("TILL_BENCH_DB"); folder != "" {
		files = append(files, filepath.Join(folder, "till.db"))
	}
	for i, file := range files {
		name := []string{"empty", "big"}[i]
		all = append(all, &contender{name: name, args: []string{"released", "--db", file}, ready: `ready for the next customer|subtotal`})
	}
	for _, c := range all {
		c.home, c.samples = b.TempDir(), map[string][]float64{}
		c.start(b).close() // the file is made, and what is read from the disk is in memory
	}
	return all
}

// start starts the program and waits for its first screen.
func (c *contender) start(b *testing.B) *terminal {
	b.Helper()
	program := exec.Command(filepath.Join(programs, c.args[0]), c.args[1:]...)
	program.Dir = c.home
	program.Env = []string{"HOME=" + c.home, "TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8"}
	term := openTerminal(b, 120, 40, program)
	term.sees(c.ready)
	return term
}

func (c *contender) took(what string, since time.Time, until time.Time) {
	c.samples[what] = append(c.samples[what], float64(until.Sub(since))/float64(time.Millisecond))
}

// rounds lets everybody take part in every round, in turn.
func rounds(b *testing.B, all []*contender, measure func(*contender)) {
	b.Helper()
	for range max(b.N, atLeastRounds) {
		for _, c := range all {
			measure(c)
		}
	}
}

// quantile of samples, in which it is found by sorting.
func quantile(samples []float64, q float64) float64 {
	sorted := slices.Sorted(slices.Values(samples))
	return sorted[min(len(sorted)-1, int(float64(len(sorted))*q))]
}

// report makes a line of a figure, beside the floor's, of everybody but the floor. A goal of 0 is none.
func report(b *testing.B, all []*contender, what, unit string, q, goal float64) {
	b.Helper()
	reportBeside(b, all[0].samples[what], all[1:], what, unit, q, goal)
}

func reportBeside(b *testing.B, floor []float64, all []*contender, what, unit string, q, goal float64) {
	b.Helper()
	for _, c := range all {
		b.Run(c.name+"/"+strings.ReplaceAll(what, " ", "_"), func(b *testing.B) {
			ours, theirs := quantile(c.samples[what], q), quantile(floor, q)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(ours, unit)
			b.ReportMetric(theirs, "floor-"+unit)
			b.ReportMetric(ours/theirs, "ratio")
			if goal > 0 {
				b.ReportMetric(goal, "at-most")
			}
		})
	}
}

// BenchmarkFirstFrame starts the console and waits for the sale that takes keys.
func BenchmarkFirstFrame(b *testing.B) {
	all := contenders(b)
	rounds(b, all, func(c *contender) {
		begun := time.Now()
		term := c.start(b)
		c.took("wall", begun, term.at)
		c.samples["processor"] = append(c.samples["processor"], float64(ran(b, term))/float64(time.Millisecond))
		term.close()
	})
	report(b, all, "wall", "ms", 0.5, 2)
	report(b, all, "processor", "ms", 0.5, 0)
}

// answer presses a key and tells when the screen has changed.
func (term *terminal) answer(keys string) (pressed, seen time.Time) {
	term.Helper()
	before := term.text()
	pressed = time.Now()
	term.send(keys)
	for until := pressed.Add(appears); term.text() == before; {
		if !term.read(time.Until(until)) {
			term.Fatalf("%q changes nothing:\n%s", keys, before)
		}
	}
	return pressed, term.at
}

// page is a screen, how it comes to be seen, and two keys that lead there and back.
type page struct {
	name, open, shown string
	keys              [2]string
}

// pages are the main screens with keys that change them; those of the orders and the disputes ask the database.
var pages = []page{
	{"sale", "", "ready for the next customer|subtotal", [2]string{"1", "\x7f"}},
	{"orders", "\x1bOR", "paid with", [2]string{"a", "a"}},
	{"disputes", "\x1bOS", "open cases", [2]string{"a", "a"}},
	{"sandbox", "\x1b[17~", "notices +cases", [2]string{"\t", "\x1b[Z"}},
	{"settings", "\x1b[18~", "› theme", [2]string{"\x1b[B", "\x1b[A"}},
}

// BenchmarkKey presses keys on every main screen and waits for what they change.
func BenchmarkKey(b *testing.B) {
	const presses = 10
	all := contenders(b)
	rounds(b, all, func(c *contender) {
		term := c.start(b)
		defer term.close()
		for _, p := range pages {
			if c.name != hello {
				term.send(p.open)
				term.sees(p.shown)
			}
			for i := range presses {
				term.idles(25 * time.Millisecond)
				key := p.keys[i%2]
				if c.name == hello {
					key = "j"
				}
				pressed, seen := term.answer(key)
				c.took(p.name, pressed, seen)
			}
		}
	})
	for _, p := range pages {
		report(b, all, p.name, "ms", 0.5, 1.1)
	}
	b.Run("p95", func(b *testing.B) {
		for _, p := range pages {
			report(b, all, p.name, "ms", 0.95, 1.1)
		}
	})
}

// BenchmarkIdle leaves everybody alone at the same time: what they use of the processor, and what they write.
func BenchmarkIdle(b *testing.B) {
	all := contenders(b)
	terms := make([]*terminal, len(all))
	for i, c := range all {
		terms[i] = c.start(b)
	}
	for _, term := range terms {
		term.settle()
	}
	for range max(b.N, atLeastRounds) {
		before := make([]time.Duration, len(all))
		wrote := make([]int, len(all))
		begun := time.Now()
		for i, term := range terms {
			before[i], wrote[i] = ran(b, term), term.bytes
		}
		terms[0].idles(time.Second)
		for i, c := range all {
			seconds := time.Since(begun).Seconds()
			c.samples["processor"] = append(c.samples["processor"], float64(ran(b, terms[i])-before[i])/float64(time.Millisecond)/seconds)
			for terms[i].read(0) { // what it wrote meanwhile
				continue
			}
			if n := terms[i].bytes - wrote[i]; n > 0 {
				b.Errorf("%s wrote %d bytes while nothing happened", c.name, n)
			}
		}
	}
	report(b, all, "processor", "ms/s", 0.5, 1.1)
}

// BenchmarkMemory looks at what the console holds once it is at rest: all of it, and without the pages that are the
// binary's own text, which the kernel can take back and shares with every other till.
func BenchmarkMemory(b *testing.B) {
	all := contenders(b)
	rounds(b, all, func(c *contender) {
		term := c.start(b)
		defer term.close()
		term.settle()
		resident, own := memory(b, term)
		c.samples["resident"] = append(c.samples["resident"], resident)
		c.samples["without text"] = append(c.samples["without text"], own)
	})
	report(b, all, "resident", "MB", 0.5, 3)
	report(b, all, "without text", "MB", 0.5, 3)
	for _, c := range all[2:] { // what a million orders add, at most 5 MB
		empty := quantile(all[1].samples["resident"], 0.5)
		c.samples["beside an empty one"] = c.samples["resident"]
		reportBeside(b, []float64{empty}, []*contender{c}, "beside an empty one", "MB", 0.5, 1+5/empty)
	}
	for _, c := range all[1:2] {
		c.samples["binary"] = []float64{sizeOf(b, "released")}
		reportBeside(b, []float64{sizeOf(b, hello)}, []*contender{c}, "binary", "MB", 0.5, 0)
	}
}

func sizeOf(b *testing.B, program string) float64 {
	b.Helper()
	info, err := os.Stat(filepath.Join(programs, program))
	if err != nil {
		b.Fatal(err)
	}
	return float64(info.Size()) / 1e6
}

// ran is the processor time of all threads of the program.
func ran(b *testing.B, term *terminal) time.Duration {
	b.Helper()
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", term.program.Process.Pid))
	if err != nil || len(files) == 0 {
		b.Skip("this system does not tell the processor time of a thread")
	}
	var all time.Duration
	for _, file := range files {
		var ns int64
		text, err := os.ReadFile(file)
		if err != nil {
			continue // the thread has gone
		}
		if _, err := fmt.Sscan(string(text), &ns); err != nil {
			b.Fatal(err)
		}
		all += time.Duration(ns)
	}
	return all
}

var residentLine = regexp.MustCompile(`(?m)^(VmRSS|RssAnon):\s+(\d+) kB`)

// memory is what the program holds, and what of it is no file's, in MB.
func memory(b *testing.B, term *terminal) (resident, own float64) {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", term.program.Process.Pid))
	if err != nil {
		b.Skip("this system does not tell the memory of a process")
	}
	kB := map[string]float64{}
	for _, found := range residentLine.FindAllStringSubmatch(string(text), -1) {
		var n float64
		if _, err := fmt.Sscan(found[2], &n); err != nil {
			b.Fatal(err)
		}
		kB[found[1]] = n
	}
	return kB["VmRSS"] / 1000, kB["RssAnon"] / 1000
}
