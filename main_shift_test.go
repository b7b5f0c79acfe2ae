package main

import (
	"strconv"
	"sync"
	"testing"
)

// shift is what `till shift` answers, as far as these tests look at it.
type shift struct {
	Report struct {
		Sales, Apart []struct{ Total struct{ Sales int } }
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
