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

// Cards gives the test cards, from the table that decides.
func (s *Sandbox) Cards() []domain.TestCard {
	table := make([]domain.TestCard, 0, len(cards))
	for _, c := range cards {
		table = append(table, domain.TestCard{Number: c.number, Brand: c.brand(), Behaves: c.behaves(), Code: c.code})
	}
	return table
}

// Token exchanges a test card for a token, good once and for 15 minutes. What is wrong with the card is a
// domain.Error (invalid) with the fields number, expiry and cvv.
func (s *Sandbox) Token(ctx context.Context, given domain.Card) (domain.Token, error) {
	var token domain.Token
	err := s.visit(ctx, func(tx *sql.Tx, now time.Time) error {
		if err := wrongForToken(given, now); err != nil {
			return err
		}
		token = domain.Token{ID: s.env.NewID(tokenPrefix), Until: now.Add(tokenLasts), Source: given.Source()}
		_, err := tx.ExecContext(ctx, "INSERT INTO token (id, until, brand, last4, expiry_month, expiry_year) VALUES (?, ?, ?, ?, ?, ?)",
			token.ID, domain.FormatTime(token.Until), string(token.Brand), token.Last4, token.ExpiryMonth, token.ExpiryYear)
		return err
	})
	return token, err
}

func wrongForToken(given domain.Card, now time.Time) error {
	wrong := map[string]string{}
	if !isTestCard(given.Number.Reveal()) {
		wrong["number"] = "is not one of the test cards"
	}
	switch code := wrongCard(&given); {
	case code == cvvInvalid:
		wrong["cvv"] = "has the wrong length"
	case code == expiryInvalid:
		wrong["expiry"] = "must be MM/YY"
	case expired(given.Month, given.Year, now):
		wrong["expiry"] = "has passed"
	}
	return domain.Invalid("the card", wrong)
}

// Customer does at a payment's open session what the customer does there (domain.SessionKind.Results).
func (s *Sandbox) Customer(ctx context.Context, payment domain.PaymentID, result string) error {
	return s.decide(ctx, payment, sessions, "the customer has nothing to do for %s", func(w wait) error {
		return choice("result", result, domain.SessionKind(w.step).Results())
	}, result)
}

// Settle decides what the gateway has left open: a direct debit on its way, or a call that it only accepted. The
// outcome is succeeded or failed.
func (s *Sandbox) Settle(ctx context.Context, payment domain.PaymentID, outcome string) error {
	return s.decide(ctx, payment, []step{clearing, decision}, "nothing of %s is left open", func(wait) error {
		return choice("outcome", outcome, []string{succeeded, failed})
	}, outcome)
}

// decide ends what waits at one of the steps, the newest of several; valid says whether the outcome is one of it.
func (s *Sandbox) decide(ctx context.Context, payment domain.PaymentID, steps []step, none string, valid func(wait) error, outcome string) error {
	return s.visit(ctx, func(tx *sql.Tx, now time.Time) error {
		if _, err := known(ctx, tx, string(payment)); err != nil {
			return err
		}
		names := make([]string, len(steps))
		for i, s := range steps {
			names[i] = string(s)
		}
		w, found, err := findWait(ctx, tx, "payment = ? AND instr(?, ' ' || step || ' ') > 0 ORDER BY seq DESC LIMIT 1",
			string(payment), " "+strings.Join(names, " ")+" ")
		if err != nil {
			return err
		}
		if !found {
			return domain.Errorf(domain.CodeIllegalTransition, none, payment)
		}
		if err := valid(w); err != nil {
			return err
		}
		return s.finish(ctx, tx, w, outcome, now)
	})
}

func choice(field, chosen string, of []string) error {
	if slices.Contains(of, chosen) {
		return nil
	}
	return domain.Invalid("the "+field, map[string]string{field: "must be one of " + strings.Join(of, ", ")})
}

// known reads an account that must be there.
func known(ctx context.Context, tx *sql.Tx, payment string) (account, error) {
	a, err := readAccount(ctx, tx, payment)
	if err == nil && a.id == "" {
		err = domain.Errorf(domain.CodeNotFound, "the sandbox has no payment %s", payment)
	}
	return a, err
}

// MoveRefund has the customer's bank decide a refund: succeeded (also after it had failed or was stopped), failed (also
// after it had succeeded), reversed, manual_review, or pending: on its way again after that.
func (s *Sandbox) MoveRefund(ctx context.Context, id domain.RefundID, outcome string) error {
	if err := choice("outcome", outcome, []string{succeeded, failed, "reversed", "manual_review", "pending"}); err != nil {
		return err
	}
	return s.visit(ctx, func(tx *sql.Tx, now time.Time) error {
		var payment string
		err := tx.QueryRowContext(ctx, "SELECT payment FROM fact WHERE refund = ? LIMIT 1", string(id)).Scan(&payment)
		if errors.Is(err, sql.ErrNoRows) || id == "" {
			return domain.Errorf(domain.CodeNotFound, "the sandbox has no refund %s", id)
		}
		if err != nil {
			return err
		}
		a, err := readAccount(ctx, tx, payment)
		if err != nil {
			return err
		}
		r := a.itself(now)
		r.kind, r.refund = refund, string(id)
		out := a.moveRefund(r, outcome)
		if len(out.facts) == 0 {
			return domain.Errorf(domain.CodeIllegalTransition, "the refund %s stands where it cannot become %s", id, outcome)
		}
		_, err = s.carryOut(ctx, tx, 0, r, a, instrument{}, out)
		return err
	})
}

// itself is a request of nobody's: what the gateway does of its own accord.
func (a *account) itself(now time.Time) request {
	return request{payment: a.payment, currency: a.currency, at: now}
}

// GiveBack has the gateway give money back by itself, in minor units; 0 is all that is left.
func (s *Sandbox) GiveBack(ctx context.Context, payment domain.PaymentID, amount domain.Amount) error {
	return s.visit(ctx, func(tx *sql.Tx, now time.Time) error {
		a, err := known(ctx, tx, string(payment))
		if err != nil {
			return err
		}
		left := a.refundable()
		if amount == 0 {
			amount = domain.Amount(left)
		}
		switch {
		case left == 0:
			return domain.Errorf(domain.CodeIllegalTransition, "nothing of %s is left that could be given back", payment)
		case amount < 0 || int64(amount) > left:
			return domain.Invalid("the amount", map[string]string{
				"amount": "must be at most " + domain.Currency(a.currency).Format(domain.Amount(left)),
			})
		}
		out := done(fact{event: givenBack, amount: int64(amount), refund: s.env.NewID("ref_")})
		_, err = s.carryOut(ctx, tx, 0, a.itself(now), a, instrument{}, out)
		return err
	})
}

// Books tells what the gateway has on record for a payment, gross, in minor units, and how many calls it saw
// under each key. A payment that it does not have is a domain.Error (not_found).
func (s *Sandbox) Books(ctx context.Context, payment domain.PaymentID) (domain.Books, error) {
	var books domain.Books
	err := s.visit(ctx, func(tx *sql.Tx, _ time.Time) error {
		a, err := known(ctx, tx, string(payment))
		if err != nil {
			return err
		}
		books = a.books()
		books.Calls, err = countCalls(ctx, tx, a.payment)
		return err
	})
	return books, err
}

func (a *account) books() domain.Books {
	return domain.Books{
		Payment: domain.PaymentID(a.payment), Currency: domain.Currency(a.currency),
		Authorized: domain.Amount(a.authorized), Captured: domain.Amount(a.captured), Voided: domain.Amount(a.released),
		Refunded: domain.Amount(a.refunded), Reversed: domain.Amount(a.reversed), Charges: a.charges,
		Disputed: domain.Amount(a.disputed()), Fees: domain.Amount(a.disputeFees()),
	}
}

func countCalls(ctx context.Context, tx *sql.Tx, payment string) (calls map[string]int, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT key, count(*) FROM call WHERE payment = ? GROUP BY key", payment)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	calls = map[string]int{}
	for rows.Next() {
		var key string
		var n int
		if err := rows.Scan(&key, &n); err != nil {
			return nil, err
		}
		calls[key] = n
	}
	return calls, rows.Err()
}
