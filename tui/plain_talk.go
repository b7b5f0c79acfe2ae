package tui

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// What is said, and what an answer means.

func (p *plain) print(format string, args ...any) {
	_, _ = fmt.Fprintln(p.out, wrapped(fmt.Sprintf(format, args...), longestSaid)) // what fails is told by Flush
}

// longestSaid is how long a line is that is said.
const longestSaid = 160

func (p *plain) greet() {
	p.print("till, in words. every answer is a line: the number of a choice, or what is asked for.")
	money := "sandbox: no real money moves."
	if p.app.desk.Till.Live {
		money = "LIVE: the money is real."
	}
	p.print("%s help says more, quit leaves.", money)
	if s, here := p.app.top().(*sale); here && p.app.door == nil && s.basket.empty() {
		for _, line := range s.hints() {
			p.print("%s", line)
		}
	}
}

// say tells what is new. Asked, it ends with what can be answered; by itself it is silent where nothing is new.
func (p *plain) say(asked bool) {
	if p.over {
		return
	}
	p.tellRefused()
	page, before := p.look(), p.page
	if page.of == p.screen.of { // what stood under a dialog was said before
		before.of, before.title, before.part, before.lines = p.screen.of, p.screen.title, p.screen.part, p.screen.lines
	}
	moved := page.of != before.of || page.title != before.title
	if moved || page.part != before.part || page.asked() != before.asked() {
		p.from = 0
		page = p.look()
	}
	fresh := page.lines
	if !moved {
		fresh = unheard(page.lines, before.lines, asked)
	}
	news := p.news()
	if !asked && !moved && len(fresh)+len(news) == 0 {
		return
	}
	p.page = page
	if _, asks := page.of.(*Dialog); !asks {
		p.screen = page
	}
	if moved {
		p.print("\n%s", page.title)
	}
	for _, line := range slices.Concat(fresh, news) {
		p.print("%s", domain.MaskCards(line)) // also of what was typed into the wrong field, and stands there still
	}
	switch {
	case moved || !sameReplies(page, before):
		p.offer()
	case len(fresh)+len(news) == 0 && page.field == nil:
		p.print("as it was.")
	}
	p.prompt()
	if p.out.Flush() != nil { // nobody hears it: what is asked next would be answered blindly
		p.over = true
	}
}

// tellRefused says why the sale has not taken what was entered, which is then gone: the next line is another.
func (p *plain) tellRefused() {
	if s, here := p.app.top().(*sale); here && s.refused != "" {
		p.note("error: " + inWordsOnly(s.refused))
		s.empty()
	}
}

// news are the status line, where it is another, and what was noted.
func (p *plain) news() []string {
	news := p.notes
	p.notes = nil
	if text := inWordsOnly(p.app.status); text != "" && text != p.status && p.app.door == nil {
		if p.app.failed {
			text = "error: " + text
		}
		news = append(news, text)
	}
	p.status = inWordsOnly(p.app.status)
	return news
}

func sameReplies(a, b plainPage) bool {
	return a.numbers() == b.numbers() &&
		slices.EqualFunc(a.replies, b.replies, func(x, y reply) bool { return x.text == y.text })
}

// offer lists the replies by their numbers, as they are typed.
func (p *plain) offer() {
	mark := " "
	if !p.page.numbers() {
		mark = ":"
	}
	for i, r := range p.page.replies {
		p.print("%s%d %s", mark, i+1, r.text)
	}
}

// prompt says what the next line is to be.
func (p *plain) prompt() {
	f := p.page.field
	p.hide(f != nil && f.secret)
	switch {
	case f != nil:
		if f.wrong != "" {
			p.print("error: %s", domain.Inert(f.wrong))
		}
		if f.note != "" {
			p.print("note: %s", domain.Inert(f.note))
		}
		p.print("%s", domain.MaskCards(f.sentence()))
	case p.typedHere() != "":
		p.print("%s: a number, or %s:", p.page.title, p.typedHere())
	default:
		p.print("%s: a number:", p.page.title)
	}
}

// hide has what is typed next shown or not.
func (p *plain) hide(secret bool) {
	switch {
	case p.quiet == nil || secret == (p.loud != nil):
	case secret:
		p.loud = p.quiet()
	default:
		p.loud()
		p.loud = nil
	}
}

// typedHere is what a line that is no reply means on the screen in hand; "": nothing is typed there.
func (p *plain) typedHere() string {
	if p.app.dialog != nil {
		return ""
	}
	switch s := p.app.top().(type) {
	case *sale:
		return "an article"
	case *receiptView: // a scan is the next sale's
		return either(len(p.app.stack) == 2, "an article", "")
	case *finder:
		return either(s.loaded, s.entry.Placeholder, "")
	case teller:
		return ""
	default:
		return either(s.Typing(), "a text", "")
	}
}

// keyNamed is the name of a key that no text begins with.
var keyNamed = regexp.MustCompile(`^(ctrl\+[a-z]|shift\+tab|f[1-9])$`)

// answer does what a line says.
func (p *plain) answer(line string) {
	p.app.status, p.app.about, p.status, p.tried = "", "", "", false
	text := strings.TrimSpace(line)
	word, ordered := strings.CutPrefix(text, ":")
	if named := strings.ToLower(text); keyNamed.MatchString(named) { // so what is said of keys can be followed
		word, ordered = named, true
	}
	switch {
	case text == "" && p.page.field == nil:
		p.again()
		return
	case ordered || p.page.numbers() || slices.Contains(plainWords, text):
		if do := p.meant(strings.TrimSpace(word)); do != nil {
			p.perform(do())
			return
		}
		if ordered {
			p.unknown(text)
			return
		}
	}
	switch {
	case p.page.field != nil:
		p.fill(text)
	case p.typedHere() != "":
		p.enter(text)
	default:
		p.unknown(text)
	}
}

// unknown says that a line means nothing here, or why what it means is not possible now.
func (p *plain) unknown(text string) {
	word := strings.TrimPrefix(text, ":")
	for _, k := range p.app.top().Keys() {
		if p.app.dialog == nil && !k.Enabled() && (strings.EqualFold(k.Help().Desc, word) || slices.Contains(k.Keys(), word)) {
			p.note("error: " + k.Help().Desc + ": not now" + p.whyOff(k))
			return
		}
	}
	p.note("error: there is no choice " + cut(strconv.Quote(domain.MaskCards(Inert(text))), 60))
}

func (p *plain) note(lines ...string) { p.notes = append(p.notes, lines...) }

// again has the page said as if it were new.
func (p *plain) again() { p.page, p.screen = plainPage{}, plainPage{} }

// copied says what would have gone into the clipboard.
func (p *plain) copied(text string) {
	p.app.status = "" // nothing was copied
	p.note("there is no clipboard here; this is the text:")
	p.note(linesInWords(text)...)
}

// fill writes a line into the field, and goes on to the next.
func (p *plain) fill(text string) {
	p.tried = true
	q, f := p.app.dialog, p.page.field
	switch {
	case f.pick != nil:
		p.choose(f.pick, text)
		return
	case text != "":
		p.press("end", "ctrl+u")
		if text != "-" {
			p.write(text)
		}
	}
	if q != nil && q.Currency != "" { // the amount is asked for once more, with yes and no
		if _, err := q.checked(); err == nil && q.wrong == "" {
			p.settled = q
		}
		return
	}
	p.press("enter")
}

// write is a paste, or in the amount of a dialog the keys: only they are heard there.
func (p *plain) write(text string) {
	if q := p.app.dialog; q != nil && q.Currency != "" {
		for _, r := range text {
			p.update(tea.KeyPressMsg{Code: r, Text: string(r)})
			if q.wrong != "" {
				return
			}
		}
		return
	}
	p.update(tea.PasteMsg{Content: text})
}

// choose narrows the options by a text, and takes the one that is left or is called so.
func (p *plain) choose(c *choice, text string) {
	if text != "" {
		p.press("ctrl+u")
		for _, r := range text {
			p.update(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
		p.from = 0
	}
	named := len(c.found) > 0 && (strings.EqualFold(c.options[c.found[0]].label, text) || strings.EqualFold(c.options[c.found[0]].value, text))
	if len(c.found) > 1 && text != "" && !named {
		p.note(fmt.Sprintf("%d are called like that: which one?", len(c.found)))
		return
	}
	p.press("enter")
}

// enter gives a line to the sale, or to a screen that is typed at. What may mean several articles is asked about, and
// whoever is looked for is taken by a number: a name alone says too little of whom it is.
func (p *plain) enter(text string) {
	if is[*receiptView](p.app.top()) { // it is the next sale's, where words mean what can be done there
		p.press("enter")
		p.page = p.look()
		if do := p.meant(text); do != nil && !isDigits(text) {
			p.perform(do())
			return
		}
	}
	switch p.app.top().(type) {
	case *sale:
		p.press("end", "ctrl+u")
		p.update(tea.PasteMsg{Content: text})
		if here, at := p.app.top().(*sale); at && here.meansSeveral() {
			p.note("which one is meant?")
			return
		}
	case *finder:
		p.press("end", "ctrl+u")
		p.update(tea.PasteMsg{Content: text})
		p.from, p.page.replies = 0, nil // they are listed again
		return
	default:
		for _, r := range text {
			p.update(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
	p.press("enter")
}

func (p *plain) press(names ...string) {
	for _, name := range names {
		p.update(keyOf(name))
	}
}
