package domain

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// LinePart is some pieces of one of an order's lines, as they go back.
type LinePart struct {
	Line     int    `json:"line"` // its place in the order, from 0
	Quantity int64  `json:"quantity"`
	Amount   Amount `json:"amount"` // minor units: what they come to, with their discounts and their tax
}

// Pieces names pieces of an order: by the article's number, or by the title of a line without one. Quantity 0 is all
// that are left.
type Pieces struct {
	SKU      string `json:"sku"`
	Quantity int64  `json:"quantity"`
}

// LinesCome says what pieces of the order come to, in minor units: what they were paid with, so with their share of
// all discounts and of the tax, without delivery and tip. Each part names one line. Pieces that have gone back, or
// are on their way, are not left any more; once all of a line have, their amounts add up to the line's to the last
// unit. What is wrong is named at once (CodeInvalid).
func (o *Order) LinesCome(wished []Pieces) (parts []LinePart, sum Amount, err error) {
	problems := map[string]string{}
	taken := o.partsGone()
	for i, w := range wished {
		found, sentence := o.piecesOf(w, taken)
		if sentence != "" {
			problems[fmt.Sprintf("lines[%d]", i)] = sentence
		}
		for _, part := range found {
			taken = append(taken, part)
			parts = append(parts, part)
			sum += part.Amount
		}
	}
	if sum == 0 && len(problems) == 0 {
		problems["lines"] = "come to nothing"
	}
	return parts, sum, Invalid("the refund", problems)
}

// PiecesLeft is how many pieces of each line have not gone back and are not on their way.
func (o *Order) PiecesLeft() []int64 {
	gone := o.partsGone()
	left := make([]int64, len(o.Cart.Lines))
	for i, l := range o.Cart.Lines {
		left[i] = l.Quantity - quantityOf(gone, i)
	}
	return left
}

// PartsOf says what so many pieces of each line come to, as LinesCome does; more than are left are as many as are.
func (o *Order) PartsOf(pieces []int64) []LinePart {
	gone, left := o.partsGone(), o.PiecesLeft()
	var parts []LinePart
	for i, n := range pieces {
		if n = min(n, left[i]); n > 0 {
			parts = append(parts, o.part(i, n, gone))
		}
	}
	return parts
}

// RefundsTo is the payment to which an amount goes back: the newest that has so much left, since what was paid with
// one means goes back to one. nil where none has.
func (o *Order) RefundsTo(a Amount) *Payment {
	for _, p := range slices.Backward(o.Payments) {
		if a > 0 && p.Sums.Refundable() >= a {
			return p
		}
	}
	return nil
}

// PartsLeft refuses pieces that have gone back in another way since they were asked for (CodeInvalid).
func (o *Order) PartsLeft(parts []LinePart) error {
	gone := o.partsGone()
	problems := map[string]string{}
	for i, part := range parts {
		if left := o.Cart.Lines[part.Line].Quantity - quantityOf(gone, part.Line); part.Quantity > left {
			problems[fmt.Sprintf("lines[%d]", i)] = leftSentence(left, o.lineName(part.Line))
		}
	}
	return Invalid("the refund", problems)
}

// piecesOf finds pieces line by line, as the same article may stand in several; a sentence if there are not enough.
func (o *Order) piecesOf(w Pieces, gone []LinePart) ([]LinePart, string) {
	if w.Quantity < 0 {
		return nil, "must be at least 1"
	}
	var parts []LinePart
	known, missing, left := false, w.Quantity, int64(0)
	for i := range o.Cart.Lines {
		if o.lineName(i) != w.SKU {
			continue
		}
		known = true
		n := o.Cart.Lines[i].Quantity - quantityOf(gone, i)
		left += n
		if w.Quantity > 0 {
			n = min(n, missing)
			missing -= n
		}
		if n > 0 {
			parts = append(parts, o.part(i, n, gone))
		}
	}
	switch {
	case !known:
		return nil, fmt.Sprintf("there is no %q in the order", w.SKU)
	case left == 0, missing > 0:
		return nil, leftSentence(left, w.SKU)
	}
	return parts, ""
}

func leftSentence(left int64, name string) string {
	return fmt.Sprintf("only %d of %q are left to give back", left, name)
}

// lineName is what a line is called by: its article's number, else its title.
func (o *Order) lineName(i int) string {
	if l := o.Cart.Lines[i]; l.SKU != "" {
		return l.SKU
	}
	return o.Cart.Lines[i].Title
}

// part is the next pieces of a line: what all that have gone back by then come to, less what has gone back for them.
func (o *Order) part(i int, n int64, gone []LinePart) LinePart {
	line := o.Cart.Lines[i]
	whole := o.lineWorth(i).decimal()
	until := quantityOf(gone, i) + n
	amount := Amount(whole.Mul(decimal.NewFromInt(until)).DivRound(decimal.NewFromInt(line.Quantity), 0).IntPart())
	for _, g := range gone {
		if g.Line == i {
			amount -= g.Amount
		}
	}
	return LinePart{Line: i, Quantity: n, Amount: max(0, amount)}
}

// lineWorth is what a line adds to the order, with its share of a tax that was given as an amount.
func (o *Order) lineWorth(i int) Amount {
	totals := make([]Amount, len(o.Totals.Lines))
	for j, t := range o.Totals.Lines {
		totals[j] = t.Total
	}
	return totals[i] + Share(o.Cart.Tax, totals)[i]
}

// partsGone are the pieces that have gone back, or are on their way.
func (o *Order) partsGone() []LinePart {
	var gone []LinePart
	for _, p := range o.Payments {
		for _, r := range p.Refunds {
			if r.IsOpen() || r.State == RefundSucceeded {
				gone = append(gone, r.Lines...)
			}
		}
	}
	return gone
}

func quantityOf(parts []LinePart, line int) int64 {
	var n int64
	for _, part := range parts {
		if part.Line == line {
			n += part.Quantity
		}
	}
	return n
}
