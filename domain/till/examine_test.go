package till_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
	"till/providers/sandbox"
)

// ill are the names of the checks that found something, with what they found.
func (b *bench) ill() map[string]string {
	b.Helper()
	_, books := sandbox.Examine(b.ctx, filepath.Join(b.folder, "till.sandbox.db"), 100)
	found := map[string]string{}
	for _, c := range b.Examine(b.ctx, books) {
		if c.OK != (c.Advice == "") || c.Detail == "" {
			b.Errorf("%+v", c)
		}
		if !c.OK {
			found[c.Name] = c.Detail
		}
	}
	return found
}

func (b *bench) finds(name, detail string) {
	b.Helper()
	if ill := b.ill(); len(ill) != 1 || !strings.Contains(ill[name], detail) || detail == "" {
		b.Errorf("found %v, want %s: %s", ill, name, detail)
	}
}

func (b *bench) isWell() {
	b.Helper()
	if ill := b.ill(); len(ill) != 0 {
		b.Errorf("found %v", ill)
	}
}

func TestAWellTill(t *testing.T) {
	b := newBench(t, nil)
	b.isWell()
	r := b.hold(b.issue(300))
	_, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.must(err)
	b.isWell() // its notices are not read yet, and say nothing new
	b.listen()
	b.isWell()
}

func TestTheDoctorFindsUnknownOutcomes(t *testing.T) {
	b := newBench(t, nil)
	r := b.lostCapture(300)
	b.clock.forward(50 * time.Hour)
	b.finds("unknown outcomes", "capture of "+string(r.Payment.ID)+" for 2 days")
}

func TestTheDoctorFindsOrphans(t *testing.T) {
	b := newBench(t, nil)
	b.must(b.Store.Receive(b.ctx, []domain.Received{{
		Notice:  domain.Notice{ID: "evt_x", Position: "0", Type: "payment_captured", At: b.Env.Now(), Payment: "pay_lost"},
		Variant: "other", On: b.Env.Now(), Orphan: true,
	}}))
	b.finds("orphans", "payment_captured of pay_lost")
}

// A machine whose clock was set back would date what it sells before what it has sold.
func TestTheDoctorFindsAClockThatIsBehind(t *testing.T) {
	b := newBench(t, nil)
	b.issue(300)
	b.clock.forward(-time.Hour)
	b.finds("clock", "before the journal's last entry")
}

// What the gateway knows of and the till does not was lost, as with an older copy of the database.
func TestTheDoctorFindsOtherBooks(t *testing.T) {
	b := newBench(t, nil)
	r := b.hold(b.issue(300))
	b.listen()
	theirs, err := b.bank.Books(b.ctx, r.Payment.ID)
	b.must(err)
	for name, c := range map[string]struct {
		change func(*domain.Books)
		want   string
	}{
		"another sum":   {func(of *domain.Books) { of.Captured = 200 }, "captured €2.00, here €0.00"},
		"not known":     {func(of *domain.Books) { of.Payment = "pay_nobody" }, "pay_nobody: it is not known here"},
		"more than one": {func(of *domain.Books) { of.Authorized = 600 }, "authorized €6.00, here €3.00"},
	} {
		other := theirs
		c.change(&other)
		checks := b.Examine(b.ctx, []domain.Books{other})
		if last := checks[len(checks)-1]; last.OK || !strings.Contains(last.Detail, c.want) {
			t.Errorf("%s: %+v", name, last)
		}
	}
	checks := b.Examine(b.ctx, nil)
	if last := checks[len(checks)-1]; last.OK || !strings.Contains(last.Detail, "nothing on record") || !strings.Contains(last.Detail, string(r.Payment.ID)) {
		t.Errorf("a gateway that has lost its books: %+v", last)
	}
	// What the gateway has told and nobody has read is no difference.
	b.must(b.bank.GiveBack(b.ctx, b.taken(300), 100))
	b.isWell()
	b.listen()
	b.isWell()
}

// taken is a payment that was captured.
func (b *bench) taken(price domain.Amount) domain.PaymentID {
	b.Helper()
	r := b.hold(b.issue(price))
	r, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.must(err)
	b.listen()
	return r.Payment.ID
}

// A dispute without an answer is told of from three days before its deadline on, and when it has passed.
func TestTheDoctorFindsDisputes(t *testing.T) {
	b := newBench(t, nil)
	id := b.taken(300)
	until := b.Env.Now().Add(10 * 24 * time.Hour)
	o := b.see(id).Order
	b.report(o, id, domain.Fact{
		Event: domain.DisputeEvidenceRequired, Case: "dsp_1", Action: "act_d", At: b.Env.Now(), Amount: 300, Currency: "EUR",
		Dispute: &domain.Claim{Stage: domain.StageChargeback, Status: domain.StatusOpen, Amount: 300, RespondBy: until},
	})
	b.isWell()
	b.clock.forward(8 * 24 * time.Hour)
	b.finds("disputes", "dsp_1 by "+until.Format("2006-01-02"))
	b.clock.forward(8 * 24 * time.Hour)
	b.finds("disputes", "dsp_1")
}

// report writes down what a provider told.
func (b *bench) report(o *domain.Order, id domain.PaymentID, facts ...domain.Fact) {
	b.Helper()
	_, err := b.Store.Update(b.ctx, func(domain.Tx) ([]domain.Entry, error) {
		e, err := domain.NewEntry(domain.KindFactsReported, string(o.ID), string(id), domain.Report{Notice: "evt_d", Payment: id, Facts: facts})
		e.Actor, e.Source = "sandbox", domain.ByNotice
		return []domain.Entry{e}, err
	})
	b.must(err)
}
