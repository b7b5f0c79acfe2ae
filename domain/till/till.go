// Package till is what can be done: issue, pay, capture, void, refund, sync, recover. Every use case takes
// the same road: decide and append in one commit, call the provider outside any transaction, append what
// came of it in another.
package till

import (
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"
	"time"

	"till/domain"
)

// Config is what a till is made of.
type Config struct {
	Store    domain.Store
	Env      domain.Env
	Variants []Variant // the first is the default
	Bank     domain.Bank
	Shop     string
	Live     bool // real money; a journal is one or the other for good
	Currency domain.Currency
	Country  string // ISO 3166-1 of the shop, by which cash is rounded; "" rounds nothing
	TaxIn    bool   // prices include tax where an order does not say
	Operator string // the actor of entries where nobody is set up to sign in; "clerk" if empty

	Pepper      Pepper        // where the secret of the PINs is
	RefundLimit domain.Amount // how much of an order a clerk may give back alone, minor units of Currency

	Shift func(time.Duration) // sets how far Env.Now is ahead of the machine's clock; nil where it cannot be moved
}

// Till is the use cases over one journal.
type Till struct {
	Config
	ID   string
	Bank domain.Bank // Config's, for those who may act for it

	present atomic.Pointer[Badge]
	clock   clock
	tending sync.Mutex // who moves the clock sees all that fires on the way
}

// New opens a till over a store. A new journal is told once and for all which till this is and whether it is
// live; an old one must agree.
func New(ctx context.Context, c Config) (*Till, error) {
	t := &Till{Config: c}
	t.Bank = t.chair()
	// Most journals are not new. Those are read and not locked: another process may be writing, and of one that
	// must not be written any more, as its end was cut off, `journal verify` has still to tell.
	oldest, err := c.Store.Entries(ctx, "", 0, 0, 1)
	if err != nil {
		return nil, err
	}
	if len(oldest) == 0 {
		err = t.found(ctx)
	} else {
		err = t.recognise(oldest[0])
	}
	if err == nil {
		err = t.ReadClock(ctx)
	}
	if err != nil {
		return nil, err
	}
	return t, nil
}

// found writes the first entry of a new journal, unless another process has done so meanwhile.
func (t *Till) found(ctx context.Context) error {
	_, err := t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		first, found, err := tx.First()
		if err != nil {
			return nil, err
		}
		if found {
			return nil, t.recognise(first)
		}
		t.ID = t.Env.NewID("till_")
		e, err := domain.NewEntry(domain.KindTillOpened, "till", t.ID, domain.TillOpening{Till: t.ID, Live: t.Live})
		e.Actor, e.Source = t.actor(Intent{}), domain.ByOperator
		return []domain.Entry{e}, err
	})
	return err
}

// update is one write transaction, as Store.Update is. What people told in its entries is set aside here, in the one
// place that every entry comes through, and not where each is made.
func (t *Till) update(ctx context.Context, decide func(domain.Tx) ([]domain.Entry, error)) ([]domain.Entry, error) {
	return t.Store.Update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		entries, err := decide(tx)
		for i := range entries {
			if err == nil {
				err = entries[i].SetAside(t.Env.NewID)
			}
		}
		return entries, err
	})
}

// recognise checks that the journal is this till's kind: test money and real money never share one (I19).
func (t *Till) recognise(first domain.Entry) error {
	opening, err := domain.Decode[domain.TillOpening](first)
	if err != nil || first.Kind != domain.KindTillOpened {
		return domain.Errorf(domain.CodeStorageCorrupt, "the journal does not begin with the entry that says which till this is").
			WithHint("keep a copy of the file as it is, and go back to a backup").Because(err)
	}
	t.ID = opening.Till
	if opening.Live != t.Live {
		return domain.Errorf(domain.CodeInvalid, "this database is for %s money and the configuration is for %s",
			kindOfMoney(opening.Live), kindOfMoney(t.Live)).WithHint("name another database with --db")
	}
	return nil
}

func kindOfMoney(live bool) string {
	if live {
		return "real"
	}
	return "test"
}

// Intent is what every change carries: who wants it, through what, and the key under which a repeat is
// the same thing. An empty Key is made up.
type Intent struct {
	Key       string
	Actor     string        // "" is whoever is at the till
	Source    domain.Origin // "" is operator
	IfVersion int64         // 0: whatever it is
	Override  *Badge        // of whoever stands by, where the actor alone may not

	role      domain.Role // of the actor; "" where nobody is set up
	overrider string      // the name of whoever stood by, where somebody had to
}

// NewOrder is an order as somebody wants it issued. Empty Currency is the till's.
type NewOrder struct {
	Reference   string
	Cart        domain.Cart
	Client      domain.Person
	Customer    domain.CustomerID `json:",omitempty"` // whose order it is, where they are known
	Language    string
	Due         time.Time
	DenyOverdue bool
	MaxAttempts int
	SkipCapture bool
	IsTest      bool
	IssuedAt    time.Time // imports only
	Expected    string    // imports only: the total that it must come to
	Counter     bool      // sold in person: the client need leave no e-mail or phone
	Redirects   domain.Redirects
	Metadata    json.RawMessage
}

// Payable is how somebody wants to pay an order.
type Payable struct {
	Order    domain.OrderID
	Variant  string             // "" is the first that offers the method
	Method   string             // card, cash, ideal ...; "" for a payment that was opened: what was chosen with it
	Card     *domain.Card       // of card; beside a kept source it has only a CVV
	Source   domain.Source      // instead of a card: a token, a kept source, a customer, a mandate, or a method's fields
	Tendered domain.Amount      // of cash; 0 is exactly the amount
	Amount   domain.Amount      // 0 is the balance due
	Verify   bool               // no money: only whether the source is good
	Capture  domain.CaptureMode // "" is as the order says: auto, or manual with skip_capture
	Partial  bool               // a partial approval is taken, else it is voided (lifecycle P14)
	ThreeDS  bool               // the customer is to be authenticated
	Retries  int                // how often a soft decline is repeated by the clock (P17)
	Date     time.Time          // when it is to be sent; zero is now
	Save     bool               // the source is wanted again

	WithoutThreeDS         bool // goes on where 3DS is not possible
	Reference, Description string
	Metadata               json.RawMessage
}

// Capturing asks for a capture. Amount 0 is all that can be captured.
type Capturing struct {
	Payment   domain.PaymentID
	Amount    domain.Amount
	Final     bool
	Reference string
}

// Refunding asks for a refund. Amount 0 is all that can be refunded; with Lines it is what they come to.
type Refunding struct {
	Payment   domain.PaymentID
	Amount    domain.Amount
	Lines     []domain.Pieces
	Parts     []domain.LinePart // instead of Lines: pieces of known lines
	Reason    string
	Reference string
}

// Incrementing asks for more to be set aside: by an amount, or to one.
type Incrementing struct {
	Payment domain.PaymentID
	By, To  domain.Amount // one of the two
}

// Moving is what an order's own actions may bring.
type Moving struct {
	Reason string
	Due    time.Time
}

// Result is what an intent about money came to: the order as it is afterwards and what in it was concerned.
type Result struct {
	Order     *domain.Order
	Payment   *domain.Payment
	Refund    *domain.Refund
	Dispute   *domain.Dispute
	Operation *domain.Operation
}
