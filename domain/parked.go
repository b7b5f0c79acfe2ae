package domain

import (
	"slices"
	"time"
)

// ParkedSale is a sale that is no order yet: the one on the screen, or one that was put aside. What is sold is in the
// words of whoever keeps it; whom it is for stands apart from that, so that they can be forgotten.
type ParkedSale struct {
	ID       string     // "": the one on the screen of this console
	At       time.Time  // since when it is put aside
	Customer CustomerID // who is known to the till; "": nobody
	Client   Person
	Notes    map[int]string // on its lines, by their places from 0: they tell of whom it is for
	Sale     []byte         // empty: there is none

	// Elsewhere tells that the sale is on the screen of another console, which is alive: it is not to be taken from there.
	// What a console left there that is gone can be brought back as if it were put aside.
	Elsewhere bool
}

// IsOf tells whether a sale is that of a customer, who has told those e-mail addresses and phone numbers.
func (p ParkedSale) IsOf(id CustomerID, told []Person) bool {
	return p.Customer == id || slices.ContainsFunc(told, p.Client.IsMeantBy)
}
