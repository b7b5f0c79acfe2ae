package tui

import (
	"context"
	"errors"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// Who chooses a name while others sell at the same till keeps the one in hand.
func TestTheNameInHandStays(t *testing.T) {
	d := staffed(t, 80, 24).press("down").sees("› Bob")
	d.send(storeChanged{}).sees("› Bob").typed("<enter>"+bobsPIN+"<enter>").sees("flat white", "Bob")
}

// However many wrong PINs were given during a lock, one look a second tells how long it lasts.
func TestALockIsLookedAtOnceASecond(t *testing.T) {
	d := staffed(t, 80, 24).typed("Bob<enter>")
	var later []tea.Msg
	d.app.desk.tick = func(_ time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
		later = append(later, msg(time.Time{}))
		return nil
	}
	for range domain.TriesAtOnce + 5 {
		d.typed("000111<enter>")
	}
	d.sees("too many wrong PINs")
	for range 3 {
		now := later
		later = nil
		for _, msg := range now {
			d.send(msg)
		}
		if len(later) != 1 {
			t.Fatalf("%d looks wait for the next second", len(later))
		}
	}
}

// unstaffed is a store that cannot say who works here, once.
type unstaffed struct {
	domain.Store
	once *bool
}

func (s unstaffed) Operators(ctx context.Context) ([]*domain.Operator, error) {
	if *s.once {
		*s.once = false
		return nil, errors.New("the disk is busy")
	}
	return s.Store.Operators(ctx)
}

// Where it cannot be read at the start who works here, the door shuts as soon as it can.
func TestTheDoorShutsOnceItIsKnownWhoWorksHere(t *testing.T) {
	d := staffed(t, 80, 24)
	once := true
	d.till.Store = unstaffed{d.till.Store, &once}
	d.start(80, 24)
	if once {
		t.Fatal("nobody has asked who works here")
	}
	d.sees("who is here?", "Maria · manager")
}

// What was taken while others' questions lay over it is off the screen, however many there were.
func TestATakenSheetIsGoneFromUnderTheRest(t *testing.T) {
	d := staffed(t, 80, 24).as("Maria", mariasPIN)
	d.openShift("100")
	d.press("f5", "+").hold().typed("5<enter>milk<enter>")
	answer := d.do(d.held[0])
	d.held = nil
	d.release()
	d.app.shut("")
	d.app.ask(Confirm("is it late?", "", "yes", "no", func() tea.Cmd { return nil }))
	d.send(answer)
	if !d.has(domain.KindShiftMoved, "milk") {
		t.Fatal("nothing was put in")
	}
	d.as("Maria", mariasPIN).sees("is it late?").press("esc")
	if d.app.dialog != nil {
		t.Errorf("it is still asked:\n%s", d.screen())
	}
}
