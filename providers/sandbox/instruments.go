package sandbox

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"till/domain"
)

// instrument is a card of a customer, as far as the gateway keeps it: never its number.
type instrument struct {
	id, customer string // src_, cus_
	own          bool   // the customer is the gateway's own: the merchant named none
	brand        domain.Brand
	last4        string
	month, year  int
	kept         bool // it succeeded once: only then the merchant is told its id
	removed      bool
	fresh        bool // not on record yet
	token        string
}

func (in instrument) source() domain.Source {
	c, _ := cardEnding(in.brand, in.last4)
	return domain.Source{
		Type: card, ID: in.id, Customer: domain.CustomerID(in.customer), Brand: in.brand, Last4: in.last4,
		ExpiryMonth: in.month, ExpiryYear: in.year, Country: c.country(),
	}
}

// means is what a call is to be paid with, as the merchant names it.
type means struct {
	card     *domain.Card
	source   domain.Source
	customer domain.CustomerID
	follows  bool
}

// What the gateway gives names to, by how those begin.
const (
	tokenPrefix  = "tok_"
	sourcePrefix = "src_"
	tokenLasts   = 15 * time.Minute
)

// identify finds out what a call is about besides the payment: the instrument, and what its issuer says; the
// mandate or the source that is to be revoked.
func (s *Sandbox) identify(ctx context.Context, tx *sql.Tx, r *request, a account) (instrument, error) {
	switch {
	case r.kind == revoke:
		return instrument{}, identifyObject(ctx, tx, r)
	case !r.pays() && r.kind != setup:
		in, err := readInstrument(ctx, tx, a.instrument)
		r.issuer = aboutCard(in)
		return in, err
	}
	if code := r.wrong(); code != "" {
		r.issuer = issuer{verdict: verdict{code: code}}
		return instrument{}, nil
	}
	if r.Method != card {
		r.issuer = issuer{verdict: verdict{approvedCode, byDefault}}
		return instrument{}, nil
	}
	in, v, err := s.instrumentOf(ctx, tx, *r, a)
	if err != nil || v.code != "" {
		r.issuer = issuer{verdict: v}
		return instrument{}, err
	}
	r.Instrument, r.source = in.id, in.source()
	r.issuer = judge(in, *r)
	return in, nil
}

// wrong is the code of what is not valid whoever pays; "" if nothing.
func (r request) wrong() string {
	if c, err := domain.ParseCurrency(r.currency); r.pays() && (err != nil || string(c) != r.currency) {
		return currencyInvalid
	}
	if r.pays() && !r.begins() {
		return unsupported
	}
	if r.Instrument != "" || r.pays() && r.Method == "" {
		return ""
	}
	return wrongFields(r.Method, r.means.source.Fields)
}

// instrumentOf finds the card that a call is paid with, or says why there is none.
func (s *Sandbox) instrumentOf(ctx context.Context, tx *sql.Tx, r request, a account) (instrument, verdict, error) {
	switch m := r.means; {
	case r.Instrument != "": // it goes on with what it began with
		in, err := readInstrument(ctx, tx, r.Instrument)
		return in, verdict{}, err
	case r.kind == charge:
		return chargedByMandate(ctx, tx, r.Mandate)
	case isToken(m.source.ID):
		return s.byToken(ctx, tx, r)
	case strings.HasPrefix(m.source.ID, sourcePrefix):
		return bySource(ctx, tx, m.source.ID)
	case m.card != nil:
		return s.byCard(ctx, tx, m)
	case m.follows:
		in, err := readInstrument(ctx, tx, a.instrument)
		return in, missing(in, cardRequired), err
	case m.source.Type == "customer":
		return byCustomer(ctx, tx, m.customerID())
	}
	return instrument{}, verdict{code: cardRequired}, nil
}

func missing(in instrument, code string) verdict {
	if in.id == "" {
		return verdict{code: code}
	}
	return verdict{}
}

func (m means) customerID() domain.CustomerID {
	if m.customer != "" {
		return m.customer
	}
	return m.source.Customer
}

// byCard: the number is looked at here, and nowhere else. What is no test card could be a real one, so that
// nothing of it is kept.
func (s *Sandbox) byCard(ctx context.Context, tx *sql.Tx, m means) (instrument, verdict, error) {
	if code := wrongCard(m.card); code != "" {
		return instrument{}, verdict{code: code}, nil
	}
	if !isTestCard(m.card.Number.Reveal()) {
		return instrument{}, verdict{"20014", notTestCard}, nil
	}
	in, err := s.keptAs(ctx, tx, m.card.Source(), m.customerID())
	return in, verdict{}, err
}

func (s *Sandbox) byToken(ctx context.Context, tx *sql.Tx, r request) (instrument, verdict, error) {
	var of domain.Source
	var until string
	var used bool
	err := tx.QueryRowContext(ctx, "SELECT until, used, brand, last4, expiry_month, expiry_year FROM token WHERE id = ?", r.means.source.ID).
		Scan(&until, &used, &of.Brand, &of.Last4, &of.ExpiryMonth, &of.ExpiryYear)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return instrument{}, verdict{code: tokenInvalid}, nil
	case err != nil:
		return instrument{}, verdict{}, err
	case used:
		return instrument{}, verdict{code: tokenUsed}, nil
	case domain.FormatTime(r.at) >= until:
		return instrument{}, verdict{code: tokenExpired}, nil
	}
	in, err := s.keptAs(ctx, tx, of, r.means.customerID())
	in.token = r.means.source.ID
	return in, verdict{}, err
}

func bySource(ctx context.Context, tx *sql.Tx, id string) (instrument, verdict, error) {
	in, err := readInstrument(ctx, tx, id)
	switch {
	case !in.kept:
		return instrument{}, verdict{code: sourceInvalid}, err
	case in.removed:
		return instrument{}, verdict{code: sourceGone}, err
	}
	return in, verdict{}, err
}

// byCustomer finds the newest source that a customer has.
func byCustomer(ctx context.Context, tx *sql.Tx, customer domain.CustomerID) (instrument, verdict, error) {
	in, err := scanInstrument(tx.QueryRowContext(ctx, selectInstrument+
		"customer = ? AND kept_by > 0 AND removed = 0 ORDER BY kept_by DESC LIMIT 1", string(customer)))
	return in, missing(in, noSource), err
}

// keptAs finds a card of a customer among what is kept, or makes it new. Nobody's card is that of a customer of
// the gateway's own, so that it is always the same.
func (s *Sandbox) keptAs(ctx context.Context, tx *sql.Tx, of domain.Source, customer domain.CustomerID) (instrument, error) {
	in, err := scanInstrument(tx.QueryRowContext(ctx, selectInstrument+
		`brand = ? AND last4 = ? AND expiry_month = ? AND expiry_year = ? AND removed = 0
		AND (customer = ?5 OR ?5 = '' AND own = 1)`,
		string(of.Brand), of.Last4, of.ExpiryMonth, of.ExpiryYear, string(customer)))
	if err != nil || in.id != "" {
		return in, err
	}
	in = instrument{
		id: s.env.NewID(sourcePrefix), customer: string(customer), brand: of.Brand, last4: of.Last4,
		month: of.ExpiryMonth, year: of.ExpiryYear, fresh: true,
	}
	if customer == "" {
		in.customer, in.own = s.env.NewID("cus_"), true
	}
	return in, nil
}

const selectInstrument = "SELECT id, customer, own, brand, last4, expiry_month, expiry_year, kept_by > 0, removed FROM instrument WHERE "

// readInstrument gives an instrument by its id; one without an id is none.
func readInstrument(ctx context.Context, tx *sql.Tx, id string) (instrument, error) {
	return scanInstrument(tx.QueryRowContext(ctx, selectInstrument+"id = ?", id))
}

func scanInstrument(row *sql.Row) (instrument, error) {
	var in instrument
	err := row.Scan(&in.id, &in.customer, &in.own, &in.brand, &in.last4, &in.month, &in.year, &in.kept, &in.removed)
	if errors.Is(err, sql.ErrNoRows) {
		return instrument{}, nil
	}
	return in, err
}

// insertInstrument puts a new instrument on record, and a token that it came by out of use.
func insertInstrument(ctx context.Context, tx *sql.Tx, in instrument) error {
	if in.token != "" {
		if _, err := tx.ExecContext(ctx, "UPDATE token SET used = 1 WHERE id = ?", in.token); err != nil {
			return err
		}
	}
	if !in.fresh {
		return nil
	}
	_, err := tx.ExecContext(ctx,
		"INSERT INTO instrument (id, customer, own, brand, last4, expiry_month, expiry_year) VALUES (?, ?, ?, ?, ?, ?, ?)",
		in.id, in.customer, in.own, string(in.brand), in.last4, in.month, in.year)
	return err
}

func isToken(id string) bool { return strings.HasPrefix(id, tokenPrefix) }
