package domain_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/storage/storagetest"
)

// checkAccount: what is taken for an account's number is one however it is written, and is never repeated or printed.
func checkAccount(t testing.TB, text string) {
	account, err := domain.ParseIBAN(text)
	if err != nil {
		if domain.CodeOf(err) != domain.CodeInvalid || len(text) > 4 && strings.Contains(err.Error(), text) {
			t.Fatalf("%q: %v", text, err)
		}
		return
	}
	number := account.Reveal()
	for _, written := range []string{strings.ToLower(number), number[:4] + " " + number[4:], number} {
		if again, err := domain.ParseIBAN(written); err != nil || again.Reveal() != number {
			t.Fatalf("%q is %q, and written %q %v", text, number, written, err)
		}
	}
	if kept := account.Source(); len(kept.Last4) != 4 || len(kept.Country) != 2 || strings.Contains(fmt.Sprintf("%v %+v %#v", account, account, kept), number[4:]) {
		t.Fatalf("%q is kept as %+v", text, kept)
	}
}

// checkAddress: whatever an address says, it is judged field by field, and twice the same.
func checkAddress(t testing.TB, text string) {
	parts := append(strings.Split(text, "|"), make([]string, 6)...)
	a := domain.Address{Line1: parts[0], City: parts[1], Postcode: parts[2], Area: parts[3], Country: parts[4], Line2: parts[5]}
	warnings := domain.AddressWarnings(a)
	if again := domain.AddressWarnings(a); !reflect.DeepEqual(warnings, again) {
		t.Fatalf("%+v: %v, then %v", a, warnings, again)
	}
	for field, sentence := range warnings {
		if field == "" || sentence == "" {
			t.Fatalf("%+v: %v", a, warnings)
		}
	}
	if country, err := domain.ParseCountry(parts[4]); err == nil {
		if again, err := domain.ParseCountry(country); err != nil || again != country || len(country) != 2 {
			t.Fatalf("%q is the country %q, which is %q, %v", parts[4], country, again, err)
		}
	}
	p := domain.Person{FirstName: parts[0], Email: parts[1], Phone: parts[2], Address: a}.Clean()
	if p.Clean() != p || domain.Inert(p.Name()+p.Email+p.Phone) != p.Name()+p.Email+p.Phone {
		t.Fatalf("%+v is not clean", p)
	}
	if dialled := domain.Dialled(parts[2]); domain.Dialled(dialled) != dialled {
		t.Fatalf("%q is dialled %q, which is dialled %q", parts[2], dialled, domain.Dialled(dialled))
	}
}

var firstOf2026 = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// checkCard: what is taken for a card can be used and prints nothing of itself; what is not is never repeated.
func checkCard(t testing.TB, text string) {
	parts := append(strings.Split(text, "|"), make([]string, 4)...)
	parts[3] = strings.Trim(parts[3], "0123456789 ") // a name is masked where it is stored, not here
	if strings.ContainsAny(parts[3], "0123456789") {
		return
	}
	card, err := domain.ParseCard(parts[0], parts[1], parts[2], parts[3], firstOf2026)
	said := fmt.Sprintf("%v %+v", card, err)
	if err != nil && domain.CodeOf(err) != domain.CodeInvalid {
		t.Fatal(err)
	}
	if number := card.Number.Reveal(); err == nil && (len(number) < 12 || strings.Contains(said, number) || card.Month < 1 || card.Month > 12) {
		t.Fatalf("%q is %s", text, said)
	}
	if len(parts[0]) > 11 && strings.Trim(parts[0], "0123456789") == "" && strings.Contains(said, parts[0]) {
		t.Fatalf("%q is repeated: %s", text, said)
	}
}

var (
	accounts  = []string{"DE89370400440532013000", "gb18 barc 2003 5360 4172 89", "NO9386011117947", "MT84MALT011000012345MTLCAST001S", "DE00", ""}
	addresses = []string{"1 High St|London|SW1A 1AA|ENG|GB|x", "x|y|10115||DE", "a@b.example|c|+49 (711) 28|CA|us", "||||", "ann|Ann@B.Example|0049-711"}
	cards     = []string{"4242424242424242|12/34|123|Ann", "4242 4242 4242 4242|1/2034|1234|", "378282246310005|12/30|1234|A", "|||", "6200000000000005|00/00|1"}
)

func seed(f *testing.F, seeds []string) {
	for _, text := range append(storagetest.Hostile(), seeds...) {
		f.Add(text)
	}
}

func FuzzAccount(f *testing.F) {
	seed(f, accounts)
	f.Fuzz(func(t *testing.T, text string) { checkAccount(t, text) })
}

func FuzzAddress(f *testing.F) {
	seed(f, addresses)
	f.Fuzz(func(t *testing.T, text string) { checkAddress(t, text) })
}

func FuzzCard(f *testing.F) {
	seed(f, cards)
	f.Fuzz(func(t *testing.T, text string) { checkCard(t, text) })
}

// stored are the bodies of a life with everything in it, as a journal has them.
var stored = []struct {
	kind    domain.Kind
	subject string
	body    string
}{
	{domain.KindOrderIssued, "ord_1", `{"v":1,"id":"ord_1","human_id":"A23456","number":"1","cart":{"currency":"EUR","lines":[{"title":"tea","price":1000,"quantity":1}]},"totals":{"subtotal":1000,"total":1000,"lines":[{"total":1000}]},"contact":true}`},
	{domain.KindPaymentOpened, "pay_1", `{"v":1,"id":"pay_1","amount":1000,"method":"card","capture":"manual","source":{"type":"card","last4":"4242"}}`},
	{domain.KindOperationRequested, "pay_1", `{"v":1,"id":"op_1","kind":"authorize","order":"ord_1","payment":"pay_1","key":"k1","amount":1000,"currency":"EUR","method":"card","variant":"sandbox"}`},
	{domain.KindOperationAnswered, "pay_1", `{"v":1,"operation":"op_1","status":"succeeded","facts":[{"event":"approved","action":"act_1","key":"k1","amount":1000,"currency":"EUR"}]}`},
	{domain.KindOperationRequested, "pay_1", `{"v":1,"id":"op_2","kind":"capture","order":"ord_1","payment":"pay_1","key":"k2","amount":700,"final":true,"currency":"EUR","method":"card","variant":"sandbox"}`},
	{domain.KindOperationAnswered, "pay_1", `{"v":1,"operation":"op_2","status":"succeeded","facts":[{"event":"payment_captured","action":"act_2","key":"k2","amount":700,"released":300,"final":true}]}`},
	{domain.KindFactsReported, "pay_1", `{"v":1,"payment":"pay_1","notice":"evt_1","facts":[{"event":"dispute_evidence_required","action":"act_3","case":"dsp_1","amount":500,"dispute":{"stage":"chargeback","status":"open","amount":500}}]}`},
	{domain.KindPaymentMoved, "pay_1", `{"v":1,"event":"judge","fraud":{"status":"accept"}}`},
	{domain.KindTimerFired, "ord_1", `{"v":1,"timer":"respond","subject":"dsp_1","at":"2026-03-01T09:00:00Z"}`},
	{domain.KindOrderMoved, "ord_1", `{"v":1,"event":"view"}`},
}

// lived are the entries of that life.
func lived() (entries []domain.Entry) {
	for i, s := range stored {
		entries = append(entries, domain.Entry{
			Seq: domain.Seq(i + 1), At: firstOf2026.Add(time.Duration(i) * time.Minute), Stream: "ord_1", Subject: s.subject, Kind: s.kind, Body: []byte(s.body),
		})
	}
	return entries
}

// checkBodies: a life in which one body is something else is refused or folds, twice to the same, and its amounts can be told.
// That body, written again after it was read, reads the same.
func checkBodies(t testing.TB, at int, body string) {
	at = ((at % len(stored)) + len(stored)) % len(stored)
	entries := lived()
	entries[at].Body = []byte(body)
	o, err := domain.Fold(entries)
	again, errAgain := domain.Fold(entries)
	if (err == nil) != (errAgain == nil) || !reflect.DeepEqual(o, again) {
		t.Fatalf("folded twice it is not the same: %v, %v", err, errAgain)
	}
	if err == nil {
		_, _, _ = o.FlatStatus(), o.BalanceDue(), o.Sums()
		_ = fmt.Sprint(o.Attention(), o.Label())
	}
	if doc, err := domain.Decode[domain.Report](entries[at]); err == nil {
		written, err := domain.EncodeBody(doc)
		if err != nil {
			t.Fatal(err)
		}
		e := entries[at]
		e.Body = written
		if read, err := domain.Decode[domain.Report](e); err != nil || !reflect.DeepEqual(read, doc) {
			t.Fatalf("%+v is written %s and read %+v, %v", doc, written, read, err)
		}
	}
}

func FuzzBodies(f *testing.F) {
	for i, s := range stored {
		f.Add(i, s.body)
		f.Add(i+1, s.body)
	}
	f.Fuzz(func(t *testing.T, at int, body string) { checkBodies(t, at, body) })
}

// The fuzzers' checks on texts that are made anew every time.
func TestAnyText(t *testing.T) {
	n := storagetest.Mutants(t, 3000, accounts, func(text string) { checkAccount(t, text) })
	n += storagetest.Mutants(t, 1000, addresses, func(text string) { checkAddress(t, text) })
	n += storagetest.Mutants(t, 3000, cards, func(text string) { checkCard(t, text) })
	if o, err := domain.Fold(lived()); err != nil || o.Sums().Captured != 700 || len(o.Payments[0].Disputes) != 1 {
		t.Fatalf("the life is none: %+v, %v", o, err)
	}
	var bodies []string
	for _, s := range stored {
		bodies = append(bodies, s.body)
	}
	at := 0
	n += storagetest.Mutants(t, 4000, bodies, func(text string) { at++; checkBodies(t, at, text) })
	t.Logf("proof: %d accounts, addresses, cards and bodies of entries read", n)
}
