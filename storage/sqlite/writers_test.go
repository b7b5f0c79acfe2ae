package sqlite

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"till/storage/storagetest"
)

// BenchmarkFourWriters has processes write flat out to one file, one step after the other. Two together should be hardly
// slower than one alone, and of four none should wait for long.
func BenchmarkFourWriters(b *testing.B) {
	const each = 400
	var one, two []float64 // steps a second of all together
	var worst []float64    // ms
	for b.Loop() {
		rate, _ := race(b, 1, each)
		one = append(one, rate)
		rate, _ = race(b, 2, each)
		two = append(two, rate)
		_, longest := race(b, 4, each)
		worst = append(worst, float64(longest.Microseconds())/1000)
	}
	goal := func(name, metric string, ratio, goal float64) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() { // it was measured above
			}
			b.ReportMetric(ratio, "ratio")
			b.ReportMetric(goal, metric)
		})
	}
	b.Logf("of one %.0f steps/s, of two %.0f", middle(one), middle(two))
	goal("two", "at-least", middle(two)/middle(one), 0.85)
	goal("worst-wait-ms", "at-most", middle(worst), 100)
}

func middle(of []float64) float64 {
	slices.Sort(of)
	return of[len(of)/2]
}

// race has writers begin at the same moment, and gives how many steps they made in a second together and the longest that
// one of them waited for a step.
func race(b *testing.B, writers, each int) (rate float64, longest time.Duration) {
	path := filepath.Join(b.TempDir(), "till.db")
	db, err := Open(b.Context(), path, storagetest.Env())
	check(b, err)
	check(b, db.Close())
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	waits := make([]time.Duration, writers)
	for i := range writers {
		cmd := command(b, fmt.Sprint("W", i), path, each)
		in, err := cmd.StdinPipe()
		check(b, err)
		out, err := cmd.StdoutPipe()
		check(b, err)
		check(b, cmd.Start())
		lines := bufio.NewScanner(out)
		ready.Add(1)
		done.Go(func() {
			lines.Scan()
			ready.Done()
			<-start
			_ = in.Close()
			lines.Scan()
			ns, _ := strconv.ParseInt(lines.Text(), 10, 64)
			waits[i] = time.Duration(ns)
			if err := cmd.Wait(); err != nil {
				b.Error(err)
			}
		})
	}
	ready.Wait()
	began := time.Now()
	close(start)
	done.Wait()
	return float64(writers*each) / time.Since(began).Seconds(), slices.Max(waits)
}

// writing is a process of a race: it says that it is ready, is told to begin, and says what was its longest wait.
func writing(ctx context.Context, db *DB, name string, steps int) error {
	m := &storagetest.Maker{Store: db, Name: name}
	fmt.Println("ready")
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	longest := time.Duration(0)
	for range steps {
		began := time.Now()
		if _, err := m.Issue(ctx, storagetest.Draft{}); err != nil {
			return err
		}
		longest = max(longest, time.Since(began))
	}
	fmt.Println(longest.Nanoseconds())
	return nil
}
