package sandbox

import (
	"slices"
	"time"

	"till/domain"
)

// The engine's side of disputes: how a case stands, by the facts of its account.

// dispute is a case as it stands. Amounts are minor units.
type dispute struct {
	domain.Claim // as it was told last; Fee: of all debits together
	id           domain.DisputeID
	code         string    // why it was resolved
	since        time.Time // when it came to where it stands
	moved        string    // the action by which it came there
}

func (d *dispute) state() domain.State { return domain.State(d.Stage + "/" + d.Status) }

// dispute finds a case of the account; nil if there is none of the id.
func (a *account) dispute(id domain.DisputeID) *dispute {
	i := slices.IndexFunc(a.disputes, func(d *dispute) bool { return d.id == id })
	if i < 0 {
		return nil
	}
	return a.disputes[i]
}

// bookDispute adds what a fact tells of a case, which begins with it if it is the first.
func (a *account) bookDispute(f fact) {
	if f.Dispute == nil {
		return
	}
	d := a.dispute(f.Case)
	if d == nil {
		d = &dispute{id: f.Case}
		a.disputes = append(a.disputes, d)
	}
	d.book(f)
}

func (d *dispute) book(f fact) {
	if c := f.Dispute; c.Stage != d.Stage || c.Status != d.Status {
		d.since, d.moved = f.at, f.action
	}
	fee := d.Fee
	d.Claim, d.code = *f.Dispute, f.code
	d.Fee += fee
}

// The ends of a case that cost the merchant the amount, and the stages in which the issuer has taken it before.
var (
	lostStatuses = []string{domain.StatusLost, domain.StatusAccepted, domain.StatusExpired}
	takenStages  = []string{domain.StageChargeback, domain.StageRepresentment, domain.StagePreArbitration, domain.StageArbitration}
)

// money is who has the amount.
func (d *dispute) money() string {
	taken, lost := slices.Contains(takenStages, d.Stage), slices.Contains(lostStatuses, d.Status)
	asked := d.Stage == domain.StageGoodFaith && d.RaisedBy == domain.RaisedByMerchant // for what was lost before
	open := d.Status == domain.StatusOpen || d.Status == domain.StatusResponded
	switch {
	case d.state() == domain.RetrievalExpired:
		return domain.MoneyNone
	case lost, d.byRDR(), asked && d.Status != domain.StatusWon:
		return domain.MoneyLost
	case asked:
		return domain.MoneyReturned
	case !taken, d.Announced:
		return domain.MoneyNone
	case !open, d.Provisional:
		return domain.MoneyReturned
	}
	return domain.MoneyHeld
}

// byRDR holds for a case that was settled at once in the cardholder's favour.
func (d *dispute) byRDR() bool {
	return d.state() == domain.ChargebackResolved && d.code == resolvedByRDR
}

// disputed is what cases hold or have taken for good.
func (a *account) disputed() int64 {
	return a.claimed(func(d *dispute) bool { return d.money() == domain.MoneyHeld || d.money() == domain.MoneyLost })
}

// disputable is what of the capture a case could take, apart from what other cases have or have announced to take.
// What was refunded can be disputed all the same: banks do not look.
func (a *account) disputable(but *dispute) int64 {
	return a.captured - a.reversed - a.claimed(func(d *dispute) bool {
		coming := d.state() == domain.ChargebackOpen && d.Announced
		return d != but && (coming || d.money() == domain.MoneyHeld || d.money() == domain.MoneyLost)
	})
}

func (a *account) claimed(by func(*dispute) bool) (sum int64) {
	for _, d := range a.disputes {
		if by(d) {
			sum += int64(d.Amount)
		}
	}
	return sum
}

func (a *account) disputeFees() (sum int64) {
	for _, d := range a.disputes {
		sum += int64(d.Fee)
	}
	return sum
}
