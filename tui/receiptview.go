package tui

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/receipt"
	"till/domain/till"
)

// receiptView is an order as a slip, as it would be given out now. After a cash sale the change stands beside it, large.
type receiptView struct {
	desk          *Desk
	width, height int

	order  *domain.Order
	slip   []string
	coded  coded
	scroll int
	busy   bool // it is being given out
}

func newReceipt(d *Desk, o *domain.Order) *receiptView { return &receiptView{desk: d, order: o} }

// given is a receipt that was given out: the order as it is since then, and its bytes.
type given struct {
	order *domain.Order
	bytes []byte
}

func (r *receiptView) Init() tea.Cmd { return nil }
func (r *receiptView) Title() string { return "receipt" }

// Typing is true for the scanner's sake: what is typed here is the next sale's.
func (r *receiptView) Typing() bool { return true }

// slipWidth is a slip as it is printed; where there is less room it is set narrower.
const slipWidth = 42

// Resize sets the slip for the room that there is.
func (r *receiptView) Resize(width, height int) {
	r.width, r.height = width, height
	r.slip = strings.Split(strings.Trim(receipt.Text(r.order, optionsOf(r.desk.Till, r.order, r.paper())), "\n"), "\n")
	r.roll(0)
}

// optionsOf is what a slip says beside the order: one that was given out before is a duplicate.
func optionsOf(t *till.Till, o *domain.Order, columns int) receipt.Options {
	return receipt.Options{Shop: t.Shop, Width: columns, Duplicate: o.Printed > 0, Payform: t.Payform(o)}
}

var receiptKeys = struct{ next, pay, clipboard, file, printer, order, scroll key.Binding }{
	next:      key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "next sale")),
	pay:       key.NewBinding(key.WithKeys("f9"), key.WithHelp("F9", "pay")),
	clipboard: key.NewBinding(key.WithKeys("ctrl+y"), key.WithHelp("ctrl+y", "copy")),
	file:      key.NewBinding(key.WithKeys("ctrl+s"), key.WithHelp("ctrl+s", "to a file")),
	printer:   key.NewBinding(key.WithKeys("ctrl+p"), key.WithHelp("ctrl+p", "for a printer")),
	order:     key.NewBinding(key.WithKeys("ctrl+g"), key.WithHelp("ctrl+g", "the order")),
	scroll:    key.NewBinding(key.WithKeys("up", "down", "pgup", "pgdown"), key.WithHelp("↑ ↓", "scroll")),
}

// Keys are what counts here.
func (r *receiptView) Keys() []key.Binding {
	k := receiptKeys
	for _, b := range []*key.Binding{&k.clipboard, &k.file, &k.printer} {
		b.SetEnabled(!r.busy)
	}
	k.pay.SetEnabled(r.desk.Till.IsPayable(r.order))
	k.scroll.SetEnabled(len(r.slip) > r.room())
	return []key.Binding{k.next, k.scroll, k.clipboard, k.file, k.printer, k.order, k.pay}
}

// Update answers keys; letters, digits and paste begin the next sale at once.
func (r *receiptView) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return r.press(msg)
	case tea.PasteMsg:
		return r.goOn(msg)
	case tea.MouseWheelMsg:
		r.roll(map[tea.MouseButton]int{tea.MouseWheelUp: -3, tea.MouseWheelDown: 3}[msg.Button])
	}
	return nil
}

func (r *receiptView) press(msg tea.KeyPressMsg) tea.Cmd {
	k, file := receiptKeys, "receipt-"+fileName(r.order.Number)
	switch {
	case key.Matches(msg, k.next):
		return r.desk.Back()
	case key.Matches(msg, k.clipboard):
		return r.give("clipboard", "")
	case key.Matches(msg, k.file):
		return r.give("text", file+".txt")
	case key.Matches(msg, k.printer):
		return r.give("escpos", file+".escpos")
	case key.Matches(msg, k.order):
		return r.desk.Push(newOrder(r.desk, r.order.ID))
	case key.Matches(msg, k.pay):
		if r.desk.Till.IsPayable(r.order) {
			return r.desk.Replace(newOrderPayment(r.desk, r.order))
		}
	case key.Matches(msg, k.scroll):
		r.roll(map[string]int{"up": -1, "down": 1, "pgup": -10, "pgdown": 10}[msg.String()])
	case msg.Text != "":
		return r.goOn(msg)
	}
	return nil
}

// goOn hands what was typed or scanned to the screen below, where that is the sale.
func (r *receiptView) goOn(msg tea.Msg) tea.Cmd {
	sale := r.desk.app.sale()
	r.desk.drop(r)
	if r.desk.top(sale) {
		return sale.Update(msg)
	}
	return nil
}

// fileName leaves of a number what may stand in a name of a file.
func fileName(number string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-' {
			return c
		}
		return '_'
	}, number)
}

// give gives the receipt out: that it was is a fact of the order, and the second one says that it is one.
func (r *receiptView) give(format, file string) tea.Cmd {
	if r.busy {
		return nil
	}
	r.busy = true
	opts, id := optionsOf(r.desk.Till, r.order, 0), r.order.ID
	return asking(r.desk, func(ctx context.Context, t *till.Till) (given, error) {
		var err error
		if opts.Duplicate, err = t.Printed(ctx, till.Intent{}, id, format); err != nil {
			return given{}, err
		}
		o, err := t.Store.Order(ctx, id)
		if err != nil {
			return given{}, err
		}
		out := given{o, []byte(receipt.Text(o, opts))}
		if format == "escpos" {
			out.bytes = receipt.ESCPOS(o, opts)
		}
		if file != "" {
			err = os.WriteFile(file, out.bytes, 0o600)
		}
		return out, err
	}, func(out given, err error) tea.Cmd { return r.given(out, file, err) })
}

func (r *receiptView) given(out given, file string, err error) tea.Cmd {
	r.busy = false
	if out.order != nil {
		r.order = out.order
		r.Resize(r.width, r.height)
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		r.desk.Fail(fmt.Errorf("%s cannot be written here", file))
	case err != nil:
		r.desk.Fail(err)
	case file != "":
		r.desk.Say("saved as %s", file)
	default:
		r.desk.Say("copied")
		return tea.SetClipboard(string(out.bytes))
	}
	return nil
}

func (r *receiptView) roll(by int) {
	r.scroll = max(0, min(r.scroll+by, len(r.slip)-r.room()))
}
