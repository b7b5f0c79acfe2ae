package till_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// Everything that can be told at a command or in a form, each with a word of its own, and then somebody is forgotten:
// what tells of them is in no file any more, what is the shop's own is still there (promise 13).

// theShops are the texts that stay, as they are the shop's own names and words: see stays in domain/told_test.go.
var theShops = []string{
	"NewOrder.Reference", "NewOrder.Language", "Line.SKU", "Line.Title", "Payable.Reference", "Capturing.Reference", "Refunding.Reference",
	"Paying.Reference",
}

// noWords are fields in which nothing can be told: what is not of a list, or no id, is refused.
var noWords = []string{
	"NewOrder.Expected", "Payable.Variant", "Payable.Method", "Source.Type", "Source.ID", "Source.Last4", "Source.Country", "Paying.Variant",
	"Editing.Method", "Screening.Status", "Address.Country", "Pieces.SKU", "Agreeing.Variant",
}

// wishes are the types in which something can be wished for or told, each filled in the walk. What is nil is not walked, for the reason beside it.
var wishes = map[reflect.Type]string{
	reflect.TypeFor[domain.Secret]():  "a PIN",
	reflect.TypeFor[till.Intent]():    "who did it, and the name of the intent",
	reflect.TypeFor[till.Agreeing]():  "a leave has no texts but ids, and comes without fields",
	reflect.TypeFor[domain.Article](): "the shop's own catalogue",
	reflect.TypeFor[domain.Order]():   "read, not told", reflect.TypeFor[domain.Payment](): "read, not told", reflect.TypeFor[domain.Dispute](): "read, not told",
	reflect.TypeFor[domain.Refund](): "read, not told", reflect.TypeFor[domain.Books](): "read, not told",
	reflect.TypeFor[domain.Shift](): "read, not told", reflect.TypeFor[domain.Customer](): "read, not told", reflect.TypeFor[till.Badge](): "who works there",
}

type confession struct {
	*bench
	told, kept []string
	walked     map[reflect.Type]bool
}

// tell fills every text of a wish that is empty with a word that nobody else has.
func (b *confession) tell(wish any) {
	b.Helper()
	v := reflect.ValueOf(wish).Elem()
	b.walked[v.Type()] = true
	b.fill(v, "")
}

func (b *confession) word(field string) string {
	if slices.Contains(theShops, field) {
		b.kept = append(b.kept, fmt.Sprintf("zshop%03dx", len(b.kept)))
		return b.kept[len(b.kept)-1]
	}
	b.told = append(b.told, fmt.Sprintf("zquill%03dx", len(b.told)))
	return b.told[len(b.told)-1]
}

func (b *confession) fill(v reflect.Value, field string) {
	if slices.Contains(noWords, field) {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		if v.Type().PkgPath() == "time" || v.Type() == reflect.TypeFor[domain.Secret]() {
			return
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Type != reflect.TypeFor[*domain.Card]() {
				b.fill(v.Field(i), v.Type().Name()+"."+f.Name)
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			b.fill(v.Elem(), field)
		}
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[json.RawMessage]() {
			v.SetBytes([]byte(`{"` + b.word(field) + `":["` + b.word(field) + `"]}`))
			return
		}
		for i := range v.Len() {
			b.fill(v.Index(i), field)
		}
	case reflect.Map:
		if !v.IsNil() { // a card has no fields
			v.Set(reflect.ValueOf(map[string]string{b.word(field): b.word(field), "iban": german, "bic": "INGBNL2A"}))
		}
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() && v.String() == "" {
			v.SetString(b.word(field))
		}
	}
}

// order issues an order in which everything is told that can be.
func (b *confession) order(customer domain.CustomerID, put func(till.NewOrder) (*domain.Order, error)) *domain.Order {
	b.Helper()
	wish := till.NewOrder{
		Customer: customer, Cart: domain.Cart{Currency: "EUR", Lines: []domain.Line{{Price: 500, Quantity: 1}, {Price: 1500, Quantity: 1}}},
		Client: domain.Person{Email: b.word("email") + "@quay.example", Address: domain.Address{Country: "DE"}},
		Redirects: domain.Redirects{
			Success: "https://shop.example/" + b.word(""), InProgress: "https://shop.example/" + b.word(""), Failure: "https://shop.example/" + b.word(""),
		},
	}
	b.tell(&wish)
	o, err := put(wish)
	b.must(err)
	return o
}

func (b *confession) issues(customer domain.CustomerID) *domain.Order {
	return b.order(customer, func(w till.NewOrder) (*domain.Order, error) { return b.Issue(b.ctx, till.Intent{}, w) })
}

// orders go through everything at which something is told.
func (b *confession) orders(customer domain.CustomerID) (ids []domain.OrderID) {
	b.Helper()
	next := func() *domain.Order {
		o := b.issues(customer)
		ids = append(ids, o.ID)
		return o
	}
	draft := b.order(customer, func(w till.NewOrder) (*domain.Order, error) { return b.Draft(b.ctx, till.Intent{}, w) })
	resumed, err := b.Resume(b.ctx, till.Intent{}, draft.ID)
	b.must(err)
	if ids = append(ids, draft.ID); resumed.Cart.Lines[1].Note == "" || string(resumed.Metadata) == "" || resumed.Redirects != draft.Redirects {
		b.Errorf("issued, it is %+v", resumed.Document)
	}

	debit := till.Payable{Order: next().ID, Method: "sepa", Source: domain.Source{Type: "sepa", Fields: map[string]string{}}} // by a method's fields
	b.tell(&debit)
	r, err := b.Pay(b.ctx, till.Intent{}, debit)
	b.must(err)
	r = b.later(72*time.Hour, r.Payment.ID)
	b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
	if p := r.Payment; !reflect.DeepEqual(p.Source.Fields, debit.Source.Fields) || p.Description != debit.Description || string(p.Metadata) != string(debit.Metadata) {
		b.Errorf("it reads as %+v, it was told %+v", p.Terms, debit)
	}
	refund := till.Refunding{Payment: r.Payment.ID, Amount: 100}
	b.tell(&refund)
	r, err = b.Refund(b.ctx, till.Intent{}, refund)
	b.must(err)
	if r.Refund.Reason != refund.Reason {
		b.Errorf("the reason is %q", r.Refund.Reason)
	}

	held := till.Payable{Order: next().ID, Method: "card", Card: b.card(goodCard), Capture: domain.CaptureManual}
	b.tell(&held)
	r, err = b.Pay(b.ctx, till.Intent{}, held)
	b.must(err)
	verdict := domain.Screening{Status: domain.FraudReview}
	b.tell(&verdict)
	_, err = b.Judge(b.ctx, till.Intent{}, r.Payment.ID, verdict)
	b.must(err)
	verdict.Status = domain.FraudAccept
	_, err = b.Judge(b.ctx, till.Intent{}, r.Payment.ID, verdict)
	b.must(err)
	capture := till.Capturing{Payment: r.Payment.ID}
	b.tell(&capture)
	_, err = b.Capture(b.ctx, till.Intent{}, capture)
	b.must(err)
	r = b.raise(r, domain.Raising{Stage: domain.StageChargeback})
	evidence := till.Evidence{Files: []till.File{{Content: []byte(b.word(""))}}}
	b.tell(&evidence)
	_, err = b.AddEvidence(b.ctx, till.Intent{}, r.Dispute.ID, evidence)
	b.must(err)

	cancelled := till.Payable{Order: next().ID, Method: "card", Card: b.card(goodCard), Capture: domain.CaptureManual}
	_, err = b.Pay(b.ctx, till.Intent{}, cancelled)
	b.must(err)
	for _, id := range []domain.OrderID{cancelled.Order, next().ID} { // of a hold that is let go, and of nothing
		why := till.Moving{}
		b.tell(&why)
		_, err = b.Move(b.ctx, till.Intent{}, id, "cancel", why)
		b.must(err)
	}

	later, err := b.OpenPayment(b.ctx, till.Intent{}, next().ID, 0, "", false)
	b.must(err)
	other := till.Editing{Method: "ideal", Source: &domain.Source{Type: "ideal", Fields: map[string]string{}}, Address: &domain.Address{}}
	b.tell(&other)
	_, err = b.UpdatePayment(b.ctx, till.Intent{}, later.Payment.ID, other)
	b.must(err)
	return ids
}

func (b *confession) paysOut(customer domain.CustomerID) domain.PayoutID {
	b.Helper()
	wish := till.Paying{Amount: 700, Customer: customer, IBAN: b.iban(german)}
	b.tell(&wish)
	p, err := b.CreatePayout(b.ctx, till.Intent{}, wish)
	b.must(err)
	if p.Description != wish.Description {
		b.Errorf("it is for %q", p.Description)
	}
	more := till.Missing{IBAN: b.iban(german)}
	b.tell(&more)
	_, err = b.ConfirmPayout(b.ctx, till.Intent{}, p.ID, more)
	b.must(err)
	return p.ID
}

// gone demands that nothing is left of what was told, and that all else stands as before.
func (b *confession) gone(before string, ids []domain.OrderID) {
	b.Helper()
	if left := b.holds(append(b.told, german)...); left != nil {
		b.Errorf("still there of %d words: %v", len(b.told), left)
	}
	if missing := b.lacks(slices.Clone(b.kept)...); len(missing) > 0 {
		b.Errorf("of the shop's own %v have gone too", missing)
	}
	b.mustStand(before, ids...)
	if left := b.holds(append(b.told, german)...); left != nil {
		b.Errorf("rebuilt there is %v", left)
	}
}

func confessing(t *testing.T) *confession {
	return &confession{bench: newBench(t, nil), walked: map[reflect.Type]bool{}}
}

// fileFull demands that all that was told can be found before it is forgotten.
func (b *confession) fileFull() {
	b.Helper()
	if missing := b.lacks(slices.Concat(b.told, b.kept)...); len(missing) > 0 {
		b.Errorf("%v were told, and are nowhere", missing)
	}
}

// lacks gives those of some words that are in no file.
func (b *confession) lacks(words ...string) []string {
	b.Helper()
	there := b.holds(words...)
	return slices.DeleteFunc(words, func(word string) bool {
		return slices.ContainsFunc(there, func(found string) bool { return strings.HasSuffix(found, ": "+word) })
	})
}

func TestNothingThatWasToldOfACustomerIsLeft(t *testing.T) {
	b := confessing(t)
	who := domain.Person{Email: b.word("") + "@quay.example", Address: domain.Address{Country: "DE"}}
	b.tell(&who)
	c := b.customer(who)
	ids := b.orders(c.ID)
	b.paysOut(c.ID)
	b.must(b.Store.Park(b.ctx, domain.ParkedSale{Customer: c.ID, Client: domain.Person{Notes: b.word("")}, Notes: map[int]string{0: b.word("")}, Sale: []byte("tea")}))
	b.fileFull()
	before := b.amounts(ids...)
	_, orders, err := b.Forget(b.ctx, till.Intent{}, c.ID)
	b.must(err)
	if !slices.Equal(orders, slices.Sorted(slices.Values(ids))) {
		t.Errorf("forgotten in %v, want %v", orders, ids)
	}
	b.gone(before, ids)
	b.everyWishWasWalked()
	t.Logf("proof: %d words told of a customer, none left; %d of the shop's own are", len(b.told), len(b.kept))
}

func TestNothingThatWasToldAtOrdersOfAStrangerIsLeft(t *testing.T) {
	b := confessing(t)
	ids := b.orders("")
	payout := b.paysOut("")
	b.fileFull()
	before := b.amounts(ids...)
	for _, id := range ids {
		_, err := b.ForgetClient(b.ctx, till.Intent{}, id)
		b.must(err)
	}
	_, err := b.ForgetRecipient(b.ctx, till.Intent{}, payout)
	b.must(err)
	b.gone(before, ids)
}

// everyWishWasWalked looks through all that a till takes: a type with texts that the walk does not fill has to say why.
func (b *confession) everyWishWasWalked() {
	of := reflect.TypeOf(b.Till)
	for method := range of.Methods() {
		for i := 1; i < method.Type.NumIn(); i++ {
			in := method.Type.In(i)
			for in.Kind() == reflect.Pointer || in.Kind() == reflect.Slice {
				in = in.Elem()
			}
			if in.Kind() == reflect.Struct && hasTexts(in) && !b.walked[in] && wishes[in] == "" {
				b.Errorf("%s takes a %s: nobody walks what is told in it, or has said why not", method.Name, in)
			}
		}
	}
}

func hasTexts(of reflect.Type) bool {
	for field := range of.Fields() {
		in := field.Type
		for in.Kind() == reflect.Pointer || in.Kind() == reflect.Slice {
			in = in.Elem()
		}
		if in == reflect.TypeFor[string]() || in.Kind() == reflect.Map || field.Type == reflect.TypeFor[json.RawMessage]() || in.Kind() == reflect.Struct && in.PkgPath() != "time" && hasTexts(in) {
			return true
		}
	}
	return false
}
