package tui

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"till/domain"
)

// catalogue is the shop's articles, made ready for typing once: by a command.
type catalogue struct {
	articles []domain.Article
	titles   []string       // in lower case
	texts    []string       // title and note, in lower case: what a name is looked for in
	byCode   map[string]int // article numbers and barcodes, in lower case

	asked string // the last search: a longer one of the same beginning looks through what that found
	found []int
}

func newCatalogue(articles []domain.Article) *catalogue {
	n := len(articles)
	c := &catalogue{articles: articles, titles: make([]string, n), texts: make([]string, n), byCode: make(map[string]int, 2*n)}
	for i, a := range articles {
		c.titles[i] = strings.ToLower(a.Title)
		c.texts[i] = strings.ToLower(a.Title + " " + a.Note)
		if a.Barcode != "" {
			c.byCode[strings.ToLower(a.Barcode)] = i
		}
	}
	for i, a := range articles { // an article number wins over another's barcode
		c.byCode[strings.ToLower(a.SKU)] = i
	}
	return c
}

// exact finds the article that has a number or a barcode.
func (c *catalogue) exact(code string) (domain.Article, bool) {
	i, found := c.byCode[strings.ToLower(code)]
	if !found {
		return domain.Article{}, false
	}
	return c.articles[i], true
}

// search gives the articles that a text may mean, the likeliest first: by number or barcode, by the beginning of
// a number, by words of the name, and at last by letters in the name, in their order.
func (c *catalogue) search(text string, limit int) []domain.Article {
	if text == "" {
		return nil
	}
	var hits []int
	if i, found := c.byCode[strings.ToLower(text)]; found {
		hits = append(hits, i)
	}
	if isDigits(text) {
		hits = c.begin(text, hits, limit)
	}
	for _, find := range []func(string) []int{c.worded, c.named} {
		if len(hits) > 0 && isDigits(text) {
			break
		}
		found := find(text)
		for _, i := range found[:min(len(found), limit)] {
			hits = add(hits, i)
		}
		if len(found) > 0 { // letters in their order only help where no word does
			break
		}
	}
	hits = hits[:min(len(hits), limit)]
	out := make([]domain.Article, len(hits))
	for i, hit := range hits {
		out[i] = c.articles[hit]
	}
	return out
}

func (c *catalogue) begin(text string, hits []int, limit int) []int {
	for i, a := range c.articles {
		if len(hits) < limit && strings.HasPrefix(a.SKU, text) {
			hits = add(hits, i)
		}
	}
	return hits
}

func add(hits []int, i int) []int {
	for _, hit := range hits {
		if hit == i {
			return hits
		}
	}
	return append(hits, i)
}

// worded finds the names that have all the words of a text: those that begin with it, those that have words which
// begin so, in the title and then with the note's help, then those that have them anywhere, in the same order.
func (c *catalogue) worded(text string) []int {
	text = strings.ToLower(strings.TrimSpace(text))
	words := strings.Fields(text)
	var ranked [5][]int
	for i, title := range c.titles {
		rank := 4
		switch {
		case !hasAll(c.texts[i], words):
			continue
		case strings.HasPrefix(title, text):
			rank = 0
		case haveBegin(title, words):
			rank = 1
		case haveBegin(c.texts[i], words):
			rank = 2
		case hasAll(title, words):
			rank = 3
		}
		ranked[rank] = append(ranked[rank], i)
	}
	return slices.Concat(ranked[:]...)
}

// haveBegin tells whether each of the words begins one of a text's.
func haveBegin(text string, words []string) bool {
	for _, word := range words {
		if !begins(text, word) {
			return false
		}
	}
	return true
}

func begins(text, word string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], word)
		if at < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:from+at])
		if from+at == 0 || !unicode.IsLetter(before) && !unicode.IsDigit(before) {
			return true
		}
		from += at + len(word)
	}
}

func hasAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// named finds by name, fuzzily. What a longer text matches is among what a shorter one did, so each further
// letter looks through less.
func (c *catalogue) named(text string) []int {
	within := c.all()
	if c.asked != "" && strings.HasPrefix(text, c.asked) {
		within = c.found
	}
	matches := fuzzy.FindFrom(text, narrowed{c.texts, within})
	found := make([]int, len(matches))
	for i, m := range matches {
		found[i] = within[m.Index]
	}
	c.asked, c.found = text, found
	return found
}

func (c *catalogue) all() []int {
	all := make([]int, len(c.articles))
	for i := range all {
		all[i] = i
	}
	return all
}

// narrowed is a part of the catalogue to look through.
type narrowed struct {
	texts  []string
	within []int
}

func (n narrowed) String(i int) string { return n.texts[n.within[i]] }
func (n narrowed) Len() int            { return len(n.within) }

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
