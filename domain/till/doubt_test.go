package till_test

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"testing"

	"till/domain"
	"till/storage/sqlite"
)

// doubting is a store that is not believed: of the orders that it hands to decisions one in seven is compared with what the
// journal folds to, on a long night all. An order is handed out after each of its entries, so that every step has its turn.
// It keeps folds from one decision to the next, and whoever was handed one and changed it would change what is decided then.
type doubting struct {
	*sqlite.DB
	t *testing.T
}

func (d doubting) Update(ctx context.Context, decide func(domain.Tx) ([]domain.Entry, error)) ([]domain.Entry, error) {
	return d.DB.Update(ctx, func(tx domain.Tx) ([]domain.Entry, error) { return decide(doubtingTx{tx, d, ctx}) })
}

const doubtEvery = 7 // no step of a life of eight entries is always passed over

type doubtingTx struct {
	domain.Tx
	doubting
	ctx context.Context
}

func (d doubtingTx) Order(id domain.OrderID) (*domain.Order, error) {
	o, err := d.Tx.Order(id)
	if err != nil || o.LastSeq%doubtEvery != 0 && os.Getenv("TILL_TEST_SCALE") == "" {
		return o, err
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
	if path := differs(reflect.ValueOf(o), reflect.ValueOf(want)); path != "" {
		d.t.Errorf("the store hands out %s otherwise than its %d entries fold to: %s", id, len(entries), path)
	}
	return o, err
}

// differs is where two values of one make differ first; "" where they are the same.
func differs(a, b reflect.Value) string {
	switch a.Kind() {
	case reflect.Pointer:
		if !a.IsNil() && !b.IsNil() {
			return differs(a.Elem(), b.Elem())
		}
	case reflect.Struct:
		for i := range a.NumField() {
			if path := differs(a.Field(i), b.Field(i)); path != "" {
				return a.Type().Field(i).Name + " " + path
			}
		}
		return ""
	case reflect.Slice:
		if a.Len() != b.Len() {
			return fmt.Sprintf("are %d, not %d", a.Len(), b.Len())
		}
		for i := range a.Len() {
			if path := differs(a.Index(i), b.Index(i)); path != "" {
				return path
			}
		}
		return ""
	}
	if one, other := fmt.Sprintf("%#v", a), fmt.Sprintf("%#v", b); one != other {
		return one + ", not " + other
	}
	return ""
}
