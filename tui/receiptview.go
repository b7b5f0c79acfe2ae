package tui

import (
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

// receiptView is an order as a slip. After a cash sale the change stands beside it, large.
type receiptView struct {
	desk          *Desk
	width, height int

	order  *domain.Order
	slip   []string
	scroll int
	busy   bool // it is being given out
}

func newReceipt(d *Desk, o *domain.Order) *receiptView { return &receiptView{desk: d, order: o} }

// receiptGiven is what came of giving it out: its text for the clipboard, or the file that it is in.
type receiptGiven struct {
	by   *receiptView
	text string
	file string
	err  error
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
	text := receipt.Text(r.order, receipt.Options{Shop: r.desk.Till.Shop, Width: min(slipWidth, width-r.side()-2*margin-2)})
	r.slip = strings.Split(strings.Trim(text, "\n"), "\n")
	r.roll(0)
}

// side is how wide the column beside the slip is.
func (r *receiptView) side() int {
	return max(24, min(44, r.width-slipWidth-2*margin-2))
}

var receiptKeys = struct{ next, clipboard, file, order, scroll key.Binding }{
	next:      key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "next sale")),
	clipboard: key.NewBinding(key.WithKeys("ctrl+y"), key.WithHelp("ctrl+y", "copy")),
	file:      key.NewBinding(key.WithKeys("ctrl+s"), key.WithHelp("ctrl+s", "to a file")),
	order:     key.NewBinding(key.WithKeys("ctrl+g"), key.WithHelp("ctrl+g", "the order")),
	scroll:    key.NewBinding(key.WithKeys("up", "down", "pgup", "pgdown"), key.WithHelp("↑ ↓", "scroll")),
}

// Keys are what counts here.
func (r *receiptView) Keys() []key.Binding {
	k := receiptKeys
	k.clipboard.SetEnabled(!r.busy)
	k.file.SetEnabled(!r.busy)
	k.scroll.SetEnabled(len(r.slip) > r.height-2)
	return []key.Binding{k.next, k.clipboard, k.file, k.order, k.scroll}
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
	case receiptGiven:
		if msg.by == r {
			return r.given(msg)
		}
	}
	return nil
}

func (r *receiptView) press(msg tea.KeyPressMsg) tea.Cmd {
	k := receiptKeys
	switch {
	case key.Matches(msg, k.next):
		return r.desk.Back()
	case key.Matches(msg, k.clipboard):
		return r.give("clipboard", "")
	case key.Matches(msg, k.file):
		return r.give("text", "receipt-"+fileName(r.order.Number)+".txt")
	case key.Matches(msg, k.order):
		return r.desk.Push(newOrder(r.desk, r.order.ID))
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
	ctx, t, o, given := r.desk.Ctx, r.desk.Till, r.order, receiptGiven{by: r, file: file}
	return func() tea.Msg {
		again, err := t.Printed(ctx, till.Intent{}, o.ID, format)
		if err != nil {
			given.err = err
			return given
		}
		given.text = receipt.Text(o, receipt.Options{Shop: t.Shop, Duplicate: again})
		if file != "" {
			given.err = os.WriteFile(file, []byte(given.text), 0o600)
		}
		return given
	}
}

func (r *receiptView) given(msg receiptGiven) tea.Cmd {
	r.busy = false
	switch {
	case errors.Is(msg.err, fs.ErrPermission):
		r.desk.Fail(fmt.Errorf("%s cannot be written here", msg.file))
	case msg.err != nil:
		r.desk.Fail(msg.err)
	case msg.file != "":
		r.desk.Say("saved as %s", msg.file)
	default:
		r.desk.Say("copied")
		return tea.SetClipboard(msg.text)
	}
	return nil
}

func (r *receiptView) roll(by int) {
	r.scroll = max(0, min(r.scroll+by, len(r.slip)-(r.height-2)))
}

// View shows the slip, and what counts most beside it.
func (r *receiptView) View() string {
	st := r.desk.Styles
	side := r.side()
	slip := r.slip[r.scroll:min(len(r.slip), r.scroll+max(0, r.height-2))]
	lines := make([]string, len(slip))
	for i, line := range slip {
		lines[i] = st.Rule.Render("│ ") + st.Text.Render(line)
	}
	return indent(beside("\n"+r.headline(side-margin), "\n"+strings.Join(lines, "\n"), side), margin)
}

// headline is the change of a cash sale, else what was paid.
func (r *receiptView) headline(columns int) string {
	st, o := r.desk.Styles, r.order
	glyph, word, style := st.State("order", o.State)
	c := o.Cart.Currency
	top := style.Render(glyph+" "+word) + st.Faint.Render("   order "+Inert(o.Number))
	last := o.Last()
	if last == nil {
		return top
	}
	big, label := o.Total(), "total"
	if last.Tendered > 0 {
		big, label = last.Tendered-last.Amount, "change"
		top += "\n\n" + st.Faint.Render(pad("total", 10)) + c.Display(last.Amount) +
			"\n" + st.Faint.Render(pad("given", 10)) + c.Display(last.Tendered)
	} else {
		top += "\n\n" + st.Faint.Render(pad("with", 10)) + cut(Inert(last.Source.String()), columns-10)
	}
	top += "\n" + st.Faint.Render(pad(label, 10)) + st.Title.Render(c.Display(big)) + "\n"
	return top + "\n" + figure(c.Format(big), columns, st.Title.Render) + "\n\n" + st.Faint.Render(wrapped("enter: next sale. or just scan on.", columns))
}
