package tui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// noticesPart is what the gateway has to tell: what waits first, the oldest of it at the top, then what was told.
type noticesPart struct {
	*chair
	chosen int // the number of the notice in hand; 0: nobody has chosen
}

func (p *noticesPart) title(short bool) string {
	return counted("notices", len(p.pending()), "wait", short)
}

// pending are the notices that wait to be delivered.
func (p *noticesPart) pending() []domain.OutboxNotice {
	return slices.DeleteFunc(slices.Clone(p.outbox), func(n domain.OutboxNotice) bool { return !n.Waits() })
}

// rows are the notices as they are listed.
func (p *noticesPart) rows() []domain.OutboxNotice {
	told := slices.DeleteFunc(slices.Clone(p.outbox), func(n domain.OutboxNotice) bool { return n.Waits() })
	slices.Reverse(told)
	return append(p.pending(), told...)
}

// index is the row in hand.
func (p *noticesPart) index(rows []domain.OutboxNotice) int {
	return max(0, slices.IndexFunc(rows, func(n domain.OutboxNotice) bool { return n.Number == p.chosen }))
}

var noticeKeys = struct{ deliver, all, delay, drop, double, swap, hold, order, walk key.Binding }{
	deliver: key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "deliver")),
	all:     key.NewBinding(key.WithKeys("a"), key.WithHelp("a", "deliver all")),
	delay:   key.NewBinding(key.WithKeys("l"), key.WithHelp("l", "delay")),
	drop:    key.NewBinding(key.WithKeys("x"), key.WithHelp("x", "drop")),
	double:  key.NewBinding(key.WithKeys("u"), key.WithHelp("u", "deliver once more")),
	swap:    key.NewBinding(key.WithKeys("w"), key.WithHelp("w", "swap with the next")),
	hold:    key.NewBinding(key.WithKeys("h"), key.WithHelp("h", "hold back")),
	order:   key.NewBinding(key.WithKeys("o"), key.WithHelp("o", "the order")),
	walk:    key.NewBinding(key.WithKeys("up", "down", "k", "j"), key.WithHelp("↑↓", "select")),
}

func (p *noticesPart) keys() []key.Binding {
	k, rows, waiting := noticeKeys, p.rows(), len(p.pending())
	at := p.index(rows)
	for _, b := range []*key.Binding{&k.deliver, &k.delay, &k.drop} {
		b.SetEnabled(at < waiting)
	}
	k.all.SetEnabled(waiting > 0)
	k.swap.SetEnabled(at+1 < waiting)
	k.double.SetEnabled(len(rows) > 0 && !rows[at].Lost())
	k.order.SetEnabled(len(rows) > 0)
	if p.holds {
		k.hold.SetHelp("h", "tell at once again")
	}
	return []key.Binding{k.hold, k.deliver, k.all, k.swap, k.delay, k.double, k.drop, k.order, k.walk}
}

func (p *noticesPart) press(msg tea.KeyPressMsg) tea.Cmd {
	rows := p.rows()
	if key.Matches(msg, noticeKeys.hold) {
		return p.holdBack()
	}
	if len(rows) == 0 {
		return nil
	}
	at := p.index(rows)
	n := rows[at]
	name, what := strconv.Itoa(n.Number), fmt.Sprintf("notice %d", n.Number)
	switch {
	case key.Matches(msg, noticeKeys.walk):
		p.chosen = rows[max(0, min(at+stepOf(msg), len(rows)-1))].Number
	case key.Matches(msg, noticeKeys.deliver):
		return p.have("delivering", what+" is delivered", func(ctx context.Context, b domain.Bank) error { return b.Deliver(ctx, name) })
	case key.Matches(msg, noticeKeys.all):
		return p.deliverAll()
	case key.Matches(msg, noticeKeys.drop):
		return p.have("dropping", what+" is lost", func(ctx context.Context, b domain.Bank) error { return b.Drop(ctx, name) })
	case key.Matches(msg, noticeKeys.double):
		return p.have("delivering", what+" is delivered once more", func(ctx context.Context, b domain.Bank) error { return b.Duplicate(ctx, name) })
	case key.Matches(msg, noticeKeys.swap):
		return p.swap(at)
	case key.Matches(msg, noticeKeys.delay):
		return p.askDelay(name, what)
	case key.Matches(msg, noticeKeys.order):
		return p.openOrder(string(n.Payment))
	}
	return nil
}

func (p *noticesPart) holdBack() tea.Cmd {
	hold := !p.holds
	said := either(hold, "new notices wait here until they are delivered", "new notices are told at once; what waits goes on waiting")
	return p.have("holding back", said, func(ctx context.Context, b domain.Bank) error { return b.HoldBack(ctx, hold) })
}

func (p *noticesPart) deliverAll() tea.Cmd {
	var names []string
	for _, n := range p.pending() {
		names = append(names, strconv.Itoa(n.Number))
	}
	return p.have("delivering", plural(len(names), "notice")+" delivered", func(ctx context.Context, b domain.Bank) error {
		return b.Deliver(ctx, names...)
	})
}

func (p *noticesPart) swap(at int) tea.Cmd {
	waiting := p.pending()
	if at+1 >= len(waiting) {
		p.desk.Say("there is no notice after it that waits")
		return nil
	}
	one, other := strconv.Itoa(waiting[at].Number), strconv.Itoa(waiting[at+1].Number)
	return p.have("swapping", "swapped", func(ctx context.Context, b domain.Bank) error { return b.Swap(ctx, one, other) })
}

func (p *noticesPart) askDelay(name, what string) tea.Cmd {
	return p.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "delay " + what + "?" },
		Note:     "it is delivered by the clock.", Yes: "delay", No: "leave it",
		Line: &Line{Label: "by", Example: "15m, 2h or 3d", Read: readSpan, Do: func(text string) tea.Cmd {
			span, err := parseSpan(text)
			if err != nil {
				p.desk.Fail(err)
				return nil
			}
			return p.have("delaying", what+" is delayed", func(ctx context.Context, b domain.Bank) error { return b.Delay(ctx, span, name) })
		}},
	})
}

func readSpan(text string) (string, error) {
	span, err := parseSpan(text)
	if err != nil {
		return "", err
	}
	return inWords(span), nil
}

// orderFound brings the order of a payment, for its screen.
type orderFound struct {
	by    *chair
	order *domain.Order
	err   error
}

// openOrder shows an order, by its id or that of a payment.
func (s *chair) openOrder(id string) tea.Cmd {
	ctx, t := s.desk.Ctx, s.desk.Till
	return func() tea.Msg {
		o, err := orderNamed(ctx, t, id)
		return orderFound{s, o, err}
	}
}

func (s *chair) show(msg orderFound) tea.Cmd {
	switch {
	case msg.err != nil:
		s.desk.Fail(msg.err)
	case msg.order == nil:
		s.desk.Say("this till knows no such payment")
	case s.desk.top(s):
		return s.desk.Push(newOrder(s.desk, msg.order.ID))
	}
	return nil
}

// tellings say how a notice stands.
var tellings = map[string]badge{
	domain.NoticePending:   {"◌", "waits", active},
	domain.NoticeDelivered: {"✓", "told", good},
	domain.NoticeDropped:   {"✗", "lost", bad},
}

func (p *noticesPart) view(columns, lines int) []string {
	st, rows := p.desk.Styles, p.rows()
	now, other := st.Text.Render("new notices are told at once, in their order"), "   h holds them back"
	if p.holds {
		now, other = st.Warn.Render("◌ new notices are held back"), "   h tells them at once again"
	}
	if width(now+other) > columns { // the footer has the key too
		other = ""
	}
	head := []string{now + st.Faint.Render(other), ""}
	if len(rows) == 0 {
		return append(head, st.Faint.Render("the gateway has nothing to tell yet"))
	}
	at := p.index(rows)
	drawn := make([]string, len(rows))
	for i, n := range rows {
		drawn[i] = p.row(n, i == at, columns)
	}
	return append(head, scrolled(p.desk.Styles, drawn, at, lines-len(head))...)
}

// row is one notice; the columns that are missed least go first where there is little room.
func (p *noticesPart) row(n domain.OutboxNotice, here bool, columns int) string {
	st, how := p.desk.Styles, tellings[n.State]
	word := how.glyph + " " + how.word
	switch {
	case n.Waits() && !n.DueAt.IsZero():
		word = "◔ " + n.DueAt.Format("15:04:05")
	case n.Times > 1:
		word = fmt.Sprintf("%s %s %d×", how.glyph, how.word, n.Times)
	}
	mark, style := "  ", st.Text
	if here {
		mark, style = st.Title.Render("› "), st.Strong
	}
	amount := ""
	if n.Amount > 0 {
		amount = n.Currency.Display(n.Amount)
	}
	line := mark + st.Faint.Render(padLeft(strconv.Itoa(n.Number), 4)) + "  " + st.hue[how.hue].Render(pad(word, 12))
	tail := padLeft(amount, 12)
	if columns >= 84 {
		tail += st.Faint.Render(padLeft(n.At.Format(time.TimeOnly), 10))
	}
	if columns >= 72 {
		tail = st.Faint.Render(pad(cmp.Or(p.names[string(n.Payment)], string(n.Payment)), nameWidth)) + tail
	}
	return line + style.Render(pad(Inert(domain.State(n.Type).Words()), columns-20-width(tail))) + tail
}
