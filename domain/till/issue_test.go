package till_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

func TestDraftsHaveNoNumber(t *testing.T) {
	b := newBench(t, nil)
	d, err := b.Draft(b.ctx, till.Intent{}, wanted(2000))
	b.must(err)
	b.issue(500)
	if d.State != domain.OrderDraft || d.Number != "" {
		t.Fatalf("%s %q", d.State, d.Number)
	}
	o, err := b.Resume(b.ctx, till.Intent{}, d.ID)
	b.must(err)
	if o.State != domain.OrderIssued || o.Number != "2" {
		t.Fatalf("%s %q", o.State, o.Number)
	}
}

func TestADraftWhoseDueDateHasPassedIsNotIssued(t *testing.T) {
	b := newBench(t, nil)
	late := wanted(2000)
	late.Due = b.clock.now.Add(time.Hour)
	d, err := b.Draft(b.ctx, till.Intent{}, late)
	b.must(err)
	b.clock.forward(2 * time.Hour)
	_, err = b.Resume(b.ctx, till.Intent{}, d.ID)
	b.code(err, domain.CodeIllegalTransition)
}

func TestAllWrongFieldsAreNamed(t *testing.T) {
	b := newBench(t, nil)
	_, err := b.Issue(b.ctx, till.Intent{}, till.NewOrder{
		Cart: domain.Cart{Currency: "EUR", Lines: []domain.Line{{Title: "", Price: 0, Quantity: 1}}},
	})
	var e *domain.Error
	if !errors.As(err, &e) || len(e.Fields) != 3 {
		t.Fatalf("%v", err)
	}
}

func TestDueDatePasses(t *testing.T) {
	b := newBench(t, nil)
	late := wanted(2000)
	late.Due = b.clock.now.Add(time.Hour)
	o, err := b.Issue(b.ctx, till.Intent{}, late)
	b.must(err)
	b.clock.forward(2 * time.Hour)
	b.must(b.Tend(b.ctx))
	o, err = b.Order(b.ctx, string(o.ID))
	b.must(err)
	if o.State != domain.OrderOverdue || !o.LastAt.Equal(late.Due) {
		t.Fatalf("%s since %s, due %s", o.State, o.LastAt, late.Due)
	}
	o, err = b.Move(b.ctx, till.Intent{}, o.ID, "extend", till.Moving{Due: b.clock.now.Add(time.Hour)})
	b.must(err)
	if o.State != domain.OrderIssued {
		t.Fatalf("%s with more time", o.State)
	}
}

func TestDatesPassWithoutAskingAnybody(t *testing.T) {
	b := newBench(t, nil)
	late := wanted(2000)
	late.Due = b.clock.now.Add(time.Hour)
	o, err := b.Issue(b.ctx, till.Intent{}, late)
	b.must(err)
	r := b.hold(b.issue(2000))
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.Capture, Name: "timeout_after", Times: 1}))
	_, err = b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.code(err, domain.CodeUnknownOutcome)
	b.clock.forward(2 * time.Hour)
	b.must(b.TendDates(b.ctx))
	o, err = b.Order(b.ctx, string(o.ID))
	b.must(err)
	held, err := b.Order(b.ctx, string(r.Order.ID))
	b.must(err)
	if o.State != domain.OrderOverdue || held.State != domain.OrderHold {
		t.Fatalf("%s after its due date, %s with nobody asked", o.State, held.State)
	}
}

// Nobody is sent where nothing can be paid: a cancelled order's slip has no link.
func TestPayformIsOfWhatCanBePaid(t *testing.T) {
	b := newBench(t, nil)
	o := b.issueFor(domain.Person{Email: "ann@example.com"})
	if link := b.Payform(o); !strings.Contains(link, string(o.ID)) {
		t.Errorf("%q", link)
	}
	gone, err := b.Move(b.ctx, till.Intent{}, o.ID, "cancel", till.Moving{})
	b.must(err)
	if link := b.Payform(gone); link != "" {
		t.Errorf("a cancelled order can be paid at %s", link)
	}
}
