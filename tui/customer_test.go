package tui

import (
	"testing"

	"till/domain"
	"till/domain/till"
)

// regulars are customers who are known, the second with a card.
func (d *driver) regulars() *driver {
	d.t.Helper()
	for _, p := range []domain.Person{
		{FirstName: "Ada", LastName: "Lovelace", Email: "ada@example.com", Phone: "+44 20 7946 0001", Notes: "of the shop", Address: domain.Address{Country: "GB", City: "London"}},
		{FirstName: "Grace", LastName: "Hopper", Email: "grace@example.com"},
		{FirstName: "Alan", LastName: "Turing", Email: "alan@example.com"},
	} {
		if _, err := d.till.AddCustomer(d.t.Context(), till.Intent{}, p); err != nil {
			d.t.Fatal(err)
		}
	}
	card, err := domain.ParseCard("4242424242424242", "12/34", "100", "", d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	o, err := d.till.Issue(d.t.Context(), till.Intent{}, till.NewOrder{Client: domain.Person{FirstName: "Grace", LastName: "Hopper", Email: "grace@example.com"}, Cart: domain.Cart{
		Currency: "EUR", Lines: []domain.Line{{Title: "tea", Price: 100, Quantity: 1}},
	}})
	if err != nil {
		d.t.Fatal(err)
	}
	_, err = d.till.Pay(d.t.Context(), till.Intent{}, till.Payable{Order: o.ID, Method: "card", Source: domain.Source{Type: "card"}, Card: &card, Save: true})
	if err != nil {
		d.t.Fatal(err)
	}
	d.follow()
	return d
}

// TestKnownCustomerTakesFewKeys counts the keys after the scan, the letters of the search too: six at most.
func TestKnownCustomerTakesFewKeys(t *testing.T) {
	for name, keys := range map[string][]string{
		"who comes often": {"ctrl+b", "enter", "enter", "s", "enter"},
		"a letter":        {"ctrl+b", "g", "enter", "enter", "s", "enter"},
		"two letters":     {"ctrl+b", "h", "o", "f9", "s", "enter"},
	} {
		d := drive(t, 80, 24).regulars()
		d.scan("4006381333931")
		d.keys = 0
		if d.press(keys...).sees("paid", "Hopper"); d.keys > 6 {
			t.Errorf("%s: %d keys", name, d.keys)
		}
		o, err := d.till.Store.Order(t.Context(), d.orders()[0].ID)
		if err != nil || o.Client.Email != "grace@example.com" {
			t.Errorf("%s: %v %+v", name, err, o.Client)
		}
	}
}

func TestCustomersAreFound(t *testing.T) {
	d := drive(t, 80, 24).regulars()
	d.press("ctrl+b").sees("Grace Hopper", "Ada Lovelace", "Visa")
	for typed, want := range map[string]string{"love": "Ada Lovelace", "ALAN@": "Alan Turing", "7946": "Ada Lovelace", "20794": "Ada Lovelace", "grace ho": "Grace Hopper"} {
		d.typed(typed).sees("› " + want)
		for _, other := range []string{"Ada Lovelace", "Alan Turing", "Grace Hopper"} {
			if other != want {
				d.lacks(other)
			}
		}
		d.press("esc")
	}
	d.typed("nobody").sees("none is called that").press("enter", "esc", "esc").sees("ready for the next customer")
	d.typed("mug<enter>").press("ctrl+n").typed("<tab>gift<enter>").press("ctrl+b").typed("ada<enter>").sees("for Ada Lovelace")
	if got := d.app.sale().basket.Client; got.Notes != "gift" || got.Address.City != "London" {
		t.Errorf("%+v", got)
	}
	d.press("ctrl+b", "ctrl+x").sees("no customer")
}

// A burst goes where a person meant it, though the list is not there yet.
func TestCustomerInABurst(t *testing.T) {
	d := drive(t, 80, 24).regulars().typed("mug<enter>")
	d.hold().press("ctrl+b").typed("ada<enter>2*crs<enter>").release()
	d.sees("for Ada Lovelace", "2 × croissant")
	if left := d.app.sale().entry.Value(); left != "" {
		t.Errorf("%q is left", left)
	}
}

// Who is new is kept for the next time, and who is known is changed for good.
func TestNewAndChangedCustomers(t *testing.T) {
	d := drive(t, 80, 24)
	d.typed("mug<enter>").press("ctrl+b").typed("Emmy Noether").press("ctrl+n").sees("Emmy", "Noether").typed("<tab><tab>emmy@example.com").press("f9")
	d.sees("for Emmy Noether").press("ctrl+b").sees("emmy@example.com").press("ctrl+e").typed("<tab><tab><tab>0123").press("f9").sees("for Emmy Noether")
	c, err := d.till.Customer(t.Context(), "emmy@example.com")
	if err != nil || c.Client.Phone != "0123" || c.Version != 2 {
		t.Errorf("%v %+v", err, c)
	}
	if b := d.app.sale().basket; b.Customer != c.ID || b.Client.Phone != "0123" {
		t.Errorf("%+v", b)
	}
	d.start(80, 24)
	d.sees("for Emmy Noether")
}
