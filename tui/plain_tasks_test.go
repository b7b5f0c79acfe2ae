package tui

import (
	"os"
	"path/filepath"
	"testing"

	"till/domain"
)

// disputed has the bank raise a chargeback about the newest payment of an order.
func (c *talk) disputed(newest int) {
	c.Helper()
	page, err := c.till.Store.Orders(c.Context(), domain.OrderQuery{Size: newest})
	if err != nil || len(page.Items) < newest {
		c.Fatal("no such order", err)
	}
	o, err := c.till.Store.Order(c.Context(), page.Items[newest-1].ID)
	if err != nil {
		c.Fatal(err)
	}
	if _, err = c.till.Bank.Raise(c.Context(), domain.Raising{Payment: o.Last().ID, Stage: domain.StageChargeback, Reason: "13.1"}); err == nil {
		err = c.till.Listen(c.Context())
	}
	if err != nil {
		c.Fatal(err)
	}
}

func TestPlainKnownCustomerOnASavedCard(t *testing.T) {
	c := aTalk(t)
	who := []string{"customer", "new", ":other country", "germ", "Ann", "Lee", "ann@example.com", ":save"}
	first := append(append([]string{"flat"}, who...), "pay", "card", ":terms", "7", "back")
	c.says(append(first, card("4242 4242 4242 4242")[1:]...)...).with("for Ann Lee", "Saved: not kept", "Saved: kept", "kept", "paid, order 1")
	c.says("mug", "customer", "lee", "1", "pay", "saved", "1").with(
		"customer: a number, or name, e-mail or phone:", "one is found", " 1 Ann Lee, ann@example.com, Visa", "change: Ann Lee", "for Ann Lee",
		"saved card", "Visa", "4242", "paid, order 2")
}

func TestPlainRefundsAPart(t *testing.T) {
	c := aTalk(t)
	c.says(append([]string{"mug", "pay"}, card("4242424242424242")...)...).with("paid, order 1")
	c.says("orders", "1", "refund", "99", "5", "1", "timeline", "next tab").with(
		"orders", " 1 order 1", "paid, walk-in, Visa", "refund €14.50?", "amount in EUR, now 14.50:",
		"error: between", "refund €5.00?", "kept: €14.50 before, €9.50 after", " 1 refund", "refunded €5.00", "timeline:")
	c.says("orders", "1", "r", "", "no").with("refund €9.50?").without("refunded €14.50")
}

func TestPlainSaysWhyNot(t *testing.T) {
	c := aTalk(t)
	c.says(append([]string{"mug", "pay"}, card("4242424242424242")...)...)
	c.says("orders", "1", "c").with("the payment", "is captured. it came: created, processing, captured.",
		"possible next: refund (r)", "not possible: capture, because: not while the payment is captured",
		"error: capture: not now (not while the payment is captured)")
}

func TestPlainAnswersAChargeback(t *testing.T) {
	c := aTalk(t)
	c.says(append([]string{"mug", "pay"}, card("4242424242424242")...)...)
	c.disputed(1)
	slip := filepath.Join(t.TempDir(), "slip.txt")
	if err := os.WriteFile(slip, []byte("signed"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.says("disputes", "1", "evidence", "a text", "it was signed for", "evidence", "2", slip, "evidence", "send it", "1").with(
		"open cases, the most urgent first", " 1 ", "chargeback", "evidence in the case", "what speaks for you?",
		"1 paper", "which file?", "2 papers", "send the evidence", "their turn")
}

func TestPlainClockPassesAHold(t *testing.T) {
	c := aTalk(t)
	c.says("mug", "pay", "card", ":take now or later", "4242424242424242", "12/34", "123", "").with("taken later", "hold, order 1")
	c.says("sandbox", "tab", "tab", "tab", "tab", "to a time", "soon", "40d").with("clock", "in hand:", "which time shall it be?", "error:", "one thing has happened")
	c.says("orders", "1").with("the payment", "is expired. it came: created, processing, authorized")
}

func TestPlainShift(t *testing.T) {
	c := aTalk(t)
	c.says("shift", "open a shift", "100", "pay in", "20", "", "change from the bank", "sale", "flat", "pay", "cash", "5",
		"shift", "X report", "done", "count and close", "123.90", "1").with(
		"float", "amount", "error: say it in a few words", "reason", "paid in", "how much cash is in the drawer?", "counted",
		"close the shift with €123.90 counted?")
}

func TestPlainFiltersOrders(t *testing.T) {
	c := aTalk(t)
	c.says("flat", "pay", "cash", "5", "mug", "pay", "cash", "20")
	c.says("orders", "filter", "mug", "1").with("2 orders", "filter, words of", "filter: mug", " 1 order 2", "order 2")
	c.says("orders", "filter", "nobody", "no filter", "filter", "status:nonsense", "no filter").with("no order fits this filter", "2 orders", "error: status:")
}

func TestPlainListsTenAtATime(t *testing.T) {
	c := aTalk(t)
	for range 12 {
		c.says("flat", "pay", "cash", "")
	}
	c.says("orders", "more", "2", "back", "previous").with(" 10 order 3 ", " 11 more, from 11 on", " 1 order 2 ", " 2 order 1 ", "those before", "order 1 ", " 1 order 12 ")
}

func TestPlainFaultsAndNotices(t *testing.T) {
	c := aTalk(t)
	c.says("sandbox", "hold back", "tab", "tab", "tab", "more", "more", "4", "set it").with("new notices wait here", "the call: authorize", "the fault: ", "set: authorize: ")
	c.says("sandbox", "tab", "tab", "tab", "take all back").with("nothing goes wrong any more")
	c.says(append([]string{"mug", "pay"}, card("4242424242424242")...)...).with("order 1")
	c.says("sandbox", "deliver all").with("notice", "pending", "delivered")
}

func TestPlainLostAnswerIsSaid(t *testing.T) {
	c := aTalk(t)
	if err := c.till.Bank.SetFault(t.Context(), domain.Fault{Operation: domain.Authorize, Name: "timeout_after", Times: 1}); err != nil {
		t.Fatal(err)
	}
	c.says(append(append([]string{"mug", "pay"}, card("4242424242424242")...), "ask now")...).with("UNKNOWN", "it never charges a second time", "paid, order 1")
}

func TestPlainPayout(t *testing.T) {
	c := aTalk(t)
	c.says("orders", "payouts", "new payout", "120", "", "Ann Lee", "DE89 3704 0044 0532 0130 00", "rent").with(
		"no payouts yet", "amount (expected)", "currency (expected), now EUR:", "name", "IBAN", "reference", "payout ")
	c.says("orders", "payouts", "1", "confirm", "1").with("payout", "€120.00", "3000")
}
