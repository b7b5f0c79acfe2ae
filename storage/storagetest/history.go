package storagetest

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"till/domain"
)

// historySize is how many orders a history has, where TILL_TEST_SCALE does not multiply it: by 20 it is a million.
const historySize = 50_000

// History gives a till's file with a crowd in it. It is made once and kept in the folder TILL_BENCH_DB, where that is set; what is
// in the folder is taken as it is, however many orders it has.
func History(t testing.TB, open func(path string) Closing) string {
	t.Helper()
	folder := os.Getenv("TILL_BENCH_DB")
	if folder == "" {
		folder = t.TempDir()
	}
	path := filepath.Join(folder, "till.db")
	if _, err := os.Stat(path); err == nil {
		return path
	}
	check(t, os.MkdirAll(folder, 0o700))
	unfinished := path + ".new"
	check(t, os.RemoveAll(unfinished))
	store := open(unfinished)
	Crowd(t, store, Scaled(t, historySize))
	check(t, store.Close())
	check(t, os.Rename(unfinished, path))
	return path
}

// Closing is a store that can be closed.
type Closing interface {
	domain.Store
	Close() error
}

// Race measures work and its floor, or two ways to do the same, in turns, so that whatever else runs slows both; at the end it
// tells how the medians compare.
type Race struct{ ours, floor []time.Duration }

// Ours takes down how long the work took.
func (r *Race) Ours(took time.Duration) { r.ours = append(r.ours, took) }

// Floor takes down how long the floor took.
func (r *Race) Floor(took time.Duration) { r.floor = append(r.floor, took) }

// Rate reports the work's rate as a part of the floor's, and the goal that it is to reach.
func (r *Race) Rate(b *testing.B, goal float64) {
	b.Helper()
	r.report(b, float64(median(r.floor))/float64(median(r.ours)), "at-least", goal)
}

// Time reports how many times as long as the floor the work takes, and the goal that it is not to pass.
func (r *Race) Time(b *testing.B, goal float64) {
	b.Helper()
	r.report(b, float64(median(r.ours))/float64(median(r.floor)), "at-most", goal)
}

func (r *Race) report(b *testing.B, ratio float64, unit string, goal float64) {
	b.Helper()
	b.ReportMetric(ratio, "ratio")
	b.ReportMetric(goal, unit)
	b.ReportMetric(micro(median(r.ours)), "µs")
	b.ReportMetric(micro(median(r.floor)), "floor-µs")
}

func micro(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

// median is the middle one of some times.
func median(times []time.Duration) time.Duration {
	times = slices.Sorted(slices.Values(times))
	return times[len(times)/2]
}

// Timed tells how long something took.
func Timed(do func()) time.Duration {
	at := time.Now()
	do()
	return time.Since(at)
}
