package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"

	"till/domain"
)

// mostShelf is how many articles a new person is shown, shortTitle what is short enough for an example.
const (
	mostShelf  = 8
	shortTitle = 20
)

// emptyView is what a new person reads first: what to type, and a few articles to try it with.
func (s *sale) emptyView(lines int) string {
	st := s.desk.Styles
	if s.goods != nil && len(s.goods.articles) == 0 {
		return "\n" + st.Text.Render("the catalogue is empty.") + "\n\n" +
			st.Faint.Render("fill it with: till catalog import FILE.jsonl")
	}
	text := "scan an article, or type a part of its name. " + s.example() + " takes three, - takes the last line out, 10% comes off it."
	air := []string{""}
	if lines < airyShelf {
		air = nil
	}
	page := append(slices.Clone(air), st.Text.Render("ready for the next customer."))
	page = append(page, air...)
	page = append(page, strings.Split(st.Faint.Render(wrapped(text, min(60, s.mainWidth()))), "\n")...)
	page = append(page, air...)
	page = append(page, s.shelf(lines-len(page))...)
	if s.entry.Value() == "" && lines-len(page) > len(typedKeys)+2 {
		page = append(page, s.typedView()...)
	}
	return strings.Join(page, "\n")
}

// typedKeys is what can be typed, for somebody who looks for it.
var typedKeys = []key.Binding{saleKeys.quantity, saleKeys.named, saleKeys.less, saleKeys.void, saleKeys.cheaper, saleKeys.price}

// typedView is that, where there is room.
func (s *sale) typedView() []string {
	st := s.desk.Styles
	lines := []string{"", st.Title.Render("to be typed")}
	for _, k := range typedKeys {
		lines = append(lines, st.Key.Render(pad(k.Help().Key, 12))+st.Faint.Render(k.Help().Desc))
	}
	return lines
}

// airyShelf is from how many lines on there is air between the parts.
const airyShelf = 11

// example is an entry for three of an article that there is.
func (s *sale) example() string {
	if s.goods == nil {
		return "3*"
	}
	for _, a := range s.goods.articles[:min(mostShelf, len(s.goods.articles))] {
		if title := strings.ToLower(Inert(a.Title)); width(title) <= shortTitle {
			return "3*" + title
		}
	}
	return "3*" + cut(Inert(s.goods.articles[0].SKU), shortTitle)
}

// shelf is the first articles of the catalogue, as many as there are lines for.
func (s *sale) shelf(lines int) []string {
	st := s.desk.Styles
	head := []string{st.Title.Render("on the shelf")}
	if s.goods == nil || s.entry.Value() != "" || lines <= len(head) {
		return nil
	}
	articles := s.goods.articles[:min(mostShelf, lines-len(head), len(s.goods.articles))]
	columns := min(60, s.mainWidth())
	code := 0
	for _, a := range articles {
		code = max(code, min(width(Inert(a.SKU)), shortTitle))
	}
	for _, a := range articles {
		head = append(head, s.shelfLine(a, code, columns))
	}
	return head
}

func (s *sale) shelfLine(a domain.Article, code, columns int) string {
	st, price := s.desk.Styles, "  "+a.Currency.Display(a.Price)
	line := st.Faint.Render(pad(Inert(a.SKU), code)) + "  " + st.Text.Render(cut(Inert(a.Title), columns-code-2-width(price)))
	return spread(line, st.Faint.Render(price), columns)
}
