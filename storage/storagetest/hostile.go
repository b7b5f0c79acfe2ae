package storagetest

import (
	"context"
	_ "embed"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"till/domain"
)

//go:embed hostile.txt
var hostileTexts string

// Hostile are texts that hurt whoever shows, prints, sends or stores them as they are.
func Hostile() []string {
	var texts []string
	for line := range strings.Lines(hostileTexts) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		text, err := strconv.Unquote(line)
		if err != nil {
			panic(line + " of hostile.txt: " + err.Error())
		}
		texts = append(texts, text)
	}
	return texts
}

// poison puts a hostile text behind every text of a value that outside could have written, whatever it is made of: a field
// that is new is found by itself.
type poison struct {
	texts []string
	next  int
}

// ours are the names of what only till itself writes into a text without a type of its own.
var ours = []string{"ID", "Number", "HumanID", "Machine", "Row", "Hash", "Prev", "Rows", "SHA256", "Salt", "Stream", "Next", "Position", "After", "TaxPercent"}

func (p *poison) text(was string) string {
	p.next++
	return was + p.texts[p.next%len(p.texts)]
}

func (p *poison) walk(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			p.walk(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			p.walk(v.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			if v.Type().Elem() == reflect.TypeFor[string]() {
				v.SetMapIndex(key, reflect.ValueOf(p.text(v.MapIndex(key).String())))
			}
		}
	case reflect.Struct:
		if e, ok := v.Addr().Interface().(*domain.Entry); ok {
			e.Body = p.body(e.Body)
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !slices.Contains(ours, f.Name) {
				p.walk(v.Field(i))
			}
		}
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() { // what has a type of its own is one of ours
			v.SetString(p.text(v.String()))
		}
	}
}

// bodies are what stands in the bodies of entries.
var bodies = []reflect.Type{
	reflect.TypeFor[domain.Document](), reflect.TypeFor[domain.Move](), reflect.TypeFor[domain.Opening](), reflect.TypeFor[domain.Change](),
	reflect.TypeFor[domain.Operation](), reflect.TypeFor[domain.Answer](), reflect.TypeFor[domain.Report](), reflect.TypeFor[domain.EvidenceAdded](),
	reflect.TypeFor[domain.MandateOpening](), reflect.TypeFor[domain.PayoutOpening](), reflect.TypeFor[domain.ShiftOpening](), reflect.TypeFor[domain.ShiftMove](),
	reflect.TypeFor[domain.KeptSource](), reflect.TypeFor[domain.PayoutChange](), reflect.TypeFor[domain.ShiftClosing](), reflect.TypeFor[domain.OperatorAdding](),
}

// bodyTexts are the names in JSON of what is a text there.
var bodyTexts = func() map[string]bool {
	names, seen := map[string]bool{}, map[reflect.Type]bool{}
	var look func(t reflect.Type)
	look = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || seen[t] {
			return
		}
		seen[t] = true
		for i := range t.NumField() {
			f := t.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if f.Type == reflect.TypeFor[string]() && name != "" && name != "-" && !slices.Contains(ours, f.Name) {
				names[name] = true
			}
			look(f.Type)
		}
	}
	for _, t := range bodies {
		look(t)
	}
	return names
}()

func (p *poison) body(raw json.RawMessage) json.RawMessage {
	var value map[string]any
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.UseNumber()
	if dec.Decode(&value) != nil {
		return raw
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				walk(one)
			}
		case map[string]any:
			for name, one := range v {
				if text, is := one.(string); is && bodyTexts[name] {
					v[name] = p.text(text)
				}
				walk(one)
			}
		}
	}
	walk(value)
	delete(value, "v") // its version stands in front again
	poisoned, err := domain.EncodeBody(value)
	if err != nil {
		return raw
	}
	return poisoned
}

// Poisoned is a store that tells of everything with hostile texts, as if nobody had cleaned what was stored. What is decided
// in a transaction reads what is really there.
type Poisoned struct {
	domain.Store
	From int           // where in the list of the texts it begins
	Put  *atomic.Int64 // counts them
}

func poisoned[T any](s Poisoned, value T, err error) (T, error) {
	if err == nil {
		p := poison{texts: Hostile(), next: s.From}
		p.walk(reflect.ValueOf(&value))
		s.Put.Add(int64(p.next - s.From))
	}
	return value, err
}

func (s Poisoned) Order(ctx context.Context, id domain.OrderID) (*domain.Order, error) {
	v, err := s.Store.Order(ctx, id)
	return poisoned(s, v, err)
}

func (s Poisoned) Orders(ctx context.Context, q domain.OrderQuery) (domain.OrderPage, error) {
	v, err := s.Store.Orders(ctx, q)
	return poisoned(s, v, err)
}

func (s Poisoned) Takings(ctx context.Context, from, to time.Time) ([]domain.Taking, error) {
	v, err := s.Store.Takings(ctx, from, to)
	return poisoned(s, v, err)
}

func (s Poisoned) Disputes(ctx context.Context, q domain.DisputeQuery) (domain.DisputePage, error) {
	v, err := s.Store.Disputes(ctx, q)
	return poisoned(s, v, err)
}

func (s Poisoned) Find(ctx context.Context, kind, ref string) ([]domain.Found, error) {
	v, err := s.Store.Find(ctx, kind, ref)
	return poisoned(s, v, err)
}

func (s Poisoned) Entries(ctx context.Context, stream string, after, upTo domain.Seq, limit int) ([]domain.Entry, error) {
	v, err := s.Store.Entries(ctx, stream, after, upTo, limit)
	return poisoned(s, v, err)
}

func (s Poisoned) Newest(ctx context.Context, stream string) (domain.Entry, bool, error) {
	v, found, err := s.Store.Newest(ctx, stream)
	if found {
		v, err = poisoned(s, v, err)
	}
	return v, found, err
}

func (s Poisoned) Person(ctx context.Context, id string) (domain.Person, error) {
	v, err := s.Store.Person(ctx, id)
	return poisoned(s, v, err)
}

func (s Poisoned) Wires(ctx context.Context, op domain.OperationID) ([]domain.Wire, error) {
	v, err := s.Store.Wires(ctx, op)
	return poisoned(s, v, err)
}

func (s Poisoned) PaperNames(ctx context.Context, order domain.OrderID) (map[string]string, error) {
	v, err := s.Store.PaperNames(ctx, order)
	return poisoned(s, v, err)
}

func (s Poisoned) Customers(ctx context.Context, text string, most int) ([]domain.Customer, error) {
	v, err := s.Store.Customers(ctx, text, most)
	return poisoned(s, v, err)
}

func (s Poisoned) Sources(ctx context.Context, customer domain.CustomerID) ([]domain.KeptSource, error) {
	v, err := s.Store.Sources(ctx, customer)
	return poisoned(s, v, err)
}

func (s Poisoned) Mandates(ctx context.Context) ([]*domain.Mandate, error) {
	v, err := s.Store.Mandates(ctx)
	return poisoned(s, v, err)
}

func (s Poisoned) Payouts(ctx context.Context, before domain.Seq, size int) ([]*domain.Payout, error) {
	v, err := s.Store.Payouts(ctx, before, size)
	return poisoned(s, v, err)
}

func (s Poisoned) Shifts(ctx context.Context, before domain.Seq, size int) ([]*domain.Shift, error) {
	v, err := s.Store.Shifts(ctx, before, size)
	return poisoned(s, v, err)
}

func (s Poisoned) Operators(ctx context.Context) ([]*domain.Operator, error) {
	v, err := s.Store.Operators(ctx)
	return poisoned(s, v, err)
}

func (s Poisoned) Articles(ctx context.Context, query string, limit int) ([]domain.Article, error) {
	v, err := s.Store.Articles(ctx, query, limit)
	return poisoned(s, v, err)
}

func (s Poisoned) Parked(ctx context.Context) ([]domain.ParkedSale, error) {
	v, err := s.Store.Parked(ctx)
	return poisoned(s, v, err)
}

func (s Poisoned) Orphans(ctx context.Context) ([]domain.Received, error) {
	v, err := s.Store.Orphans(ctx)
	return poisoned(s, v, err)
}

func (s Poisoned) Verify(ctx context.Context) (domain.Verdict, error) {
	v, err := s.Store.Verify(ctx)
	return poisoned(s, v, err)
}
