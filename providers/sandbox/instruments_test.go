package sandbox_test

import (
	"strings"
	"testing"
	"time"

	"till/domain"
)

// with is a sale of its own payment by something that is not a card.
func with(key string, source domain.Source) domain.Operation {
	op := sale(key, visa, 1000)
	op.Payment, op.Card, op.Source = domain.PaymentID("pay_"+key), nil, source
	return op
}

// paid is a sale of its own payment by a card, for a customer.
func paid(key, number string, customer domain.CustomerID) domain.Operation {
	op := sale(key, number, 1000)
	op.Payment, op.Customer = domain.PaymentID("pay_"+key), customer
	return op
}

func (d *desk) token(number string) domain.Token {
	d.Helper()
	token, err := d.Token(d.Context(), *card(number))
	if err != nil {
		d.Fatal(err)
	}
	return token
}

// turnedAway checks that a call was not taken, and why.
func (d *desk) turnedAway(op domain.Operation, code string) {
	d.Helper()
	if got := d.do(op); got.Status != domain.NotSent || got.Code != code || len(got.Facts) != 0 {
		d.Errorf("%s: %+v, want %s", op.Key, got, code)
	}
}

func TestTheSourceIsTold(t *testing.T) {
	d := newDesk(t)
	got := d.do(paid("a", visa, "cus_1")).Facts[0].Source
	want := domain.Source{
		Type: "card", ID: got.ID, Customer: "cus_1", Brand: domain.Visa, Last4: "4242", ExpiryMonth: 12, ExpiryYear: 2030, Country: "US",
	}
	if got.String() != want.String() || got.ID != want.ID || got.Customer != "cus_1" || got.Country != "US" || !strings.HasPrefix(got.ID, "src_") {
		t.Errorf("%+v", got)
	}
	d.do(sale("b", challengeCard, 1000))
	d.complete("passed")
	if s := d.facts()[2].Source; s == nil || s.Country != "DE" {
		t.Errorf("%+v", s)
	}
}

func TestTheSameCardKeepsItsSource(t *testing.T) {
	d := newDesk(t)
	id := func(op domain.Operation) string { return d.do(op).Facts[0].Source.ID }
	first, other, nobodys := id(paid("a", visa, "cus_1")), id(paid("b", visa, "cus_2")), id(paid("c", visa, ""))
	if first == other || first == nobodys || other == nobodys {
		t.Errorf("%s, %s and %s", first, other, nobodys)
	}
	if again := id(paid("d", visa, "cus_1")); again != first {
		t.Errorf("%s, before %s", again, first)
	}
	if again := id(paid("e", visa, "")); again != nobodys {
		t.Errorf("%s, before %s", again, nobodys)
	}
	newer := paid("f", visa, "cus_1")
	newer.Card.Year = 2031
	if id(newer) == first {
		t.Error("a card with another expiry is another one")
	}
}

func TestSources(t *testing.T) {
	d := newDesk(t)
	source := *d.do(paid("a", visa, "cus_1")).Facts[0].Source
	if got := d.do(with("b", domain.Source{Type: "id", ID: source.ID})); got.Status != domain.Succeeded || got.Facts[0].Source.ID != source.ID {
		t.Errorf("%+v", got)
	}
	remove := domain.Operation{Kind: domain.Revoke, Key: "r", Source: source}
	if got := d.do(remove); got.Status != domain.Succeeded || got.Facts[0].Event != domain.MandateRevoked {
		t.Errorf("%+v", got)
	}
	d.turnedAway(with("d", source), "source_removed")
	remove.Key = "r2"
	d.turnedAway(remove, "source_removed")
	remove.Key, remove.Source.ID = "r3", "src_none"
	d.turnedAway(remove, "source_invalid")
	if again := d.do(paid("e", visa, "cus_1")).Facts[0].Source.ID; again == source.ID {
		t.Error("what was removed is back")
	}
}

func TestASourceExpiresWithItsCard(t *testing.T) {
	d := newDesk(t)
	source := *d.do(paid("a", visa, "cus_1")).Facts[0].Source
	d.setNow(time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC))
	if got := d.do(with("b", source)); got.Code != "20054" {
		t.Errorf("expired: %+v", got)
	}
}

// TestSourcesOfDeclinedCards: the merchant is told nothing of a card that never succeeded, and cannot charge it.
func TestSourcesOfDeclinedCards(t *testing.T) {
	d := newDesk(t)
	if got := d.do(paid("a", "4000000000000002", "cus_1")); got.Facts[0].Source != nil {
		t.Errorf("%+v", got.Facts[0].Source)
	}
	d.turnedAway(with("b", domain.Source{Type: "customer", Customer: "cus_1"}), "customer_has_no_source")
}

func TestCustomers(t *testing.T) {
	d := newDesk(t)
	customer := domain.Source{Type: "customer", Customer: "cus_1"}
	d.turnedAway(with("a", customer), "customer_has_no_source")
	older := d.do(paid("b", visa, "cus_1")).Facts[0].Source.ID
	newer := d.do(paid("c", "5436031030606378", "cus_1")).Facts[0].Source.ID
	d.do(paid("d", "378282246310005", "cus_2"))
	if got := d.do(with("e", customer)).Facts[0].Source.ID; got != newer {
		t.Errorf("charged %s, want %s", got, newer)
	}
	d.do(domain.Operation{Kind: domain.Revoke, Key: "r", Source: domain.Source{ID: newer}})
	if got := d.do(with("f", customer)).Facts[0].Source.ID; got != older {
		t.Errorf("charged %s, want %s", got, older)
	}
}

func TestTokens(t *testing.T) {
	d := newDesk(t)
	token := d.token(visa)
	if !strings.HasPrefix(token.ID, "tok_") || !token.Until.Equal(noon.Add(15*time.Minute)) || token.Last4 != "4242" || token.Brand != domain.Visa {
		t.Fatalf("%+v", token)
	}
	use := func(key string) domain.Operation { return with(key, domain.Source{Type: "token", ID: token.ID}) }
	invalid := use("a")
	invalid.Amount = -1
	d.turnedAway(invalid, "amount_invalid")
	if got := d.do(use("b")); got.Status != domain.Succeeded || got.Facts[0].Source.ID == "" {
		t.Errorf("%+v", got)
	}
	if again := d.do(use("b")); again.Status != domain.Succeeded {
		t.Errorf("the same call again: %+v", again)
	}
	d.turnedAway(use("c"), "token_used")

	token = d.token("4000000000000002")
	if got := d.do(use("d")); got.Code != "20005" {
		t.Errorf("%+v", got)
	}
	d.turnedAway(use("e"), "token_used")

	token = d.token(visa)
	d.pass(15*time.Minute - time.Second)
	if got := d.do(use("f")); got.Status != domain.Succeeded {
		t.Errorf("%+v", got)
	}
	token = d.token(visa)
	d.pass(15 * time.Minute)
	d.turnedAway(use("g"), "token_expired")
}

func TestCardsThatGetNoToken(t *testing.T) {
	d := newDesk(t)
	real, short, old, odd := card("4000056655665556"), card(visa), card(visa), card(visa)
	short.CVV = domain.NewSecret("73")
	old.Year = 2020
	odd.Month = 13
	for field, c := range map[string][]*domain.Card{"number": {real}, "cvv": {short}, "expiry": {old, odd}} {
		for _, c := range c {
			_, err := d.Token(t.Context(), *c)
			if e, ok := err.(*domain.Error); !ok || e.Code != domain.CodeInvalid || len(e.Fields) != 1 || e.Fields[field] == "" {
				t.Errorf("%s: %v", field, err)
			}
		}
	}
}

func TestALaterTryNeedsNoCard(t *testing.T) {
	d := newDesk(t)
	d.do(sale("a", visa, 1051))
	again := sale("b", visa, 1000)
	again.Card, again.Follows = nil, true
	if got := d.do(again); got.Status != domain.Succeeded || got.Facts[0].Source.Last4 != "4242" {
		t.Errorf("%+v", got)
	}
	other := with("c", domain.Source{})
	other.Follows = true
	d.turnedAway(other, "card_required")
}

// TestTheCardThatOnlySaves approves while there is a card, and declines what was saved of it.
func TestTheCardThatOnlySaves(t *testing.T) {
	const number = "4000000000000341"
	d := newDesk(t)
	source := d.do(paid("a", number, "cus_1")).Facts[0].Source
	for key, of := range map[string]domain.Source{
		"b": {Type: "id", ID: source.ID}, "c": {Type: "customer", Customer: "cus_1"},
	} {
		if got := d.do(with(key, of)); got.Status != domain.Declined || got.Code != "20005" || got.Rule != "card ending 0341" {
			t.Errorf("%+v", got)
		}
	}
	d.do(mandate("m", number))
	if got := d.do(charge("d")); got.Status != domain.Declined || got.Code != "20005" {
		t.Errorf("%+v", got)
	}
	revoke := domain.Operation{Kind: domain.Revoke, Key: "r", Mandate: "man_1"}
	if got := d.do(revoke); got.Status != domain.Declined || got.Code != "mandate_revoke_failed" || got.Facts[0].Event != domain.OperationFailed {
		t.Errorf("%+v", got)
	}
	if got := d.do(paid("e", number, "cus_1")); got.Status != domain.Succeeded {
		t.Errorf("the card itself: %+v", got)
	}
}

// mandate sets up man_1 for a card of cus_1.
func mandate(key, number string) domain.Operation {
	return domain.Operation{
		Kind: domain.SetupRecurring, Key: key, Mandate: "man_1", Customer: "cus_1", Method: "card", Currency: "EUR", Card: card(number),
	}
}

// charge takes a payment of its own by man_1.
func charge(key string) domain.Operation {
	op := with(key, domain.Source{Type: "mandate", ID: "man_1"})
	op.Kind, op.Mandate = domain.ChargeRecurring, "man_1"
	return op
}

func TestMandates(t *testing.T) {
	d := newDesk(t)
	if got := d.do(charge("early")); got.Status != domain.Declined || got.Code != "mandate_not_active" || got.Facts[0].Event != domain.DeclinedIt {
		t.Errorf("%+v", got)
	}
	set := d.do(mandate("m", visa))
	if set.Status != domain.Succeeded || len(set.Facts) != 1 || set.Facts[0].Event != domain.SourceKept || set.Facts[0].Source.Customer != "cus_1" {
		t.Fatalf("%+v", set)
	}
	if got := d.do(charge("a")); got.Status != domain.Succeeded || got.Facts[0].Source.ID != set.Facts[0].Source.ID {
		t.Errorf("%+v", got)
	}
	refused := charge("b")
	refused.Amount = 2011
	if got := d.do(refused); got.Code != "200R1" || got.Class != "recurring_stop" {
		t.Errorf("%+v", got)
	}
	revoke := domain.Operation{Kind: domain.Revoke, Key: "r", Mandate: "man_1"}
	if got := d.do(revoke); got.Status != domain.Succeeded || got.Facts[0].Event != domain.MandateRevoked {
		t.Errorf("%+v", got)
	}
	if got := d.do(charge("c")); got.Code != "mandate_not_active" {
		t.Errorf("%+v", got)
	}
	synced := d.do(domain.Operation{Kind: domain.Sync, Key: "s", Mandate: "man_1"})
	if len(synced.Facts) != 2 || synced.Facts[0].Key != "m" || synced.Facts[1].Key != "r" {
		t.Errorf("%+v", synced)
	}
	for mandate, code := range map[domain.MandateID]string{"man_1": "mandate_not_active", "man_2": "mandate_not_found"} {
		revoke.Key, revoke.Mandate = "again "+string(mandate), mandate
		if got := d.do(revoke); got.Status != domain.Declined || got.Code != code {
			t.Errorf("%+v", got)
		}
	}
}

func TestMandatesOfRemovedSources(t *testing.T) {
	d := newDesk(t)
	source := d.do(mandate("m", visa)).Facts[0].Source
	d.do(domain.Operation{Kind: domain.Revoke, Key: "r", Source: *source})
	if got := d.do(charge("a")); got.Code != "mandate_not_active" {
		t.Errorf("%+v", got)
	}
}

func TestSetups(t *testing.T) {
	d := newDesk(t)
	if got := d.do(mandate("a", "4000000000009995")); got.Status != domain.Declined || got.Code != "20051" || got.Facts[0].Event != domain.OperationFailed {
		t.Errorf("%+v", got)
	}
	// Nobody is there to be challenged, neither now nor when it is charged.
	if got := d.do(mandate("b", challengeCard)); got.Status != domain.Succeeded {
		t.Errorf("%+v", got)
	}
	if got := d.do(charge("c")); got.Status != domain.Succeeded {
		t.Errorf("%+v", got)
	}
	forPayment := mandate("d", visa)
	forPayment.Mandate, forPayment.Payment = "", "pay_1"
	got := d.do(forPayment)
	if got.Status != domain.Succeeded || got.Facts[0].Event != domain.SourceKept {
		t.Fatalf("%+v", got)
	}
	later := sale("e", visa, 1000)
	later.Card, later.Source = nil, *got.Facts[0].Source
	if got := d.do(later); got.Status != domain.Succeeded {
		t.Errorf("%+v", got)
	}
	without := mandate("f", visa)
	without.Card = nil
	d.turnedAway(without, "card_required")
}
