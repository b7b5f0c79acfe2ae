package tui

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"till/domain"
	"till/domain/till"
)

// outbox is the one way of the open sales to the disk: of each, by its id, the latest state that is not there yet; ""
// is the one on the screen. What could not be written stays in it, and goes with what is written next. Update puts in,
// commands write; they run side by side, so each state has a revision.
type outbox struct {
	till  *till.Till
	store domain.Store

	turn sync.Mutex // one writes at a time
	read bool       // what the last run had left on the screen is known; until then it is not written over

	mu       sync.Mutex
	over     []sold // what was found to be over, and nobody has been told
	revision int
	screen   int // the revision of what is on the screen
	waiting  map[string]letter
}

type letter struct {
	revision int
	sale     domain.ParkedSale
}

func newOutbox(t *till.Till) *outbox {
	return &outbox{till: t, store: t.Store, waiting: map[string]letter{}}
}

// put has a sale written with what is written next.
func (o *outbox) put(sale domain.ParkedSale) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.revision++
	o.waiting[sale.ID] = letter{o.revision, sale}
	if sale.ID == "" {
		o.screen = o.revision
	}
}

// leave is the moment at which a sale leaves the screen to be paid.
func (o *outbox) leave() (revision int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.revision++
	return o.revision
}

// unsent tells of which sales the disk does not have the latest state: the one on the screen, and so many parked ones.
func (o *outbox) unsent() (screen bool, parked int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for id := range o.waiting {
		if id != "" {
			parked++
		}
	}
	_, screen = o.waiting[""]
	return screen, parked
}

// write puts everything that waits on the disk, all or none; moved tells that the list of parked sales is another.
func (o *outbox) write(ctx context.Context) (moved bool, err error) {
	o.turn.Lock()
	defer o.turn.Unlock()
	return o.send(ctx)
}

func (o *outbox) send(ctx context.Context) (moved bool, err error) {
	if moved, err = o.open(ctx); err != nil {
		return moved, err
	}
	letters := o.letters()
	if len(letters) == 0 {
		return moved, nil
	}
	sales := make([]domain.ParkedSale, len(letters))
	for i, l := range letters {
		sales[i] = l.sale
		moved = moved || l.sale.ID != ""
	}
	if err := o.store.Park(ctx, sales...); err != nil {
		return false, err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, l := range letters {
		if o.waiting[l.sale.ID].revision == l.revision {
			delete(o.waiting, l.sale.ID)
		}
	}
	return moved, nil
}

// letters are those that wait, oldest first.
func (o *outbox) letters() []letter {
	o.mu.Lock()
	defer o.mu.Unlock()
	var all []letter
	for _, l := range o.waiting {
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b letter) int { return a.revision - b.revision })
	return all
}

// open makes room for what is on the screen. What could not be read when the console started is parked: it is
// somebody's sale.
func (o *outbox) open(ctx context.Context) (moved bool, err error) {
	if o.read {
		return false, nil
	}
	sales, err := o.store.Parked(ctx)
	if err != nil {
		return false, fmt.Errorf("the sale that was open before cannot be read, and is not written over: %w", err)
	}
	for _, left := range sales {
		if left.ID != "" {
			continue
		}
		left.ID, left.At = o.till.Env.NewID("park_"), o.till.Env.Now()
		if err := o.store.Park(ctx, domain.ParkedSale{}, left); err != nil {
			return false, err
		}
		moved = true
	}
	o.read = true
	return moved, nil
}

// gone has what left the screen at a revision taken off the disk with what is written next: it is an order now. What came on
// the screen since stays.
func (o *outbox) gone(revision int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.screen < revision {
		o.waiting[""], o.screen = letter{revision, domain.ParkedSale{}}, revision
	}
}

// recall reads the sale that was on the screen, nil if there is none, and those that are parked.
func (o *outbox) recall(ctx context.Context) (screen *basket, aside []parked, err error) {
	o.turn.Lock()
	defer o.turn.Unlock()
	sales, err := o.store.Parked(ctx)
	if err != nil {
		return nil, nil, err
	}
	screen, aside, err = o.readSales(ctx, sales)
	o.read = o.read || screen != nil || !slices.ContainsFunc(sales, func(p domain.ParkedSale) bool { return p.ID == "" })
	return screen, aside, err
}

// list gives the parked sales, oldest first, also those that the disk does not have yet.
func (o *outbox) list(ctx context.Context) ([]parked, error) {
	o.turn.Lock()
	defer o.turn.Unlock()
	if _, err := o.open(ctx); err != nil {
		return nil, err
	}
	sales, err := o.store.Parked(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range o.letters() {
		if l.sale.ID != "" {
			sales = append(sales, l.sale)
		}
	}
	_, aside, err := o.readSales(ctx, sales)
	return aside, err
}

// fetch makes a parked sale the one on the screen, and parks what was there: all or none, so nobody has it who did
// not get it. It is read from the disk, where whom it was for may be forgotten by now. An error with
// domain.CodeNotFound tells that somebody else has taken it.
func (o *outbox) fetch(ctx context.Context, id string, aside ...domain.ParkedSale) (*basket, error) {
	o.turn.Lock()
	defer o.turn.Unlock()
	if _, err := o.send(ctx); err != nil {
		return nil, err
	}
	sales, err := o.store.Parked(ctx)
	if err != nil {
		return nil, err
	}
	screen := domain.ParkedSale{Sale: []byte("{}")} // where it is gone, the store says so
	if at := slices.IndexFunc(sales, func(p domain.ParkedSale) bool { return p.ID == id }); at >= 0 {
		screen = sales[at]
	}
	b, err := o.unpark(ctx, screen)
	switch {
	case err != nil:
		return nil, err
	case b == nil:
		return nil, domain.Errorf(domain.CodeNotFound, "that sale is paid, or about to be")
	}
	screen.ID, screen.At = "", time.Time{}
	return b, o.store.Park(ctx, append([]domain.ParkedSale{{ID: id}, screen}, aside...)...)
}

// remove throws a parked sale away.
func (o *outbox) remove(ctx context.Context, id string) error {
	o.turn.Lock()
	defer o.turn.Unlock()
	if _, err := o.send(ctx); err != nil {
		return err
	}
	return o.store.Park(ctx, domain.ParkedSale{ID: id})
}

// parked is a sale that is put aside.
type parked struct {
	kept   domain.ParkedSale
	basket *basket
}

// readSales reads what it can, and tells of the rest.
func (o *outbox) readSales(ctx context.Context, sales []domain.ParkedSale) (screen *basket, aside []parked, err error) {
	var unread []error
	for _, sale := range sales {
		if sale.Elsewhere {
			continue
		}
		b, err := o.unpark(ctx, sale)
		switch {
		case err != nil:
			unread = append(unread, err)
		case b == nil:
		case sale.ID == "":
			screen = b
		default:
			aside = append(aside, parked{sale, b})
		}
	}
	return screen, aside, errors.Join(unread...)
}

// parked is a basket as the store keeps it; empty for nil.
func (b *basket) parked() (domain.ParkedSale, error) {
	if b == nil {
		return domain.ParkedSale{}, nil
	}
	sale, kept := domain.ParkedSale{Customer: b.Customer, Client: b.Client}, b.copy()
	for i, line := range b.Cart.Lines {
		if line.Note == "" {
			continue
		}
		if sale.Notes == nil {
			sale.Notes = map[int]string{}
		}
		sale.Notes[i], kept.Cart.Lines[i].Note = line.Note, ""
	}
	text, err := json.Marshal(kept)
	sale.Sale = text
	return sale, err
}

// unpark reads a sale. It may have become an order: its console ended while it was paid, or somebody has paid that. If the order
// can still be paid the sale is that order's. Else it is nil: it is over and goes off the disk, or is not decided, and is there once it is.
func (o *outbox) unpark(ctx context.Context, sale domain.ParkedSale) (*basket, error) {
	b := &basket{}
	if err := json.Unmarshal(sale.Sale, b); err != nil {
		return nil, fmt.Errorf("a sale that was open cannot be read: %w", err)
	}
	b.Customer, b.Client = sale.Customer, sale.Client
	for line, note := range sale.Notes {
		if line >= 0 && line < len(b.Cart.Lines) {
			b.Cart.Lines[line].Note = note
		}
	}
	order, err := o.became(ctx, b)
	switch {
	case err != nil || order == nil:
		return b, err
	case o.till.IsPayable(order):
		b.Order = order.ID
		return b, nil
	case order.Undecided():
		return nil, nil
	}
	o.read = o.read || sale.ID == ""
	if err := o.store.Park(ctx, domain.ParkedSale{ID: sale.ID}); err != nil {
		return nil, err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.over = append(o.over, sold{b.Key, order})
	return nil, nil
}

// sold is an order that a sale has become, and the key of the sale.
type sold struct {
	key   string
	order *domain.Order
}

// news gives what was found to be over since the last time.
func (o *outbox) news() []sold {
	o.mu.Lock()
	defer o.mu.Unlock()
	over := o.over
	o.over = nil
	return over
}

// became is the order that a sale has become; nil where it is none.
func (o *outbox) became(ctx context.Context, b *basket) (*domain.Order, error) {
	switch {
	case b.Order != "":
		return o.store.Order(ctx, b.Order)
	case b.Key != "":
		return o.till.IssuedUnder(ctx, b.Key)
	}
	return nil, nil
}
