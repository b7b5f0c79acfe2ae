package sandbox

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
)

// object is how a mandate or a source stands that a call names.
type object struct{ known, active bool }

// identifyObject finds what is to be revoked.
func identifyObject(ctx context.Context, tx *sql.Tx, r *request) error {
	id := cmp.Or(r.Instrument, r.means.source.ID)
	if r.Mandate != "" {
		var err error
		if id, r.object, err = readMandate(ctx, tx, r.Mandate); err != nil {
			return err
		}
	}
	in, err := readInstrument(ctx, tx, id)
	if r.Mandate == "" {
		r.object = object{known: in.kept, active: !in.removed}
	}
	r.Instrument, r.issuer = in.id, aboutCard(in)
	return err
}

func readMandate(ctx context.Context, tx *sql.Tx, id string) (instrument string, is object, err error) {
	err = tx.QueryRowContext(ctx, "SELECT instrument, active FROM mandate WHERE id = ?", id).Scan(&instrument, &is.active)
	if errors.Is(err, sql.ErrNoRows) {
		return "", object{}, nil
	}
	is.known = err == nil
	return instrument, is, err
}

// chargedByMandate finds the instrument that a mandate may charge; that there is none is the issuer's no.
func chargedByMandate(ctx context.Context, tx *sql.Tx, id string) (instrument, verdict, error) {
	source, is, err := readMandate(ctx, tx, id)
	if err != nil {
		return instrument{}, verdict{}, err
	}
	in, err := readInstrument(ctx, tx, source)
	if !is.active || in.removed {
		return instrument{}, verdict{mandateInactive, fromBooks}, err
	}
	return in, verdict{}, err
}

// keep writes what facts say of sources, mandates and disputes.
func keep(ctx context.Context, tx *sql.Tx, r request, f fact) error {
	change, with := "", []any{r.Instrument}
	switch {
	case f.Dispute != nil:
		change, with = "INSERT OR IGNORE INTO dispute (id, payment) VALUES (?, ?)", []any{string(f.Case), r.payment}
	case f.event == mandateRevoked:
		change, with = "UPDATE mandate SET active = 0 WHERE id = ?", []any{r.Mandate}
	case f.event == sourceRemoved:
		change = "UPDATE instrument SET removed = 1 WHERE id = ?"
	case f.Source != nil:
		change = "UPDATE instrument SET kept_by = (SELECT max(kept_by) + 1 FROM instrument) WHERE id = ? AND kept_by = 0"
	default:
		return nil
	}
	if _, err := tx.ExecContext(ctx, change, with...); err != nil {
		return err
	}
	if f.event != sourceKept || r.Mandate == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO mandate (id, instrument, active) VALUES (?, ?, 1)", r.Mandate, r.Instrument)
	return err
}
