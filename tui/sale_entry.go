package tui

import (
	"errors"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// The entry line: keys, scans and pastes, and what they do to the sale.

func (s *sale) press(msg tea.KeyPressMsg) tea.Cmd {
	k := saleKeys
	switch {
	case key.Matches(msg, k.enter), msg.Code == tea.KeyTab && isDigits(s.entry.Value()): // some scanners end with a tab
		return s.submit()
	case s.fetching && key.Matches(msg, k.pay, k.customer, k.discount, k.tip, k.delivery, k.note, k.park, k.recall, k.clear):
		s.askPatience()
	case key.Matches(msg, k.pay):
		return s.pay()
	case key.Matches(msg, k.customer):
		return s.customer()
	case key.Matches(msg, k.discount), key.Matches(msg, k.tip), key.Matches(msg, k.delivery):
		return s.askAmount(msg.String())
	case key.Matches(msg, k.note):
		return s.askNote()
	case key.Matches(msg, k.park):
		return s.park()
	case key.Matches(msg, k.recall):
		return s.recallParked()
	case key.Matches(msg, k.waits) && len(s.waits) > 0:
		return s.openWaiting()
	case key.Matches(msg, k.receipt):
		return s.findReceipt()
	case key.Matches(msg, k.clear):
		return s.startOver()
	case key.Matches(msg, k.choose):
		s.choose(map[string]int{"up": -1, "down": 1}[msg.String()])
	case key.Matches(msg, k.scroll):
		s.roll(map[string]int{"pgup": 5, "pgdown": -5}[msg.String()])
	default:
		s.edit(msg)
	}
	return nil
}

// edit takes what belongs into the entry line. What was refused there is written over by what comes next, so that
// nothing merges with it; whoever moves in it goes on with it.
func (s *sale) edit(msg tea.Msg) {
	had := s.entry.Value()
	if s.refused != "" {
		k, pressed := msg.(tea.KeyPressMsg)
		s.refused = ""
		if !pressed || k.Text != "" {
			s.entry.Reset()
		}
	}
	s.entry, _ = s.entry.Update(msg)
	if s.entry.Value() != had {
		s.suggest()
	}
}

// choose moves among the suggestions; without any, through the lines.
func (s *sale) choose(by int) {
	if len(s.hits) == 0 {
		s.roll(-by)
		return
	}
	s.chosen = min(len(s.hits)-1, max(-1, s.chosen+by))
}

// pasted takes a text from the clipboard, or from a terminal that gives a scan as one: every line end in it is an
// Enter, so none is lost and none merges with the next.
func (s *sale) pasted(text string) tea.Cmd {
	var cmds []tea.Cmd
	var refused []error
	text = strings.ReplaceAll(text, "\r\n", "\r")
	for {
		end := strings.IndexAny(text, "\r\n")
		if end < 0 {
			break
		}
		s.edit(tea.PasteMsg{Content: Inert(text[:end])})
		if s.entry.Value() != "" {
			cmd, err := s.take(true)
			cmds = append(cmds, cmd)
			if err != nil {
				refused = append(refused, err)
			}
		}
		text = text[end+1:]
	}
	if text != "" {
		s.edit(tea.PasteMsg{Content: Inert(text)})
	}
	s.fail(refused)
	return tea.Batch(cmds...)
}

// fail says what was refused of several entries.
func (s *sale) fail(refused []error) {
	switch n := len(refused); {
	case n == 1:
		s.desk.Fail(refused[0])
	case n > 1:
		s.desk.Fail(fmt.Errorf("%w · and %d more", refused[0], n-1))
	}
}

// StepBack empties the entry line first.
func (s *sale) StepBack() bool {
	had := s.entry.Value() != ""
	s.empty()
	return had
}

// empty makes the entry line ready for the next one.
func (s *sale) empty() {
	s.entry.Reset()
	s.refused = ""
	s.suggest()
}

// submit is Enter: with nothing entered it pays.
func (s *sale) submit() tea.Cmd {
	empty := strings.TrimSpace(s.entry.Value()) == ""
	switch {
	case s.fetching && (empty || s.chosen >= 0):
		s.askPatience()
		return nil
	case empty:
		return s.pay()
	}
	cmd, _ := s.take(false)
	return cmd
}

// askPatience is said while a parked sale is on its way: nothing is done to the one that makes room for it.
func (s *sale) askPatience() { s.desk.Say("one moment: the parked sale is being looked up") }

// take enters what stands in the entry line; a scan never takes a suggestion. What is refused stays there, with the
// reason beside it.
func (s *sale) take(scanned bool) (cmd tea.Cmd, err error) {
	text, chosen, hits := s.entry.Value(), s.chosen, s.hits
	s.empty()
	if !scanned && chosen >= 0 && chosen < len(hits) {
		e, wrong := parseEntry(text)
		if wrong != nil {
			e = entry{quantity: 1}
		}
		cmd, err = s.do(e, hits[chosen])
	} else {
		cmd, err = s.enter(text, scanned)
	}
	if err != nil {
		s.entry.SetValue(Inert(text))
		s.entry.CursorEnd()
		s.refused = err.Error()
	}
	return cmd, err
}

// enter does what a text says.
func (s *sale) enter(text string, scanned bool) (tea.Cmd, error) {
	if !s.ready() {
		s.before = append(s.before, text)
		return nil, nil
	}
	if a, found := s.goods.exact(strings.TrimSpace(text)); found { // also one whose number looks like something else
		return s.do(entry{quantity: 1}, a)
	}
	e, err := parseEntry(text)
	if err != nil {
		return nil, err
	}
	if e.deed != putIn && e.deed != takeOut {
		return s.alterLine(e)
	}
	if a, found := s.goods.exact(e.code); found {
		return s.do(e, a)
	}
	// Digits are a number or a barcode: what is not known is said, and never guessed from a name.
	named := !scanned && !isDigits(e.code)
	if named && e.amount != "" && e.deed == putIn {
		return s.do(e, domain.Article{Title: domain.MaskCards(e.code), Currency: s.currency()})
	}
	if hits := s.goods.search(e.code, 1); len(hits) > 0 && named {
		return s.do(e, hits[0])
	}
	err = fmt.Errorf("no article %q", cut(Inert(domain.MaskCards(e.code)), 40))
	if isAmount(text) && strings.Contains(text, ".") {
		err = fmt.Errorf("%w · @%s is a price for the marked line", err, text)
	}
	return nil, err
}

// currency is that of the sale, or of the till while there is no article in it.
func (s *sale) currency() domain.Currency {
	if s.basket.empty() {
		return s.desk.Till.Currency
	}
	return s.basket.Cart.Currency
}

// do puts pieces of an article in, or takes them out.
func (s *sale) do(e entry, a domain.Article) (tea.Cmd, error) {
	if e.deed == takeOut {
		line, gone, err := s.basket.take(a, e.quantity)
		if err != nil {
			return nil, err
		}
		s.say(gone)
		s.last = line
		return s.alter(), nil
	}
	if e.amount != "" {
		price, err := parseAmount(a.Currency, e.amount)
		if err != nil {
			return nil, err
		}
		a.Price = price
	}
	line, err := s.basket.add(a, e.quantity)
	if err != nil {
		return nil, err
	}
	s.last, s.scroll = line, 0
	return s.alterAt(line), nil
}

// alterLine does to a line what is no article: takes it out, makes it cheaper, gives it a price.
func (s *sale) alterLine(e entry) (tea.Cmd, error) {
	at := s.last
	if e.deed == voidLine {
		if e.line > 0 {
			at = e.line - 1
		}
		gone, err := s.basket.void(at)
		if err != nil {
			return nil, err
		}
		s.say(gone)
		return s.alter(), nil
	}
	if s.basket.empty() {
		return nil, errors.New("there is no line yet")
	}
	line := s.basket.Cart.Lines[at]
	var err error
	switch e.deed {
	case percent:
		line.DiscountPercent = e.percent
	case amountOff:
		line.DiscountAmount, err = parseAmount(s.currency(), e.amount)
	case newPrice:
		line.Price, err = parseAmount(s.currency(), e.amount)
	}
	if err == nil {
		err = s.basket.change(at, line)
	}
	if err != nil {
		return nil, err
	}
	return s.alterAt(at), nil
}

func (s *sale) say(gone domain.Line) { s.desk.Say("taken out: %d × %s", gone.Quantity, gone.Name()) }

// alter keeps what a change made of the sale; alterAt where one line alone is another, or one more.
func (s *sale) alter() tea.Cmd {
	s.changed()
	return s.keep()
}

func (s *sale) alterAt(line int) tea.Cmd {
	s.sums = s.basket.Cart.Retotal(s.sums, line)
	s.refresh()
	return s.keep()
}

// changed reckons and draws the sale anew.
func (s *sale) changed() {
	s.last = max(0, min(s.last, len(s.basket.Cart.Lines)-1))
	s.sums = s.basket.Cart.Totals()
	s.refresh()
}
