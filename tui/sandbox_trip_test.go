package tui

import "testing"

// Who leaves the page while the clock is on its way finds it again as it is: no second walk begins beside it, Esc stops
// it, and what came of it is said wherever the person is.
func TestClockIsStoppedAfterLeaving(t *testing.T) {
	d := drive(t, 100, 30).press("f6")
	first := d.app.top().(*chair)
	first.turnTo(first.time)
	d.hold().press("d")
	d.press("f2").sees("◧ 21 Nov").press("f6").sees("stops it; what has happened stays")
	second := d.app.top().(*chair)
	if d.press("w"); len(d.held) == 0 || second.running != first.running || second.trip != first.trip {
		t.Fatalf("a second walk beside the first: %q, %q", first.running, second.running)
	}
	d.press("esc").sees("stopping at the next instant")
	if d.press("f2"); !first.trip.stopping {
		t.Fatal("esc has not stopped the clock")
	}
	d.release().sees("stopped: it is 21 Nov").lacks("◧")
	if first.running != "" || d.app.chair != nil || d.shift != 0 {
		t.Errorf("still %q, the clock is %v ahead", first.running, d.shift)
	}
	d.press("f6").sees("new notices")
	if d.app.top() == Screen(first) {
		t.Error("the page that was left is kept though nothing runs")
	}
}

// What goes wrong on the way is said to who has left.
func TestClockFailsAfterLeaving(t *testing.T) {
	d := drive(t, 80, 24).press("f6")
	c := d.app.top().(*chair)
	c.turnTo(c.time)
	d.till.Shift = nil
	d.hold().press("d", "f2").release()
	if !d.app.failed || d.app.status == "" || d.app.walking() {
		t.Errorf("nobody was told: %q", d.app.status)
	}
}
