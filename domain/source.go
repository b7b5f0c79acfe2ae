package domain

import (
	"fmt"
	"strings"
)

// Source is what a payment is made with, as far as it may be known: never more of a card than this. Once a
// provider has told that it keeps the source, ID is its name for it.
type Source struct {
	Type        string            `json:"type"`         // card, token, id, customer, mandate, cash, or the method's name
	ID          string            `json:"id,omitempty"` // tok_, src_ or man_
	Customer    CustomerID        `json:"customer,omitempty"`
	Brand       Brand             `json:"brand,omitempty"`
	Last4       string            `json:"last4,omitempty"`
	ExpiryMonth int               `json:"expiry_month,omitempty"`
	ExpiryYear  int               `json:"expiry_year,omitempty"`
	Country     string            `json:"country,omitempty"` // of the bank, ISO 3166
	Fields      map[string]string `json:"fields,omitempty"`  // what else a method wants to know, such as the bic of a bank
}

// String is the source in a few words: "Visa ••4242", "cash".
func (s Source) String() string {
	if s.Last4 == "" {
		return s.Type
	}
	return fmt.Sprintf("%s ••%s", s.Brand, s.Last4)
}

// Stored tells whether a provider keeps the source, so that it can be charged on a later day.
func (s Source) Stored() bool {
	return strings.HasPrefix(s.ID, "src_") || strings.HasPrefix(s.ID, "man_") || s.Type == "customer"
}
