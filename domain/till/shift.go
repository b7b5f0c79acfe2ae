package till

import (
	"context"
	"maps"

	"till/domain"
)

// The shifts of the cash drawer.

// OpenShift begins a shift with the cash that was counted in the drawer, in minor units of the till's currency. One
// is open at most (CodeIllegalTransition).
func (t *Till) OpenShift(ctx context.Context, in Intent, float domain.Amount) (*domain.Shift, error) {
	return t.onShift(ctx, in, "shift open", float, func(tx domain.Tx, in Intent) (domain.Entry, error) {
		last, err := tx.LastShift()
		if err != nil {
			return domain.Entry{}, err
		}
		if err := domain.Invalid("the shift", amountField("float", float, 0, t.Currency)); err != nil {
			return domain.Entry{}, err
		}
		opening := domain.ShiftOpening{ID: domain.ShiftID(t.Env.NewID("shf_")), Currency: t.Currency, Float: float}
		if last != nil {
			if last.IsOpen() {
				return domain.Entry{}, alreadyOpen(last)
			}
			opening.After = last.ClosedIn
		}
		return in.told(domain.KindShiftOpened, string(opening.ID), "", opening)
	})
}

func alreadyOpen(s *domain.Shift) error {
	return &domain.Error{
		Code: domain.CodeIllegalTransition, Message: "a shift is open already: " + string(s.ID),
		Hint:  "close it first: till shift close --counted A",
		State: s.State, Event: "open", AllowedIn: []domain.State{domain.ShiftClosed}, Permitted: s.Permitted(),
	}
}

// PayIn notes cash that was put into the drawer, in minor units of the shift's currency, and why.
func (t *Till) PayIn(ctx context.Context, in Intent, amount domain.Amount, reason string) (*domain.Shift, error) {
	return t.moveCash(ctx, in, "pay_in", domain.ShiftMove{Event: domain.PaidIn, Amount: amount, Reason: tidy(reason)})
}

// PayOut notes cash that was taken out of the drawer, in minor units of the shift's currency, and why. It is never
// more than there should be (CodeIllegalTransition).
func (t *Till) PayOut(ctx context.Context, in Intent, amount domain.Amount, reason string) (*domain.Shift, error) {
	return t.moveCash(ctx, in, "pay_out", domain.ShiftMove{Event: domain.PaidOut, Amount: amount, Reason: tidy(reason)})
}

func (t *Till) moveCash(ctx context.Context, in Intent, action string, move domain.ShiftMove) (*domain.Shift, error) {
	var past *reckoning
	if move.Event == domain.PaidOut {
		var err error
		if past, err = t.reckon(ctx, (*domain.Shift).DrawerTally); err != nil {
			return nil, err
		}
	}
	return t.onShift(ctx, in, "shift "+action, move, func(tx domain.Tx, in Intent) (domain.Entry, error) {
		s, err := current(tx, in, action)
		if err != nil {
			return domain.Entry{}, err
		}
		fields := amountField("amount", move.Amount, 1, s.Currency)
		if move.Reason == "" {
			fields["reason"] = "is missing"
		}
		if err := domain.Invalid("the "+map[domain.Event]string{domain.PaidIn: "pay-in", domain.PaidOut: "pay-out"}[move.Event], fields); err != nil {
			return domain.Entry{}, err
		}
		var drawer domain.Amount
		if move.Event == domain.PaidOut {
			report, err := past.finish(tx, s)
			if err != nil {
				return domain.Entry{}, err
			}
			drawer = report.Drawer.Expected
		}
		if err := s.Refuses(action, move.Amount, drawer); err != nil {
			return domain.Entry{}, err
		}
		return in.told(domain.KindShiftMoved, string(s.ID), "", move)
	})
}

// CloseShift ends the shift with the cash that somebody counted in the drawer, in minor units of its currency, and
// writes its Z report. What they had counted before they counted again stays on it.
func (t *Till) CloseShift(ctx context.Context, in Intent, counted domain.Amount, earlier ...domain.Amount) (*domain.Shift, error) {
	past, err := t.reckon(ctx, (*domain.Shift).Tally)
	if err != nil {
		return nil, err
	}
	return t.onShift(ctx, in, "shift close", append([]domain.Amount{counted}, earlier...), func(tx domain.Tx, in Intent) (domain.Entry, error) {
		s, err := current(tx, in, "close")
		if err != nil {
			return domain.Entry{}, err
		}
		fields := amountField("counted", counted, 0, s.Currency)
		for _, before := range earlier {
			maps.Copy(fields, amountField("counted_before", before, 0, s.Currency))
		}
		if err := domain.Invalid("the count", fields); err != nil {
			return domain.Entry{}, err
		}
		report, err := past.finish(tx, s)
		if err != nil {
			return domain.Entry{}, err
		}
		number, err := tx.Next("z")
		if err != nil {
			return domain.Entry{}, err
		}
		return in.told(domain.KindShiftClosed, string(s.ID), "", domain.ShiftClosing{
			Number: number, Counted: counted, Report: report.Counted(counted, earlier...),
		})
	})
}

// amountField says what is wrong with an amount.
func amountField(name string, a, least domain.Amount, c domain.Currency) map[string]string {
	fields := map[string]string{}
	switch {
	case a < least:
		fields[name] = "must be at least " + c.Format(least)
	case a > domain.MaxAmount:
		fields[name] = "must be at most " + c.Format(domain.MaxAmount)
	}
	return fields
}

// current gives the shift that is open, to do something with it.
func current(tx domain.Tx, in Intent, action string) (*domain.Shift, error) {
	s, err := tx.LastShift()
	if err != nil {
		return nil, err
	}
	if s == nil || !s.IsOpen() {
		return nil, noneOpen(action)
	}
	return s, in.movedOn("shift", s.Version)
}

func noneOpen(action string) error {
	return &domain.Error{
		Code: domain.CodeIllegalTransition, Message: "no shift is open", Hint: "open one: till shift open --float A",
		State: domain.ShiftClosed, Event: action, AllowedIn: []domain.State{domain.ShiftOpen}, Permitted: []string{"open"},
	}
}

// onShift decides one entry about a shift, and gives the shift as it is after it.
func (t *Till) onShift(ctx context.Context, in Intent, what string, with any, decide func(domain.Tx, Intent) (domain.Entry, error)) (*domain.Shift, error) {
	e, err := t.once(ctx, in, domain.Deed(what), what, with, func(tx domain.Tx, in Intent) ([]domain.Entry, error) {
		e, err := decide(tx, in)
		return []domain.Entry{e}, err
	})
	if err != nil {
		return nil, err
	}
	return t.shiftAt(ctx, e.Stream, e.Seq)
}

// reckoning is the report of the shift that is open, as far as it could be read without holding anybody up.
type reckoning struct {
	begin func(*domain.Shift) *domain.Tally
	shift domain.ShiftID
	past  *domain.Tally
}

// reckon adds up what has happened until now. Nothing of it can change any more: what is left to read in the
// transaction, while every other process waits, is what came since.
func (t *Till) reckon(ctx context.Context, begin func(*domain.Shift) *domain.Tally) (*reckoning, error) {
	r := &reckoning{begin: begin}
	s, err := t.LastShift(ctx)
	if err != nil || s == nil || !s.IsOpen() {
		return r, err
	}
	r.shift, r.past = s.ID, begin(s)
	return r, t.Store.Lives(ctx, r.past.After(), r.past.Take)
}

// finish adds what came since, as the transaction sees it.
func (r *reckoning) finish(tx domain.Tx, s *domain.Shift) (domain.ShiftReport, error) {
	tally := r.begin(s)
	if r.shift == s.ID {
		tally = r.past.Onward()
	}
	err := tx.Lives(tally.After(), tally.Take)
	return tally.Report(s), err
}

// LastShift gives the shift that is open, else the one that was closed last; nil if there was none.
func (t *Till) LastShift(ctx context.Context) (*domain.Shift, error) {
	shifts, err := t.Store.Shifts(ctx, 0, 1)
	if err != nil || len(shifts) == 0 {
		return nil, err
	}
	return shifts[0], nil
}

// XReport tells how the shift that is open stands (CodeIllegalTransition if none is). It changes nothing, and nothing
// is journalled of it: a screen may ask as often as it likes.
func (t *Till) XReport(ctx context.Context) (*domain.Shift, domain.ShiftReport, error) {
	s, err := t.LastShift(ctx)
	if err == nil && (s == nil || !s.IsOpen()) {
		err = noneOpen("x")
	}
	if err != nil {
		return nil, domain.ShiftReport{}, err
	}
	report, err := t.ReportOf(ctx, s)
	return s, report, err
}

// ReportOf gives the Z report of a shift that is closed, as it was written, and the X report of one that is open.
func (t *Till) ReportOf(ctx context.Context, s *domain.Shift) (domain.ShiftReport, error) {
	if s.Report != nil {
		return *s.Report, nil
	}
	tally := s.Tally()
	err := t.Store.Lives(ctx, tally.After(), tally.Take)
	return tally.Report(s), err
}

// FindShift finds a shift by id, the beginning of one, or the number of its Z report.
func (t *Till) FindShift(ctx context.Context, ref string) (*domain.Shift, error) {
	found, err := t.Resolve(ctx, "shift", ref)
	if err != nil {
		return nil, err
	}
	return t.shiftAt(ctx, found.ID, 0)
}

// shiftAt folds a shift as it was when an entry had just been written; 0: as it is.
func (t *Till) shiftAt(ctx context.Context, id string, seq domain.Seq) (*domain.Shift, error) {
	entries, err := t.Store.Entries(ctx, id, 0, seq, 0)
	if err != nil {
		return nil, err
	}
	return domain.FoldShift(entries)
}
