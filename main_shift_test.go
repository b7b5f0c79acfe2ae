package main

import (
	"strconv"
	"sync"
	"testing"
	"time"
)

// shift is what `till shift` answers, as far as these tests look at it.
type shift struct {
	ID     string
	Number int
	Status string
	Report struct {
		Sales []struct {
			Orders int
			Total  struct {
				Sales int
				Net   string
			}
		}
		Apart  []struct{ Total struct{ Sales int } }
		Drawer struct{ Taken, Difference string }
	}
}

// A close, killed at any moment, has happened or not; the same command again ends with one Z, whose numbers count up.
func TestCloseSurvivesKills(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	for n := 1; n <= scaled(t, 5); n++ {
		s.must("shift", "open", "--float", "0")
		s.must("order", "issue", "--counter", "--item", "Tea@"+strconv.Itoa(n))
		began := time.Now()
		s.must("pay", strconv.Itoa(n), "--tender", "cash")
		usual := time.Since(began)
		last := s.intact()
		taken := strconv.Itoa(n) + ".00"
		shut := []string{"shift", "close", "--counted", taken, "--idempotency-key", "shut-" + strconv.Itoa(n)}
		if n%2 == 0 {
			s.killAt(last+1, shut...)
		} else {
			s.killWhen(time.After(usual*time.Duration(n)/6), func() bool { return true }, shut...)
		}
		if now := s.intact(); now != last && now != last+1 {
			t.Errorf("%d entries became %d", last, now)
		}
		z := asked[shift](s, shut...)
		again := asked[shift](s, append([]string{"shift", "show"}, strconv.Itoa(n))...)
		if z.Number != n || z.Status != "closed" || z.Report.Drawer.Taken != taken || z.Report.Drawer.Difference != "0.00" || again.ID != z.ID {
			t.Errorf("close %d: %+v", n, z)
		}
		if s.intact() != last+1 {
			t.Errorf("close %d was written more than once", n)
		}
	}
}

// Tills that sell while another one closes: each sale is in one report.
func TestSalesBesideACloseOfAnotherProcess(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	const sales = 12
	for range sales {
		s.must("order", "issue", "--counter", "--item", "Tea@1")
	}
	var sellers sync.WaitGroup
	for first := 1; first <= 2; first++ {
		sellers.Go(func() {
			for n := first; n <= sales; n += 2 {
				if _, complaint, code := s.run("pay", strconv.Itoa(n), "--tender", "cash"); code != 0 {
					t.Error(complaint)
				}
			}
		})
	}
	sum := 0
	turn := func() {
		s.must("shift", "open", "--float", "0")
		z := asked[shift](s, "shift", "close", "--counted", "0")
		sum += z.Report.Sales[0].Total.Sales
		for _, apart := range z.Report.Apart {
			sum += apart.Total.Sales
		}
	}
	for range 3 {
		turn()
	}
	sellers.Wait()
	turn()
	if sum != sales {
		t.Errorf("the reports have %d sales of %d", sum, sales)
	}
}
