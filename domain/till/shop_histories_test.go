package till_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
	"till/providers/sandbox"
	"till/storage/sqlite"
)

var replayed = flag.String("history", "", "replay one history of a shop, as a failure of TestHistories names it: SEED, or SEED:STEP,STEP-STEP")

// hardHistories have found something once.
var hardHistories = []string{}

// TestHistories lives histories of a whole shop, and looks at what each has left.
func TestHistories(t *testing.T) {
	empty := newEmptyShop(t)
	if *replayed != "" {
		if _, err := parseHistory(t, *replayed).live(t.Context(), empty, t.Logf); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Parallel()
	for _, text := range hardHistories {
		if _, err := parseHistory(t, text).live(t.Context(), empty, unsaid); err != nil {
			t.Errorf("a history that was hard before, -history %s: %v", text, err)
		}
	}
	all := tally{}
	n := liveMany(t, empty, all)
	if n >= 500 {
		all.reachesEverything(t)
	}
	t.Logf("proof: %d histories of a shop, %d steps done and %d refused, all sums agree", n, all.sum(true), all.sum(false))
}

func unsaid(string, ...any) {}

// liveMany lives as many histories as there is time for, and gives their number.
func liveMany(t *testing.T, empty emptyShop, all tally) (lived int) {
	most, until := 10_000*yearScale(t), time.Now().Add(time.Duration(yearScale(t))*patience())
	var mu sync.Mutex
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for {
				mu.Lock()
				seed := uint64(lived + 1)
				ends := lived >= most || time.Now().After(until) || t.Failed()
				if !ends {
					lived++
				}
				mu.Unlock()
				if ends {
					return
				}
				h := historyOf(seed)
				count, err := h.live(t.Context(), empty, unsaid)
				if err != nil {
					h.report(t, empty, err)
				}
				mu.Lock()
				all.add(count)
				mu.Unlock()
			}
		})
	}
	workers.Wait()
	return lived
}

// patience is how long histories are lived.
func patience() time.Duration {
	if testing.Short() {
		return 2 * time.Second
	}
	return 25 * time.Second
}

// historyOf is the whole history of a seed.
func historyOf(seed uint64) history {
	h := history{seed: seed}
	for i := range 10 + h.dice(-3).IntN(40) {
		h.steps = append(h.steps, i)
	}
	return h
}

// parseHistory reads a history as String writes it.
func parseHistory(t *testing.T, text string) history {
	t.Helper()
	first, steps, cut := strings.Cut(text, ":")
	seed, err := strconv.ParseUint(first, 10, 64)
	if err != nil {
		t.Fatalf("-history %q does not begin with a seed", text)
	}
	h := historyOf(seed)
	if !cut {
		return h
	}
	h.steps = nil
	for part := range strings.SplitSeq(steps, ",") {
		from, to, span := strings.Cut(part, "-")
		if !span {
			to = from
		}
		a, wrong := strconv.Atoi(from)
		z, wrong2 := strconv.Atoi(to)
		if wrong != nil || wrong2 != nil || z-a > 1000 {
			t.Fatalf("-history %q: %q is no step", text, part)
		}
		for i := a; i <= z; i++ {
			h.steps = append(h.steps, i)
		}
	}
	return h
}

// String is what -history replays.
func (h history) String() string {
	var parts []string
	for i := 0; i < len(h.steps); {
		last := i
		for last+1 < len(h.steps) && h.steps[last+1] == h.steps[last]+1 {
			last++
		}
		part := strconv.Itoa(h.steps[i])
		if last > i {
			part += "-" + strconv.Itoa(h.steps[last])
		}
		parts, i = append(parts, part), last+1
	}
	return fmt.Sprintf("%d:%s", h.seed, strings.Join(parts, ","))
}

// report fails with the shortest part of a history that still goes wrong, step by step.
func (h history) report(t *testing.T, empty emptyShop, wrong error) {
	shorter := h.shrunk(t.Context(), empty, kindOf(wrong))
	var said strings.Builder
	_, err := shorter.live(t.Context(), empty, func(format string, args ...any) { fmt.Fprintf(&said, format+"\n", args...) })
	if err == nil { // it does not go wrong every time
		err = wrong
	}
	t.Errorf("history %d goes wrong: %v\nthe least of it that does: go test ./domain/till -run TestHistories -v -history %s\n%s%v", h.seed, wrong, shorter, said.String(), err)
}

// shrunk leaves out what a history goes wrong without: first the end, then step by step.
func (h history) shrunk(ctx context.Context, empty emptyShop, kind string) history {
	goesWrong := func(steps []int) bool {
		_, err := history{h.seed, steps}.live(ctx, empty, unsaid)
		return err != nil && kindOf(err) == kind
	}
	for n := range len(h.steps) {
		if goesWrong(h.steps[:n]) {
			h.steps = h.steps[:n]
			break
		}
	}
	for i := len(h.steps) - 1; i >= 0; i-- {
		if without := slices.Delete(slices.Clone(h.steps), i, i+1); goesWrong(without) {
			h.steps = without
		}
	}
	return h
}

// kindOf is what goes wrong without whom it happened to: a shorter history may go wrong in another way.
func kindOf(wrong error) string {
	text := strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return -1
		}
		return r
	}, wrong.Error())
	return text[:min(len(text), 30)]
}

// emptyShop are the files of a shop in which nothing has happened yet: to copy them is quicker than to make them.
type emptyShop struct {
	t              *testing.T
	till, sandboxs []byte
}

func newEmptyShop(t *testing.T) emptyShop {
	t.Helper()
	b := newBench(t, nil)
	folder := t.TempDir()
	b.must(b.Store.(*sqlite.DB).Copy(b.ctx, filepath.Join(folder, "till.db")))
	b.must(b.bank.Copy(b.ctx, filepath.Join(folder, "till.sandbox.db")))
	made := emptyShop{t: t}
	var err error
	made.till, err = os.ReadFile(filepath.Join(folder, "till.db"))
	b.must(err)
	made.sandboxs, err = os.ReadFile(filepath.Join(folder, "till.sandbox.db"))
	b.must(err)
	return made
}

// copied is a new folder with the files.
func (e emptyShop) copied() string {
	folder, err := os.MkdirTemp(inMemory(), "till-shop-")
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "till.db"), e.till, 0o600)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "till.sandbox.db"), e.sandboxs, 0o600)
	}
	if err != nil {
		e.t.Error(err)
	}
	return folder
}

func (t tally) add(other tally) {
	for name, codes := range other {
		for code, times := range codes {
			t.count(name, code, times)
		}
	}
}

func (t tally) sum(done bool) (n int) {
	for _, codes := range t {
		for code, times := range codes {
			if (code == "") == done {
				n += times
			}
		}
	}
	return n
}

// reachesEverything checks that each use case that changes something was done, and that each was refused or went wrong.
func (t tally) reachesEverything(tt *testing.T) {
	tt.Helper()
	intent := reflect.TypeFor[till.Intent]()
	for m := range reflect.TypeFor[*till.Till]().Methods() {
		takes := m.Type.NumIn() > 2 && m.Type.In(2) == intent
		if takes && t[m.Name][""] == 0 {
			tt.Errorf("no history has done %s: %v", m.Name, t[m.Name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t)) {
		tt.Logf("%s %v", name, t[name])
	}
}

var _ = sandbox.Examine
var _ domain.Code

// inMemory is where files need no disk: what is lost without one, the tests with a real kill show. "" where there is none.
func inMemory() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return ""
}
