package tui

import "charm.land/bubbles/v2/key"

var saleKeys = struct {
	pay, customer, discount, tip, delivery, note, park, recall, receipt, waits, clear, choose, scroll, enter key.Binding
	quantity, void, less, cheaper, price, named                                                              key.Binding
}{
	enter:    key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "add")),
	pay:      key.NewBinding(key.WithKeys("f9"), key.WithHelp("F9", "pay")),
	customer: key.NewBinding(key.WithKeys("ctrl+b"), key.WithHelp("ctrl+b", "customer")),
	discount: key.NewBinding(key.WithKeys("ctrl+d"), key.WithHelp("ctrl+d", "discount")),
	tip:      key.NewBinding(key.WithKeys("ctrl+t"), key.WithHelp("ctrl+t", "tip")),
	delivery: key.NewBinding(key.WithKeys("ctrl+l"), key.WithHelp("ctrl+l", "delivery")),
	note:     key.NewBinding(key.WithKeys("ctrl+n"), key.WithHelp("ctrl+n", "note")),
	park:     key.NewBinding(key.WithKeys("ctrl+p"), key.WithHelp("ctrl+p", "park")),
	recall:   key.NewBinding(key.WithKeys("ctrl+r"), key.WithHelp("ctrl+r", "recall")),
	receipt:  key.NewBinding(key.WithKeys("ctrl+f"), key.WithHelp("ctrl+f", "bring back")),
	waits:    key.NewBinding(key.WithKeys("ctrl+g"), key.WithHelp("ctrl+g", "what is not decided")),
	clear:    key.NewBinding(key.WithKeys("ctrl+x"), key.WithHelp("ctrl+x", "start over")),
	choose:   key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑ ↓", "choose")),
	scroll:   key.NewBinding(key.WithKeys("pgup", "pgdown"), key.WithHelp("pgup", "scroll")),
	// These are typed, not pressed: they are here for the help.
	quantity: key.NewBinding(key.WithKeys("*"), key.WithHelp("3*tea", "three of it")),
	named:    key.NewBinding(key.WithKeys("@"), key.WithHelp("tea@2.50", "at a price")),
	void:     key.NewBinding(key.WithKeys("-"), key.WithHelp("- or -2", "void a line")),
	less:     key.NewBinding(key.WithKeys("-"), key.WithHelp("-tea", "one less")),
	cheaper:  key.NewBinding(key.WithKeys("%"), key.WithHelp("-1.50", "or 10% off")),
	price:    key.NewBinding(key.WithKeys("@"), key.WithHelp("@2.50", "new price")),
}

// Keys are what counts now: on an empty entry line Enter pays.
func (s *sale) Keys() []key.Binding {
	k, lines, typed := saleKeys, !s.basket.empty(), s.entry.Value() != ""
	if lines && !typed {
		k.enter.SetHelp("enter", "pay")
	}
	k.enter.SetEnabled(lines || typed)
	for _, b := range []*key.Binding{&k.pay, &k.discount, &k.tip, &k.delivery, &k.note, &k.park, &k.clear, &k.void, &k.less, &k.cheaper, &k.price} {
		b.SetEnabled(lines)
	}
	k.choose.SetEnabled(len(s.hits) > 0)
	k.scroll.SetEnabled(len(s.basket.Cart.Lines) > s.room())
	first := []key.Binding{k.enter} // which stands for paying too
	if typed {
		first = append(first, k.choose, k.pay)
	}
	first = append(first, k.customer, k.park)
	late := []key.Binding{k.recall} // another console may have parked one that nobody here knows of
	if len(s.aside) > 0 {
		first, late = append(first, k.recall), nil
	}
	keys := append(first, k.discount, k.tip, k.delivery, k.note, k.receipt, k.clear)
	if len(s.waits) > 0 {
		keys = append(keys, k.waits)
	}
	if !typed {
		keys = append(keys, k.pay, k.choose)
	}
	keys = append(keys, k.scroll, k.quantity, k.named, k.void, k.less, k.cheaper, k.price)
	return append(keys, late...)
}
