package receipt

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"till/domain"
)

// reported is a shift with everything that a report can show.
func reported() (*domain.Shift, domain.ShiftReport) {
	cashSum := domain.MethodSum{Method: "cash", MoneySum: domain.MoneySum{Sales: 31, Taken: 123456, Refunded: 1200}}
	visaSum := domain.MethodSum{Method: "card", Brand: domain.Visa, MoneySum: domain.MoneySum{Sales: 2, Taken: 5000, Reversed: 2000, Disputed: 1000}}
	s := &domain.Shift{State: domain.ShiftOpen, OpenedAt: noon, OpenedBy: "ann", Moves: []domain.DrawerMove{
		{ShiftMove: domain.ShiftMove{Event: domain.PaidIn, Amount: 2000, Reason: "change from the bank, all of it in small coins"}},
		{ShiftMove: domain.ShiftMove{Event: domain.PaidOut, Amount: 500, Reason: "milk\x1b[2J"}},
	}}
	s.ID, s.Currency, s.Float = "shf_01M7YZ3HQZ5SZPA6CE3J90CY6E", "EUR", 10000
	return s, domain.ShiftReport{
		Sales: []domain.Takings{
			{Currency: "EUR", Orders: 33, First: "17", Last: "49", Methods: []domain.MethodSum{cashSum, visaSum}},
			{Currency: "JPY", Orders: 1, First: "50", Last: "50", Methods: []domain.MethodSum{
				{Method: "ideal", MoneySum: domain.MoneySum{Sales: 1, Taken: 300}},
			}},
		},
		Hours: []domain.Hour{
			{From: noon.Truncate(time.Hour), Currency: "EUR", MoneySum: cashSum.MoneySum},
			{From: noon.Truncate(time.Hour), Currency: "JPY", MoneySum: domain.MoneySum{Sales: 1, Taken: 300}},
			{From: noon.Truncate(time.Hour).Add(13 * time.Hour), Currency: "EUR", MoneySum: visaSum.MoneySum},
		},
		Apart:    []domain.Takings{{Currency: "EUR", Methods: []domain.MethodSum{{Method: "cash", MoneySum: domain.MoneySum{Refunded: 100}}}}},
		Training: []domain.Takings{{Currency: "EUR", Orders: 1, First: "T1", Last: "T1", Methods: []domain.MethodSum{cashSum}}},
		Drawer:   domain.Drawer{Currency: "EUR", Float: 10000, Taken: 123456, Refunded: 1200, PaidIn: 2000, PaidOut: 500, Expected: 133756},
	}
}

func TestShiftGoldens(t *testing.T) {
	s, r := reported()
	golden(t, "x.txt", []byte(ShiftText(s, r, Options{Shop: "the corner shop"})))
	s.State, s.Number, s.ClosedAt, s.ClosedBy = domain.ShiftClosed, 12, noon.Add(8*time.Hour), "bob"
	s.Head = domain.Head{Seq: 1234, Hash: strings.Repeat("0123456789abcdef", 4)}
	golden(t, "z.txt", []byte(ShiftText(s, r.Counted(133700), Options{Shop: "the corner shop", Width: 48})))
	for counted, want := range map[domain.Amount]string{133756: "neither over nor short", 133757: "OVER by", 133755: "SHORT by"} {
		if text := ShiftText(s, r.Counted(counted), Options{}); !strings.Contains(text, want) {
			t.Errorf("%d: %s", counted, text)
		}
	}
	for line := range strings.Lines(ShiftText(s, r.Counted(1), Options{Width: 30})) {
		if ansi.StringWidth(strings.TrimSuffix(line, "\n")) > 30 || strings.ContainsRune(line, 0x1b) {
			t.Errorf("%q", line)
		}
	}
}
