package sandbox_test

import (
	"testing"
	"time"

	"till/domain"
)

var cardRules = []struct {
	number, code, class string
	brand               domain.Brand
}{
	{"4242424242424242", "10000", "", domain.Visa},
	{"4543474002249996", "10000", "", domain.Visa},
	{"5436031030606378", "10000", "", domain.Mastercard},
	{"2223000010479399", "10000", "", domain.Mastercard},
	{"345678901234564", "10000", "", domain.Amex},
	{"378282246310005", "10000", "", domain.Amex},
	{"30123456789019", "10000", "", domain.Diners},
	{"6011111111111117", "10000", "", domain.Discover},
	{"3530111333300000", "10000", "", domain.JCB},
	{"4658584090000001", "10000", "", domain.Visa},
	{"4000000000000002", "20005", "soft", domain.Visa},
	{"4000000000009995", "20051", "soft", domain.Visa},
	{"4000000000009987", "30041", "hard", domain.Visa},
	{"4000000000009979", "30043", "hard", domain.Visa},
	{"4000000000000069", "20054", "soft", domain.Visa},
	{"4000000000000127", "20087", "soft", domain.Visa},
	{"4000000000000119", "20068", "soft", domain.Visa},
}

func TestCards(t *testing.T) {
	d := newDesk(t)
	table := d.Cards()
	if len(table) != len(cardRules) {
		t.Fatalf("%d cards in the table, %d are tested", len(table), len(cardRules))
	}
	for i, want := range cardRules {
		if got := table[i]; got.Number != want.number || got.Code != want.code || got.Brand != want.brand || got.Behaves == "" {
			t.Errorf("the table has %+v, want %+v", got, want)
		}
		if _, err := domain.ParseCard(want.number, "12/30", card(want.number).CVV.Reveal(), "", noon); err != nil {
			t.Errorf("%s: %v", want.number, err)
		}
		rule := "no rule says otherwise"
		if want.code != "10000" {
			rule = "card ending " + want.number[len(want.number)-4:]
		}
		d.decides(sale(want.number, want.number, 1000), want.code, want.class, rule)
	}
}

// decides checks an authorize's code, class, rule, status and fact.
func (d *desk) decides(op domain.Operation, code, class, rule string) {
	d.Helper()
	got := d.do(op)
	if got.Code != code || got.Class != class || got.Rule != rule || got.Summary == "" {
		d.Errorf("%s: %s %q by %q (%s), want %s %q by %q", op.Key, got.Code, got.Class, got.Rule, got.Summary, code, class, rule)
	}
	if code == "10000" {
		if got.Status != domain.Succeeded || len(got.Facts) != 2 {
			d.Errorf("%s: %+v", op.Key, got)
		}
		return
	}
	if got.Status != domain.Declined || len(got.Facts) != 1 {
		d.Fatalf("%s: %+v", op.Key, got)
	}
	if f := got.Facts[0]; f.Event != domain.DeclinedIt || f.Code != code || f.Class != class || f.Summary != got.Summary || f.Action != got.ProviderID {
		d.Errorf("%s: fact %+v", op.Key, f)
	}
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
		{1001, "EUR", "10000", "", none},
		{5100, "EUR", "10000", "", none},
		{1, "EUR", "10000", "", none},
		{1051, "JPY", "10000", "", none},
		{1051, "KWD", "10000", "", none},
	} {
		op := sale(string(tc.currency)+tc.currency.Format(tc.amount), visa, tc.amount)
		op.Currency, op.Payment = tc.currency, domain.PaymentID("pay_"+op.Key)
		d.decides(op, tc.code, tc.class, tc.rule)
	}
}

func TestTheCardDecidesBeforeTheAmount(t *testing.T) {
	d := newDesk(t)
	d.decides(sale("both", "4000000000009987", 1051), "30041", "hard", "card ending 9987")
}

func TestCardsThatAreNotTaken(t *testing.T) {
	d := newDesk(t)
	d.decides(sale("real", "4000056655665556", 1000), "20014", "soft", "not a test card")

	old := sale("old", visa, 1000)
	old.Card.Month, old.Card.Year = 2, 2026
	d.decides(old, "20054", "soft", "expiry in the past")
	thisMonth := sale("this month", visa, 1000)
	thisMonth.Card.Month, thisMonth.Card.Year = 3, 2026
	d.setNow(time.Date(2026, 3, 31, 23, 59, 59, 0, time.UTC))
	d.decides(thisMonth, "10000", "", "no rule says otherwise")
	d.setNow(time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC))
	thisMonth.Key = "next month"
	d.decides(thisMonth, "20054", "soft", "expiry in the past")
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
		"operation_not_supported":  func(op *domain.Operation) { op.Method = "ideal" },
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
	d.decides(sale("zero but declined", "4000000000000002", 0), "20005", "soft", "card ending 0002")
}
