package tui

import (
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
	case key.Matches(msg, k.enter):
		return s.submit()
	case key.Matches(msg, k.pay):
		return s.pay()
	case key.Matches(msg, k.customer):
		return s.customer()
	case key.Matches(msg, k.discount), key.Matches(msg, k.tip), key.Matches(msg, k.delivery):
		return s.askAmount(msg.String())
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

func (s *sale) edit(msg tea.Msg) {
	had := s.entry.Value()
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
	text = strings.ReplaceAll(text, "\r\n", "\r")
	for {
		end := strings.IndexAny(text, "\r\n")
		if end < 0 {
			break
		}
		s.edit(tea.PasteMsg{Content: Inert(text[:end])})
		if s.entry.Value() != "" {
			cmds = append(cmds, s.take(true))
		}
		text = text[end+1:]
	}
	s.edit(tea.PasteMsg{Content: Inert(text)})
	return tea.Batch(cmds...)
}

// StepBack empties the entry line first.
func (s *sale) StepBack() bool {
	had := s.entry.Value() != ""
	s.entry.Reset()
	s.suggest()
	return had
}

// submit is Enter: with nothing entered it pays.
func (s *sale) submit() tea.Cmd {
	if strings.TrimSpace(s.entry.Value()) == "" {
		return s.pay()
	}
	return s.take(false)
}

// take enters what stands in the entry line; a scan never takes a suggestion.
func (s *sale) take(scanned bool) tea.Cmd {
	text := s.entry.Value()
	chosen := s.chosen
	hits := s.hits
	s.entry.Reset()
	s.suggest()
	if !scanned && chosen >= 0 && chosen < len(hits) {
		e, err := parseEntry(text)
		if err != nil {
			e.quantity = 1
		}
		return s.put(hits[chosen], e.quantity)
	}
	return s.enter(text, scanned)
}

// enter does what a text says: an article, a quantity of it, a void, a discount.
func (s *sale) enter(text string, scanned bool) tea.Cmd {
	if !s.ready() {
		s.before = append(s.before, text)
		return nil
	}
	e, err := parseEntry(text)
	if err != nil {
		s.desk.Fail(err)
		return nil
	}
	switch {
	case e.void:
		return s.void(e.line)
	case e.percent != nil:
		return s.alter(s.basket.reduce(*e.percent))
	}
	if a, found := s.goods.exact(e.code); found {
		return s.put(a, e.quantity)
	}
	// Digits are a number or a barcode: what is not known is said, and never guessed from a name.
	if hits := s.goods.search(e.code, 1); len(hits) > 0 && !scanned && !isDigits(e.code) {
		return s.put(hits[0], e.quantity)
	}
	s.desk.Fail(fmt.Errorf("no article %q", cut(Inert(domain.MaskCards(e.code)), 40)))
	return nil
}

func (s *sale) put(a domain.Article, quantity int64) tea.Cmd {
	line, err := s.basket.add(a, quantity)
	if err == nil {
		s.last, s.scroll = line, 0
	}
	return s.alter(err)
}

func (s *sale) void(number int) tea.Cmd {
	gone, err := s.basket.void(number)
	if err == nil {
		s.desk.Say("taken out: %d × %s", gone.Quantity, gone.Title)
	}
	return s.alter(err)
}

// alter keeps what a change made of the sale, or says why there was none.
func (s *sale) alter(err error) tea.Cmd {
	if err != nil {
		s.desk.Fail(err)
		return nil
	}
	s.changed()
	return s.keep()
}

// changed draws the sale anew.
func (s *sale) changed() {
	s.last = min(s.last, len(s.basket.Cart.Lines)-1)
	s.refresh()
}
