package sandbox

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"

	"till/domain"
)

// What the operator at the other chair does about disputes.

// stages are those in which a case can be opened.
var stages = []string{
	domain.StageFraudAdvice, domain.StageRetrieval, domain.StageChargeback, domain.StagePreCompliance, domain.StageGoodFaith,
}

// undisputed are the ways to pay that know no way back but a refund.
var undisputed = []string{ideal, voucher, cod}

// Raise has the customer's bank open a case about a payment that was captured, and gives its id. What is wrong with it
// is a domain.Error (invalid) with the fields stage, reason, amount, announced, respond_in and previous; a payment that
// cannot be disputed is one (illegal_transition).
func (s *Sandbox) Raise(ctx context.Context, raised domain.Raising) (domain.DisputeID, error) {
	var id domain.DisputeID
	err := s.visit(ctx, func(tx *sql.Tx, now time.Time) error {
		a, err := known(ctx, tx, string(raised.Payment))
		if err != nil {
			return err
		}
		if err := a.wrongRaising(raised); err != nil {
			return err
		}
		out, err := s.carryOut(ctx, tx, 0, a.itself(now), a, instrument{}, done(a.raise(raised, now)))
		if err == nil {
			id = out.facts[0].Case
		}
		return err
	})
	return id, err
}

// wrongRaising says why a case cannot be opened as somebody wants it.
func (a *account) wrongRaising(raised domain.Raising) error {
	left := a.disputable(nil)
	switch {
	case slices.Contains(undisputed, a.method):
		return domain.Errorf(domain.CodeIllegalTransition, "a payment by %s cannot be disputed", methodNamed(a.method).Title).
			WithHint("the gateway can give the money back by itself: till sandbox refund %s", a.payment)
	case a.captured == 0:
		return domain.Errorf(domain.CodeIllegalTransition, "nothing of %s was captured: only captured money can be disputed", a.payment)
	case left <= 0:
		return domain.Errorf(domain.CodeIllegalTransition, "nothing of %s is left that could be disputed", a.payment)
	}
	wrong := map[string]string{}
	if !slices.Contains(stages, raised.Stage) {
		wrong["stage"] = "must be one of " + strings.Join(stages, ", ")
	}
	if of := domain.Reasons(a.network()); raised.Reason != "" && len(of) > 0 && !hasReason(of, raised.Reason) {
		wrong["reason"] = "must be one of " + a.network() + "'s: " + codesOf(of)
	}
	if raised.Amount < 0 || int64(raised.Amount) > left {
		wrong["amount"] = "must be at most " + domain.Currency(a.currency).Format(domain.Amount(left))
	}
	if raised.Announced && raised.Stage != domain.StageChargeback {
		wrong["announced"] = "is only for a chargeback"
	}
	if raised.RespondIn < 0 {
		wrong["respond_in"] = "must be more than nothing"
	}
	switch alone := raised.Stage == domain.StagePreCompliance || raised.Stage == domain.StageGoodFaith; {
	case raised.Previous != "" && !alone:
		wrong["previous"] = "is only for pre_compliance and good_faith"
	case raised.Previous != "" && a.dispute(raised.Previous) == nil:
		wrong["previous"] = "is no case of this payment"
	}
	return domain.Invalid("the case", wrong)
}

func hasReason(of []domain.Reason, code string) bool {
	return slices.ContainsFunc(of, func(r domain.Reason) bool { return strings.EqualFold(r.Code, code) })
}

func codesOf(of []domain.Reason) string {
	var all []string
	for _, r := range of {
		all = append(all, r.Code)
	}
	return strings.Join(all, ", ")
}

// Advance has the other side of a case, its scheme or its time go on, by one of the outcomes that it has where it
// stands (BankCase.Outcomes). What is no outcome at all is a domain.Error (invalid), what cannot be now one
// (illegal_transition).
func (s *Sandbox) Advance(ctx context.Context, id domain.DisputeID, outcome string) error {
	if err := choice("outcome", outcome, allOutcomes()); err != nil {
		return err
	}
	return s.visit(ctx, func(tx *sql.Tx, now time.Time) error {
		var payment string
		err := tx.QueryRowContext(ctx, "SELECT payment FROM dispute WHERE id = ?", string(id)).Scan(&payment)
		if errors.Is(err, sql.ErrNoRows) {
			return domain.Errorf(domain.CodeNotFound, "the sandbox has no dispute %s", id)
		}
		if err != nil {
			return err
		}
		a, err := readAccount(ctx, tx, payment)
		if err != nil {
			return err
		}
		out := a.advance(id, outcome, now)
		if len(out.facts) == 0 {
			return a.cannot(id, outcome)
		}
		_, err = s.carryOut(ctx, tx, 0, a.itself(now), a, instrument{}, out)
		return err
	})
}

// allOutcomes are those that any case can have once it is open.
func allOutcomes() []string {
	var all []string
	for _, m := range outcomes {
		if !slices.Equal(m.from, noCase) && !slices.Contains(all, m.by) {
			all = append(all, m.by)
		}
	}
	return all
}

// cannot says what a case can become instead.
func (a *account) cannot(id domain.DisputeID, outcome string) error {
	d := a.dispute(id)
	err := domain.Errorf(domain.CodeIllegalTransition, "the case stands at %s, where it cannot be %s", d.state(), outcome)
	if able := a.outcomesOf(d); len(able) > 0 {
		return err.WithHint("it can be: %s", strings.Join(able, ", "))
	}
	return err
}

// Cases gives the cases at the gateway, newest first: also those that the merchant was not told of yet.
func (s *Sandbox) Cases(ctx context.Context) ([]domain.BankCase, error) {
	var cases []domain.BankCase
	err := s.visit(ctx, func(tx *sql.Tx, _ time.Time) error {
		rows, err := readCases(ctx, tx)
		if err != nil {
			return err
		}
		accounts := map[domain.PaymentID]account{}
		for _, c := range rows {
			a, read := accounts[c.Payment]
			if !read {
				if a, err = readAccount(ctx, tx, string(c.Payment)); err != nil {
					return err
				}
				accounts[c.Payment] = a
			}
			d := a.dispute(c.ID)
			c.State, c.Amount, c.Currency, c.Outcomes = d.state(), d.Amount, domain.Currency(a.currency), a.outcomesOf(d)
			cases = append(cases, c)
		}
		return nil
	})
	return cases, err
}

// readCases gives each case with when time decides it.
func readCases(ctx context.Context, tx *sql.Tx) (cases []domain.BankCase, err error) {
	rows, err := tx.QueryContext(ctx,
		`SELECT id, payment, coalesce((SELECT min(at) FROM waiting WHERE waiting.dispute = dispute.id AND at <> ''), '')
		 FROM dispute ORDER BY seq DESC`)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var c domain.BankCase
		var until string
		if err := rows.Scan(&c.ID, &c.Payment, &until); err != nil {
			return nil, err
		}
		if until != "" {
			if c.Until, err = domain.ParseTime(until); err != nil {
				return nil, err
			}
		}
		cases = append(cases, c)
	}
	return cases, rows.Err()
}
