package sqlite

import (
	"cmp"
	"slices"
	"strings"

	"till/domain"
)

// Group gives the orders that have a payment of the group, in the order in which those were opened.
func (t *tx) Group(group domain.GroupID) ([]domain.OrderID, error) {
	ids, err := readIDs(t.s, "select id from names where kind = 'group' and name = ?", tail(string(group)))
	if err != nil {
		return nil, err
	}
	opened := map[domain.OrderID]domain.Seq{}
	var orders []domain.OrderID
	for _, id := range ids {
		o, err := t.Order(domain.OrderID(id))
		if err != nil {
			return nil, err
		}
		orders, opened[o.ID] = append(orders, o.ID), openedIn(o, group)
	}
	slices.SortFunc(orders, func(a, b domain.OrderID) int { return cmp.Compare(opened[a], opened[b]) })
	return orders, nil
}

// openedIn gives the entry that opened the order's first payment of a group.
func openedIn(o *domain.Order, group domain.GroupID) domain.Seq {
	for _, step := range o.Steps {
		if p := o.Payment(domain.PaymentID(step.Subject)); p != nil && p.Group == group {
			return step.Seq
		}
	}
	return 0
}

// Customer folds a customer's entries, with what they told.
func (t *tx) Customer(id domain.CustomerID) (*domain.Customer, error) { return readCustomer(t.s, id) }

// Source folds a kept source's entries.
func (t *tx) Source(id string) (*domain.KeptSource, error) { return readSource(t.s, id) }

// Mandate folds a mandate's entries.
func (t *tx) Mandate(id domain.MandateID) (*domain.Mandate, error) { return readMandate(t.s, id) }

// Payout folds a payout's entries, with the name of whom it goes to.
func (t *tx) Payout(id domain.PayoutID) (*domain.Payout, error) { return readPayout(t.s, id) }

// Salt gives the salt of a row of the cabinet; "" where there is none, or not any more.
func (t *tx) Salt(row string) (string, error) {
	var salt string
	_, err := t.s.first([]any{&salt}, "select salt from people where id = ?", row)
	return salt, err
}

// PayoutsTo gives the payouts that go to a customer, oldest first.
func (t *tx) PayoutsTo(customer domain.CustomerID) ([]domain.PayoutID, error) {
	ids, err := readIDs(t.s, "select id from names where kind = 'payee' and name = ? order by n", tail(string(customer)))
	payouts := make([]domain.PayoutID, len(ids))
	for i, id := range ids {
		payouts[i] = domain.PayoutID(id)
	}
	return payouts, err
}

// ByEmail gives the first customer who has the e-mail address, in any case of letters.
func (t *tx) ByEmail(email string) (domain.CustomerID, bool, error) {
	var id domain.CustomerID
	found, err := t.s.first([]any{&id}, "select id from names where kind = 'email' and name = ? order by n limit 1", strings.ToLower(email))
	return id, found, err
}

// OrdersOf gives the orders that are a customer's, those that they paid with a source of theirs, and those whose client is
// meant by what they told.
func (t *tx) OrdersOf(customer domain.CustomerID, told domain.Person) ([]domain.OrderID, error) {
	ids, err := readIDs(t.s, "select id from names where kind = 'buyer' and name = ?", tail(string(customer)))
	if err == nil && told.Email+told.Phone != "" {
		var more []string
		more, err = ordersTold(t.s, told)
		ids = append(ids, more...)
	}
	slices.Sort(ids)
	var orders []domain.OrderID
	for _, id := range slices.Compact(ids) {
		orders = append(orders, domain.OrderID(id))
	}
	return orders, err
}
