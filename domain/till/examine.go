package till

import (
	"context"
	"fmt"
	"strings"
	"time"

	"till/domain"
)

// answerSoon is how long before its deadline a dispute without an answer is told of.
const answerSoon = 3 * 24 * time.Hour

// named are listed by a check at most; who has more of them has to look anyway.
const named = 3

// Examine looks at what a till should not leave open for long, and writes nothing down: neither are notices read nor does
// it do what has fallen due. The books are those of its test gateway, if it has one.
func (t *Till) Examine(ctx context.Context, books []domain.Books) []domain.Check {
	checks := []domain.Check{t.examineUnknown(ctx), t.examineDisputes(ctx), t.examineOrphans(ctx), t.examineClock(ctx), t.examineOperators(ctx)}
	if t.Bank != nil {
		checks = append(checks, t.examineBooks(ctx, books))
	}
	return checks
}

// unknownOrders gives the orders with an unknown outcome.
func (t *Till) unknownOrders(ctx context.Context) ([]*domain.Order, error) {
	var open []*domain.Order
	for row, err := range t.rows(ctx, domain.OrderQuery{Cares: t.Env.Now()}) {
		if err != nil {
			return nil, err
		}
		if !row.IsUnknown() {
			continue
		}
		o, err := t.Store.Order(ctx, row.ID)
		if err != nil {
			return nil, err
		}
		open = append(open, o)
	}
	return open, nil
}

// examineUnknown looks for calls of which nobody knows what came of them.
func (t *Till) examineUnknown(ctx context.Context) domain.Check {
	const name = "unknown outcomes"
	open, err := t.unknownOrders(ctx)
	if err != nil {
		return domain.IllBy(name, err)
	}
	var found []string
	look := func(calls []*domain.Operation, command, id string) {
		for _, op := range calls {
			if op.IsUnknown() {
				found = append(found, fmt.Sprintf("%s of %s for %s (till %s sync %s)", op.Kind, id, t.since(op.RequestedAt), command, id))
			}
		}
	}
	for _, o := range open {
		for _, p := range o.Payments {
			look(p.Operations, "payment", string(p.ID))
		}
	}
	mandates, err := t.Store.Mandates(ctx)
	if err != nil {
		return domain.IllBy(name, err)
	}
	for _, m := range mandates {
		look(m.Operations, "mandate", string(m.ID))
	}
	payouts, err := t.Payouts(ctx)
	if err != nil {
		return domain.IllBy(name, err)
	}
	for _, p := range payouts {
		look(p.Operations, "payout", string(p.ID))
	}
	if len(found) > 0 {
		return domain.Ill(name, "do not repeat them: ask the provider with sync", "%s", some(found))
	}
	return domain.Well(name, "there is none")
}

// examineDisputes looks for disputes that wait for us, and soon in vain: the list begins with the most urgent.
func (t *Till) examineDisputes(ctx context.Context) domain.Check {
	const name = "disputes"
	page, err := t.Store.Disputes(ctx, domain.DisputeQuery{Open: true, Sort: "respond_by", Size: rowsAtOnce})
	if err != nil {
		return domain.IllBy(name, err)
	}
	var urgent []string
	for _, d := range page.Items {
		if by := d.RespondBy; !by.IsZero() && by.Sub(t.Env.Now()) <= answerSoon {
			urgent = append(urgent, fmt.Sprintf("%s by %s", d.ID, by.Format("2006-01-02 15:04")))
		}
	}
	if len(urgent) > 0 {
		return domain.Ill(name, "accept them or send evidence: see till dispute list --open --sort respond_by", "an answer is due: %s", some(urgent))
	}
	return domain.Well(name, "open, none of them urgent: %d", len(page.Items))
}

// examineOrphans looks for what providers told of payments that the till does not have.
func (t *Till) examineOrphans(ctx context.Context) domain.Check {
	const name = "orphans"
	orphans, err := t.Store.Orphans(ctx)
	if err != nil {
		return domain.IllBy(name, err)
	}
	var found []string
	for _, n := range orphans {
		found = append(found, fmt.Sprintf("%s of %s", domain.Inert(n.Type), domain.Inert(string(n.Payment))))
	}
	if len(found) > 0 {
		return domain.Ill(name, "look whether the database is an older copy, or another till uses the same gateway",
			"notices of payments that are not known here: %s", some(found))
	}
	return domain.Well(name, "every notice was of a payment that is known")
}

// examineOperators looks whether PINs can be checked.
func (t *Till) examineOperators(ctx context.Context) domain.Check {
	const name = "operators"
	all, err := t.Store.Operators(ctx)
	if err != nil {
		return domain.IllBy(name, err)
	}
	if len(all) == 0 {
		return domain.Well(name, "nobody is set up: everybody may do everything")
	}
	pepper, err := t.pepper(false)
	if err != nil {
		return domain.IllBy(name, err)
	}
	active := 0
	for _, o := range all {
		if !o.IsActive() {
			continue
		}
		active++
		kept, err := t.Store.PIN(ctx, o.ID)
		if err == nil {
			err = sameForm(pepper, kept)
		}
		if err != nil {
			return domain.IllBy(name, err)
		}
	}
	return domain.Well(name, "they can sign in: %d; keep a copy of the secret of their PINs apart from those of the database", active)
}

// examineClock looks whether time goes on from where the journal ends.
func (t *Till) examineClock(ctx context.Context) domain.Check {
	const name = "clock"
	now, shifted, err := t.Clock(ctx)
	if err != nil {
		return domain.IllBy(name, err)
	}
	last, _, err := t.Store.Newest(ctx, "")
	if err != nil {
		return domain.IllBy(name, err)
	}
	switch {
	case last.At.Sub(now) > time.Second:
		return domain.Ill(name, "set the machine's clock", "it is %s, which is before the journal's last entry of %s",
			domain.FormatTime(now), domain.FormatTime(last.At))
	case shifted:
		return domain.Well(name, "it is %s: it was moved ahead of the machine's by %s", domain.FormatTime(now), t.aheadOf())
	}
	return domain.Well(name, "it is %s, as the machine has it", domain.FormatTime(now))
}

func (t *Till) aheadOf() time.Duration { return time.Duration(t.clock.ahead.Load()).Round(time.Second) }

// since is how long ago something was, in words.
func (t *Till) since(at time.Time) string {
	past := t.Env.Now().Sub(at)
	if days := int(past / (24 * time.Hour)); days > 1 {
		return fmt.Sprintf("%d days", days)
	}
	return past.Round(time.Second).String()
}

// some names the first of many.
func some(found []string) string {
	if more := len(found) - named; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(found[:named], ", "), more)
	}
	return strings.Join(found, ", ")
}
