package domain

// Retotal is what the cart comes to once one of its lines has changed or the last has been added, from what it came to
// before; all else is as it was. The cost does not grow with the lines, unless a discount has to be shared among them
// anew. The totals from before are used up.
func (c Cart) Retotal(before Totals, line int) Totals {
	if c.Discount != 0 || len(before.Lines) != len(c.Lines) && (len(before.Lines) != len(c.Lines)-1 || line != len(before.Lines)) {
		return c.Totals()
	}
	t := before
	if line == len(t.Lines) {
		t.Lines = append(t.Lines, LineTotal{})
	}
	old := t.Lines[line]
	t.add(LineTotal{Gross: -old.Gross, Discount: -old.Discount, OrderDiscount: -old.OrderDiscount, Tax: -old.Tax, Total: -old.Total})
	t.Lines[line] = c.lineTotal(c.Lines[line], c.Lines[line].net(), 0)
	t.add(t.Lines[line])
	return t
}
