package till_test

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"till/domain/till"
	"till/storage/storagetest"
)

var replayed = flag.String("history", "", "replay one history of a shop, as a failure of TestHistories names it: SEED, or SEED:STEP,STEP-STEP")

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
	all := tally{}
	n := liveMany(t, empty, all)
	if n >= fewest {
		all.reachesEverything(t)
	}
	t.Logf("proof: %d histories of a shop, %d steps done and %d refused, all sums agree", n, all.sum(true), all.sum(false))
}

func unsaid(string, ...any) {}

// fewest histories reach every use case: so many are lived also where that takes longer, but for a short run.
const fewest = 300

// liveMany lives as many histories as there is time for, and gives their number.
func liveMany(t *testing.T, empty emptyShop, all tally) (lived int) {
	least, most, until := fewest, 10_000*storagetest.Scaled(t, 1), time.Now().Add(time.Duration(storagetest.Scaled(t, 1))*25*time.Second)
	if testing.Short() {
		least, most = 0, 10
	}
	var mu sync.Mutex
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for {
				mu.Lock()
				seed := uint64(lived + 1)
				late := time.Since(until)
				ends := lived >= most || late > 0 && lived >= least || late > time.Minute || t.Failed()
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

// emptyShop are the files of a shop in which nothing has happened yet: to copy them is quicker than to make them.
type emptyShop struct {
	t             *testing.T
	till, sandbox []byte
}

func newEmptyShop(t *testing.T) emptyShop {
	t.Helper()
	b := newBench(t, nil)
	folder := t.TempDir()
	b.must(b.journal.Copy(b.ctx, filepath.Join(folder, "till.db")))
	b.must(b.bank.Copy(b.ctx, filepath.Join(folder, "till.sandbox.db")))
	made := emptyShop{t: t}
	var err error
	made.till, err = os.ReadFile(filepath.Join(folder, "till.db"))
	b.must(err)
	made.sandbox, err = os.ReadFile(filepath.Join(folder, "till.sandbox.db"))
	b.must(err)
	return made
}

// copied is a new folder with the files.
func (e emptyShop) copied() string {
	folder, err := os.MkdirTemp(memoryFolder(), "till-shop-")
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "till.db"), e.till, 0o600)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "till.sandbox.db"), e.sandbox, 0o600)
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

// reachesEverything checks that each use case that changes something was done.
func (t tally) reachesEverything(tt *testing.T) {
	tt.Helper()
	intent := reflect.TypeFor[till.Intent]()
	operators := []string{"AddOperator", "SetPIN", "DisableOperator", "Allows"} // to hash a PIN takes longer than a history
	for m := range reflect.TypeFor[*till.Till]().Methods() {
		takes := m.Type.NumIn() > 2 && m.Type.In(2) == intent && !slices.Contains(operators, m.Name)
		if takes && t[m.Name][""] == 0 {
			tt.Errorf("no history has done %s: %v", m.Name, t[m.Name])
		}
	}
	if testing.Verbose() && os.Getenv("TILL_TEST_SCALE") != "" { // a long night may want to know what it has reached
		for _, name := range slices.Sorted(maps.Keys(t)) {
			tt.Logf("%s %v", name, t[name])
		}
	}
}

// memoryFolder is where files need no disk: what is lost without one, the tests with a real kill show. "" where there is none.
func memoryFolder() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return ""
}
