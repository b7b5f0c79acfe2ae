package till_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
	"till/providers/cash"
	"till/storage/sqlite"
)

// sell issues an order and has it paid in cash.
func (b *bench) sell(price domain.Amount) till.Result {
	b.Helper()
	r, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(price).ID, Method: domain.Cash})
	b.must(err)
	return r
}

func (b *bench) openShift(float domain.Amount) *domain.Shift {
	b.Helper()
	s, err := b.OpenShift(b.ctx, till.Intent{}, float)
	b.must(err)
	return s
}

func (b *bench) closeShift(counted domain.Amount) *domain.Shift {
	b.Helper()
	s, err := b.CloseShift(b.ctx, till.Intent{}, counted)
	b.must(err)
	return s
}

// shiftOf is the shift that the newest operation of a payment names.
func shiftOf(p *domain.Payment) domain.ShiftID { return p.Operations[len(p.Operations)-1].Shift }

func TestShiftFromTheFloatToTheZ(t *testing.T) {
	b := newBench(t, nil)
	before := b.sell(300)
	if shiftOf(before.Payment) != "" {
		t.Error("cash names a shift that was not open")
	}
	s := b.openShift(10000)
	sale := b.sell(700)
	if sale.Operation.Shift != s.ID {
		t.Errorf("cash names the shift %q", sale.Operation.Shift)
	}
	card, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(1000).ID, Method: "card", Card: b.card("4242424242424242")})
	b.must(err)
	if card.Operation.Shift != "" {
		t.Error("a card names the drawer's shift")
	}
	back, err := b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: sale.Payment.ID, Amount: 200})
	b.must(err)
	if back.Operation.Shift != s.ID {
		t.Error("cash that goes back names no shift")
	}
	_, err = b.PayIn(b.ctx, till.Intent{}, 2000, "change\x1b[31m ")
	b.must(err)
	s, err = b.PayOut(b.ctx, till.Intent{}, 500, "milk")
	b.must(err)
	if len(s.Moves) != 2 || strings.ContainsRune(s.Moves[0].Reason, 0x1b) || s.Moves[1].Actor != "clerk" {
		t.Errorf("%+v", s.Moves)
	}
	_, x, err := b.XReport(b.ctx)
	b.must(err)
	s = b.closeShift(11950)
	want := domain.Drawer{
		Currency: "EUR", Float: 10000, Taken: 700, Refunded: 200, PaidIn: 2000, PaidOut: 500,
		Expected: 12000, Counted: 11950, Difference: -50,
	}
	if s.Report.Drawer != want || s.Number != 1 || !strings.Contains(fmt.Sprint(x.Counted(11950)), fmt.Sprint(want)) {
		t.Errorf("%+v\nX %+v", s.Report.Drawer, x.Drawer)
	}
	sums := fmt.Sprint(s.Report.Sales, s.Report.Apart, s.Report.Training)
	if want := "[{EUR 2 2 3 [{cash  {1 700 200 0 0 0}} {card Visa {1 1000 0 0 0 0}}]}] [{EUR 1 1 1 [{cash  {1 300 0 0 0 0}}]}] []"; sums != want {
		t.Errorf("\n got %s\nwant %s", sums, want)
	}
}

// A Z stands for ever; what happens afterwards is the next one's. Its head is the journal's before it.
func TestAZNeverChanges(t *testing.T) {
	b := newBench(t, nil)
	b.openShift(0)
	sale := b.sell(700)
	z := b.closeShift(700)
	print := func() string {
		s, err := b.FindShift(b.ctx, "1")
		b.must(err)
		report := *s.Report
		s.Report = nil // where it lies is another place each time
		return fmt.Sprintf("%+v %+v", *s, report)
	}
	before := print()
	_, err := b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: sale.Payment.ID, Amount: 200})
	b.must(err)
	b.openShift(500)
	_, err = b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: sale.Payment.ID, Amount: 300})
	b.must(err)
	b.must(b.Store.Rebuild(b.ctx))
	second := b.closeShift(200)
	if print() != before {
		t.Errorf("was %s\n is %s", before, print())
	}
	if sums := fmt.Sprint(second.Report.Sales, second.Report.Apart); sums != "[{EUR 0   [{cash  {0 0 300 0 0 0}}]}] [{EUR 0   [{cash  {0 0 200 0 0 0}}]}]" {
		t.Error(sums)
	}
	if second.Number != 2 || second.Report.Drawer.Difference != 0 {
		t.Errorf("%+v", second.Report.Drawer)
	}
	raw, err := sql.Open("sqlite", filepath.Join(b.folder, "till.db"))
	b.must(err)
	defer func() { b.must(raw.Close()) }()
	var seq domain.Seq
	var hash string
	b.must(raw.QueryRowContext(b.ctx, `select seq, hash from journal where seq =
		(select seq - 1 from journal where kind = 'shift.closed' and json_extract(body, '$.number') = 1)`).Scan(&seq, &hash))
	if z.Head != (domain.Head{Seq: seq, Hash: hash}) || len(hash) != 64 {
		t.Errorf("the head is %+v, the journal's is %d %s", z.Head, seq, hash)
	}
}

func TestHoursGoOverMidnight(t *testing.T) {
	b := newBench(t, nil)
	b.clock.now = time.Date(2026, 3, 1, 23, 59, 59, 0, time.UTC)
	b.openShift(0)
	sale := b.sell(100)
	b.clock.forward(time.Second)
	b.sell(20)
	b.clock.forward(59*time.Minute + 59*time.Second)
	_, err := b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: sale.Payment.ID, Amount: 5})
	b.must(err)
	b.clock.forward(time.Second)
	b.sell(3)
	b.clock.forward(23 * time.Hour)
	b.sell(1)
	got := ""
	for _, h := range b.closeShift(0).Report.Hours {
		got += fmt.Sprintf("%s %d×%d; ", h.From.Format("2 15:04"), h.Sales, h.Net())
	}
	if got != "1 23:00 1×100; 2 00:00 1×15; 2 01:00 1×3; 3 00:00 1×1; " {
		t.Error(got)
	}
}

func TestShiftsSayWhatIsNotPossible(t *testing.T) {
	b := newBench(t, nil)
	refused := func(err error, code domain.Code, said string) {
		t.Helper()
		if domain.CodeOf(err) != code || !strings.Contains(err.Error(), said) {
			t.Errorf("%v, want %q", err, said)
		}
	}
	in := till.Intent{}
	_, err := b.CloseShift(b.ctx, in, 0)
	refused(err, domain.CodeIllegalTransition, "no shift is open")
	_, err = b.PayIn(b.ctx, in, 1, "x")
	refused(err, domain.CodeIllegalTransition, "no shift is open")
	_, err = b.PayOut(b.ctx, in, 1, "x")
	refused(err, domain.CodeIllegalTransition, "no shift is open")
	_, _, err = b.XReport(b.ctx)
	refused(err, domain.CodeIllegalTransition, "no shift is open")
	_, err = b.OpenShift(b.ctx, in, -1)
	refused(err, domain.CodeInvalid, "float must be at least 0.00")
	b.sell(1000) // not in the shift's drawer
	s := b.openShift(500)
	b.sell(100)
	_, err = b.OpenShift(b.ctx, in, 1)
	refused(err, domain.CodeIllegalTransition, "a shift is open already: "+string(s.ID))
	_, err = b.PayOut(b.ctx, in, 601, "too much")
	refused(err, domain.CodeIllegalTransition, "there is not that much cash in the drawer")
	_, err = b.PayOut(b.ctx, in, 600, "all")
	b.must(err)
	_, err = b.PayIn(b.ctx, in, 0, " ")
	refused(err, domain.CodeInvalid, "amount must be at least 0.01; reason is missing")
	_, err = b.CloseShift(b.ctx, in, domain.MaxAmount+1)
	refused(err, domain.CodeInvalid, "counted must be at most")
	_, err = b.CloseShift(b.ctx, in, 0, 5, -1)
	refused(err, domain.CodeInvalid, "counted_before must be at least 0.00")
	_, err = b.CloseShift(b.ctx, in, 0, domain.MaxAmount+1, 5)
	refused(err, domain.CodeInvalid, "counted_before must be at most")
	_, err = b.CloseShift(b.ctx, till.Intent{IfVersion: 1}, 0)
	refused(err, domain.CodeVersionConflict, "it is at version 2, not 1")
	_, err = b.CloseShift(b.ctx, till.Intent{IfVersion: 2}, 0)
	b.must(err)
	_, err = b.FindShift(b.ctx, "2")
	refused(err, domain.CodeNotFound, "no shift")
}

// A repeat is told what the first was told, also when the shift has moved on since.
func TestShiftsAreRepeated(t *testing.T) {
	b := newBench(t, nil)
	steps := []func(other bool) (*domain.Shift, error){
		func(other bool) (*domain.Shift, error) {
			return b.OpenShift(b.ctx, till.Intent{Key: "a"}, pick[domain.Amount](other, 1, 500))
		},
		func(other bool) (*domain.Shift, error) {
			return b.PayIn(b.ctx, till.Intent{Key: "b"}, 10, pick(other, "else", "coins"))
		},
		func(other bool) (*domain.Shift, error) {
			return b.PayOut(b.ctx, till.Intent{Key: "c"}, pick[domain.Amount](other, 6, 5), "milk")
		},
		func(other bool) (*domain.Shift, error) {
			return b.CloseShift(b.ctx, till.Intent{Key: "d"}, pick[domain.Amount](other, 1, 505), 500)
		},
	}
	var first []string
	for _, step := range steps {
		s, err := step(false)
		b.must(err)
		first = append(first, fmt.Sprintf("%+v", s.ShiftOpening)+fmt.Sprint(s.State, s.Moves, s.Version, s.Number, s.Report == nil))
	}
	b.openShift(1)
	for i, step := range steps {
		s, err := step(false)
		b.must(err)
		if again := fmt.Sprintf("%+v", s.ShiftOpening) + fmt.Sprint(s.State, s.Moves, s.Version, s.Number, s.Report == nil); again != first[i] {
			t.Errorf("was %s\n is %s", first[i], again)
		}
		_, err = step(true)
		b.code(err, domain.CodeIdempotencyConflict)
	}
	_, err := b.CloseShift(b.ctx, till.Intent{Key: "d"}, 505, 400) // after another first count
	b.code(err, domain.CodeIdempotencyConflict)
}

func pick[T any](first bool, a, b T) T {
	if first {
		return a
	}
	return b
}

// Cash that one till takes while another closes is in exactly one Z: that of the shift it names.
func TestCashBesideAClose(t *testing.T) {
	b := newBench(t, nil)
	const sellers, sales, closes = 3, 25, 12
	env := b.clock.env()
	till2 := func() *till.Till {
		db, err := sqlite.Open(b.ctx, filepath.Join(b.folder, "till.db"), env)
		b.must(err)
		b.Cleanup(func() { b.must(db.Close()) })
		other, err := till.New(b.ctx, till.Config{
			Store: db, Env: env, Currency: "EUR", Variants: []till.Variant{{Name: "cash", Provider: cash.New(env), Timeout: time.Second}},
		})
		b.must(err)
		return other
	}
	var busy sync.WaitGroup
	for range sellers {
		seller := till2()
		busy.Go(func() {
			for range sales {
				o, err := seller.Issue(b.ctx, till.Intent{}, wanted(100))
				if err == nil {
					_, err = seller.Pay(b.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: domain.Cash})
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range closes {
		b.openShift(0)
		b.closeShift(0)
	}
	busy.Wait()
	b.openShift(0)
	b.closeShift(0)
	named := map[domain.ShiftID]domain.Amount{}
	b.must(b.Store.Lives(b.ctx, 0, func(life []domain.Entry) error {
		o, err := domain.Fold(life)
		named[shiftOf(o.Payments[0])] += o.Sums().Captured
		return err
	}))
	shifts, err := b.Store.Shifts(b.ctx, 0, 100)
	b.must(err)
	var apart, sum domain.Amount
	for _, s := range shifts {
		if got := s.Report.Drawer.Taken; got != named[s.ID] {
			t.Errorf("%d name the shift, its Z has %d", named[s.ID], got)
		}
		sum += s.Report.Drawer.Taken
		for _, takings := range s.Report.Apart {
			apart += takings.Total().Taken
		}
	}
	if apart != named[""] || sum+apart != sellers*sales*100 {
		t.Errorf("%d in shifts, %d apart of %d", sum, apart, named[""])
	}
}

// What another till sells between the look at what is past and the close is in the Z, once.
func TestWhatComesWhileAShiftIsCounted(t *testing.T) {
	b := newBench(t, nil)
	b.openShift(0)
	b.sell(100)
	store := b.Store
	b.Store = &meanwhile{store, func() { b.Store = store; b.sell(20) }}
	if z := b.closeShift(0); z.Report.Drawer.Taken != 120 {
		t.Errorf("the Z has %d", z.Report.Drawer.Taken)
	}
	// Even where it was another shift that it began to add up.
	b.openShift(0)
	b.sell(100)
	b.Store = &meanwhile{store, func() {
		b.Store = store
		b.closeShift(0)
		b.openShift(0)
		b.sell(3)
	}}
	if z := b.closeShift(0); z.Report.Drawer.Taken != 3 || z.Number != 3 {
		t.Errorf("Z %d has %d", z.Number, z.Report.Drawer.Taken)
	}
}
