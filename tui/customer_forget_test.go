package tui

import (
	"testing"

	"till/domain"
	"till/domain/till"
)

// Somebody who told no e-mail address and paid in cash is forgotten with their orders: the one that was made in their
// name, and the one that has their number.
func TestWhoPaidInCashIsForgotten(t *testing.T) {
	d := drive(t, 80, 24)
	ada, err := d.till.AddCustomer(t.Context(), till.Intent{}, domain.Person{FirstName: "Ada", LastName: "Lovelace"})
	if err != nil {
		t.Fatal(err)
	}
	bob, err := d.till.AddCustomer(t.Context(), till.Intent{}, domain.Person{FirstName: "Bob", Phone: "+44 20 7946 0001"})
	if err != nil {
		t.Fatal(err)
	}
	d.typed("mug<enter>").press("ctrl+b").typed("ada").press("enter").press("enter", "a", "enter").sees("paid")
	byPhone, err := d.till.Issue(t.Context(), till.Intent{}, till.NewOrder{
		Client: domain.Person{FirstName: "Robert", Phone: "+442079460001"}, Cart: domain.Cart{
			Currency: "EUR", Lines: []domain.Line{{Title: "tea", Price: 100, Quantity: 1}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	atTill := d.orders()[len(d.orders())-1].ID
	if atTill == byPhone.ID {
		atTill = d.orders()[0].ID
	}
	for customer, order := range map[domain.CustomerID]domain.OrderID{ada.ID: atTill, bob.ID: byPhone.ID} {
		_, orders, err := d.till.Forget(t.Context(), till.Intent{}, customer)
		if err != nil || len(orders) != 1 || orders[0] != order {
			t.Errorf("forgot %v of %s, %v", orders, order, err)
		}
		o, err := d.till.Store.Order(t.Context(), order)
		if err != nil || o.Client != (domain.Person{}) {
			t.Errorf("still there: %+v, %v", o.Client, err)
		}
	}
}
