package till_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"till/domain"
	"till/storage/sqlite"
)

// doubting is a store that is not believed: whatever order it hands to a decision is compared with what the journal folds to.
// It keeps folds from one decision to the next, and whoever was handed one and changed it would change what is decided then.
type doubting struct {
	*sqlite.DB
	t *testing.T
}

func (d doubting) Update(ctx context.Context, decide func(domain.Tx) ([]domain.Entry, error)) ([]domain.Entry, error) {
	return d.DB.Update(ctx, func(tx domain.Tx) ([]domain.Entry, error) { return decide(doubtingTx{tx, d, ctx}) })
}

type doubtingTx struct {
	domain.Tx
	doubting
	ctx context.Context
}

func (d doubtingTx) Order(id domain.OrderID) (*domain.Order, error) {
	o, err := d.Tx.Order(id)
	if err != nil {
		return nil, err
	}
	entries, err := d.Entries(d.ctx, string(id), 0, 0, 0)
	if err != nil {
		return nil, err
	}
	want, err := domain.Fold(entries)
	if err != nil {
		return nil, err
	}
	if want.Person != nil {
		if want.Client, err = d.DB.Person(d.ctx, want.Person.ID); err != nil {
			return nil, err
		}
	}
	names, err := d.PaperNames(d.ctx, id)
	want.NamePapers(names)
	if path := differs(o, want); path != "" {
		d.t.Errorf("the store hands out %s with another %s than its %d entries fold to", id, path, len(entries))
	}
	return o, err
}

// differs is the field in which two orders differ first; "" where they are the same.
func differs(a, b *domain.Order) string {
	if reflect.DeepEqual(a, b) {
		return ""
	}
	one, other := reflect.ValueOf(*a), reflect.ValueOf(*b)
	for i := range one.NumField() {
		if x, y := fmt.Sprintf("%+v", one.Field(i)), fmt.Sprintf("%+v", other.Field(i)); x != y {
			return one.Type().Field(i).Name + " (" + x + ", " + y + ")"
		}
	}
	return "something behind a pointer"
}
