package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	dice "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"till/storage/storagetest"
)

// The program makes its files, brings older ones up to date, and closes them: works like the others, but not of a till
// that is open.
const (
	opening   = "make the files"
	migrating = "open older files"
	closing   = "close the files"
)

// cells are the points at which each work must have been stopped.
func cells() []cell {
	all := []cell{{opening, inIntent}, {opening, inGateway}, {opening, inFile}, {closing, inFile}}
	for _, point := range []string{inCopy, inIntent, afterIntent, inGateway} {
		all = append(all, cell{migrating, point})
	}
	for _, w := range works {
		for _, point := range w.reaches {
			all = append(all, cell{w.name, point})
		}
	}
	return all
}

// A till is killed at every point of every work and at any moment, without power or with it, and goes on with the same
// files: what was told is there, nothing is half there, and the gateway has taken each charge once.
func TestKilledAnywhere(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a thousand processes")
	}
	t.Parallel()
	seed, kills := storagetest.Seed(t), storagetest.Scaled(t, 1000)
	if raced {
		kills /= 4
	}
	streets, began := make([]*street, max(2, runtime.NumCPU())), time.Now()
	var working sync.WaitGroup
	for i := range streets {
		s := &street{T: t, rolls: dice.New(dice.NewPCG(seed, uint64(i))), hit: map[cell]int{}}
		streets[i] = s
		working.Go(func() { s.work(plan(s.rolls, kills/len(streets), i, len(streets))) })
	}
	working.Wait()
	all := &street{T: t, hit: map[cell]int{}}
	for _, s := range streets {
		all.add(s)
	}
	if t.Failed() {
		return // not all was done
	}
	all.table()
	took := time.Since(began)
	t.Logf("proof: %d kills, %d of them with the power, %d told deeds and %d charges found again, %d answers asked for, in %d shops, none lost; %d ms a kill",
		all.kills, all.cuts, all.told, all.charges, all.asked, all.shops, took.Milliseconds()/int64(max(1, all.kills)))
}

// raced tells whether the race detector slows everything down.
var raced bool

// plan is what one of several streets goes through: its share of the cells, twice, and what is left at any moment.
func plan(rolls *dice.Rand, kills, share, shares int) []errand {
	var errands []errand
	for i, at := range cells() {
		if i%shares != share {
			continue
		}
		passed := 0
		if w := workOf(at.Work); w != nil && at.Point != acknowledged {
			passed = rolls.IntN(w.often)
		}
		errands = append(errands, errand{Work: at.Work, Point: at.Point, Cut: true})
		if !raced {
			errands = append(errands, errand{Work: at.Work, Point: at.Point, Passed: passed})
		}
	}
	for len(errands) < kills {
		var after time.Duration // without one it is killed from outside
		if rolls.IntN(2) == 0 {
			after = time.Duration(rolls.Int64N(int64(lifetime)))
		}
		errands = append(errands, errand{After: after, Cut: after > 0 && rolls.IntN(2) == 0})
	}
	for i := range errands {
		errands[i].Seed = rolls.Uint64()
	}
	rolls.Shuffle(len(errands), func(i, j int) { errands[i], errands[j] = errands[j], errands[i] })
	return errands
}

const (
	lifetime = 60 * time.Millisecond // that a child lives, where nobody has another end for it
	shopEnds = 40                    // kills after which the next shop opens: files stay small
)

// street is one shop after another, with children that are killed in it.
type street struct {
	*testing.T
	rolls *dice.Rand

	folder     string
	acks       []deed // of this shop
	unfinished []deed

	hit                                      map[cell]int
	kills, cuts, told, charges, asked, shops int
}

func (s *street) add(other *street) {
	for at, times := range other.hit {
		s.hit[at] += times
	}
	s.kills, s.cuts, s.told, s.charges = s.kills+other.kills, s.cuts+other.cuts, s.told+other.told, s.charges+other.charges
	s.asked, s.shops = s.asked+other.asked, s.shops+other.shops
}

// work goes through a plan, in as many shops as it takes. A new file is opened by the first child of each.
func (s *street) work(errands []errand) {
	for len(errands) > 0 && !s.Failed() {
		s.folder, s.acks, s.unfinished = s.TempDir(), nil, nil
		s.shops++
		here := errands[:min(shopEnds, len(errands))]
		errands = errands[len(here):]
		slices.SortStableFunc(here, func(a, b errand) int { return rank(a) - rank(b) })
		for _, e := range here {
			s.run(e)
			if s.rolls.IntN(2) == 0 { // else two kills in a row
				s.check()
			}
			if s.Failed() {
				return
			}
		}
		s.check()
		s.end()
	}
}

// rank puts what needs a new file first.
func rank(e errand) int {
	switch e.Work {
	case opening:
		return 0
	case migrating: // of a gateway that has no cases yet: an older one knows none
		return 1
	}
	return 2
}

// run has a child do an errand, and kills it.
func (s *street) run(e errand) {
	if e.Work == opening { // of a file that is not there, each time
		if s.acks != nil || s.unfinished != nil {
			s.folder, s.acks, s.unfinished = s.TempDir(), nil, nil
		}
	}
	if e.Work == migrating {
		s.age()
	}
	e.Folder, e.Unfinished = s.folder, s.unfinished
	text, err := json.Marshal(e)
	if err != nil {
		s.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = []string{crashEnv + "=" + string(text), "HOME=" + s.folder, "GOGC=off"} // it does not live long enough
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		s.Error(err)
		return
	}
	var end *time.Timer
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	missed := false
	for lines.Scan() {
		var l line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			s.Errorf("%+v said %s", e, lines.Text())
			continue
		}
		if end == nil && e.Work == "" && e.After == 0 {
			end = time.AfterFunc(time.Duration(s.rolls.Int64N(int64(lifetime))), func() { _ = cmd.Process.Kill() })
		}
		missed = missed || l.Missed
		s.heard(e, l)
	}
	if end != nil {
		end.Stop()
	}
	err = cmd.Wait()
	if killed := !cmd.ProcessState.Exited(); killed {
		s.kills++
		if e.Cut {
			s.cuts++
		}
	} else if !missed {
		s.Errorf("a child ended by itself: %v\n%sit was to %s", err, complaint.String(), text)
	}
}

// heard takes down what a child says.
func (s *street) heard(e errand, l line) {
	switch {
	case l.Begins != nil:
		s.unfinished = append(s.unfinished, *l.Begins)
	case l.Done != nil:
		s.unfinished = slices.DeleteFunc(s.unfinished, func(d deed) bool { return d.Key == l.Done.Key })
		s.acks = append(s.acks, *l.Done)
		s.told++
	case l.At != nil && l.At.Work != "":
		s.hit[*l.At]++
	case l.Wrong != "":
		s.Errorf("a child says: %s", l.Wrong)
	}
}

// table shows how often each work was stopped at each point, and fails where it never was and must have been.
func (s *street) table() {
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 1, ' ', tabwriter.AlignRight)
	for i, p := range points {
		_, _ = fmt.Fprintf(w, "%d = %s\n", i+1, p)
	}
	names := []string{opening, migrating, closing}
	for _, work := range works {
		names = append(names, work.name)
	}
	all := cells()
	for _, name := range names {
		_, _ = fmt.Fprintf(w, "%s\t", name)
		for _, p := range points {
			at, times := cell{name, p}, "."
			if n := s.hit[at]; n > 0 || slices.Contains(all, at) {
				times = strconv.Itoa(n)
			}
			if s.hit[at] == 0 && slices.Contains(all, at) {
				s.Errorf("never stopped: %s", at)
			}
			_, _ = fmt.Fprintf(w, "%s\t", times)
		}
		_, _ = fmt.Fprintln(w)
	}
	_ = w.Flush()
	s.Log("stopped so often\n" + text.String())
}

// files are the till's and the gateway's.
func (s *street) files() (journal, gateway string) {
	return filepath.Join(s.folder, "till.db"), filepath.Join(s.folder, "till.sandbox.db")
}
