package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// caseObject is a case as the gateway has it.
type caseObject struct {
	ID       domain.DisputeID `json:"id"`
	Payment  domain.PaymentID `json:"payment"`
	State    domain.State     `json:"state"`
	Amount   string           `json:"amount"`
	Currency domain.Currency  `json:"currency"`
	Until    stamp            `json:"until"`
	Outcomes []string         `json:"outcomes"` // what the operator can make of it now
}

// raising is what the flags say of a case that the customer's bank is to open.
type raising struct {
	domain.Raising
	amount, respondIn, previous string
}

func (a *app) sandboxDispute() *cobra.Command {
	var wish raising
	cmd := &cobra.Command{
		Use: "dispute PAYMENT", Short: "the customer's bank opens a case about a payment", Args: takes("PAYMENT"),
		Example: "till sandbox dispute pay_01J --stage chargeback --reason 13.1\ntill sandbox dispute pay_01J --stage retrieval --respond-in 7d",
		RunE: a.changes(atBank(func(ctx context.Context, t *till.Till, bank domain.Bank, args []string) error {
			found, err := t.Payment(ctx, args[0])
			if err != nil {
				return err
			}
			if err := wish.read(ctx, bank, found); err != nil {
				return err
			}
			id, err := bank.Raise(ctx, wish.Raising)
			if err != nil {
				return err
			}
			return a.sayCase(ctx, t, bank, id)
		})),
	}
	f := cmd.Flags()
	f.StringVar(&wish.Stage, "stage", domain.StageChargeback, "fraud_advice, retrieval, chargeback, pre_compliance or good_faith")
	f.StringVar(&wish.Reason, "reason", "", "a reason `code` of the card's network; the usual one if none is named")
	f.StringVar(&wish.amount, "amount", "", "a part of what was captured")
	f.BoolVar(&wish.Announced, "announced", false, "a chargeback is announced first, and debited a minute later")
	f.StringVar(&wish.respondIn, "respond-in", "", "how `long` there is to answer: 7d; the network's time if this is not given")
	f.StringVar(&wish.previous, "previous", "", "the older `dispute` that a pre-compliance or good-faith case goes on from")
	return cmd
}

// read checks the flags that are no plain text.
func (w *raising) read(ctx context.Context, bank domain.Bank, found till.Result) (err error) {
	w.Payment, w.Stage = found.Payment.ID, snake(w.Stage)
	if w.Amount, err = amount(found.Order.Cart.Currency, "amount", w.amount); err != nil {
		return err
	}
	if w.respondIn != "" {
		if w.RespondIn, err = duration("respond-in", w.respondIn); err != nil {
			return err
		}
	}
	if w.previous != "" {
		c, err := caseOf(ctx, bank, w.previous)
		if err != nil {
			return err
		}
		w.Previous = c.ID
	}
	return nil
}

func (a *app) sandboxAdvance() *cobra.Command {
	var outcome string
	cmd := &cobra.Command{
		Use: "advance DISPUTE --outcome OUTCOME", Short: "the other side of a case, its network or its time go on", Args: takes("DISPUTE"),
		Long: "What can become of a case depends on where it stands: see till sandbox cases.",
		RunE: a.changes(atBank(func(ctx context.Context, t *till.Till, bank domain.Bank, args []string) error {
			c, err := caseOf(ctx, bank, args[0])
			if err != nil {
				return err
			}
			if err := bank.Advance(ctx, c.ID, snake(outcome)); err != nil {
				return err
			}
			return a.sayCase(ctx, t, bank, c.ID)
		})),
	}
	cmd.Flags().StringVar(&outcome, "outcome", "", "won, lost, withdrawn, resolved, closed, pre_arbitration ...: what can become of it now")
	return cmd
}

func (a *app) sandboxCases() *cobra.Command {
	return &cobra.Command{
		Use: "cases", Short: "the cases as the gateway has them, and what can become of each", Args: takes(),
		RunE: a.reads(atBank(func(ctx context.Context, _ *till.Till, bank domain.Bank, _ []string) error {
			cases, err := bank.Cases(ctx)
			if err != nil {
				return err
			}
			objects := make([]caseObject, len(cases))
			for i, c := range cases {
				objects[i] = caseObjectOf(c)
			}
			return a.say(listOf(objects, ""), func(p *page) { showCases(p, cases) })
		})),
	}
}

func caseObjectOf(c domain.BankCase) caseObject {
	return caseObject{c.ID, c.Payment, c.State, c.Currency.Format(c.Amount), c.Currency, stamp(c.Until), orEmpty(c.Outcomes)}
}

func showCases(p *page, cases []domain.BankCase) {
	if len(cases) == 0 {
		p.line("no cases")
	}
	for _, c := range cases {
		until := ""
		if !c.Until.IsZero() {
			until = " · by itself at " + when(c.Until)
		}
		p.line("%s · %s · %s%s", c.ID, c.State.Words(), c.Currency.Display(c.Amount), until)
		p.line("  outcomes: %s", orDash(strings.Join(c.Outcomes, ", ")))
	}
}

// caseOf finds a case at the gateway, also one that till was not told of yet, by its id or the beginning of one.
func caseOf(ctx context.Context, bank domain.Bank, ref string) (domain.BankCase, error) {
	cases, err := bank.Cases(ctx)
	if err != nil {
		return domain.BankCase{}, err
	}
	tail := func(id string) string { return strings.ToLower(strings.TrimPrefix(id, "dsp_")) }
	wanted := tail(strings.TrimSpace(ref))
	cases = slices.DeleteFunc(cases, func(c domain.BankCase) bool {
		id := tail(string(c.ID))
		return id != wanted && (len(wanted) < 4 || !strings.HasPrefix(id, wanted))
	})
	switch len(cases) {
	case 0:
		return domain.BankCase{}, domain.Errorf(domain.CodeNotFound, "there is no case %q", domain.Inert(ref)).WithHint("see: till sandbox cases")
	case 1:
		return cases[0], nil
	}
	var ids []string
	for _, c := range cases[:min(len(cases), 6)] {
		ids = append(ids, string(c.ID))
	}
	return domain.BankCase{}, domain.Errorf(domain.CodeAmbiguous, "%q could be several", domain.Inert(ref)).
		WithHint("one of: %s", strings.Join(ids, ", "))
}

// sayCase prints the dispute with what the gateway has told of it since; where that is held back, the gateway's case.
func (a *app) sayCase(ctx context.Context, t *till.Till, bank domain.Bank, id domain.DisputeID) error {
	if err := t.Listen(ctx); err != nil {
		return err
	}
	res, err := t.Dispute(ctx, string(id))
	if domain.CodeOf(err) != domain.CodeNotFound {
		return a.sayDispute(t, res, err)
	}
	c, err := caseOf(ctx, bank, string(id))
	if err != nil {
		return err
	}
	return a.say(caseObjectOf(c), func(p *page) { showCases(p, []domain.BankCase{c}) })
}
