package domain

import (
	"reflect"
	"regexp"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// sharedByClones is what an order has in common with its clone: what came with an entry, and no entry changes.
var sharedByClones = regexp.MustCompile(`^(Cart\.Lines|Totals\.Lines|now\.Body|Payments\.(Operations|Refunds)\.Lines|` +
	`Payments\.(money|Refunds\.facts|Disputes\.facts)\.(Dispute|Session|ThreeDS|Source|Fraud))$`)

// TestClonesShareNothingThatMoves clones the orders of random lives, and looks for memory that two of them point to.
func TestClonesShareNothingThatMoves(t *testing.T) {
	lives, shared := 0, map[string]bool{}
	for range scaled(t, 1) {
		rapid.Check(t, func(t *rapid.T) {
			w := alive(t)
			for range rapid.IntRange(10, 40).Draw(t, "steps") {
				if rapid.IntRange(0, 4).Draw(t, "unasked") == 0 && len(w.order.Payments) > 0 {
					w.hears(t, moneyFacts)
				}
				w.act()
			}
			clone := w.order.Clone()
			if !reflect.DeepEqual(clone, w.order) {
				t.Fatalf("the clone is another order:\n%+v\n%+v", clone, w.order)
			}
			meet(reflect.ValueOf(*clone), reflect.ValueOf(*w.order), "", shared)
			lives++
		})
	}
	for path := range shared {
		if !sharedByClones.MatchString(path) {
			t.Errorf("an order and its clone share %s", path)
		}
	}
	t.Logf("proof: %d clones of orders, nothing shared that moves", lives)
}

// meet finds where two values of one make point to the same memory.
func meet(a, b reflect.Value, path string, at map[string]bool) {
	below := func(name string) string {
		if path == "" {
			return name
		}
		return path + "." + name
	}
	switch a.Kind() {
	case reflect.Pointer, reflect.Map:
		if !a.IsNil() && a.UnsafePointer() == b.UnsafePointer() {
			at[path] = true
		} else if a.Kind() == reflect.Pointer && !a.IsNil() {
			meet(a.Elem(), b.Elem(), path, at)
		}
	case reflect.Slice:
		if a.Cap() > 0 && a.UnsafePointer() == b.UnsafePointer() {
			at[path] = true
			return
		}
		for i := range a.Len() {
			meet(a.Index(i), b.Index(i), path, at)
		}
	case reflect.Struct:
		if a.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range a.NumField() {
			if f := a.Type().Field(i); f.Anonymous {
				meet(a.Field(i), b.Field(i), path, at)
			} else {
				meet(a.Field(i), b.Field(i), below(f.Name), at)
			}
		}
	}
}

// BenchmarkClone copies the order that BenchmarkFold folds.
func BenchmarkClone(b *testing.B) {
	o := wholeLife(b).order
	b.ReportAllocs()
	for b.Loop() {
		o.Clone()
	}
}

// What came since the random lives were thought of is in clones too: who stood by, and which notices are booked.
func TestClonesGrowApart(t *testing.T) {
	o := &Order{Overrides: make([]Overriding, 1, 2), Payments: []*Payment{{notices: make([]string, 1, 2)}}}
	shared := map[string]bool{}
	meet(reflect.ValueOf(*o.Clone()), reflect.ValueOf(*o), "", shared)
	for path := range shared {
		t.Errorf("an order and its clone share %s", path)
	}
}
