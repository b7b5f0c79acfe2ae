package sandbox_test

import (
	"slices"
	"testing"
	"time"

	"till/domain"
)

// flow is how a card's authorization goes on, or what it asks for first.
var cardRules = []struct {
	number, code, class string
	brand               domain.Brand
	facts               []domain.Event
}{
	{"4242424242424242", "10000", "", domain.Visa, sold},
	{"4543474002249996", "10000", "", domain.Visa, sold},
	{"5436031030606378", "10000", "", domain.Mastercard, sold},
	{"2223000010479399", "10000", "", domain.Mastercard, sold},
	{"345678901234564", "10000", "", domain.Amex, sold},
	{"378282246310005", "10000", "", domain.Amex, sold},
	{"30123456789019", "10000", "", domain.Diners, sold},
	{"6011111111111117", "10000", "", domain.Discover, sold},
	{"3530111333300000", "10000", "", domain.JCB, sold},
	{"4658584090000001", "10000", "", domain.Visa, sold},
	{"4000000000000002", "20005", "soft", domain.Visa, refused},
	{"4000000000009995", "20051", "soft", domain.Visa, refused},
	{"4000000000009987", "30041", "hard", domain.Visa, refused},
	{"4000000000009979", "30043", "hard", domain.Visa, refused},
	{"4000000000000069", "20054", "soft", domain.Visa, refused},
	{"4000000000000127", "20087", "soft", domain.Visa, refused},
	{"4000000000000119", "20068", "soft", domain.Visa, refused},
	{"4000000000000341", "10000", "", domain.Visa, sold},
	{"4000002760003184", "action_required", "", domain.Visa, asked},
	{"4000000000003220", "action_required", "", domain.Visa, asked},
	{"4000008400001629", "action_required", "", domain.Visa, asked},
	{"4000008400001280", "action_required", "", domain.Visa, asked},
	{"4000000000007726", "10000", "", domain.Visa, sold},
	{"4000000000005126", "10000", "", domain.Visa, sold},
	{"4000000000009235", "10100", "", domain.Visa, held},
	{"4000000000004954", "10100", "", domain.Visa, held},
	{"4000000000001018", "10000", "", domain.Visa, held},
	{"4000000000000259", "10000", "", domain.Visa, sold},
	{"4000000000002685", "10000", "", domain.Visa, sold},
	{"4000000000001976", "10000", "", domain.Visa, sold},
	{"4000000000005423", "10000", "", domain.Visa, sold},
	{"4000000404000079", "10000", "", domain.Visa, sold},
	{"4000008400000779", "10000", "", domain.Visa, sold},
}

var (
	sold    = []domain.Event{domain.Approved, domain.Captured}
	held    = []domain.Event{domain.Approved}
	refused = []domain.Event{domain.DeclinedIt}
	asked   = []domain.Event{domain.ActionRequired}
)

func TestCards(t *testing.T) {
	d := newDesk(t)
	table := d.Cards()
	if len(table) != len(cardRules) {
		t.Fatalf("%d cards in the table, %d are tested", len(table), len(cardRules))
	}
	endings := map[string]bool{}
	for i, want := range cardRules {
		got := table[i]
		if got.Number != want.number || got.Brand != want.brand || got.Behaves == "" {
			t.Errorf("the table has %+v, want %+v", got, want)
		}
		ending := want.number[len(want.number)-4:]
		if endings[ending] {
			t.Errorf("two cards end in %s: a kept one would not be known", ending)
		}
		endings[ending] = true
		if _, err := domain.ParseCard(want.number, "12/30", card(want.number).CVV.Reveal(), "", noon); err != nil {
			t.Errorf("%s: %v", want.number, err)
		}
		rule := "card ending " + ending
		if got.Behaves == "approved" {
			rule = "no rule says otherwise"
		}
		op := sale(want.number, want.number, 1000)
		op.Payment = domain.PaymentID("pay_" + ending)
		d.decides(op, want.code, want.class, rule, want.facts)
	}
}

// decides checks an authorize's code, class, rule, status and facts.
func (d *desk) decides(op domain.Operation, code, class, rule string, facts []domain.Event) {
	d.Helper()
	got := d.do(op)
	if got.Code != code || got.Class != class || got.Rule != rule || got.Summary == "" {
		d.Errorf("%s: %s %q by %q (%s), want %s %q by %q", op.Key, got.Code, got.Class, got.Rule, got.Summary, code, class, rule)
	}
	status := domain.Succeeded
	switch facts[len(facts)-1] {
	case domain.DeclinedIt:
		status = domain.Declined
	case domain.ActionRequired:
		status = domain.Pending
	}
	if got.Status != status || !slices.Equal(eventsOf(got.Facts), facts) {
		d.Fatalf("%s: %s with %v, want %s with %v", op.Key, got.Status, eventsOf(got.Facts), status, facts)
	}
	if f := got.Facts[0]; status == domain.Declined && (f.Code != code || f.Class != class || f.Summary != got.Summary || f.Action != got.ProviderID) {
		d.Errorf("%s: fact %+v", op.Key, f)
	}
}

func eventsOf(facts []domain.Fact) []domain.Event {
	var events []domain.Event
	for _, f := range facts {
		events = append(events, f.Event)
	}
	return events
}

func TestAmounts(t *testing.T) {
	const none = "no rule says otherwise"
	d := newDesk(t)
	for _, tc := range []struct {
		amount            domain.Amount
		currency          domain.Currency
		code, class, rule string
	}{
		{1005, "EUR", "20005", "soft", "amount ending 05"},
		{5, "EUR", "20005", "soft", "amount ending 05"},
		{1012, "EUR", "20012", "soft", "amount ending 12"},
		{1014, "EUR", "20014", "soft", "amount ending 14"},
		{1051, "EUR", "20051", "soft", "amount ending 51"},
		{1054, "EUR", "20087", "soft", "amount ending 54"},
		{1062, "EUR", "20062", "soft", "amount ending 62"},
		{1063, "EUR", "20063", "soft", "amount ending 63"},
		{1033, "EUR", "30033", "hard", "amount ending 33"},
		{4001, "EUR", "40101", "risk", "amount ending 4001"},
		{1234001, "USD", "40101", "risk", "amount ending 4001"},
		{2011, "EUR", "200R1", "recurring_stop", "amount ending 2011"},
		{6510, "EUR", "20154", "soft", "amount ending 6510"},
		{5000, "EUR", "10000", "", none}, // without 3DS
		{2011, "JPY", "10000", "", none},
		{1001, "EUR", "10000", "", none},
		{5100, "EUR", "10000", "", none},
		{1, "EUR", "10000", "", none},
		{1051, "JPY", "10000", "", none},
		{1051, "KWD", "10000", "", none},
	} {
		op := sale(string(tc.currency)+tc.currency.Format(tc.amount), visa, tc.amount)
		op.Currency, op.Payment = tc.currency, domain.PaymentID("pay_"+op.Key)
		facts := refused
		if tc.code == "10000" {
			facts = sold
		}
		d.decides(op, tc.code, tc.class, tc.rule, facts)
	}
}

func TestTheCardDecidesBeforeTheAmount(t *testing.T) {
	d := newDesk(t)
	d.decides(sale("both", "4000000000009987", 1051), "30041", "hard", "card ending 9987", refused)
}

func TestCardsThatAreNotTaken(t *testing.T) {
	d := newDesk(t)
	d.decides(sale("real", "4000056655665556", 1000), "20014", "soft", "not a test card", refused)

	old := sale("old", visa, 1000)
	old.Card.Month, old.Card.Year = 2, 2026
	d.decides(old, "20054", "soft", "expiry in the past", refused)
	thisMonth := sale("this month", visa, 1000)
	thisMonth.Card.Month, thisMonth.Card.Year = 3, 2026
	d.setNow(time.Date(2026, 3, 31, 23, 59, 59, 0, time.UTC))
	d.decides(thisMonth, "10000", "", "no rule says otherwise", sold)
	d.setNow(time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC))
	thisMonth.Key = "next month"
	d.decides(thisMonth, "20054", "soft", "expiry in the past", refused)
}

func TestWhatIsNotValid(t *testing.T) {
	d := newDesk(t)
	for code, change := range map[string]func(*domain.Operation){
		"cvv_invalid":              func(op *domain.Operation) { op.Card.CVV = domain.NewSecret("73") },
		"expiry_invalid":           func(op *domain.Operation) { op.Card.Month = 13 },
		"card_required":            func(op *domain.Operation) { op.Card = nil },
		"amount_invalid":           func(op *domain.Operation) { op.Amount = -1 },
		"currency_invalid":         func(op *domain.Operation) { op.Currency = "eur" },
		"idempotency_key_required": func(op *domain.Operation) { op.Key = "" },
		"reference_required":       func(op *domain.Operation) { op.Payment = "" },
		"operation_not_supported":  func(op *domain.Operation) { op.Method = "cheque" },
		"bic_invalid":              func(op *domain.Operation) { op.Method, op.Source.Fields = "ideal", map[string]string{"bic": "INGBNL2"} },
		"token_invalid":            func(op *domain.Operation) { op.Card, op.Source.ID = nil, "tok_none" },
		"source_invalid":           func(op *domain.Operation) { op.Card, op.Source.ID = nil, "src_none" },
		"customer_has_no_source": func(op *domain.Operation) {
			op.Card, op.Source = nil, domain.Source{Type: "customer", Customer: "cus_none"}
		},
	} {
		op := sale("k", visa, 1000)
		change(&op)
		if got := d.do(op); got.Status != domain.NotSent || got.Code != code || len(got.Facts) != 0 || got.Summary == "" {
			t.Errorf("%s: %+v", code, got)
		}
	}
	amex := sale("amex", "378282246310005", 1000)
	amex.Card.CVV = domain.NewSecret("737")
	if got := d.do(amex); got.Code != "cvv_invalid" {
		t.Errorf("Amex has four digits: %+v", got)
	}
	if got := d.do(change(domain.Sync, "s", 0)); got.Status != domain.NotFound {
		t.Errorf("what is not valid left a trace: %+v", got)
	}
}

func TestVerification(t *testing.T) {
	d := newDesk(t)
	got := d.do(sale("zero", visa, 0))
	if got.Status != domain.Succeeded || len(got.Facts) != 1 || got.Facts[0].Event != domain.Verified {
		t.Errorf("%+v", got)
	}
	if b := d.books("pay_1"); b.Authorized != 0 || b.Captured != 0 {
		t.Errorf("books %+v", b)
	}
	d.decides(sale("zero but declined", "4000000000000002", 0), "20005", "soft", "card ending 0002", refused)
}
