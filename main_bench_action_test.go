package main

import (
	"testing"
	"time"
)

// BenchmarkActionKey pays: the key that sends it, until the receipt is there. By card the order is issued, the sale taken off
// the screen's row, the payment asked for, done by the gateway in its own file, and booked: five durable commits lie between. In cash
// there are three, and that is measured beside the same key and screen without any: the receipt of an order that is paid.
func BenchmarkActionKey(b *testing.B) {
	const payments = 5
	all := contenders(b)
	rounds(b, all, func(c *contender) {
		term := c.start(b)
		defer term.close()
		for range payments {
			if c.name == hello {
				term.idles(25 * time.Millisecond)
				pressed, seen := term.answer("j")
				c.took("payment", pressed, seen)
				continue
			}
			c.pays(term, "payment", "\x1b[20~", strokes{{"c", "Card number"}, {"\x14", "type to find"}, {"\r", "test card: approved"}})
			c.pays(term, "cash", "\r", strokes{{"a", "given"}, {right, "change"}})
			c.shows(term)
		}
	})
	report(b, all, "payment", "ms", 0.5, 1.3)
	for _, c := range all[1:] {
		reportBeside(b, c.samples["receipt"], []*contender{c}, "cash", "ms", 0.5, 1.3)
	}
}

// strokes are keys with what each leads to.
type strokes []struct{ key, shown string }

func (s strokes) press(term *terminal) {
	term.Helper()
	for _, stroke := range s {
		term.send(stroke.key)
		term.sees(stroke.shown)
	}
}

// pays sells a coffee: the strokes lead to where a key pays.
func (c *contender) pays(term *terminal, what, key string, way strokes) {
	term.Helper()
	strokes{{flatWhite, "1 × Flat white"}, {"\r", "to pay"}}.press(term)
	way.press(term)
	c.presses(term, what, key)
	strokes{{"\r", "ready for the next customer"}}.press(term)
}

// shows goes to the order that was paid last, and shows its receipt.
func (c *contender) shows(term *terminal) {
	term.Helper()
	strokes{{"\x1bOR", "paid with"}, {"\r", "p receipt"}}.press(term)
	c.presses(term, "receipt", "p")
	strokes{{"\x1bOQ", "ready for the next customer"}}.press(term)
}

// presses a key, and waits for a receipt.
func (c *contender) presses(term *terminal, what, key string) {
	term.Helper()
	term.idles(25 * time.Millisecond)
	pressed := time.Now()
	term.send(key)
	term.sees(`receipt(?s).*● paid`)
	c.took(what, pressed, term.at)
}
