package sandbox_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/providers/sandbox"
)

// outbox is what is in the outbox in a few words each: number type state times.
func (d *desk) outbox() []string {
	d.Helper()
	notices, err := d.Outbox(d.Context(), false)
	d.must(err)
	said := make([]string, len(notices))
	for i, n := range notices {
		said[i] = fmt.Sprintf("%d %s %s %d", n.Number, n.Type, n.State, n.Times)
	}
	return said
}

// arrived are the types of what was delivered after a position, and the last position.
func (d *desk) arrived(after string) (types []string, last string) {
	d.Helper()
	notices, err := d.Notices(d.Context(), after)
	d.must(err)
	last = after
	for _, n := range notices {
		types, last = append(types, n.Type), n.Position
	}
	return types, last
}

func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d *desk) code(err error, want domain.Code) {
	d.Helper()
	if got := domain.CodeOf(err); got != want {
		d.Fatalf("code %q (%v), want %q", got, err, want)
	}
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// TestEveryFactIsToldAtOnceAndInOrder: what a notice tells is what the reply told.
func TestEveryFactIsToldAtOnceAndInOrder(t *testing.T) {
	d := newDesk(t)
	var replied []domain.Fact
	for _, op := range []domain.Operation{
		hold("a", 1000), change(domain.Capture, "c", 600), change(domain.RefundMoney, "r", 100), change(domain.RefundMoney, "r2", 501),
	} {
		replied = append(replied, d.do(op).Facts...)
	}
	notices, err := d.Notices(t.Context(), "")
	d.must(err)
	var types []string
	for i, n := range notices {
		types = append(types, n.Type)
		if n.Payment != "pay_1" || !n.At.Equal(noon) || !strings.HasPrefix(n.ID, "evt_") || !json.Valid([]byte(n.Body)) {
			t.Errorf("notice %+v", n)
		}
		if told, want := fmt.Sprintf("%+v", n.Facts), fmt.Sprintf("%+v", replied[i:i+1]); told != want {
			t.Errorf("notice %d tells\n%s, the reply told\n%s", i, told, want)
		}
	}
	same(t, "types", types, []string{"payment_approved", "payment_captured", "payment_refunded", "payment_refund_declined"})
	if rest, _ := d.arrived(notices[3].Position); len(rest) != 0 {
		t.Errorf("told again: %q", rest)
	}
	if _, err := d.Notices(t.Context(), "x"); domain.CodeOf(err) != domain.CodeInvalid {
		t.Errorf("a position that is none: %v", err)
	}
}

func TestHoldBackAndDeliver(t *testing.T) {
	d := newDesk(t)
	d.must(d.HoldBack(t.Context(), true))
	d.do(hold("a", 1000))
	d.do(change(domain.Capture, "c", 600))
	d.do(change(domain.RefundMoney, "r", 100))
	if held, err := d.HoldsBack(t.Context()); err != nil || !held {
		t.Errorf("holds back: %v %v", held, err)
	}
	if types, _ := d.arrived(""); len(types) != 0 {
		t.Fatalf("arrived %q", types)
	}
	first, err := d.Outbox(t.Context(), true)
	d.must(err)
	d.must(d.Swap(t.Context(), "1", first[2].ID))
	d.must(d.Deliver(t.Context(), "1", "2"))
	d.must(d.Drop(t.Context(), "3"))
	d.must(d.Duplicate(t.Context(), "2"))
	types, last := d.arrived("")
	same(t, "arrived", types, []string{"payment_refunded", "payment_captured", "payment_captured"})
	same(t, "outbox", d.outbox(), []string{
		"1 payment_refunded delivered 1", "2 payment_captured delivered 2", "3 payment_approved dropped 0",
	})
	if waiting, err := d.Outbox(t.Context(), true); err != nil || len(waiting) != 0 {
		t.Errorf("waiting: %+v %v", waiting, err)
	}
	d.must(d.HoldBack(t.Context(), false))
	d.do(change(domain.RefundMoney, "r2", 100))
	types, _ = d.arrived(last)
	same(t, "after", types, []string{"payment_refunded"})
}

func TestDuplicateOfWhatWaitsArrivesTwice(t *testing.T) {
	d := newDesk(t)
	d.must(d.HoldBack(t.Context(), true))
	d.do(hold("a", 1000))
	d.must(d.Duplicate(t.Context(), "1"))
	same(t, "outbox", d.outbox(), []string{"1 payment_approved delivered 2"})
}

// TestDelayedByTheClock: the gateway's own clock delivers it, whoever asks it anything, in the order of the times.
func TestDelayedByTheClock(t *testing.T) {
	d := newDesk(t)
	d.must(d.HoldBack(t.Context(), true))
	d.do(hold("a", 1000))
	d.do(change(domain.Capture, "c", 600))
	d.must(d.Delay(t.Context(), 2*time.Hour, "1"))
	d.must(d.Delay(t.Context(), time.Hour, "2"))
	waiting, err := d.Outbox(t.Context(), true)
	d.must(err)
	if len(waiting) != 2 || !waiting[0].DueAt.Equal(noon.Add(2*time.Hour)) {
		t.Fatalf("waiting %+v", waiting)
	}
	d.setNow(noon.Add(time.Hour - time.Microsecond))
	if types, _ := d.arrived(""); len(types) != 0 {
		t.Errorf("too early: %q", types)
	}
	d.setNow(noon.Add(3 * time.Hour))
	types, _ := d.arrived("")
	same(t, "arrived", types, []string{"payment_captured", "payment_approved"})
	d.code(d.Delay(t.Context(), time.Hour, "1"), domain.CodeIllegalTransition)
}

// TestWhatCannotBeDoneWithANotice is refused, and nothing of it is done.
func TestWhatCannotBeDoneWithANotice(t *testing.T) {
	d := newDesk(t)
	d.must(d.HoldBack(t.Context(), true))
	d.do(hold("a", 1000))
	d.do(change(domain.Capture, "c", 600))
	d.must(d.Drop(t.Context(), "1"))
	d.code(d.Deliver(t.Context(), "2", "1"), domain.CodeIllegalTransition)
	d.code(d.Deliver(t.Context(), "2", "evt_none"), domain.CodeNotFound)
	d.code(d.Drop(t.Context(), "1"), domain.CodeIllegalTransition)
	d.code(d.Duplicate(t.Context(), "1"), domain.CodeIllegalTransition)
	d.code(d.Swap(t.Context(), "1", "2"), domain.CodeIllegalTransition)
	d.code(d.Swap(t.Context(), "2", "9"), domain.CodeNotFound)
	d.code(d.Delay(t.Context(), 0, "2"), domain.CodeInvalid)
	same(t, "outbox", d.outbox(), []string{"1 payment_approved dropped 0", "2 payment_captured pending 0"})
}

// TestAForgedNoticeIsNotTold: somebody wrote another amount into the file.
func TestAForgedNoticeIsNotTold(t *testing.T) {
	d := newDesk(t)
	d.do(hold("a", 1000))
	d.do(change(domain.Capture, "c", 600))
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", OmitHost: true, Path: d.path}).String())
	d.must(err)
	_, err = db.Exec(`UPDATE notice SET body = replace(body, '"amount":1000', '"amount":9000') WHERE number = 1`)
	d.must(err)
	d.must(db.Close())
	types, _ := d.arrived("")
	same(t, "arrived", types, []string{"payment_captured"})
}

// TestTheOutboxIsInTheFile: what waits, waits after a restart too, and for every process.
func TestTheOutboxIsInTheFile(t *testing.T) {
	d := newDesk(t)
	d.must(d.HoldBack(t.Context(), true))
	d.must(d.SetProfile(t.Context(), "stripe"))
	d.do(hold("a", 1000))
	other := &desk{T: t, Sandbox: d.open()}
	same(t, "outbox", other.outbox(), []string{"1 payment_approved pending 0"})
	other.must(other.Deliver(t.Context(), "1"))
	types, _ := d.arrived("")
	same(t, "arrived", types, []string{"payment_approved"})
	if name, err := other.Profile(t.Context()); err != nil || name != "stripe" {
		t.Errorf("profile %q %v", name, err)
	}
}

var _ domain.Notifier = (*sandbox.Sandbox)(nil)
