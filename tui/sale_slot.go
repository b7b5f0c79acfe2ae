package tui

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"till/domain"
)

// slot is where the sale on the screen is kept between two runs. Commands run side by side, so each carries a
// revision: an older one never overwrites a newer one.
type slot struct {
	store domain.Store
	mu    sync.Mutex
	kept  int
}

// keep stores a sale, or with nil that there is none, and with it in one step what is put aside, or taken from there.
func (s *slot) keep(ctx context.Context, revision int, b *basket, aside ...domain.ParkedSale) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if revision > s.kept {
		screen, err := b.parked()
		if err != nil {
			return err
		}
		aside = append(aside, screen)
	}
	if len(aside) == 0 {
		return nil
	}
	if err := s.store.Park(ctx, aside...); err != nil {
		return err
	}
	s.kept = max(s.kept, revision)
	return nil
}

// recall reads the sale that was on the screen, nil if there is none, and those that are put aside.
func (s *slot) recall(ctx context.Context) (screen *basket, aside []parked, err error) {
	sales, err := s.store.Parked(ctx)
	if err != nil {
		return nil, nil, err
	}
	var unread []error
	for _, sale := range sales {
		b, err := unpark(sale)
		switch {
		case err != nil:
			unread = append(unread, err)
		case sale.ID == "":
			screen = b
		default:
			aside = append(aside, parked{sale, b})
		}
	}
	return screen, aside, errors.Join(unread...)
}

// parked is a sale that is put aside.
type parked struct {
	kept   domain.ParkedSale
	basket *basket
}

// parked is a basket as the store keeps it; empty for nil.
func (b *basket) parked() (domain.ParkedSale, error) {
	if b == nil {
		return domain.ParkedSale{}, nil
	}
	text, err := json.Marshal(b)
	return domain.ParkedSale{Customer: b.Customer, Client: b.Client, Sale: text}, err
}

func unpark(sale domain.ParkedSale) (*basket, error) {
	b := &basket{}
	if err := json.Unmarshal(sale.Sale, b); err != nil {
		return nil, fmt.Errorf("a sale that was open cannot be read: %w", err)
	}
	b.Customer, b.Client = sale.Customer, sale.Client
	return b, nil
}
