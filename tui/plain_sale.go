package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"till/domain/receipt"
)

// The way from the sale to the receipt, in words.

// Plain is the sale: for whom, its lines, its sums.
func (s *sale) Plain() []string {
	var lines []string
	if s.basket.empty() {
		lines = append(lines, "ready for the next customer.")
	}
	if len(s.waits) > 0 {
		lines = append(lines, s.waiting())
	}
	c := s.basket.Cart.Currency
	for i, l := range s.basket.Cart.Lines {
		text := fmt.Sprintf("line %d: %d × %s", i+1, l.Quantity, Inert(l.Name()))
		if l.Quantity != 1 {
			text += ", " + c.Display(l.Price) + " each"
		}
		if !l.DiscountPercent.IsZero() {
			text += ", " + l.DiscountPercent.String() + "% off"
		}
		lines = append(lines, text+", "+c.Display(s.sums.Lines[i].Gross-s.sums.Lines[i].Discount))
	}
	if name := Inert(s.basket.Client.Name()); name != "" {
		lines = append(lines, "for "+name)
	}
	if s.basket.empty() {
		return lines
	}
	for _, sum := range sumLines(s.basket.Cart, s.sums) {
		lines = append(lines, sum.label+" "+sum.amount)
	}
	lines = append(lines, "total "+c.Display(s.sums.Total))
	if s.basket.Order != "" {
		lines = append(lines, "issued, and not paid yet")
	}
	return lines
}

// hints are what a new person is told: what to type, and a few articles to try it with.
func (s *sale) hints() []string {
	if s.goods == nil || len(s.goods.articles) == 0 {
		return []string{"the catalogue is empty. fill it with: till catalog import FILE.jsonl"}
	}
	hint := "type an article's number, its barcode or a part of its name; " + s.example() + " takes three, - takes the last line out, 10% is off it."
	return linesInWords(append([]string{hint}, s.shelf(1+mostShelf)...)...)
}

// meansSeveral tells whether what was entered may be several articles. A code or a number is never guessed.
func (s *sale) meansSeveral() bool {
	e, err := parseEntry(s.entry.Value())
	if err != nil || s.goods == nil || len(s.hits) < 2 || isDigits(e.code) {
		return false
	}
	_, exact := s.goods.exact(e.code)
	return !exact
}

// plainRows are the articles that may be meant.
func (s *sale) plainRows() plainList {
	if !s.meansSeveral() {
		return plainList{}
	}
	list := plainList{keys: []string{"enter"}}
	for i, a := range s.hits {
		text := joined([]string{a.Title, a.SKU, a.Note}) + ", " + a.Currency.Display(a.Price)
		list.rows = append(list.rows, reply{text: inWordsOnly(text), do: func() tea.Cmd {
			s.chosen = i
			return s.submit()
		}})
	}
	return list
}

// Plain is what is to be paid and how it can be, or the form that is open.
func (p *payment) Plain() []string {
	lines := []string{p.subject() + ", " + p.bill.display()}
	lines = append(lines, strings.Split(p.noView(longestSaid), "\n")...)
	switch {
	case p.open == nil:
		lines = append(lines, "how is it paid?")
		for _, o := range p.offers {
			if o.Refusal != "" {
				lines = append(lines, "not possible: "+o.Method.Name+", because: "+Inert(o.Refusal))
			}
		}
		return lines
	case p.terms.open:
		return append(lines, "the terms: a number changes one")
	}
	lines = append(lines, "paid with "+joined([]string{p.offers[p.at].Method.Name, p.offers[p.at].Method.Title}))
	switch form := p.open.(type) {
	case *cashForm:
		return append(lines, "an empty line means exactly "+p.bill.currency.Display(form.due))
	case *savedForm:
		return append(lines, "a number pays with that one")
	case *cardForm:
		if form.acts != "" {
			lines = append(lines, "test card: "+form.acts)
		}
		return append(lines, p.terms.told()...)
	case *askingForm:
		return append(append(lines, form.method.Note), p.terms.told()...)
	default:
		return append(lines, p.terms.told()...)
	}
}

// told are the terms in words, those that are not the usual.
func (t *terms) told() []string {
	said := []string{"taken " + t.captureWords()}
	for _, one := range allTerms[1:] {
		if short := one.short(t); short != "" && one.able(t.can) {
			said = append(said, short)
		}
	}
	return []string{joined(said)}
}

// plainField is the field in hand of the form that is open.
func (p *payment) plainField() *plainField {
	if p.open == nil || p.terms.open {
		return nil
	}
	switch form := p.open.(type) {
	case *cashForm:
		return &plainField{label: "given", value: form.given.Value(), example: form.given.Placeholder, wrong: form.wrong, then: thisPays}
	case *cardForm:
		if form.tests != nil {
			return pickOf(form.tests)
		}
		return endingField(form.form, thisPays)
	case *askingForm:
		return endingField(form.form, thisPays)
	}
	return nil
}

// thisPays is said where a line pays: nothing more is asked.
const thisPays = "this line pays"

// plainRows are the usual notes, what is kept, or the terms.
func (p *payment) plainRows() plainList {
	var list plainList
	add := func(text string, do func() tea.Cmd) {
		list.rows = append(list.rows, reply{text: inWordsOnly(text), do: do})
	}
	switch form := p.open.(type) {
	case nil:
		list.keys = []string{"enter"}
		for i, o := range p.offers {
			list.keys = append(list.keys, p.letters[i].Keys()...)
			if o.Refusal == "" {
				text := strings.TrimSuffix(o.Method.Name+": "+Inert(o.Method.Note), ": ")
				list.rows = append(list.rows, reply{text: inWordsOnly(text), names: []string{o.Method.Name}, do: func() tea.Cmd {
					p.at = i
					p.show()
					return nil
				}})
			}
		}
	default:
		if !p.terms.open {
			break
		}
		list.keys = []string{"left"}
		for i, one := range allTerms {
			value := one.value(p.terms)
			if !one.able(p.terms.can) {
				value = one.cannot
			}
			add(one.label+": "+value, func() tea.Cmd { p.terms.at = i; return p.terms.change(1) })
		}
		if !p.terms.date.IsZero() {
			add("sent now, on no later day", func() tea.Cmd { p.terms.at = dateTerm; return p.terms.change(-1) })
		}
		return list
	case *savedForm:
		if p.terms.open {
			break
		}
		list.keys = []string{"enter"}
		for i, kept := range form.kept {
			add(joined([]string{kept.Source.String(), keptWords(kept)}), func() tea.Cmd { form.at = i; return p.pay() })
		}
	case *cashForm:
		list.keys = []string{"left"}
		for i, note := range form.notes {
			add(p.bill.currency.Display(note)+" given", func() tea.Cmd { form.choose(i); return p.pay() })
		}
	}
	return list
}

// Plain is the payment on its way: what is asked of whom, and what can be done.
func (f *flight) Plain() []string {
	lines := linesInWords(f.told(longestSaid)...)
	if i := slices.Index(lines, "what do they do?"); i >= 0 { // the rows say it
		lines = lines[:i+1]
	}
	return lines
}

// plainRows are what the customer can do.
func (f *flight) plainRows() plainList {
	var list plainList
	if f.asking {
		return list
	}
	for _, one := range f.choices() {
		list.keys = append(list.keys, one.Key)
		list.rows = append(list.rows, reply{text: Inert(one.Label + ": " + one.Note), names: []string{one.Key, one.Label}, do: one.Do})
	}
	return list
}

// Plain is the receipt, and what it comes to.
func (r *receiptView) Plain() []string {
	_, word, _ := r.desk.Styles.State("order", r.order.State)
	lines := []string{word + ", order " + r.order.Number}
	if last := r.order.Last(); last != nil && last.Tendered > 0 {
		lines = append(lines, "change "+r.order.Cart.Currency.Display(last.Change()))
	}
	text := receipt.Text(r.order, optionsOf(r.desk.Till, r.order, slipWidth))
	return append(append(lines, "the slip:"), strings.Split(text, "\n")...)
}

// Plain is the report of a shift.
func (s *shiftSlip) Plain() []string { return strings.Split(s.text(slipWidth), "\n") }

// Plain is for whom the sale is.
func (b *billing) Plain() []string {
	if b.second == nil {
		return []string{"where does the customer live?"}
	}
	return []string{"who is it for? an e-mail or a phone number is enough."}
}

func (b *billing) plainField() *plainField {
	if b.second == nil {
		return fieldOf(b.first)
	}
	return endingField(b.second, "this line saves")
}

// Plain is a payout that is made.
func (s *payoutForm) Plain() []string {
	return []string{"whom money is to go to: a name, or a customer who is known. nothing is sent before it is confirmed."}
}

func (s *payoutForm) plainField() *plainField { return endingField(s.form, "this line creates it") }
