package tui

import (
	"slices"
	"testing"

	"till/domain"
	"till/domain/till"
)

// A shift that is about to end says what is still open; a count that is not what should be there may be made again, blind,
// and the report keeps the one before.
func TestCloseNamesWhatIsOpen(t *testing.T) {
	d := drive(t, 80, 24)
	d.openShift("100")
	d.press("c").lacks("still open").press("esc")
	d.press("f2").typed("mug<enter>").press("ctrl+p").typed("crs<enter>").press("ctrl+p")
	d.typed("esp<enter>").press("enter").payBy(challenged).press("enter").sees("THE CUSTOMER'S TURN").press("esc", "f2").typed("flat<enter>")
	d.press("f5", "c").sees("still open: 1 sale is on the screen, 2 sales are parked", "payment is not decided")
	d.typed("119<enter>").sees("still open", "close the shift with €119.00 counted?", "this is not what should be there", "count again").lacks("short", "over by", "€100.00")
	d.arm().press("n").sees("how much cash is in the drawer?").lacks("€100.00")
	d.press("backspace", "backspace", "backspace").typed("100<enter>").sees("€100.00 counted?", "nothing changes it any more").lacks("is not what should")
	d.arm().press("y").sees("Z report 1", "neither over nor short", "1 count before: €119.00")
	z, err := d.till.LastShift(t.Context())
	if err != nil || !slices.Equal(z.Report.Earlier, []domain.Amount{11900}) || z.Counted != 10000 {
		t.Errorf("%+v, %v", z, err)
	}
	d.press("pgdown").sees("counted before")
}

// What was counted in one shift is not in the report of the next, also where another console has ended the first.
func TestCountsAreOfOneShift(t *testing.T) {
	d := drive(t, 80, 24)
	d.openShift("100").press("c").typed("90<enter>").arm().press("n").press("esc")
	if _, err := d.till.CloseShift(t.Context(), till.Intent{}, 10000); err != nil {
		t.Fatal(err)
	}
	d.send(storeChanged{})
	if _, err := d.till.OpenShift(t.Context(), till.Intent{}, 10000); err != nil {
		t.Fatal(err)
	}
	d.send(storeChanged{}).closeShift("100").sees("Z report 2")
	z, err := d.till.LastShift(t.Context())
	if err != nil || len(z.Report.Earlier) != 0 {
		t.Errorf("%v, %v", z.Report.Earlier, err)
	}
}

// A number that is not the whole of it says so.
func TestLooseEndsAreNotToldAsFewer(t *testing.T) {
	if words := (loose{parked: 1, undecided: 20, more: true}).words(); words != "still open: 1 sale is parked, more than 20 payments are not decided" {
		t.Error(words)
	}
}
