package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// giveBack is a receipt that somebody has brought back: it is found by its number or its code, the pieces that go back
// are chosen, and what they were paid with is refunded to the means they were paid by.
type giveBack struct {
	desk          *Desk
	width, height int

	number textinput.Model
	order  *domain.Order // nil: it is looked for
	pieces []int64       // of each line, how many go back
	left   []int64       // of each line, how many could
	at     int
	busy   bool // a refund is asked for

	reads   int  // how often an order was asked for: only the last answer counts
	looking bool // what was typed is looked up
	waiting held // what came behind that
}

// newFindReceipt asks for the receipt first.
func newFindReceipt(d *Desk) *giveBack {
	g := &giveBack{desk: d, number: newInput(d.Styles)}
	g.number.CharLimit = 40
	g.number.SetWidth(30)
	g.number.Placeholder = "scan it, or type its number"
	return g
}

func (g *giveBack) Init() tea.Cmd { return nil }
func (g *giveBack) Title() string { return "give back" }

// Typing is true while the number is asked for.
func (g *giveBack) Typing() bool { return g.order == nil }

// Resize fits the page.
func (g *giveBack) Resize(width, height int) { g.width, g.height = width, height }

var giveBackKeys = struct{ find, choose, more, all, none, refund, order key.Binding }{
	find:   key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "find it")),
	choose: key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑ ↓", "choose a line")),
	more:   key.NewBinding(key.WithKeys("left", "right", "-", "+", "space"), key.WithHelp("← →", "fewer, more")),
	all:    key.NewBinding(key.WithKeys("a"), key.WithHelp("a", "all of it")),
	none:   key.NewBinding(key.WithKeys("n"), key.WithHelp("n", "nothing")),
	refund: key.NewBinding(key.WithKeys("enter", "f9", "r"), key.WithHelp("enter", "refund")),
	order:  key.NewBinding(key.WithKeys("g", "ctrl+g"), key.WithHelp("g", "the order")),
}

// Keys are what counts now.
func (g *giveBack) Keys() []key.Binding {
	k := giveBackKeys
	if g.order == nil {
		k.find.SetEnabled(!g.looking)
		return []key.Binding{k.find}
	}
	k.refund.SetEnabled(!g.busy && g.chosen() > 0)
	k.more.SetEnabled(g.any())
	k.all.SetEnabled(g.any())
	k.none.SetEnabled(g.chosen() > 0)
	return []key.Binding{k.refund, k.choose, k.more, k.all, k.none, k.order}
}

// any tells whether something is left to give back.
func (g *giveBack) any() bool { return slices.Max(append([]int64{0}, g.left...)) > 0 }

func (g *giveBack) chosen() int64 {
	var n int64
	for _, pieces := range g.pieces {
		n += pieces
	}
	return n
}

// Update answers keys, and follows what becomes of the order.
func (g *giveBack) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		switch {
		case g.looking:
			g.waiting = append(g.waiting, msg)
		case g.order == nil:
			return g.paste(msg.Content)
		}
	case tea.KeyPressMsg:
		switch {
		case g.looking:
			g.waiting = append(g.waiting, msg)
		case g.order == nil:
			return g.ask(msg)
		default:
			return g.press(msg)
		}
	case storeChanged:
		if g.order != nil && !g.busy {
			return g.read(string(g.order.ID))
		}
	case themeChanged:
		paintInput(&g.number, g.desk.Styles)
	}
	return nil
}

func (g *giveBack) ask(msg tea.KeyPressMsg) tea.Cmd {
	if key.Matches(msg, giveBackKeys.find) {
		return g.find()
	}
	g.number, _ = g.number.Update(msg)
	return nil
}

func (g *giveBack) paste(text string) tea.Cmd {
	g.number, _ = g.number.Update(tea.PasteMsg{Content: strings.TrimSpace(Inert(text))})
	if strings.ContainsAny(text, "\r\n") { // a scan that comes as a paste
		return g.find()
	}
	return nil
}

// find looks up what was typed. Keys behind it wait for the answer: they are about the order.
func (g *giveBack) find() tea.Cmd {
	text := strings.TrimSpace(g.number.Value())
	if text == "" {
		return nil
	}
	g.looking = true
	return g.read(text)
}

// read looks an order up, by its number or by the code on its receipt. An answer that was asked for before the person
// stepped back, or before a newer one, counts no more.
func (g *giveBack) read(ref string) tea.Cmd {
	g.reads++
	asked := g.reads
	return asking(g.desk, func(ctx context.Context, t *till.Till) (*domain.Order, error) {
		return t.Order(ctx, ref)
	}, func(o *domain.Order, err error) tea.Cmd {
		if asked != g.reads {
			return nil
		}
		g.looking = false
		if err != nil {
			g.desk.Fail(err)
			g.number.SetValue("")
			g.waiting = nil
			return nil
		}
		g.show(o)
		return g.waiting.release(g.desk, g)
	})
}

// show takes the order; what was chosen stays as far as it is still there.
func (g *giveBack) show(o *domain.Order) {
	chosen := g.pieces
	g.order, g.left, g.pieces = o, o.PiecesLeft(), make([]int64, len(o.Cart.Lines))
	for i := range min(len(chosen), len(g.pieces)) {
		g.pieces[i] = min(chosen[i], g.left[i])
	}
	g.at = min(g.at, max(0, len(g.left)-1))
}

// StepBack goes from the lines to the number. What is still asked for is no longer waited for.
func (g *giveBack) StepBack() bool {
	had := g.order != nil
	g.reads++
	g.looking, g.waiting = false, nil
	g.order, g.pieces, g.at = nil, nil, 0
	g.number.SetValue("")
	return had
}

func (g *giveBack) press(msg tea.KeyPressMsg) tea.Cmd {
	k := giveBackKeys
	switch {
	case key.Matches(msg, k.refund):
		return g.askRefund()
	case key.Matches(msg, k.choose):
		g.at = max(0, min(g.at+map[string]int{"up": -1, "down": 1}[msg.String()], len(g.pieces)-1))
	case key.Matches(msg, k.more):
		g.turn(map[string]int64{"left": -1, "-": -1}[msg.String()])
	case key.Matches(msg, k.all):
		copy(g.pieces, g.left)
	case key.Matches(msg, k.none):
		clear(g.pieces)
	case key.Matches(msg, k.order):
		return g.desk.Push(newOrder(g.desk, g.order.ID))
	}
	return nil
}

// turn takes a piece more of the line in hand, or one fewer.
func (g *giveBack) turn(by int64) {
	if by == 0 {
		by = 1
	}
	if g.left[g.at] == 0 {
		g.desk.Say("nothing of this line is left to give back")
		return
	}
	g.pieces[g.at] = max(0, min(g.pieces[g.at]+by, g.left[g.at]))
}

// wished are the chosen pieces as the till wants them.
func (g *giveBack) wished() []domain.LinePart { return g.order.PartsOf(g.pieces) }

// back is what the chosen pieces come to, in minor units.
func (g *giveBack) back() domain.Amount {
	var sum domain.Amount
	for _, part := range g.wished() {
		sum += part.Amount
	}
	return sum
}

// askRefund asks once, with the amounts before and after.
func (g *giveBack) askRefund() tea.Cmd {
	sum, o := g.back(), g.order
	p := o.RefundsTo(sum)
	switch c := o.Cart.Currency; {
	case g.busy:
		return nil
	case g.chosen() == 0:
		g.desk.Say("nothing is chosen: → takes a piece, a takes all")
		return nil
	case p == nil:
		g.desk.Fail(domain.Errorf(domain.CodeIllegalTransition, "no payment of this order has %s left to refund", c.Display(sum)).
			WithHint("g leads to the order: there each payment is refunded by itself"))
		return nil
	}
	c, id, parts := o.Cart.Currency, p.ID, g.wished()
	cash := sum
	if p.Method == domain.Cash {
		cash += p.RoundingBack(g.desk.Till.Country, c, sum)
	}
	note := fmt.Sprintf("%s of order %s, to %s.", plural(int(g.chosen()), "piece"), Inert(o.Number), sourceWords(p))
	if cash != sum {
		note += fmt.Sprintf(" in coins that is %s.", c.Display(cash))
	}
	intent := till.Intent{Key: g.desk.Till.Env.NewID("key_")}
	return g.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "refund " + c.Display(sum) + "?" },
		Note:     note, Yes: "refund", No: "keep it", Money: true,
		Changes: func(domain.Amount) []Change {
			kept := o.Sums().Net()
			return []Change{{"the shop keeps", c.Display(kept), c.Display(kept - sum)}}
		},
		Do: func(domain.Amount) tea.Cmd {
			return g.refund(intent, till.Refunding{Payment: id, Parts: parts, Reason: "brought back"})
		},
	})
}

func (g *giveBack) refund(in till.Intent, wished till.Refunding) tea.Cmd {
	g.busy = true
	g.desk.Busy(+1)
	id := g.order.ID
	return asking(g.desk, func(ctx context.Context, t *till.Till) (till.Result, error) {
		return t.Refund(ctx, in, wished)
	}, func(res till.Result, err error) tea.Cmd {
		g.busy = false
		g.desk.Busy(-1)
		if res.Order != nil && g.order != nil && g.order.ID == id { // the person may have gone on to another receipt
			g.reads++
			clear(g.pieces)
			g.show(res.Order)
		}
		if err != nil {
			return g.desk.failFor(id, err, false)
		}
		c, r := res.Order.Cart.Currency, res.Refund
		_, word, _ := g.desk.Styles.State("refund", r.State)
		g.desk.Say("%s %s to %s", c.Display(r.Amount+r.Rounded), word, sourceWords(res.Payment))
		return nil
	})
}
