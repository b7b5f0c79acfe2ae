package tui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// casesPart are the cases as the gateway has them, also those that till was not told of: here the customer's bank, the
// card network and their time go on.
type casesPart struct {
	*chair
	chosen domain.DisputeID
}

func (p *casesPart) title(short bool) string {
	movable := slices.DeleteFunc(slices.Clone(p.cases), func(c domain.BankCase) bool { return len(c.Outcomes) == 0 })
	return counted("cases", len(movable), "to move", short)
}

// index is the row in hand.
func (p *casesPart) index() int {
	return max(0, slices.IndexFunc(p.cases, func(c domain.BankCase) bool { return c.ID == p.chosen }))
}

var caseMoveKeys = struct{ move, fresh, order, walk key.Binding }{
	move:  key.NewBinding(key.WithKeys("enter", "m"), key.WithHelp("enter", "what comes of it")),
	fresh: key.NewBinding(key.WithKeys("c"), key.WithHelp("c", "open a case")),
	order: key.NewBinding(key.WithKeys("o"), key.WithHelp("o", "the order")),
	walk:  key.NewBinding(key.WithKeys("up", "down", "k", "j"), key.WithHelp("↑↓", "select")),
}

func (p *casesPart) keys() []key.Binding {
	k := caseMoveKeys
	k.move.SetEnabled(len(p.cases) > 0 && len(p.cases[p.index()].Outcomes) > 0)
	k.order.SetEnabled(len(p.cases) > 0)
	return []key.Binding{k.move, k.fresh, k.order, k.walk}
}

func (p *casesPart) press(msg tea.KeyPressMsg) tea.Cmd {
	if key.Matches(msg, caseMoveKeys.fresh) {
		p.turnTo(p.books)
		p.desk.Say("about which payment? choose it, c opens the case")
		return nil
	}
	if len(p.cases) == 0 {
		return nil
	}
	at := p.index()
	switch {
	case key.Matches(msg, caseMoveKeys.walk):
		p.chosen = p.cases[max(0, min(at+stepOf(msg), len(p.cases)-1))].ID
	case key.Matches(msg, caseMoveKeys.move):
		return p.askOutcome(p.cases[at])
	case key.Matches(msg, caseMoveKeys.order):
		return p.openOrder(string(p.cases[at].Payment))
	}
	return nil
}

// becomes say what can become of a case, from where the merchant sits.
var becomes = map[string]string{
	"retrieval":       "they ask what was sold",
	"chargeback":      "they take the money back",
	"debited":         "the money is taken",
	"reinstated":      "given back for now",
	"resolved":        "nothing left: it comes back",
	"rdr":             "the customer keeps it",
	"withdrawn":       "they drop it",
	"won":             "the merchant wins",
	"lost":            "the merchant loses",
	"pre_arbitration": "they take it once more",
	"arbitration":     "the network is to decide",
	"compliance":      "the network is to decide",
	"closed":          "they ask for nothing more",
	"expired":         "the merchant's time is over",
	"lapsed":          "their own time is over",
}

// outcomeWords are an outcome as it is called.
func outcomeWords(outcome string) string {
	if outcome == "rdr" {
		return "by a rule"
	}
	return domain.State(outcome).Words()
}

// askOutcome offers what can become of a case where it stands.
func (p *casesPart) askOutcome(c domain.BankCase) tea.Cmd {
	if len(c.Outcomes) == 0 {
		p.desk.Say("nothing comes after %s", badgeOf("dispute", c.State).word)
		return nil
	}
	keys, picks := keyed(c.Outcomes), make([]Pick, len(c.Outcomes))
	for i, outcome := range c.Outcomes {
		picks[i] = Pick{Key: keys[i], Label: outcomeWords(outcome), Note: becomes[outcome], Do: func() tea.Cmd {
			said := fmt.Sprintf("%s, case over %s: %s", p.nameOf(string(c.Payment)), c.Currency.Display(c.Amount), outcomeWords(outcome))
			return p.have("moving the case", said, func(ctx context.Context, b domain.Bank) error { return b.Advance(ctx, c.ID, outcome) })
		}}
	}
	return p.desk.Ask(&Dialog{
		Question: func(domain.Amount) string {
			return "SANDBOX  what comes of the case over " + c.Currency.Display(c.Amount) + "?"
		},
		Note: "you are the bank now: " + badgeOf("dispute", c.State).word + ".", No: "nothing yet", Picks: picks,
	})
}

func (p *casesPart) view(columns, lines int) []string {
	st := p.desk.Styles
	if len(p.cases) == 0 {
		return []string{
			st.Text.Render("no bank has opened a case"), "",
			st.Key.Render("c") + st.Faint.Render("  chooses a payment to open one about"),
		}
	}
	at := p.index()
	told := p.told(p.cases[at], columns)
	if len(p.cases)+len(told) < lines {
		told = append([]string{""}, told...)
	}
	rows := make([]string, len(p.cases))
	for i, c := range p.cases {
		rows[i] = p.row(c, i == at, columns)
	}
	rows = scrolled(p.desk.Styles, rows, at, max(1, lines-len(told)))
	return append(rows, told...)
}

// row is one case: of which order, where it stands, over how much, and when time decides it.
func (p *casesPart) row(c domain.BankCase, here bool, columns int) string {
	st := p.desk.Styles
	glyph, word, style := st.State("dispute", c.State)
	mark, name := "  ", st.Faint
	if here {
		mark, name = st.Title.Render("› "), st.Strong
	}
	line := mark + name.Render(pad(p.nameOf(string(c.Payment)), nameWidth)) + style.Render(pad(glyph+" "+word, 29)) + padLeft(c.Currency.Display(c.Amount), 13)
	if columns >= 76 && !c.Until.IsZero() {
		line += st.Faint.Render("   " + inWords(c.Until.Sub(p.now)))
	}
	return cut(line, columns)
}

// told is what can come of the case in hand.
func (p *casesPart) told(c domain.BankCase, columns int) []string {
	st := p.desk.Styles
	if len(c.Outcomes) == 0 {
		return []string{st.Faint.Render("it is over: nothing comes after this")}
	}
	names := make([]string, len(c.Outcomes))
	for i, outcome := range c.Outcomes {
		names[i] = outcomeWords(outcome)
	}
	lines := strings.Split(wrapped("enter: "+strings.Join(names, " · "), columns), "\n")
	for i := range lines {
		lines[i] = st.Text.Render(lines[i])
	}
	if !c.Until.IsZero() {
		lines = append(lines, st.Faint.Render(cut("time decides it "+inWords(c.Until.Sub(p.now))+", "+dated(c.Until), columns)))
	}
	return lines
}

// nameOf is the order of a payment.
func (s *chair) nameOf(payment string) string { return cmp.Or(s.names[payment], payment) }
