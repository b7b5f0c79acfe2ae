package till

import (
	"context"

	"till/domain"
)

// Paying is a payout as somebody wants it made.
type Paying struct {
	Amount      domain.Amount   // minor units
	Currency    domain.Currency // "" is the till's
	Customer    domain.CustomerID
	Name        string      // whom it goes to; "" is the customer's
	IBAN        domain.IBAN `json:"-"`
	Reference   string
	Description string
	Variant     string // "" is the first that can pay out
}

// Missing is what a payout may still need of its recipient.
type Missing struct {
	Name string
	IBAN domain.IBAN `json:"-"`
}

// CreatePayout tells a provider whom money is to go to; nothing is sent before it is confirmed. CodeFailed if the
// provider refuses, CodeUnknownOutcome if its answer is lost; the payout comes beside both.
func (t *Till) CreatePayout(ctx context.Context, in Intent, wished Paying) (*domain.Payout, error) {
	wished.Name, wished.Reference, wished.Description = tidy(wished.Name), tidy(wished.Reference), tidy(wished.Description)
	if wished.Currency == "" {
		wished.Currency = t.Currency
	}
	to, err := t.recipient(ctx, wished.Name, wished.Customer, wished.IBAN)
	if err != nil {
		return nil, err
	}
	return t.onPayout(ctx, in, errand{
		deed: domain.DeedPayout, what: "payout create", with: []any{wished, wished.IBAN.Source()}, to: to,
		decide: func(tx domain.Tx, in Intent) ([]domain.Entry, *domain.Operation, error) {
			return t.openPayout(tx, in, wished)
		},
	})
}

// recipient is whom a payout goes to, as their provider is told: by the name that was told, else the customer's.
func (t *Till) recipient(ctx context.Context, name string, customer domain.CustomerID, iban domain.IBAN) (*domain.Recipient, error) {
	to := &domain.Recipient{Name: name, IBAN: iban}
	if name != "" || customer == "" {
		return to, nil
	}
	who, err := t.clientOf(ctx, customer)
	if domain.CodeOf(err) == domain.CodeNotFound {
		return to, nil // which the decision refuses
	}
	to.Name = who.Name()
	return to, err
}

// clientOf gives what a customer tells of themselves.
func (t *Till) clientOf(ctx context.Context, id domain.CustomerID) (domain.Person, error) {
	c, err := t.customerAt(ctx, id, 0)
	if err != nil {
		return domain.Person{}, err
	}
	return c.Client, nil
}

// openPayout is the entry that opens a payout, and the call that tells its provider. What is wrong with the wish is
// named at once (CodeInvalid).
func (t *Till) openPayout(tx domain.Tx, in Intent, wished Paying) ([]domain.Entry, *domain.Operation, error) {
	if wished.Customer != "" {
		c, err := tx.Customer(wished.Customer)
		if err != nil {
			return nil, nil, err
		}
		if err := remembered(c); err != nil {
			return nil, nil, err
		}
	}
	fields := map[string]string{}
	if wished.Amount <= 0 {
		fields["amount"] = "must be more than 0"
	}
	if _, err := domain.ParseCurrency(string(wished.Currency)); err != nil {
		fields["currency"] = err.Error()
	}
	variant, method, refusal := t.paysOut(wished.Variant, wished.Currency, wished.Amount)
	if refusal != "" && len(fields) == 0 {
		fields["variant"] = refusal
	}
	if err := domain.Invalid("the payout", fields); err != nil {
		return nil, nil, err
	}
	human, err := t.humanID(tx)
	if err != nil {
		return nil, nil, err
	}
	account := wished.IBAN.Source()
	opening := domain.PayoutOpening{
		ID: domain.PayoutID(t.Env.NewID("po_")), HumanID: human, Amount: wished.Amount, Currency: wished.Currency,
		Customer: wished.Customer, Account: account.Last4, Variant: variant, Method: method.Name,
		Reference: wished.Reference, Description: wished.Description,
	}
	row, ref, err := t.kept(wished.Name)
	if err != nil {
		return nil, nil, err
	}
	opening.Recipient = ref
	opened, err := in.told(domain.KindPayoutOpened, string(opening.ID), "", opening)
	opened.Brings.Person = row
	return []domain.Entry{opened}, t.payoutCall(domain.PayoutMoney, opening, account), err
}

// kept is the cabinet's row of a recipient's name, and what an entry says of it; nothing where no name was told.
func (t *Till) kept(name string) (*domain.Kept, *domain.PersonRef, error) {
	if name == "" {
		return nil, nil, nil
	}
	kept, ref, err := t.keeping(domain.Person{LegalName: name})
	return kept, &ref, err
}

// paysOut finds the variant and the method through which an amount can be paid out, or says why there is none.
func (t *Till) paysOut(variant string, c domain.Currency, amount domain.Amount) (name string, m domain.Method, refusal string) {
	refusal = "has no method that can pay out"
	for _, v := range t.Variants {
		for _, m := range v.Provider.Info().Methods {
			if !m.Can.Payout || variant != "" && v.Name != variant {
				continue
			}
			if refusal = v.refuses(m, c, amount); refusal == "" {
				return v.Name, m, ""
			}
		}
	}
	return "", domain.Method{}, refusal
}

// payoutCall is a call about a payout. Of the account it has no more than the end of its number.
func (t *Till) payoutCall(kind domain.OperationKind, p domain.PayoutOpening, account domain.Source) *domain.Operation {
	return &domain.Operation{
		ID: domain.OperationID(t.Env.NewID("op_")), Kind: kind, Payout: p.ID, Customer: p.Customer, Amount: p.Amount, Currency: p.Currency,
		Method: p.Method, Variant: p.Variant, Source: account, Reference: p.Reference, Description: p.Description, Deadline: t.deadline(p.Variant),
	}
}

// ConfirmPayout has the provider send the money, with what was missing of the recipient (CodeInvalid where something
// still is). CodeFailed if it refuses, CodeUnknownOutcome if its answer is lost; the payout comes beside both.
func (t *Till) ConfirmPayout(ctx context.Context, in Intent, id domain.PayoutID, told Missing) (*domain.Payout, error) {
	told.Name = tidy(told.Name)
	return t.onPayout(ctx, in, errand{
		deed: domain.DeedPayout, what: "payout confirm " + string(id), with: []any{told, told.IBAN.Source()}, to: &domain.Recipient{Name: told.Name, IBAN: told.IBAN},
		decide: func(tx domain.Tx, in Intent) ([]domain.Entry, *domain.Operation, error) {
			p, err := payoutFor(tx, in, id, "confirm")
			if err != nil {
				return nil, nil, err
			}
			if err := complete(p, told); err != nil {
				return nil, nil, err
			}
			account := told.IBAN.Source()
			op := t.payoutCall(domain.PayoutConfirm, p.PayoutOpening, account)
			if told.Name == "" && account.Last4 == "" {
				return nil, op, nil
			}
			row, ref, err := t.kept(told.Name)
			if err != nil {
				return nil, nil, err
			}
			changed, err := in.told(domain.KindPayoutChanged, string(id), "", domain.PayoutChange{Recipient: ref, Account: account.Last4})
			changed.Brings.Person = row
			return []domain.Entry{changed}, op, err
		},
	})
}

// complete refuses to confirm a payout of which something is missing that does not come with it.
func complete(p *domain.Payout, told Missing) error {
	fields := map[string]string{}
	for _, name := range p.Missing() {
		if name == "name" && told.Name == "" || name == "iban" && !told.IBAN.Given() {
			fields[name] = "is missing"
		}
	}
	if len(fields) == 0 && p.NeedsOther() && told.Name == "" && !told.IBAN.Given() {
		fields["iban"] = "another one is needed: " + domain.Inert(p.Message)
	}
	return domain.Invalid("the payout", fields)
}

// CancelPayout has the provider forget a payout whose money was not sent. CodeFailed if it refuses, CodeUnknownOutcome
// if its answer is lost; the payout comes beside both.
func (t *Till) CancelPayout(ctx context.Context, in Intent, id domain.PayoutID) (*domain.Payout, error) {
	return t.onPayout(ctx, in, errand{
		deed: domain.DeedPayout, what: "payout cancel " + string(id), to: &domain.Recipient{},
		decide: func(tx domain.Tx, in Intent) ([]domain.Entry, *domain.Operation, error) {
			p, err := payoutFor(tx, in, id, "cancel")
			if err != nil {
				return nil, nil, err
			}
			return nil, t.payoutCall(domain.PayoutCancel, p.PayoutOpening, domain.Source{}), nil
		},
	})
}

// payoutFor gives a payout with which an action is possible.
func payoutFor(tx domain.Tx, in Intent, id domain.PayoutID, action string) (*domain.Payout, error) {
	p, err := tx.Payout(id)
	if err != nil {
		return nil, err
	}
	if err := in.movedOn("payout", p.Version); err != nil {
		return nil, err
	}
	return p, p.Refuses(action)
}

// onPayout sends an errand of a payout, and gives the payout and the error that the errand's end stands for.
func (t *Till) onPayout(ctx context.Context, in Intent, e errand) (*domain.Payout, error) {
	in = t.complete(ctx, in)
	stream, upTo, err := t.runErrand(ctx, in, e)
	if err != nil {
		return nil, err
	}
	p, err := t.payoutAt(ctx, stream, upTo)
	if err != nil {
		return nil, err
	}
	return p, ended(p.Operations, in.Key)
}

// Payout finds a payout by id, human id or the beginning of one.
func (t *Till) Payout(ctx context.Context, ref string) (*domain.Payout, error) {
	found, err := t.Resolve(ctx, "payout", ref)
	if err != nil {
		return nil, err
	}
	return t.payoutAt(ctx, found.ID, 0)
}

// Payouts gives every payout, newest first.
func (t *Till) Payouts(ctx context.Context) ([]*domain.Payout, error) {
	var all []*domain.Payout
	for before := domain.Seq(0); ; {
		page, err := t.Store.Payouts(ctx, before, rowsAtOnce)
		all = append(all, page...)
		if err != nil || len(page) < rowsAtOnce {
			return all, err
		}
		before = page[len(page)-1].OpenedIn
	}
}

// payoutAt folds a payout as it was when an entry had just been written (0: as it is), with the name of whom it goes to
// as far as that is still kept.
func (t *Till) payoutAt(ctx context.Context, id string, seq domain.Seq) (*domain.Payout, error) {
	entries, err := t.Store.Entries(ctx, id, 0, seq, 0)
	if err != nil {
		return nil, err
	}
	p, err := domain.FoldPayout(entries)
	if err != nil {
		return nil, err
	}
	return p, p.NameBy(
		func(row string) (domain.Person, error) { return t.Store.Person(ctx, row) },
		func(id domain.CustomerID) (domain.Person, error) { return t.clientOf(ctx, id) })
}
