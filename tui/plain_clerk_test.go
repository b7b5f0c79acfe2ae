package tui

import (
	"testing"

	"till/domain"
)

// What a clerk does beside selling, in words.

func TestPlainPaysInParts(t *testing.T) {
	c := aTalk(t)
	c.says(append([]string{"flat", "mug", "pay", "another amount", "99", "10", "1", "cash", ""}, card("4242424242424242")...)...).with(
		"to pay, €18.40", "pay €18.40 first?", "error: only €18.40 is due", "still due: €18.40 before, €8.40 after", "a part of €18.40, €10.00",
		"exactly €10.00", "the rest of €18.40, €8.40", "€10.00 is paid", "paid, order 1", "cash 10.00", "Visa ••4242 8.40")
	// Cash that is too little is the part, by the name of the key that was told.
	c.says("flat", "pay", "cash", "2", "ctrl+a", "", "cash", "").with(
		"error: €1.90 is missing. ctrl+a", "a part of €3.90, €2.00", "the rest of €3.90, €1.90", "paid, order 2")
}

func TestPlainRoundsCash(t *testing.T) {
	c := aTalk(t)
	c.till.Country = "FI" // where the cents are not in use
	c.says("flat", "-0.03", "pay", "cash", "").with("total €3.87", "exactly €3.85", "paid, order 1", "change €0.00", "TOTAL EUR 3.87")
}

func TestPlainParksAndRecalls(t *testing.T) {
	c := aTalk(t)
	c.says("esp", "park", "flat", "park", "mug", "recall", "coffee", "esp", "throw away", "2", "flat", "1").with(
		"parked: espresso, €2.40", "ready for the next customer", "parked sales", " 1 1 × flat white", " 2 1 × espresso",
		"coffee: none is called that", "esp: one is found", " 1 1 × espresso", "throw away: 1 × espresso", "throw it away?", "one is found",
		"line 1: 1 × flat white", "the other one is parked")
	c.says("recall", "3", "1", "again", "park", "recall", "1").with(" 1 1 × enamel mug", " 2 1 × espresso", "throw away: 1 × enamel mug", "throw it away?",
		" 1 1 × espresso", "back").without("the list is empty")
}

func TestPlainBringsBackByTheReceipt(t *testing.T) {
	c := aTalk(t)
	c.says("2*flat", "mug", "pay", "cash", "", "9", "bring back", "back", "flat", "pay", "cash", "", "bring back").with(
		"receipt", "sale", "error: no article", "which receipt?", "line 1: 1 × flat white", "receipt", "which receipt?")
	c.says("bring back", "77", "1", "one more flat white", "one more flat white", "one fewer flat white", "enter", "1").with(
		"which receipt?", "receipt (finds it):", "error: there is no order", "receipt (finds it):", "paid, order 1, €22.30", "what goes back? nothing yet",
		" 1 one more flat white", " 2 one more enamel mug", "goes back: 1 of 2 flat white, €3.90", "1 piece back: €3.90",
		"goes back: 2 of 2 flat white, €7.80", "goes back: 1 of 2", "refund €3.90?", "€22.30 before, €18.40 after", "€3.90 refunded to cash")
	c.says("bring back", "1", "all of it", "enter", "1").with("refund €18.40?", "nothing of this order is left to give back")
}

func TestPlainKnowsWhoComes(t *testing.T) {
	c := aTalk(t)
	add := []string{"new", "", "Lee", "lee@example.com", "", "pay", "cash", ""}
	c.says(append([]string{"flat", "customer", "Ann"}, add...)...).with("nobody is known yet", "First name, now Ann:", "Phone (this line saves):", "for Ann Lee", "paid, order 1")
	c.says("flat", "customer", "Bob", "new", "", "Lee", "bob@example.com", "").with(" 1 Ann Lee", "none is called that", "for Bob Lee")
	c.says("customer", "lee", "change", ":back", "ctrl+x", "customer", "bob", "F9").with(" 1 Ann Lee, lee@example.com", " 2 Bob Lee",
		"lee: 2 are found, which one?", "change: Ann Lee", "First name, now Ann:", "sale", "line 1", "customer", "one is found", "take and pay: Bob Lee", "how is it paid?")
}

func TestPlainSettings(t *testing.T) {
	c := aTalk(t)
	kept := map[string]any{}
	p, out := c.converse()
	p.app.opts.Setup = Setup{Config: "/etc/till.toml", Keep: func(name string, value any) error {
		kept[name] = value
		return nil
	}}
	for _, line := range []string{"settings", "theme", "shop", "-", "Corner", "currency", "nope", "chf", "prices", "prices"} {
		c.line(p, line)
	}
	told{c, out.String()}.with("what is changed is kept in /etc/till.toml", "money: SANDBOX: test money (another journal", " 1 theme: auto", "theme is kept in /etc/till.toml", "theme: dark",
		"change the shop?", "error: a shop has a name", "from the next start Corner", "error: not a currency", "from the next start CHF",
		"from the next start tax is added", "from the next start include tax").without("motion")
	if kept["shop"] != "Corner" || kept["currency"] != "CHF" || kept["prices_include_tax"] != true || kept["theme"] != "dark" {
		t.Errorf("kept was %v", kept)
	}
}

func TestPlainTellsWhatADayBrought(t *testing.T) {
	c := aTalk(t)
	c.says("2*flat", "pay", "cash", "", "usd", "pay", "cash", "")
	c.says("orders", "sales today", "another currency", "another currency", "the day before", "today").with(
		"today, Saturday 21 November, UTC: €7.80", "1 payment", "by hour", "09:00 €7.80", "by method", "cash €7.80 × 1", "Sat 21 Nov: €7.80, 1 payment",
		"UTC: $9.99", "UTC: €7.80", "yesterday, Friday 20 November", "nothing came on this day", "the day after", "today, Saturday")
}

func TestPlainTellsWhatNeedsSomebody(t *testing.T) {
	c := aTalk(t)
	c.says("orders", "what needs you").with("nothing needs you", "all orders")
	c.says("flat", "pay", "saved", "back", ":recall", ":nonsense").with("error: saved: not now", "nothing is parked", "there is no choice")
	c.says(":start over", "1")
	c.says(append([]string{"mug", "pay"}, card("4242424242424242")...)...)
	c.says("esp", "pay", "cash", "")
	c.disputed(2)
	c.says("orders", "what needs you", "1", "case", "timeline", "back", "back", "all orders").with(
		"2 orders", "! 1 dispute to answer €14.50", "what needs you", " 1 order 1 ", "answer, ", " left", "order 1", "the case", "timeline:", "filter: attention:yes", "2 orders").
		without("a lists them")
}

func TestPlainOpensACase(t *testing.T) {
	c := aTalk(t)
	c.says(append([]string{"mug", "pay"}, card("4242424242424242")...)...)
	c.says("sandbox", "books", "open a case", "chargeback", "1", "", "", "cases", "clock", "notices").with(
		"in hand: order 1, captured, €14.50, same in both books", "captured: till €14.50, gateway €14.50", "a case about order 1?",
		"it begins as", "reason", "time to answer, the network's, or 2d (this line: ", "cases", "in hand: order 1", "clock", "notices", "in hand: notice")
}

// A life that plays is stopped by an answer, and the next one counts.
func TestPlainPlaysALife(t *testing.T) {
	c := aTalk(t)
	c.says("flat", "pay", "cash", "")
	c.says("orders", "1", "first entry", "play", "the present", "the present", "lines").with(
		"rewound to entry 1 of 4", "entry 1 of 4, and it plays: an answer stops it", "rewound to entry 1 of 4\n", "the order is paid", "lines:", "1 × flat white")
}

// A word that a part or a key has is no text of a field, and none of a question.
func TestPlainNamesOfKeys(t *testing.T) {
	c := aTalk(t)
	c.says("flat", "F9", "Ctrl+A", "again", "shift+tab").with("how is it paid?", "pay €3.90 first?", "pay €3.90 first?", "there is no choice")
	if _, err := c.till.Store.Order(c.Context(), "1"); domain.CodeOf(err) != domain.CodeNotFound {
		t.Error("there is an order", err)
	}
}
