package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// booksPart are the newest payments as till has them and as the gateway has them, and what the gateway does about one by
// itself.
type booksPart struct {
	*chair
	chosen domain.PaymentID
}

// bookRow is a payment in both books.
type bookRow struct {
	payment *domain.Payment // as till has it
	theirs  domain.Books
	waits   int // so many notices about it are not told yet
}

// readBooks gives the payments of the newest orders that the gateway has, the newest first.
func readBooks(ctx context.Context, t *till.Till, outbox []domain.OutboxNotice) (rows []bookRow, err error) {
	page, err := t.Store.Orders(ctx, domain.OrderQuery{Size: booksRead})
	if err != nil {
		return nil, err
	}
	for _, item := range page.Items {
		o, err := t.Store.Order(ctx, item.ID)
		if err != nil {
			return nil, err
		}
		for _, p := range slices.Backward(o.Payments) {
			theirs, err := t.Bank.Books(ctx, p.ID)
			if domain.CodeOf(err) == domain.CodeNotFound { // the drawer's, or one that never arrived
				continue
			}
			if err != nil {
				return nil, err
			}
			rows = append(rows, bookRow{p, theirs, waiting(outbox, p.ID)})
		}
	}
	return rows, nil
}

// booksRead is how many orders are looked through for payments.
const booksRead = 40

func waiting(outbox []domain.OutboxNotice, id domain.PaymentID) (n int) {
	for _, notice := range outbox {
		if notice.Payment == id && notice.Waits() {
			n++
		}
	}
	return n
}

// bookLine is a sum in both books.
type bookLine struct {
	name         string
	ours, theirs domain.Amount
}

// sums are those that both keep.
func (b bookRow) sums() []bookLine {
	s := b.payment.Sums
	return []bookLine{
		{"authorized", s.Authorized, b.theirs.Authorized},
		{"captured", s.Captured, b.theirs.Captured},
		{"released", s.Released, b.theirs.Voided},
		{"refunded", s.Refunded, b.theirs.Refunded},
		{"reversed", s.Reversed, b.theirs.Reversed},
		{"disputed", s.DisputedHeld + s.DisputedLost, b.theirs.Disputed},
	}
}

// differs tells whether the two do not agree.
func (b bookRow) differs() bool {
	return slices.ContainsFunc(b.sums(), func(l bookLine) bool { return l.ours != l.theirs })
}

// leftOpen tells whether the gateway has yet to decide something: not where it is the customer's turn.
func (b bookRow) leftOpen() bool { return b.payment.Open() != nil && b.payment.Session() == nil }

// left is what the gateway could still give back.
func (b bookRow) left() domain.Amount {
	return max(0, b.theirs.Captured-b.theirs.Refunded-b.theirs.Reversed-b.theirs.Disputed)
}

func (p *booksPart) title(short bool) string {
	n := 0
	for _, b := range p.shelf {
		if b.differs() {
			n++
		}
	}
	return counted("books", n, either(n == 1, "differs", "differ"), short)
}

// index is the row in hand.
func (p *booksPart) index() int {
	return max(0, slices.IndexFunc(p.shelf, func(b bookRow) bool { return b.payment.ID == p.chosen }))
}

var bookKeys = struct{ raise, settle, back, refund, order, walk key.Binding }{
	raise:  key.NewBinding(key.WithKeys("c"), key.WithHelp("c", "open a case")),
	settle: key.NewBinding(key.WithKeys("s"), key.WithHelp("s", "decide what is left open")),
	back:   key.NewBinding(key.WithKeys("g"), key.WithHelp("g", "give money back")),
	refund: key.NewBinding(key.WithKeys("r"), key.WithHelp("r", "what becomes of a refund")),
	order:  key.NewBinding(key.WithKeys("o", "enter"), key.WithHelp("o", "the order")),
	walk:   key.NewBinding(key.WithKeys("up", "down", "k", "j"), key.WithHelp("↑↓", "select")),
}

func (p *booksPart) keys() []key.Binding {
	k := bookKeys
	there := len(p.shelf) > 0
	var b bookRow
	if there {
		b = p.shelf[p.index()]
	}
	k.raise.SetEnabled(there && b.theirs.Captured > 0)
	k.settle.SetEnabled(there && b.leftOpen())
	k.back.SetEnabled(there && b.left() > 0)
	k.refund.SetEnabled(there && len(b.payment.Refunds) > 0)
	k.order.SetEnabled(there)
	return []key.Binding{k.raise, k.settle, k.back, k.refund, k.order, k.walk}
}

func (p *booksPart) press(msg tea.KeyPressMsg) tea.Cmd {
	if len(p.shelf) == 0 {
		return nil
	}
	at := p.index()
	b := p.shelf[at]
	switch {
	case key.Matches(msg, bookKeys.walk):
		p.chosen = p.shelf[max(0, min(at+stepOf(msg), len(p.shelf)-1))].payment.ID
	case key.Matches(msg, bookKeys.raise):
		return p.askRaise(b)
	case key.Matches(msg, bookKeys.settle):
		return p.askSettle(b)
	case key.Matches(msg, bookKeys.back):
		return p.askBack(b)
	case key.Matches(msg, bookKeys.refund):
		return p.askRefund(b)
	case key.Matches(msg, bookKeys.order):
		return p.openOrder(string(b.payment.ID))
	}
	return nil
}

func (p *booksPart) view(columns, lines int) []string {
	st := p.desk.Styles
	if len(p.shelf) == 0 {
		return []string{st.Text.Render("the gateway has no payment yet")}
	}
	at := p.index()
	wide := columns >= booksWide
	list := columns
	if wide {
		list, columns = booksList, columns-booksList-gap
	}
	rows := make([]string, len(p.shelf))
	for i, b := range p.shelf {
		rows[i] = p.row(b, i == at, list)
	}
	table := p.table(p.shelf[at], columns, !wide)
	if wide {
		rows = scrolled(p.desk.Styles, rows, at, lines)
		return strings.Split(beside(strings.Join(rows, "\n"), strings.Join(table, "\n"), booksList+gap), "\n")
	}
	if len(p.shelf)+len(table) < lines {
		table = append([]string{""}, table...)
	}
	return append(scrolled(p.desk.Styles, rows, at, max(2, lines-len(table))), table...)
}

// booksList is how wide the list of payments is, beside the books of one of them from booksWide columns on.
const (
	booksList = 56
	booksWide = 104
)

// row is a payment, and whether both agree about it.
func (p *booksPart) row(b bookRow, here bool, columns int) string {
	st := p.desk.Styles
	glyph, word, style := st.State("payment", b.payment.State)
	mark, name := "  ", st.Faint
	if here {
		mark, name = st.Title.Render("› "), st.Strong
	}
	line := mark + name.Render(pad(p.nameOf(string(b.payment.ID)), nameWidth)) + style.Render(pad(glyph+" "+word, 20)) +
		padLeft(b.theirs.Currency.Display(b.payment.Amount), 12)
	if b.differs() {
		return cut(line+st.Warn.Render("  ≠ differs"), columns)
	}
	return cut(line+st.Faint.Render("  = same"), columns)
}

// table are both books of a payment; where there is little room only the sums that are not nothing.
func (p *booksPart) table(b bookRow, columns int, tight bool) []string {
	st, show := p.desk.Styles, b.theirs.Currency.Display
	lines := []string{st.Faint.Render(pad("", 14) + padLeft("till", 13) + padLeft("gateway", 13))}
	if tight && b.theirs.Authorized == 0 {
		lines = nil // all of it is nothing yet
	}
	for _, l := range b.sums() {
		if tight && l.ours == 0 && l.theirs == 0 {
			continue
		}
		line := st.Faint.Render(pad(l.name, 14)) + st.Text.Render(padLeft(show(l.ours), 13)+padLeft(show(l.theirs), 13))
		if l.ours != l.theirs {
			line = st.Faint.Render(pad(l.name, 14)) + st.Warn.Render(padLeft(show(l.ours), 13)+padLeft(show(l.theirs), 13)+"  ≠")
		}
		lines = append(lines, line)
	}
	calls := 0
	for _, n := range b.theirs.Calls {
		calls += n
	}
	said := []string{fmt.Sprintf("%s under %s", plural(calls, "call"), plural(len(b.theirs.Calls), "key"))}
	if b.theirs.Charges > 1 {
		said = append(said, fmt.Sprintf("! charged %d times", b.theirs.Charges))
	}
	switch {
	case b.payment.Session() != nil:
		said = append(said, "it is the customer's turn")
	case b.payment.Open() != nil:
		said = append(said, "an answer is still open")
	case b.waits > 0:
		said = append(said, either(b.waits == 1, "1 notice waits", fmt.Sprintf("%d notices wait", b.waits)))
	}
	return append(lines, st.Faint.Render(cut(strings.Join(said, " · "), columns)))
}
