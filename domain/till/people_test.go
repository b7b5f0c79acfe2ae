package till_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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
		for _, word := range words {
			if bytes.Contains(bytes.ToLower(content), []byte(strings.ToLower(word))) {
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
	b := listening(t)
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

	secrets := []string{
		"quill", "quartz", "quarrelsome", "quiet", "quince", "quickborn", "5550199", "quentina", "quibble", "quasi", "quirin",
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

// saved pays an order by card and has the source kept.
func (b *bench) saved(who domain.Person, number string) domain.KeptSource {
	b.Helper()
	_, err := b.pay(b.issueFor(who), number, func(w *till.Payable) { w.Save = true })
	b.must(err)
	sources, err := b.Store.Sources(b.ctx, "")
	b.must(err)
	return sources[0]
}

func TestASavedSourceIsItsPayersAlone(t *testing.T) {
	b := newBench(t, nil)
	hers, his := b.saved(ann, goodCard), b.saved(domain.Person{FirstName: "Bob", Email: "bob@quay.example"}, goodCard)
	if hers.ID == his.ID || hers.Customer == his.Customer || hers.Last4 != "4242" || hers.Variant != "sandbox" {
		t.Fatalf("hers %+v, his %+v", hers, his)
	}
	c, err := b.Customer(b.ctx, ann.Email)
	b.must(err)
	if c.ID != hers.Customer || c.Default != hers.ID || c.Client != ann {
		t.Errorf("%+v", c)
	}
	again := b.saved(ann, goodCard)
	if sources, err := b.Store.Sources(b.ctx, ""); err != nil || len(sources) != 2 {
		t.Errorf("%v, %v; again %s", sources, err, again.ID)
	}
	for _, source := range []domain.Source{{Type: "id", ID: hers.ID}, {Type: "customer", Customer: c.ID}} {
		r, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(700).ID, Method: "card", Source: source})
		b.must(err)
		b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
		if r.Payment.Source.Last4 != "4242" || r.Payment.Source.Customer != c.ID {
			t.Errorf("paid with %+v", r.Payment.Source)
		}
	}
	_, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(700).ID, Method: "card", Source: domain.Source{Type: "id", ID: hers.ID, Customer: his.Customer}})
	b.wrong(err, "source")
	_, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(700).ID, Method: "card", Variant: "cash", Source: domain.Source{Type: "id", ID: hers.ID}})
	b.wrong(err, "variant")
	_, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(700).ID, Method: "card", Source: domain.Source{Type: "id", ID: "src_none"}})
	b.code(err, domain.CodeNotFound)
	nobody := b.customer(domain.Person{FirstName: "Nobody"})
	_, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(700).ID, Method: "card", Source: domain.Source{Type: "customer", Customer: nobody.ID}})
	b.wrong(err, "source")
}

// A source that is told of only later, by a sync or a notice, is kept as well, once.
func TestALostAnswerSavesItsSourceWhenItIsFound(t *testing.T) {
	for name, find := range map[string]func(*bench, domain.PaymentID){
		"sync": func(b *bench, id domain.PaymentID) { _, err := b.Sync(b.ctx, till.Intent{}, id); b.must(err) },
		"notice": func(b *bench, _ domain.PaymentID) {
			b.must(b.bank.Deliver(b.ctx, b.waiting()...))
			b.must(b.Listen(b.ctx))
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := listening(t)
			b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.Authorize, Name: "timeout_after", Times: 1}))
			r, err := b.pay(b.issueFor(ann), goodCard, func(w *till.Payable) { w.Save = true })
			b.code(err, domain.CodeUnknownOutcome)
			find(b, r.Payment.ID)
			b.must(b.bank.Deliver(b.ctx, b.waiting()...))
			b.must(b.Listen(b.ctx))
			sources, err := b.Store.Sources(b.ctx, "")
			b.must(err)
			if len(sources) != 1 || sources[0].Payment != r.Payment.ID {
				t.Fatalf("%+v", sources)
			}
			entries, err := b.Store.Entries(b.ctx, sources[0].ID, 0, 0, 0)
			b.must(err)
			if len(entries) != 1 {
				t.Errorf("it was kept %d times", len(entries))
			}
		})
	}
}

// listening is a bench whose till hears what the gateway tells.
func listening(t *testing.T) *bench {
	t.Helper()
	b := newBench(t, nil)
	b.Variants[0].Notifier = b.bank
	return b
}

// waiting names the notices that wait to be delivered.
func (b *bench) waiting() []string {
	b.Helper()
	outbox, err := b.bank.Outbox(b.ctx, true)
	b.must(err)
	var ids []string
	for _, n := range outbox {
		ids = append(ids, n.ID)
	}
	return ids
}

func TestASourceIsRemoved(t *testing.T) {
	b := listening(t)
	k := b.saved(ann, goodCard)
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.Revoke, Name: "declined", Times: 1}))
	stays, err := b.RemoveSource(b.ctx, till.Intent{}, k.ID)
	b.code(err, domain.CodeFailed)
	if stays.Removed {
		t.Error("it is removed, and its provider said no")
	}
	gone, err := b.RemoveSource(b.ctx, till.Intent{Key: "k"}, k.ID)
	b.must(err)
	if !gone.Removed {
		t.Error("it was not removed")
	}
	again, err := b.RemoveSource(b.ctx, till.Intent{Key: "k"}, k.ID)
	b.must(err)
	if !again.Removed || again.Version != gone.Version {
		t.Errorf("a repeat is told %+v", again)
	}
	_, err = b.RemoveSource(b.ctx, till.Intent{}, k.ID)
	b.code(err, domain.CodeIllegalTransition)
	_, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(700).ID, Method: "card", Source: domain.Source{Type: "id", ID: k.ID}})
	b.code(err, domain.CodeIllegalTransition)
	b.must(b.Listen(b.ctx))
	if orphans, err := b.Store.Orphans(b.ctx); err != nil || len(orphans) > 0 {
		t.Errorf("%v, %v", orphans, err)
	}
}

// A lost answer leaves the source as it is until the repeat of the command finds out.
func TestALostRemovalIsFinishedByItsKey(t *testing.T) {
	for _, fault := range []string{"timeout_after", "timeout_before"} {
		b := newBench(t, nil)
		k := b.saved(ann, goodCard)
		b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.Revoke, Name: fault, Times: 1}))
		lost, err := b.RemoveSource(b.ctx, till.Intent{Key: "k"}, k.ID)
		b.code(err, domain.CodeUnknownOutcome)
		if lost.Removed {
			t.Errorf("%s: it is removed, and nobody knows", fault)
		}
		_, err = b.RemoveSource(b.ctx, till.Intent{}, k.ID)
		b.code(err, domain.CodeIllegalTransition)
		b.clock.forward(time.Minute)
		gone, err := b.RemoveSource(b.ctx, till.Intent{Key: "k"}, k.ID)
		b.must(err)
		if !gone.Removed || gone.Operations[0].Tries != 2 {
			t.Errorf("%s: %+v", fault, gone)
		}
	}
}
