package till_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"till/domain"
	"till/domain/till"
)

var ann = domain.Person{FirstName: "Ann", LastName: "Quillfeather", Email: "Ann.Q@Quill.example", Phone: "+49 170 5550199", Notes: "likes quince", Address: domain.Address{City: "Quickborn"}}

func (b *bench) customer(who domain.Person) *domain.Customer {
	b.Helper()
	c, err := b.AddCustomer(b.ctx, till.Intent{}, who)
	b.must(err)
	return c
}

func TestACustomerIsAddedAndChanged(t *testing.T) {
	b := newBench(t, nil)
	c := b.customer(ann)
	if c.Client != ann || c.Version != 1 || !strings.HasPrefix(string(c.ID), "cus_") || c.Forgotten {
		t.Fatalf("%+v", c)
	}
	changed, err := b.UpdateCustomer(b.ctx, till.Intent{Key: "k", IfVersion: 1}, c.ID, map[string]string{"phone": "", "city": "Kiel", "email": "ann@new.example"})
	b.must(err)
	want := ann
	want.Phone, want.Address.City, want.Email = "", "Kiel", "ann@new.example"
	if changed.Client != want || changed.Version != 2 {
		t.Fatalf("%+v", changed)
	}
	again, err := b.UpdateCustomer(b.ctx, till.Intent{Key: "k", IfVersion: 1}, c.ID, map[string]string{"phone": "", "city": "Kiel", "email": "ann@new.example"})
	b.must(err)
	if again.Version != 2 {
		t.Errorf("a repeat made version %d", again.Version)
	}
	_, err = b.UpdateCustomer(b.ctx, till.Intent{Key: "k"}, c.ID, map[string]string{"city": "Bonn"})
	b.code(err, domain.CodeIdempotencyConflict)
	_, err = b.UpdateCustomer(b.ctx, till.Intent{IfVersion: 1}, c.ID, map[string]string{"city": "Bonn"})
	b.code(err, domain.CodeVersionConflict)
	for _, ref := range []string{string(c.ID), "ANN@new.example"} {
		found, err := b.Customer(b.ctx, ref)
		b.must(err)
		if found.Client != want {
			t.Errorf("%s: %+v", ref, found)
		}
	}
	_, err = b.Customer(b.ctx, ann.Email)
	b.code(err, domain.CodeNotFound)
}

func TestACustomerWhoCannotBe(t *testing.T) {
	b := newBench(t, nil)
	c := b.customer(ann)
	other := b.customer(domain.Person{LegalName: "Tea & Sons"})
	for field, who := range map[string]domain.Person{
		"customer":     {Notes: "somebody"},
		"email":        {Email: "no address"},
		"country_code": {FirstName: "Ann", Address: domain.Address{Country: "Utopia"}},
	} {
		_, err := b.AddCustomer(b.ctx, till.Intent{}, who)
		b.wrong(err, field)
	}
	_, err := b.AddCustomer(b.ctx, till.Intent{}, domain.Person{Email: strings.ToUpper(ann.Email)})
	b.wrong(err, "email")
	_, err = b.UpdateCustomer(b.ctx, till.Intent{}, other.ID, map[string]string{"email": ann.Email})
	b.wrong(err, "email")
	_, err = b.UpdateCustomer(b.ctx, till.Intent{}, other.ID, map[string]string{"shoe_size": "9"})
	b.wrong(err, "shoe_size")
	_, err = b.UpdateCustomer(b.ctx, till.Intent{}, c.ID, map[string]string{"email": strings.ToUpper(ann.Email)})
	b.must(err) // their own
}

// wrong demands an error about a field, and about no other.
func (b *bench) wrong(err error, field string) {
	b.Helper()
	b.code(err, domain.CodeInvalid)
	if e, _ := errors.AsType[*domain.Error](err); len(e.Fields) != 1 || e.Fields[field] == "" {
		b.Errorf("%v, want it to be about %s", err, field)
	}
}

// holds searches every file of the folder, the sandbox's too, for words in any case of letters.
func (b *bench) holds(words ...string) []string {
	b.Helper()
	files, err := filepath.Glob(filepath.Join(b.folder, "*"))
	b.must(err)
	var found []string
	for _, file := range files {
		content, err := os.ReadFile(file)
		b.must(err)
		content = bytes.ToLower(content)
		for _, word := range words {
			if bytes.Contains(content, []byte(strings.ToLower(word))) {
				found = append(found, filepath.Base(file)+": "+word)
			}
		}
	}
	return found
}

func (b *bench) issueFor(who domain.Person) *domain.Order {
	b.Helper()
	wish := wanted(2000)
	wish.Client = who
	o, err := b.Issue(b.ctx, till.Intent{}, wish)
	b.must(err)
	return o
}

// What a person told is nowhere once they are forgotten: in no version of the customer, in no order of theirs, in no
// view and no page; what they paid is as it was (promise 13).
func TestACustomerIsForgotten(t *testing.T) {
	b := newBench(t, nil)
	first := ann
	first.Email, first.Notes = "quartz@old.example", "quarrelsome"
	c := b.customer(first)
	_, err := b.UpdateCustomer(b.ctx, till.Intent{}, c.ID, map[string]string{"email": ann.Email, "notes": "quiet"})
	b.must(err)

	paid := b.issueFor(domain.Person{FirstName: "Quentina", Email: strings.ToUpper(ann.Email)})
	r, err := b.pay(paid, goodCard, func(w *till.Payable) { w.Save, w.Description = true, "tea" })
	b.must(err)
	b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
	older := b.issueFor(domain.Person{LastName: "Quibble", Email: first.Email})
	byHer := b.issueFor(domain.Person{FirstName: "Quasimodo", Email: "quasi@quay.example"}) // his order, her card
	_, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: byHer.ID, Method: "card", Source: domain.Source{Type: "customer", Customer: c.ID}})
	b.must(err)
	draft, err := b.Draft(b.ctx, till.Intent{}, till.NewOrder{Client: domain.Person{FirstName: "Quirin", Email: ann.Email}, Cart: wanted(500).Cart})
	b.must(err)
	other := b.issueFor(domain.Person{FirstName: "Zacharias", Email: "zacharias@keep.example"})

	b.must(b.Listen(b.ctx))
	b.must(b.Store.Park(b.ctx,
		domain.ParkedSale{Sale: []byte("tea"), Client: domain.Person{LegalName: "Quokka", Phone: ann.Phone}},
		domain.ParkedSale{ID: "a", Sale: []byte("tea"), Client: domain.Person{LegalName: "Quorum", Email: first.Email}},
		domain.ParkedSale{ID: "b", Sale: []byte("tea"), Customer: c.ID, Client: domain.Person{LegalName: "Quagga"}},
		domain.ParkedSale{ID: "c", Sale: []byte("tea"), Client: domain.Person{Email: "zacharias@keep.example"}}))

	secrets := []string{
		"quokka", "quorum", "quagga", "quill", "quartz", "quarrelsome", "quiet", "quince", "quickborn", "5550199", "quentina", "quibble", "quasi", "quirin",
	}
	if there := b.holds(secrets...); len(there) < len(secrets)-1 { // "likes quince" was overwritten by an update
		t.Fatalf("only %v is there to be forgotten", there)
	}
	before := b.amounts(paid.ID, older.ID, byHer.ID, draft.ID, other.ID)

	gone, orders, err := b.Forget(b.ctx, till.Intent{Key: "forget"}, c.ID)
	b.must(err)
	if !gone.Forgotten || gone.Client != (domain.Person{}) {
		t.Errorf("%+v", gone)
	}
	if want := []domain.OrderID{paid.ID, older.ID, byHer.ID, draft.ID}; !slices.Equal(orders, want) {
		t.Errorf("forgotten in %v, want %v", orders, want)
	}
	if left := b.holds(secrets...); left != nil {
		t.Errorf("still there: %v", left)
	}
	if kept := b.holds("zacharias"); kept == nil {
		t.Error("somebody else was forgotten too")
	}
	sales, err := b.Store.Parked(b.ctx)
	b.must(err)
	for _, p := range sales {
		if (p.ID == "c") != (p.Client.Email != "") || p.Customer != "" || string(p.Sale) != "tea" {
			t.Errorf("%+v", p)
		}
	}
	b.mustStand(before, paid.ID, older.ID, byHer.ID, draft.ID, other.ID)

	again, orders, err := b.Forget(b.ctx, till.Intent{Key: "forget"}, c.ID)
	b.must(err)
	if again.Version != gone.Version || len(orders) != 4 {
		t.Errorf("a repeat is told of version %d and %v", again.Version, orders)
	}
	_, _, err = b.Forget(b.ctx, till.Intent{}, c.ID) // once more does no harm
	b.must(err)
	_, err = b.UpdateCustomer(b.ctx, till.Intent{}, c.ID, map[string]string{"email": ann.Email})
	b.code(err, domain.CodeIllegalTransition)
	_, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: older.ID, Method: "card", Source: domain.Source{Type: "customer", Customer: c.ID}})
	b.code(err, domain.CodeIllegalTransition)
	if anew := b.customer(ann); anew.ID == c.ID {
		t.Error("who comes back is somebody new")
	}
}

// amounts is what orders come to, by what they are and what moved.
func (b *bench) amounts(ids ...domain.OrderID) string {
	b.Helper()
	all := ""
	for _, id := range ids {
		o, err := b.Store.Order(b.ctx, id)
		b.must(err)
		sums := o.Sums()
		all += strings.Join([]string{o.FlatStatus(), o.Cart.Currency.Format(o.Total()), o.Cart.Currency.Format(sums.Captured), o.Cart.Currency.Format(o.BalanceDue())}, " ") + "\n"
	}
	return all
}

func (b *bench) mustStand(before string, ids ...domain.OrderID) {
	b.Helper()
	if after := b.amounts(ids...); after != before {
		b.Errorf("\n%s\nis not\n%s", after, before)
	}
	verdict, err := b.Store.Verify(b.ctx)
	b.must(err)
	if !verdict.OK {
		b.Errorf("%+v", verdict)
	}
	b.must(b.Store.Rebuild(b.ctx))
	if after := b.amounts(ids...); after != before {
		b.Errorf("rebuilt:\n%s\nis not\n%s", after, before)
	}
}

// The client of one order is forgotten in that order alone, in every version of what they told.
func TestAClientIsForgotten(t *testing.T) {
	b := newBench(t, nil)
	o := b.issueFor(domain.Person{FirstName: "Quentina", Email: "quentina@quay.example"})
	opened, err := b.OpenPayment(b.ctx, till.Intent{}, o.ID, 0, "", false)
	b.must(err)
	_, err = b.UpdatePayment(b.ctx, till.Intent{}, opened.Payment.ID, till.Editing{Address: &domain.Address{City: "Quickborn"}})
	b.must(err)
	same := b.issueFor(domain.Person{FirstName: "Zacharias", Email: "quentina@quay.example"})
	before := b.amounts(o.ID, same.ID)
	gone, err := b.ForgetClient(b.ctx, till.Intent{}, o.ID)
	b.must(err)
	if gone.Client != (domain.Person{}) || len(gone.Rows) != 2 {
		t.Errorf("%+v of %v", gone.Client, gone.Rows)
	}
	if left := b.holds("quickborn"); left != nil {
		t.Errorf("still there: %v", left)
	}
	if kept, err := b.Store.Order(b.ctx, same.ID); err != nil || kept.Client.FirstName != "Zacharias" {
		t.Errorf("%+v, %v", kept.Client, err)
	}
	b.mustStand(before, o.ID, same.ID)
	_, err = b.ForgetClient(b.ctx, till.Intent{IfVersion: 1}, o.ID)
	b.code(err, domain.CodeVersionConflict)
}
