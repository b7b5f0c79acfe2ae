package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// openShift opens one with a float, as a clerk does.
func (d *driver) openShift(float string) *driver {
	d.t.Helper()
	return d.press("f5", "enter").typed(float).press("enter")
}

// closeShift counts the drawer and closes the shift.
func (d *driver) closeShift(counted string) *driver {
	d.t.Helper()
	return d.press("c").typed(counted).press("enter").arm().press("y")
}

func TestShiftGoldens(t *testing.T) {
	for name, size := range map[string][2]int{"120x40": {120, 40}, "80x24": {80, 24}, "60x18": {60, 18}} {
		d := drive(t, size[0], size[1])
		d.press("f5").golden("shift-none-" + name)
		d.press("enter").typed("150").golden("shift-float-" + name)
		d.press("enter")
		d.trade()
		d.press("+").typed("20<tab>change from the bank").press("enter")
		d.press("-").typed("3.40<tab>milk for 鈴木商店, the cleaner and everybody else who asked for it").press("enter")
		d.golden("shift-open-" + name)
		d.press("x").golden("shift-x-" + name)
		d.press("esc", "c").typed("180").golden("shift-count-" + name)
		d.press("enter").golden("shift-close-" + name)
		d.arm().press("y").golden("shift-z-" + name)
		d.press("enter")
		d.wait(8 * time.Hour)
		d.openShift("100").closeShift("100").press("esc", "tab").golden("shift-reports-" + name)
	}
}

// A day at the drawer: the count is blind, and what it comes to is told afterwards, for good.
func TestDayAtTheDrawer(t *testing.T) {
	d := drive(t, 120, 40)
	d.openShift("100").sees("the shift is open, with €100.00 in the drawer", "● open")
	d.inCash(2500)
	d.sees("cash taken", "should be there", "€125.00")
	d.press("-").typed("5<tab>stamps").sees("pay out €5.00?").press("enter").sees("€5.00 paid out: stamps", "€120.00")
	d.press("c").typed("119").sees("how much cash is in the drawer?").lacks("€120.00")
	d.press("esc").sees("€120.00").press("c").sees("119") // what was counted is not lost
	d.press("enter").sees("close the shift with €119.00 counted?").lacks("€120.00", "short")
	d.press("enter").sees("close the shift") // not armed yet
	d.arm().press("y").sees("Z report 1", "short by €1.00", "written for good")
	d.press("enter").sees("no shift is open", "the last one", "Z 1")
	d.press("c").sees("count and close: no shift is open")
	d.press("tab").sees("short by €1.00").press("enter").sees("Z report 1").press("y")
	if !strings.Contains(d.copied, "Z report") && !strings.Contains(d.copied, "Z REPORT") {
		t.Errorf("copied %q", d.copied)
	}
}

// A wrong amount is said under its field, and nothing is done.
func TestFloatThatIsNone(t *testing.T) {
	d := drive(t, 80, 24)
	d.press("f5", "enter").typed("much").press("enter")
	if shift, err := d.till.LastShift(t.Context()); err != nil || shift != nil {
		t.Fatalf("%+v, %v", shift, err)
	}
	d.press("esc").sees("no shift is open")
	d.press("enter").typed("3,40").press("enter").sees("not an amount") // and by no means 340
}

func TestShiftMouse(t *testing.T) {
	d := drive(t, 80, 24)
	for range 3 {
		d.openShift("10").closeShift("10").press("esc")
	}
	s := d.app.top().(*drawer)
	click := func(x, y int) { d.send(tea.MouseClickMsg{X: x, Y: headerLines + y, Button: tea.MouseLeft}) }
	click(margin+width(shiftTabs[0])+4, s.tabAt())
	d.sees("Z 1", "Z 2", "Z 3")
	click(10, s.tabAt()+3)
	if s.at != 1 {
		t.Errorf("clicked the report of line %d", s.at)
	}
	click(10, s.tabAt()+3)
	if slip, shown := d.app.top().(*shiftSlip); !shown || slip.shift.Number != 2 {
		t.Error("a click on the report in hand does not show it")
	}
}

// Another process closes the shift: the page follows.
func TestShiftElsewhere(t *testing.T) {
	d := drive(t, 80, 24)
	d.openShift("10").sees("should be there")
	if _, err := d.till.CloseShift(t.Context(), till.Intent{}, 1000); err != nil {
		t.Fatal(err)
	}
	d.follow()
	d.sees("no shift is open", "neither over nor short")
	if s := d.app.top().(*drawer); s.closed[0].State != domain.ShiftClosed {
		t.Error("the report is not listed")
	}
}
