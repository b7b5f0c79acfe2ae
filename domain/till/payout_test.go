package till_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

const (
	german  = "DE89370400440532013000"
	british = "GB82WEST12345698765432"
)

func (b *bench) iban(number string) domain.IBAN {
	b.Helper()
	iban, err := domain.ParseIBAN(number)
	b.must(err)
	return iban
}

func (b *bench) paying() till.Paying {
	return till.Paying{Amount: 700, Name: "Ann Lee", IBAN: b.iban(german), Reference: "R-1"}
}

func (b *bench) payout() *domain.Payout {
	b.Helper()
	p, err := b.CreatePayout(b.ctx, till.Intent{}, b.paying())
	b.must(err)
	return p
}

func (b *bench) payoutNow(id domain.PayoutID) *domain.Payout {
	b.Helper()
	p, err := b.Payout(b.ctx, string(id))
	b.must(err)
	return p
}

// tally asks the gateway itself: where the payout stands there, and how often it was sent.
func (b *bench) tally(id domain.PayoutID) (state domain.State, sent int) {
	b.Helper()
	outcome, err := b.bank.Do(b.ctx, domain.Operation{ID: "op_tally", Kind: domain.Sync, Key: "tally", Payout: id, Method: "card"})
	b.must(err)
	p, err := domain.NewEntry(domain.KindPayoutOpened, string(id), string(id), domain.PayoutOpening{ID: id})
	b.must(err)
	told, err := domain.NewEntry(domain.KindFactsReported, string(id), string(id), domain.Report{Facts: outcome.Facts})
	b.must(err)
	folded, err := domain.FoldPayout([]domain.Entry{p, told})
	b.must(err)
	for _, f := range outcome.Facts {
		if f.Event == domain.PayoutSent {
			sent++
		}
	}
	if outcome.Status == domain.NotFound {
		return domain.PayoutFailed, 0 // there is none
	}
	return folded.State, sent
}

func TestAPayoutLives(t *testing.T) {
	b := newBench(t, nil)
	p := b.payout()
	if p.State != domain.PayoutCreated || p.Name != "Ann Lee" || p.Account != "3000" || p.Variant != "sandbox" || p.Currency != "EUR" || len(p.HumanID) != 6 {
		t.Fatalf("%+v", p)
	}
	_, err := b.ConfirmPayout(b.ctx, till.Intent{IfVersion: 1}, p.ID, till.Missing{})
	b.code(err, domain.CodeVersionConflict)
	p, err = b.ConfirmPayout(b.ctx, till.Intent{Key: "go"}, p.ID, till.Missing{})
	b.must(err)
	if p.State != domain.PayoutProcessing {
		t.Fatalf("%s", p.State)
	}
	_, err = b.CancelPayout(b.ctx, till.Intent{}, p.ID)
	b.code(err, domain.CodeIllegalTransition)
	_, err = b.Advance(b.ctx, till.Intent{}, 24*time.Hour) // from a Sunday to Monday
	b.must(err)
	if got := b.payoutNow(p.ID); got.State != domain.PayoutPaid {
		t.Errorf("%s", got.State)
	}
	b.must(b.bank.MovePayout(b.ctx, p.ID, "returned"))
	b.must(b.Listen(b.ctx))
	got, err := b.Payout(b.ctx, strings.ToLower(p.HumanID))
	b.must(err)
	if got.State != domain.PayoutReturned || got.Message == "" {
		t.Errorf("%+v", got)
	}
	again, err := b.ConfirmPayout(b.ctx, till.Intent{Key: "go"}, p.ID, till.Missing{})
	if err != nil || again.State != domain.PayoutProcessing || again.Version != p.Version {
		t.Errorf("a repeat is told %+v, %v", again, err)
	}
	_, err = b.ConfirmPayout(b.ctx, till.Intent{Key: "go"}, p.ID, till.Missing{Name: "Bob"})
	b.code(err, domain.CodeIdempotencyConflict)
	all, err := b.Payouts(b.ctx)
	b.must(err)
	if len(all) != 1 || all[0].State != domain.PayoutReturned || all[0].Name != "Ann Lee" {
		t.Errorf("%+v", all)
	}
	b.whole()
}

// whole checks that nothing is left over, and that the journal stands and makes the same views.
func (b *bench) whole() {
	b.Helper()
	if orphans, err := b.Store.Orphans(b.ctx); err != nil || len(orphans) > 0 {
		b.Errorf("%v, %v", orphans, err)
	}
	far := b.Env.Now().AddDate(10, 0, 0)
	before, err := b.Store.Due(b.ctx, far)
	b.must(err)
	b.must(b.Store.Rebuild(b.ctx))
	after, err := b.Store.Due(b.ctx, far)
	b.must(err)
	verdict, err := b.Store.Verify(b.ctx)
	b.must(err)
	if !verdict.OK || !slices.Equal(before, after) {
		b.Errorf("%+v; timers %v, made anew %v", verdict, before, after)
	}
}

func TestWhatAPayoutMisses(t *testing.T) {
	b := newBench(t, nil)
	who := b.customer(domain.Person{FirstName: "Bob"})
	p, err := b.CreatePayout(b.ctx, till.Intent{}, till.Paying{Amount: 700})
	b.must(err)
	_, err = b.ConfirmPayout(b.ctx, till.Intent{}, p.ID, till.Missing{})
	b.code(err, domain.CodeInvalid)
	_, err = b.ConfirmPayout(b.ctx, till.Intent{}, p.ID, till.Missing{IBAN: b.iban(german)})
	b.wrong(err, "name")
	p, err = b.ConfirmPayout(b.ctx, till.Intent{}, p.ID, till.Missing{Name: "Ann", IBAN: b.iban(german)})
	b.must(err)
	if p.State != domain.PayoutProcessing || p.Name != "Ann" || p.Account != "3000" {
		t.Errorf("%+v", p)
	}
	p, err = b.CreatePayout(b.ctx, till.Intent{}, till.Paying{Amount: 700, Customer: who.ID, IBAN: b.iban(german)})
	b.must(err)
	if p.State != domain.PayoutCreated || p.Name != "Bob" {
		t.Errorf("%+v", p)
	}
	b.must(b.bank.MovePayout(b.ctx, p.ID, "needs_data"))
	b.must(b.Listen(b.ctx))
	_, err = b.ConfirmPayout(b.ctx, till.Intent{}, p.ID, till.Missing{})
	b.wrong(err, "iban")
	p, err = b.ConfirmPayout(b.ctx, till.Intent{}, p.ID, till.Missing{Name: "Robert"})
	b.must(err)
	if p.State != domain.PayoutNeedsData || p.Name != "Robert" {
		t.Errorf("%+v", p)
	}
	p, err = b.ConfirmPayout(b.ctx, till.Intent{}, p.ID, till.Missing{IBAN: b.iban(british)})
	b.must(err)
	if p.State != domain.PayoutProcessing || p.Account != "5432" {
		t.Errorf("%+v", p)
	}
	for field, wish := range map[string]till.Paying{
		"amount":   {Name: "Ann"},
		"currency": {Amount: 5, Currency: "ZZZ"},
		"variant":  {Amount: 5, Variant: "cash"},
	} {
		_, err := b.CreatePayout(b.ctx, till.Intent{}, wish)
		b.wrong(err, field)
	}
	_, err = b.CreatePayout(b.ctx, till.Intent{}, till.Paying{Amount: 5, Customer: "cus_none"})
	b.code(err, domain.CodeNotFound)
	_, err = b.ConfirmPayout(b.ctx, till.Intent{}, "po_none", till.Missing{})
	b.code(err, domain.CodeNotFound)
	b.whole()
}

// A recipient is forgotten alone, or with the customer to whom the payout goes.
func TestARecipientIsForgotten(t *testing.T) {
	b := newBench(t, nil)
	who := b.customer(domain.Person{FirstName: "Bob"})
	alone, wish := b.payout(), b.paying()
	wish.Name, wish.Customer = "Robertson", who.ID
	theirs, err := b.CreatePayout(b.ctx, till.Intent{}, wish)
	b.must(err)
	named, err := b.CreatePayout(b.ctx, till.Intent{}, till.Paying{Amount: 5, Customer: who.ID})
	b.must(err)
	_, err = b.ForgetRecipient(b.ctx, till.Intent{}, named.ID)
	b.code(err, domain.CodeIllegalTransition)
	for range 2 {
		p, err := b.ForgetRecipient(b.ctx, till.Intent{Key: "forget"}, alone.ID)
		b.must(err)
		if !p.Forgotten || p.Name != "" {
			t.Errorf("%+v", p)
		}
	}
	_, _, err = b.Forget(b.ctx, till.Intent{}, who.ID)
	b.must(err)
	for _, id := range []domain.PayoutID{theirs.ID, named.ID} {
		if p := b.payoutNow(id); p.Name != "" || p.Amount == 0 {
			t.Errorf("%+v", p)
		}
	}
	if held := b.holds("Robertson", "Ann Lee"); len(held) > 0 {
		t.Errorf("%v", held)
	}
	_, err = b.CreatePayout(b.ctx, till.Intent{}, wish)
	b.code(err, domain.CodeIllegalTransition)
	b.whole()
}

// No more of an account's number than its end is in any file, whatever becomes of the calls.
func TestAnAccountIsNowhere(t *testing.T) {
	b := newBench(t, nil)
	for _, fault := range []string{"timeout_after", "garbled", "http_500", "pending", "declined", "notice_twice"} {
		for _, kind := range []domain.OperationKind{domain.PayoutMoney, domain.PayoutConfirm} {
			b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: kind, Name: fault, Times: 1}))
			p, err := b.CreatePayout(b.ctx, till.Intent{}, b.paying())
			said := fmt.Sprintf("%+v %#v %v", p, p, err)
			if p != nil && p.State == domain.PayoutCreated {
				p, err = b.ConfirmPayout(b.ctx, till.Intent{}, p.ID, till.Missing{IBAN: b.iban(british)})
				said += fmt.Sprintf("%+v %#v %v", p, p, err)
			}
			if strings.Contains(said, german[4:18]) || strings.Contains(said, british[4:18]) {
				t.Errorf("%s %s: %s", kind, fault, said)
			}
			b.must(b.bank.ClearFaults(b.ctx))
		}
	}
	_, err := b.Advance(b.ctx, till.Intent{}, 2*time.Hour)
	b.must(err)
	if held := b.holds(german[4:18], british[4:18], "WEST1234", german[:12]); len(held) > 0 {
		t.Errorf("%v", held)
	}
	wires := 0
	for _, p := range b.all() {
		for _, op := range p.Operations {
			lines, err := b.Store.Wires(b.ctx, op.ID)
			b.must(err)
			for _, w := range lines {
				wires++
				if strings.Contains(w.Sent+w.Answered, "Ann") {
					t.Errorf("the wire has the name: %s", w.Sent)
				}
			}
		}
	}
	if wires == 0 {
		t.Error("nothing went over the line")
	}
}

func (b *bench) all() []*domain.Payout {
	b.Helper()
	all, err := b.Payouts(b.ctx)
	b.must(err)
	return all
}

// A repeat is about the same account, not about one that ends alike: until it is forgotten, with the salt.
func TestARepeatIsOfTheSameAccount(t *testing.T) {
	b := newBench(t, nil)
	const alike = "DE44370400441532013000" // as german begins and ends
	wish, other := b.paying(), b.paying()
	other.IBAN = b.iban(alike)
	p, err := b.CreatePayout(b.ctx, till.Intent{Key: "pay"}, wish)
	b.must(err)
	again, err := b.CreatePayout(b.ctx, till.Intent{Key: "pay"}, wish)
	b.must(err)
	if again.ID != p.ID || len(p.Salts) != 1 {
		t.Errorf("%s and %s, salts %v", p.ID, again.ID, p.Salts)
	}
	_, err = b.CreatePayout(b.ctx, till.Intent{Key: "pay"}, other)
	b.code(err, domain.CodeIdempotencyConflict)
	_, err = b.ForgetRecipient(b.ctx, till.Intent{}, p.ID)
	b.must(err)
	_, err = b.Store.Update(b.ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		salt, err := tx.Salt(p.Salts[0])
		if salt != "" {
			t.Errorf("the salt is kept: %s", salt)
		}
		return nil, err
	})
	b.must(err)
	b.whole()
}
