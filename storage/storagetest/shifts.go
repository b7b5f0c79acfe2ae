package storagetest

import (
	"fmt"
	"strings"

	"till/domain"
)

// drawer demands which shift cash belongs to, and which is the newest.
func (b *bench) drawer(open domain.ShiftID, last string) {
	b.Helper()
	b.deciding(func(tx domain.Tx) {
		id, err := tx.OpenShift()
		b.must(err)
		b.equal(id, open)
		s, err := tx.LastShift()
		b.must(err)
		if s == nil {
			b.equal("", last)
			return
		}
		b.equal(fmt.Sprint(s.ID, " ", s.State, " Z", s.Number), last)
	})
}

func (b *bench) openShift(id string) {
	b.Helper()
	b.append(b.told(domain.KindShiftOpened, id, id, domain.ShiftOpening{ID: domain.ShiftID(id), Currency: "EUR", Float: 100}, nil))
}

func (b *bench) closeShift(id string) {
	b.Helper()
	_, err := b.Update(b.Context(), func(tx domain.Tx) ([]domain.Entry, error) {
		number, err := tx.Next("z")
		b.must(err)
		e, err := entry(domain.KindShiftClosed, id, id, domain.ShiftClosing{Number: number, Counted: 100})
		return []domain.Entry{e}, err
	})
	b.must(err)
}

func (b *bench) shifts(before domain.Seq, size int, want string) {
	b.Helper()
	shifts, err := b.Shifts(b.Context(), before, size)
	b.must(err)
	var got []string
	for _, s := range shifts {
		got = append(got, string(s.ID))
	}
	b.equal(strings.Join(got, " "), want)
}

func testShifts(b *bench) {
	b.drawer("", "")
	b.shifts(0, 10, "")
	b.openShift("shf_01KA1")
	b.drawer("shf_01KA1", "shf_01KA1 open Z0")
	b.append(b.told(domain.KindShiftMoved, "shf_01KA1", "shf_01KA1", domain.ShiftMove{Event: domain.PaidIn, Amount: 5, Reason: "coins"}, nil))
	b.drawer("shf_01KA1", "shf_01KA1 open Z0")
	b.closeShift("shf_01KA1")
	b.drawer("", "shf_01KA1 closed Z1")
	b.testSame()
	for n := 2; n <= 11; n++ { // past a number of one digit
		id := fmt.Sprint("shf_01KA", n)
		b.openShift(id)
		b.closeShift(id)
	}
	b.drawer("", "shf_01KA11 closed Z11")
	b.issue(Draft{})
	b.openShift("shf_01KB1")
	b.drawer("shf_01KB1", "shf_01KB1 open Z0")
	b.shifts(0, 3, "shf_01KB1 shf_01KA11 shf_01KA10")
	b.shifts(b.entries("shf_01KA10")[0].Seq, 2, "shf_01KA9 shf_01KA8")
	b.finds("shift", "shf_01kb1", "shf_01KB1")
	b.finds("shift", "1", "shf_01KA1")
	b.finds("shift", "11", "shf_01KA11")
	b.finds("shift", "12")
	b.finds("shift", "01kb", "shf_01KB1")
	b.finds("order", "01kb")
	b.must(b.Rebuild(b.Context()))
	b.drawer("shf_01KB1", "shf_01KB1 open Z0")
	b.closeShift("shf_01KB1")
	b.drawer("", "shf_01KB1 closed Z12")
	b.finds("shift", "12", "shf_01KB1")
}

// An order that has anything new is handed over whole.
func testLives(b *bench) {
	one, two := b.issue(Draft{}), b.issue(Draft{})
	b.openShift("shf_01KA1")
	b.customer(domain.KindCustomerAdded, "cus_01KA1", "per_1", domain.Person{FirstName: "Ann"})
	three := b.issue(Draft{})
	_, _, err := b.Pay(b.Context(), one)
	b.must(err)
	lives := func(read func(domain.Seq, func([]domain.Entry) error) error, after domain.Seq) string {
		var got []string
		b.must(read(after, func(life []domain.Entry) error {
			text := life[0].Stream
			for _, e := range life {
				text += fmt.Sprint(" ", e.Seq)
			}
			got = append(got, text)
			return nil
		}))
		return strings.Join(got, "; ")
	}
	for after, want := range map[domain.Seq]string{
		0: fmt.Sprintf("%s 1 6 7; %s 2; %s 5", one.ID, two.ID, three.ID),
		1: fmt.Sprintf("%s 1 6 7; %s 2; %s 5", one.ID, two.ID, three.ID),
		2: fmt.Sprintf("%s 1 6 7; %s 5", one.ID, three.ID),
		5: fmt.Sprintf("%s 1 6 7", one.ID),
		7: "",
	} {
		b.equal(lives(func(after domain.Seq, take func([]domain.Entry) error) error {
			return b.Lives(b.Context(), after, take)
		}, after), want)
		b.deciding(func(tx domain.Tx) { b.equal(lives(tx.Lives, after), want) })
	}
	stopped := b.Lives(b.Context(), 0, func([]domain.Entry) error { return errRefused })
	if stopped == nil {
		b.Error("the reader's error is lost")
	}
}
