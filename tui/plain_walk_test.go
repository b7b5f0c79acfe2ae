package tui

import (
	"bytes"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// converse begins a conversation whose pages can be looked at.
func (c *talk) converse() (*plain, *bytes.Buffer) {
	c.Helper()
	out := &bytes.Buffer{}
	p := newPlain(c.Context(), c.till, out, Options{})
	p.perform(p.app.Init())
	p.settle(c.Context())
	p.say(true)
	return p, out
}

func (c *talk) line(p *plain, text string) {
	p.answer(text)
	p.settle(c.Context())
	p.say(true)
}

// isOffered tells whether a key of a screen can be had here: by its name among the choices, or because a line, a row or
// what was said stands for it.
func isOffered(p *plain, k key.Binding) bool {
	s, name := p.app.top(), k.Keys()[0]
	_, tells := s.(teller)
	listed := func(text string) bool {
		return slices.ContainsFunc(p.page.replies, func(r reply) bool { return r.text == text || strings.HasPrefix(r.text, text+": ") })
	}
	switch {
	case listed(Inert(k.Help().Desc)):
		return true
	case name == "enter": // the line after a field, or a row
		l, lists := s.(lister)
		return p.page.field != nil || lists && len(l.plainRows().keys) > 0
	case name == "esc": // where it is called otherwise it was found above
		return listed("back")
	case name == "shift+tab":
		return listed("the field before") || p.page.field != nil && p.page.field.first
	case is[*sale](s) && !p.app.oneKey(k): // it is written, not pressed
		return true
	}
	return slices.Contains(moving, name) && tells
}

func checkPage(t *testing.T, p *plain, after string) {
	t.Helper()
	if p.app.dialog != nil {
		if len(p.page.replies) == 0 {
			t.Errorf("after %q there is a question without an answer", after)
		}
		return
	}
	for _, k := range p.app.top().Keys() {
		if k.Enabled() && len(k.Keys()) > 0 && k.Help().Key != "" && !isOffered(p, k) {
			t.Errorf("after %q, on %s: %s %s is not among the choices %v", after, p.app.top().Title(), k.Help().Key, k.Help().Desc, texts(p.page.replies))
		}
	}
}

func texts(replies []reply) []string {
	var all []string
	for _, r := range replies {
		all = append(all, r.text)
	}
	return all
}

// hostile is a shop with what could break a line.
func hostile(c *talk) {
	c.Helper()
	long := strings.Repeat("a very long name 緑茶 ", 20)
	if err := c.till.Store.PutArticles(c.Context(), []domain.Article{
		{SKU: "long", Title: long + "\x1b[31m\r\n", Note: long, Price: 98765432100, Currency: "EUR"},
	}); err != nil {
		c.Fatal(err)
	}
}

// tour is what is said to come to every screen.
func tour() []string {
	return slices.Concat(
		[]string{"long", "customer", "new", ":other country", "germ", "Ann", "Lee", "ann@example.com", ":save", "pay", "card", ":terms", "7", "6", "3d", "8", "back", ":test cards", "", ""},
		[]string{"the order", "next tab", "next tab", "next tab", "next tab", "rewind", "forward", "back", "back", "back"},
		[]string{"mug", "pay", "ideal", ":back", "token", ":back", "paypal", "back", "voucher", "pay", "esc", "cash", "4006381333931", "20", "copy", "to a file"},
		append([]string{"esp", "pay"}, card("4000002760003184")...), []string{"copy the link", "esc"},
		[]string{"disputes", "also those that are over", "orders", "filter", "nobody", "", "no filter", "payouts", "new payout", ":back"},
		[]string{"shift", "open a shift", "10", "X report", "done", "Z reports", "the shift", "sandbox", "tab", "tab", "1", "tab", "tab", "help", "again"},
		[]string{"sale", "esp", "park", "mug", "park", "customer", "a", "back", "recall", "zzz", "esp", "throw away", "1", "back"},
		[]string{"bring back", "1", "1", "all of it", "nothing", "the order", "wire", "back", "back", "flat", "pay", "another amount", "1", "1", "cash", "", "orders"},
		[]string{"what needs you", "1", "back", "all orders", "sales today", "the day before", "today", "settings", "theme", "shop", "a shop", "operator"},
	)
}

// Every screen is visited; every key that works there is among the choices, and only plain lines are said.
func TestPlainOffersEveryKeyOfEveryScreen(t *testing.T) {
	t.Chdir(t.TempDir()) // receipts are written where one stands
	c := aTalk(t)
	hostile(c)
	p, out := c.converse()
	seen := map[string]bool{}
	for _, text := range tour() {
		c.line(p, text)
		checkPage(t, p, text)
		seen[p.app.top().Title()] = true
	}
	for _, screen := range []string{
		"sale", "customer", "payment", "receipt", "in flight", "orders", "disputes", "payouts", "new payout", "shift", "X report", "sandbox",
		"give back", "parked sales", "sales", "settings",
	} {
		if !seen[screen] {
			t.Errorf("%s was not seen", screen)
		}
	}
	onlyLines(t, out.String())
}

// Whatever is answered, there is a page with choices after it.
func TestPlainTakesAnything(t *testing.T) {
	t.Chdir(t.TempDir())
	c := aTalk(t)
	hostile(c)
	roll := rand.New(rand.NewPCG(3, 4))
	words := []string{"esp", "flat", "long", "", "back", "5", ":1", ":2", "-", "10%", "4242424242424242", "12/34", "123", "Ann", "germ", "a@b.example", "3d", "\x1b[2J\x00", "\xff"}
	words = append(words, "orders", "disputes", "shift", "sandbox", "sale", "settings", "ctrl+a", "F9", "no customer")
	p, out := c.converse()
	for range 700 {
		text := words[roll.IntN(len(words))]
		if n := len(p.page.replies); n > 0 && roll.IntN(3) > 0 {
			text = either(p.page.numbers(), "", ":") + strconv.Itoa(1+roll.IntN(n))
		}
		c.line(p, text)
		checkPage(t, p, text)
		if p.over {
			p, out = c.converse()
		}
		if t.Failed() {
			break
		}
	}
	onlyLines(t, out.String())
}

// page is a screen that nobody has taught to speak.
type page struct {
	typing  bool
	pressed string
}

func (s *page) Init() tea.Cmd   { return nil }
func (s *page) Resize(_, _ int) {}
func (s *page) View() string {
	return "╭──╮\n│ \x1b[1mten\x1b[0m → ● eleven │\n╰──╯\npressed " + s.pressed
}
func (s *page) Title() string { return "page" }
func (s *page) Typing() bool  { return s.typing }

func (s *page) Keys() []key.Binding {
	return []key.Binding{
		key.NewBinding(key.WithKeys("up", "down", "k"), key.WithHelp("↑↓", "move")),
		key.NewBinding(key.WithKeys("ctrl+e"), key.WithHelp("ctrl+e", "export")),
		key.NewBinding(key.WithKeys("ctrl+z"), key.WithHelp("ctrl+z", "nothing"), key.WithDisabled()),
	}
}

func (s *page) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		s.pressed += " " + k.String()
	}
	return nil
}

// A screen that says nothing of itself is told by what it draws, and its keys are choices all the same.
func TestPlainTellsAnyScreen(t *testing.T) {
	c := aTalk(t)
	p, out := c.converse()
	s := &page{}
	p.perform(p.app.push(s))
	c.line(p, "down")
	told{c, out.String()}.with("page\nten to eleven", "there is no choice", " 1 move: up", " 2 move: down", " 3 export", " 4 back")
	c.line(p, "2")
	c.line(p, "ctrl+e")
	c.line(p, "letters")
	s.typing = true
	c.line(p, "ab")
	told{c, out.String()}.with("pressed down", "pressed down ctrl+e", "there is no choice", "pressed down ctrl+e a b enter")
	onlyLines(t, out.String())
}

// deaf is where nobody hears what is said.
type deaf struct{}

func (deaf) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestPlainStopsWhereNobodyHears(t *testing.T) {
	c := aTalk(t)
	err := RunPlain(t.Context(), c.till, strings.NewReader("flat\npay\ncash\n\n"), deaf{}, Options{})
	if err != io.ErrClosedPipe {
		t.Error(err)
	}
	c.says("orders").with("no orders yet")
}

// What happens elsewhere is said between two lines, without being asked.
func TestPlainSaysWhatComesLater(t *testing.T) {
	c := aTalk(t)
	c.says(append([]string{"mug", "pay"}, card("4242424242424242")...)...)
	in, lines := io.Pipe()
	heard, out := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- RunPlain(t.Context(), c.till, in, out, Options{})
		_ = out.Close()
	}()
	late := time.AfterFunc(20*time.Second, func() { _ = heard.CloseWithError(io.ErrNoProgress) })
	defer late.Stop()
	hears := hearing(t, heard)
	go func() { _, _ = io.WriteString(lines, "orders\n1\n") }()
	hears("order 1 ", ": a number:")
	o, err := c.till.Store.Order(t.Context(), c.newest())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.till.Refund(t.Context(), till.Intent{Key: "k"}, till.Refunding{Payment: o.Last().ID, Amount: 250}); err != nil {
		t.Fatal(err)
	}
	hears("refunded €2.50", ": a number:")
	_ = lines.Close()
	go func() { _, _ = io.Copy(io.Discard, heard) }()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// hearing reads until texts were said, one after the other.
func hearing(t *testing.T, from io.Reader) func(texts ...string) {
	said := ""
	return func(texts ...string) {
		t.Helper()
		for _, text := range texts {
			for !strings.Contains(said, text) {
				part := make([]byte, 4096)
				n, err := from.Read(part)
				if said += string(part[:n]); err != nil {
					t.Fatalf("%q was not said: %v\n%s", text, err, said)
				}
			}
			_, said, _ = strings.Cut(said, text)
		}
	}
}

func (c *talk) newest() domain.OrderID {
	c.Helper()
	page, err := c.till.Store.Orders(c.Context(), domain.OrderQuery{Size: 1})
	if err != nil || len(page.Items) == 0 {
		c.Fatal("no order", err)
	}
	return page.Items[0].ID
}

// The end of the input is the end, and the sale on the screen is there the next time; so it is when ctx ends.
func TestPlainKeepsTheSale(t *testing.T) {
	c := aTalk(t)
	c.says("mug", "customer")
	c.says("again").with("line 1: 1 × enamel mug", "here again")
	c.says("quit").with("line 1")
}

func TestPlainTooLongALine(t *testing.T) {
	c := aTalk(t)
	err := RunPlain(t.Context(), c.till, strings.NewReader(strings.Repeat("x", longestLine+1)), io.Discard, Options{})
	if domain.CodeOf(err) != domain.CodeInvalid {
		t.Error(err)
	}
}

func TestStrokes(t *testing.T) {
	for _, name := range []string{"a", "A", "+", "[", "enter", "esc", "ctrl+l", "shift+tab", "f9", "pgdown", "space"} {
		if got := keyOf(name); got.String() != name {
			t.Errorf("%q is the key %q", name, got.String())
		}
	}
}

func TestInWordsOnly(t *testing.T) {
	for drawn, want := range map[string]string{
		"\x1b[31m✗ no\x1b[0m":         "no",
		"│ › esp  €2.40 │":            "esp €2.40",
		"█▀▄ ▌":                       "",
		" · one · two ·":              "one, two",
		"order → ● paid":              "order to paid",
		"€4.00 −1 · 緑茶 • 3 × tea … é": "€4.00 −1, 緑茶 • 3 × tea … é",
	} {
		if got := inWordsOnly(drawn); got != want {
			t.Errorf("%q is said as %q", drawn, got)
		}
	}
}

func TestOnlyTimePassing(t *testing.T) {
	before := []string{"4:59 left, until 10:30:00", "ends in 3 days", "captured €4.00"}
	now := []string{"4:58 left, until 10:30:00", "ends in 2 days", "captured €5.00"}
	if got := unheard(now, before, false); !slices.Equal(got, now[2:]) {
		t.Errorf("by itself it says %q", got)
	}
	if got := unheard(now, before, true); len(got) != 3 {
		t.Errorf("asked it says %q", got)
	}
}

func TestSentenceOfAField(t *testing.T) {
	for want, f := range map[string]plainField{
		"name:":                                 {label: "name"},
		"name, now Ann:":                        {label: "name", value: "Ann", example: "MM/YY"},
		"expiry, like MM/YY:":                   {label: "expiry", example: "MM/YY"},
		"given, like 3.90 (this line pays):":    {label: "given", example: "3.90", then: "this line pays"},
		"postcode, like 10115:":                 {label: "postcode", example: "like 10115"},
		"note, what the order should say:":      {label: "note", example: "what the order should say"},
		"reason, such as: change for the till:": {label: "reason", example: "such as: change for the till"},
	} {
		if got := f.sentence(); got != want {
			t.Errorf("%+v is asked for as %q, not %q", f, got, want)
		}
	}
}
