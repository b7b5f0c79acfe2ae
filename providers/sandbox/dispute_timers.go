package sandbox

import (
	"context"
	"database/sql"
	"time"

	"till/domain"
)

// disputeSteps are what a case waits for, apart from a call about it that was left open.
var disputeSteps = []step{disputeDebits, disputeExpires, disputeLapses, disputeDecides}

// disputeDelay is how long the customer's bank takes to open a case of a test card, and to debit what it announced.
const disputeDelay = time.Minute

// goOnDispute is what becomes of a case whose time has come; nothing where it has moved on.
func (a *account) goOnDispute(w wait) reply {
	d := a.dispute(w.Case)
	if d == nil {
		return reply{}
	}
	outcome := theirTimeOver
	switch {
	case w.step == disputeDebits:
		outcome = debited
	case w.step == disputeExpires:
		outcome = ourTimeOver
	case w.step == disputeDecides:
		outcome = a.decidedBy(w.Evidence, d)
	case d.state() == domain.FraudAdviceOpen:
		outcome = closed
	}
	return a.advance(d.id, outcome, w.at)
}

// timer is what a case waits for where it stands; without a step for nothing.
func (d *dispute) timer() wait {
	switch {
	case d.Announced && d.state() == domain.ChargebackOpen:
		return wait{step: disputeDebits, at: d.since.Add(disputeDelay)}
	case d.RespondBy.IsZero():
		return wait{}
	case d.Status == domain.StatusOpen && d.Stage != domain.StageFraudAdvice:
		return wait{step: disputeExpires, at: d.RespondBy}
	}
	return wait{step: disputeLapses, at: d.RespondBy}
}

// waitForDisputes has the cases that facts have moved wait for what comes next, and for nothing else. What a text of
// evidence decides stays to be decided where only money has moved.
func waitForDisputes(ctx context.Context, tx *sql.Tx, a account, facts []fact) error {
	for _, f := range facts {
		if f.Dispute == nil {
			continue
		}
		d := a.dispute(f.Case)
		_, err := tx.ExecContext(ctx,
			"DELETE FROM waiting WHERE dispute = ? AND (step IN (?, ?, ?) OR step = ? AND ?)",
			string(d.id), string(disputeDebits), string(disputeExpires), string(disputeLapses), string(disputeDecides), d.moved == f.action)
		if err != nil {
			return err
		}
		w := d.timer()
		if w.step == "" {
			continue
		}
		w.request = request{payment: a.payment, terms: terms{Case: d.id}}
		if err := insertWait(ctx, tx, w); err != nil {
			return err
		}
	}
	return nil
}
