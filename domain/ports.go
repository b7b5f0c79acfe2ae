package domain

import (
	"context"
	"slices"
	"time"
)

// Env is where time, identifiers and dice come from. main and tests make it, nobody else.
type Env struct {
	Now   func() time.Time                           // UTC
	NewID func(prefix string) string                 // unique, sortable by time: ord_01J...
	Rand  func(n int) int                            // 0 to n-1
	Wait  func(context.Context, time.Duration) error // the machine's clock, not till's
}

// Identifiers. Each carries its prefix.
type (
	OrderID     string // ord_
	PaymentID   string // pay_
	OperationID string // op_
	RefundID    string // ref_
	DisputeID   string // dsp_
	CustomerID  string // cus_
	MandateID   string // man_
	PayoutID    string // po_
	ShiftID     string // shf_
	GroupID     string // grp_
	OperatorID  string // opr_
)

// Seq is the number of an entry in the journal, from 1, without a gap.
type Seq int64

// Provider moves money somewhere. Do must be idempotent by op.Key. An error means that nobody knows what
// happened; a declined Outcome is them saying no, a not_sent one that nothing left this machine.
type Provider interface {
	Info() ProviderInfo
	Do(ctx context.Context, op Operation) (Outcome, error)
}

// ProviderInfo is what a provider is and can do.
type ProviderInfo struct {
	Name    string
	Live    bool // real money
	Methods []Method
}

// Method is a way to pay that a provider offers.
type Method struct {
	Name       string     // card, cash
	Title      string     // for people
	Note       string     // one line on what it is
	Currencies []Currency // none: all
	Can        Capabilities
}

// Store keeps the journal, its views and the cabinet.
type Store interface {
	// Update is one write transaction: what decide returns is numbered, chained, stored and projected, or
	// nothing happened. decide may be run again; it only reads and decides. The numbered entries come back.
	Update(ctx context.Context, decide func(Tx) ([]Entry, error)) ([]Entry, error)
	// Order is the fold of an order's entries, with its person. CodeNotFound if there is none.
	Order(ctx context.Context, id OrderID) (*Order, error)
	// Orders is one page of the list, newest first, at the same cost at any depth.
	Orders(ctx context.Context, q OrderQuery) (OrderPage, error)
	// Cares adds up what somebody should see to by a moment, over all orders, the most urgent first.
	Cares(ctx context.Context, by time.Time) ([]CareSum, error)
	// Takings is what came in the hours from one moment to another, by hour, currency and method.
	Takings(ctx context.Context, from, to time.Time) ([]Taking, error)
	// Disputes is one page of the list of disputes, at the same cost at any depth.
	Disputes(ctx context.Context, q DisputeQuery) (DisputePage, error)
	// Find gives the streams that an id, number, human id, a customer's e-mail or an unambiguous beginning of
	// four characters or more may mean; kind is "order", "payment" (also by the id of a session), "refund",
	// "dispute", "customer", "source", "mandate", "payout", "shift" (also by the number of its Z report) or "operator". At most six
	// come back.
	Find(ctx context.Context, kind, ref string) ([]Found, error)
	// Entries reads the journal in order, after a number up to another (0: the end); stream "" is all of it.
	Entries(ctx context.Context, stream string, after, upTo Seq, limit int) ([]Entry, error)
	// Newest is the last entry of a stream, if there is any; stream "" is all of the journal.
	Newest(ctx context.Context, stream string) (Entry, bool, error)
	// Due gives the timers that have come by now, in order.
	Due(ctx context.Context, now time.Time) ([]Timer, error)
	// Changed tells the last entry's number whenever it moved, also when another process wrote. It ends with ctx.
	Changed(ctx context.Context) <-chan Seq
	// Person reads a row of the cabinet; forgotten ones are empty.
	Person(ctx context.Context, id string) (Person, error)
	// Wires gives what went over the line for an operation, oldest first.
	Wires(ctx context.Context, op OperationID) ([]Wire, error)
	// Paper reads a document of an order's evidence by its SHA-256. CodeNotFound if it has none such, or it was emptied.
	Paper(ctx context.Context, order OrderID, sha256 string) ([]byte, error)
	// PaperNames gives what the documents of an order's evidence are called, by SHA-256, without those that were emptied.
	PaperNames(ctx context.Context, order OrderID) (map[string]string, error)
	// Received tells how far the notices of a variant have been read: the position of the last, "" before the first.
	Received(ctx context.Context, variant string) (string, error)
	// Receive keeps notices as they came, each once by its event id, and how far they have been read.
	Receive(ctx context.Context, notices []Received) error
	// Orphans gives the notices whose payment was not known, oldest first; Receive with Orphan false ends that.
	Orphans(ctx context.Context) ([]Received, error)
	// Customers gives those who come back, those of the newest orders first, then the newest. Each word of text begins a
	// name or the e-mail, or stands in the phone number; most is how many are wanted (0: all).
	Customers(ctx context.Context, text string, most int) ([]Customer, error)
	// Sources and Mandates give what is kept, newest first.
	Sources(ctx context.Context, customer CustomerID) ([]KeptSource, error) // "": everybody's
	Mandates(ctx context.Context) ([]*Mandate, error)
	// Payouts gives so many payouts, newest first: those that were opened before an entry (0: all).
	Payouts(ctx context.Context, before Seq, size int) ([]*Payout, error)
	// Shifts gives so many shifts, newest first: those that were opened before an entry (0: all).
	Shifts(ctx context.Context, before Seq, size int) ([]*Shift, error)
	// Operators gives everybody who was ever set up to work at the till, in the order in which they were.
	Operators(ctx context.Context) ([]*Operator, error)
	// PIN gives what the cabinet keeps of an operator's PIN; "" where it keeps none.
	PIN(ctx context.Context, id OperatorID) (hash string, err error)
	// Tries is one write transaction over the tries to sign in under some keys: what change returns is kept in their
	// place, and those that have nothing to tell any more go. What was never counted comes with its key alone.
	Tries(ctx context.Context, keys []string, change func([]Tries) []Tries) error
	// Lives hands over all entries of each order that has any after a number, one order after the other, as they
	// stand at one moment. The slice is used again for the next.
	Lives(ctx context.Context, after Seq, take func(life []Entry) error) error
	// Verify walks the chain; Rebuild makes the views anew from the journal.
	Verify(ctx context.Context) (Verdict, error)
	Rebuild(ctx context.Context) error

	// The catalogue, and the sales that are no order yet: plain rows of the cabinet. Parked gives the one on the
	// screen of this console first, then those on the screens of others, and those that were put aside, in the order in
	// which they were. Park keeps sales in place of those with their ids, all or none; one that is empty is taken away,
	// once: CodeNotFound where it is gone, or on the screen of another console.
	PutArticles(ctx context.Context, articles []Article) error
	Articles(ctx context.Context, query string, limit int) ([]Article, error) // limit 0: all
	Parked(ctx context.Context) ([]ParkedSale, error)
	Park(ctx context.Context, sales ...ParkedSale) error
}

// Tx reads inside an Update.
type Tx interface {
	Order(id OrderID) (*Order, error)    // CodeNotFound if there is none
	Group(id GroupID) ([]OrderID, error) // the orders that a group pays, in the order in which they are paid
	Customer(id CustomerID) (*Customer, error)
	Source(id string) (*KeptSource, error)
	Mandate(id MandateID) (*Mandate, error)
	Payout(id PayoutID) (*Payout, error)
	Operator(id OperatorID) (*Operator, error)
	Operators() ([]*Operator, error)                              // in the order in which they were set up; none costs one look-up
	ByEmail(email string) (CustomerID, bool, error)               // in any case of letters
	OrdersOf(customer CustomerID, told Person) ([]OrderID, error) // that are a customer's, that they paid, or whose client is meant by what they told (Person.IsMeantBy)
	PayoutsTo(customer CustomerID) ([]PayoutID, error)            // that go to a customer
	Salt(row string) (string, error)                              // of a row of the cabinet; "" once forgotten
	Used(key string) (Entry, bool, error)                         // the entry that carries an idempotency key
	Next(series string) (int64, error)                            // the next number of a series, from 1, without a gap
	Taken(humanID string) (bool, error)
	ByReference(reference string) (OrderID, bool, error) // the order issued with a reference
	First() (Entry, bool, error)                         // the entry that says which till this is
	Newest(stream string) (Entry, bool, error)           // the last entry of a stream
	OpenShift() (ShiftID, error)                         // the shift that cash belongs to; "" while none is open
	LastShift() (*Shift, error)                          // the one that is open, else the one closed last; nil if there was none
	Lives(after Seq, take func([]Entry) error) error     // all entries of each order that has any after a number
}

// Found is what an id may mean.
type Found struct {
	Order OrderID // the stream, where it is an order's
	ID    string  // its own id
	Label string  // for a list of candidates
}

// OrderQuery filters and pages the list of orders.
type OrderQuery struct {
	Statuses []string  // flat names in snake_case; none: all
	Text     string    // words, each the beginning of one in number, human id, reference, customer, titles
	From, To time.Time // of issue or draft: From is part of it, To is not
	Currency Currency  // "": any
	Least    Amount    // of the total, in minor units of Currency
	Most     Amount    // 0: no limit
	Cares    time.Time // only what wants care by then: without a deadline, then by deadline, by the money at risk; Sort says nothing then
	Test     *bool
	After    string // the Next of the page before
	Page     int    // instead of After: pages are counted from 0
	Size     int    // 10 if 0; at most 1,000
	Sort     string // created_at or total, "-" before it: descending; "" is -created_at
}

// OrderPage is a page of the list.
type OrderPage struct {
	Items []OrderRow
	Next  string // "" at the end
}

// OrderRow is an order in a list.
type OrderRow struct {
	ID        OrderID
	HumanID   string
	Number    string
	Reference string
	Status    string // flat name, snake_case
	Label     string
	Lifecycle State
	Attention []string
	Currency  Currency
	Total     Amount // minor units
	Balance   Amount // minor units
	Customer  string
	Method    string
	IsTest    bool
	CreatedAt time.Time
	Seq       Seq  // of its last entry
	Care      Care // its most urgent one, where the query asks for Cares
}

// Timer is something that falls due. It is read off the fold.
type Timer struct {
	At      time.Time `json:"at"`
	Name    string    `json:"timer"`
	Order   OrderID   `json:"order,omitempty"`  // of till's own; a gateway knows none
	Stream  string    `json:"stream,omitempty"` // of till's own without an order: the mandate's or the payout's
	Subject string    `json:"subject"`
	Asks    bool      `json:"-"` // firing it asks a provider
}

// Article is a line of the catalogue.
type Article struct {
	SKU        string   `json:"sku"`
	Title      string   `json:"title"`
	Price      Amount   `json:"price"` // minor units
	Currency   Currency `json:"currency"`
	Note       string   `json:"note,omitempty"`
	Barcode    string   `json:"barcode,omitempty"`
	TaxPercent string   `json:"tax_percent,omitempty"`
}

// Verdict is what journal verify finds.
type Verdict struct {
	OK      bool    `json:"ok"`
	Entries int64   `json:"entries"`
	Head    string  `json:"head"`
	Broken  []Break `json:"broken,omitempty"`
}

// Break is an entry that does not stand as it was written.
type Break struct {
	Seq     Seq    `json:"seq"`
	Subject string `json:"subject"`
	What    string `json:"what"`
}

// Refuses says why the method cannot be used for a currency; empty when it can.
func (m Method) Refuses(c Currency) string {
	if len(m.Currencies) == 0 || slices.Contains(m.Currencies, c) {
		return ""
	}
	return m.Title + " takes other currencies than " + string(c)
}
