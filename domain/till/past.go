package till

import (
	"context"
	"slices"
	"time"

	"till/domain"
)

// Then is the till as it was when an entry had just been written, to be looked at: its clock stands at the entry's
// time, so that what was possible then is. CodeNotFound if the journal does not go so far.
func (t *Till) Then(ctx context.Context, seq domain.Seq) (*Till, error) {
	entries, err := t.Store.Entries(ctx, "", seq-1, seq, 1)
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		last, _, err := t.Store.Newest(ctx, "")
		if err != nil {
			return nil, err
		}
		return nil, domain.Errorf(domain.CodeNotFound, "the journal has no entry %d", seq).WithHint("its entries are 1 to %d", last.Seq)
	}
	then := &Till{Config: t.Config, ID: t.ID, Bank: t.Bank}
	then.Enter(t.Present())
	then.Env.Now = func() time.Time { return entries[0].At }
	then.Shift = nil // it stands
	return then, nil
}

// At gives an order as it was after an entry, its own or any other of the journal. CodeNotFound, with the entries at
// which it was there, if it was not yet.
func (t *Till) At(ctx context.Context, ref string, seq domain.Seq) (*domain.Order, error) {
	found, err := t.Resolve(ctx, "order", ref)
	if err != nil {
		return nil, err
	}
	o, err := t.at(ctx, found.Order, seq)
	if err == nil && o.Version == 0 {
		return nil, t.notYet(ctx, found, seq)
	}
	return o, err
}

// PaymentAt gives a payment as it was after an entry, with its order as it was then. CodeNotFound, with the entries at
// which it was there, if it was not yet.
func (t *Till) PaymentAt(ctx context.Context, ref string, seq domain.Seq) (Result, error) {
	found, err := t.Resolve(ctx, "payment", ref)
	if err != nil {
		return Result{}, err
	}
	o, err := t.at(ctx, found.Order, seq)
	if err != nil {
		return Result{}, err
	}
	p := o.Payment(domain.PaymentID(found.ID))
	if p == nil {
		return Result{}, t.notYet(ctx, found, seq)
	}
	return Result{Order: o, Payment: p}, nil
}

// notYet is the error for what was looked for at an entry before its first.
func (t *Till) notYet(ctx context.Context, found domain.Found, seq domain.Seq) error {
	entries, err := t.Store.Entries(ctx, string(found.Order), 0, 0, 0)
	if err != nil {
		return err
	}
	last, _, err := t.Store.Newest(ctx, "")
	if err != nil {
		return err
	}
	first := slices.IndexFunc(entries, func(e domain.Entry) bool { return e.Subject == found.ID })
	gone := domain.Errorf(domain.CodeNotFound, "%s was not there yet at entry %d", found.ID, seq)
	if first < 0 {
		return gone
	}
	return gone.WithHint("it is there at entries %d to %d", entries[first].Seq, last.Seq)
}
