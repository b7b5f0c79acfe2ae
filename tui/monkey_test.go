package tui

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
	"till/storage/storagetest"
)

// peopled is a shop where something of everything is there to be looked at.
func (d *driver) peopled() *driver {
	d.t.Helper()
	ctx := d.t.Context()
	d.openShift("100")
	d.trade()
	d.payTo(3)
	d.claimed(domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"})
	d.troubled()
	d.onHold()
	o := d.sell(till.NewOrder{})
	d.charge(o, refused)
	d.charge(d.sell(till.NewOrder{}), "4000002760003184") // the customer's turn
	d.lose(domain.Authorize, 0)
	d.charge(d.sell(till.NewOrder{}), visa)
	d.sell(till.NewOrder{})
	if err := d.till.Bank.ClearFaults(ctx); err != nil {
		d.t.Fatal(err)
	}
	d.follow()
	return d
}

// starts are the ways to every page, from the sale.
var starts = [][]string{
	{},
	{"m", "u", "g"},
	{"f2", "m", "u", "g", "enter", "enter"},
	{"m", "u", "g", "enter", "enter", "a"},
	{"m", "u", "g", "enter", "enter", "c"},
	{"m", "u", "g", "enter", "enter", "i"},
	{"m", "u", "g", "enter", "enter", "v"},
	{"m", "u", "g", "enter", "ctrl+t"},
	{"m", "u", "g", "enter", "ctrl+d"},
	{"m", "u", "g", "enter", "ctrl+l"},
	{"ctrl+n"},
	{"ctrl+b"},
	{"ctrl+b", "ctrl+n"},
	{"ctrl+b", "ctrl+n", "g", "e", "r", "m", "enter"},
	{"m", "u", "g", "enter", "ctrl+p"},
	{"m", "u", "g", "enter", "ctrl+p", "ctrl+r"},
	{"ctrl+f", "1", "enter"},
	{"ctrl+f", "2", "enter"},
	{"f3"},
	{"f3", "/"},
	{"f3", "a"},
	{"f3", "g"},
	{"f3", "p"},
	{"f3", "p", "n"},
	{"f3", "p", "enter"},
	{"f3", "enter"},
	{"f3", "down", "enter"},
	{"f3", "down", "down", "enter"},
	{"f3", "down", "down", "down", "enter"},
	{"f3", "down", "down", "down", "down", "enter"},
	{"f3", "down", "down", "down", "down", "down", "enter"},
	{"f3", "down", "down", "down", "enter", "tab"},
	{"f3", "down", "down", "down", "enter", "tab", "tab"},
	{"f3", "down", "down", "down", "enter", "tab", "tab", "tab"},
	{"f3", "down", "down", "down", "enter", "["},
	{"f3", "down", "down", "down", "enter", "shift+tab"},
	{"f4"},
	{"f4", "enter"},
	{"f5"},
	{"f5", "x"},
	{"f5", "c"},
	{"f5", "+"},
	{"f5", "tab"},
	{"f6"},
	{"f6", "tab"},
	{"f6", "tab", "tab"},
	{"f6", "tab", "tab", "tab"},
	{"f6", "shift+tab"},
	{"f7"},
	{"f7", "down", "enter"},
	{"f1"},
	{"ctrl+k"},
	{"ctrl+k", "p", "a"},
}

// moneyStarts are the ways to the questions about the money of orders, of the newest first.
func moneyStarts() (ways [][]string) {
	for n := range 12 {
		order := append([]string{"f3"}, slices.Repeat([]string{"down"}, n)...)
		ways = append(ways, append(order, "enter", []string{"r", "c", "v"}[n%3]), append(slices.Clone(order), "enter", []string{"x", "r", "z"}[n%3]))
	}
	return ways
}

// monkeyKeys are all that a keyboard has, those that answer yes more often.
var monkeyKeys = func() []string {
	keys := slices.Concat(burstKeys, placeKeys, []string{"enter", "enter", "enter", "enter", "y", "y", "y", "f9", "f9", "[", "]", "{", "}", "/", "?", "+", "*", "%", "0", "1", "5", "9"})
	for c := 'a'; c <= 'z'; c++ {
		if keys = append(keys, string(c), strings.ToUpper(string(c))); c != 'c' {
			keys = append(keys, "ctrl+"+string(c))
		}
	}
	return slices.DeleteFunc(keys, func(k string) bool { return k == " " })
}()

// look is what stood before a person when they did something: the screen, and whether what they did can have been a yes to a
// question or to a payment's page.
type look struct {
	screen string
	yes    bool
	done   string
}

// monkey presses, pastes, clicks and pulls at a console, and judges what comes of it.
type monkey struct {
	*driver
	*rand.Rand
	texts  []string
	begun  domain.Seq // the journal's end when it looked last
	window []look     // since then
	log    []string
	moved  int
}

func one[T any](m *monkey, of []T) T { return of[m.IntN(len(of))] }

// answers tells whether an event can be a yes where the console is now: an armed question, or the page that takes money.
func (m *monkey) answers(event string) bool {
	asked := m.app.dialog != nil && m.app.dialog.armed
	pays := m.app.dialog == nil && (is[*payment](m.app.top()) || is[*flight](m.app.top()))
	picks := asked && len(m.app.dialog.Picks) > 0
	yes := slices.Contains([]string{"enter", "y", "Y", "f9", "ctrl+j", "ctrl+m", "click"}, event)
	return (asked || pays) && yes || picks
}

func (m *monkey) event() {
	name, msg := "", tea.Msg(nil)
	n := m.IntN(100)
	switch waits := m.app.dialog != nil || is[*payment](m.app.top()); {
	case waits && m.app.dialog != nil && !m.app.dialog.armed && n < 35:
		name, msg = "armed", dialogArmed{m.app.dialog}
	case waits && n < 70:
		name, msg = "enter", keyOf("enter")
	case m.app.dialog == nil && n < 40: // what works here
		works := slices.DeleteFunc(slices.Clone(m.app.top().Keys()), func(k key.Binding) bool { return !k.Enabled() || len(k.Keys()) == 0 })
		name = "esc"
		if len(works) > 0 {
			name = one(m, one(m, works).Keys())
		}
		msg = keyOf(name)
	case n < 72:
		name = one(m, monkeyKeys)
		msg = keyOf(name)
	case n < 77:
		text := one(m, m.texts) + one(m, []string{"", "\r", "\n" + one(m, m.texts)})
		name, msg = fmt.Sprintf("paste %q", text), tea.PasteMsg{Content: text}
	case n < 84:
		name, msg = "click", tea.MouseClickMsg{X: m.IntN(m.app.width + 1), Y: m.IntN(m.app.height + 1), Button: tea.MouseLeft}
	case n < 86:
		name, msg = "wheel", tea.MouseWheelMsg{X: m.IntN(130), Y: m.IntN(45), Button: one(m, []tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown})}
	case n < 88:
		size := tea.WindowSizeMsg{Width: 1 + m.IntN(160), Height: 1 + m.IntN(60)}
		name, msg = fmt.Sprintf("%dx%d", size.Width, size.Height), size
	case n < 90:
		size := one(m, sizes)
		name, msg = fmt.Sprint(size), tea.WindowSizeMsg{Width: size[0], Height: size[1]}
	case n < 93:
		name, msg = "pause", breathed{m.app.digits}
	default:
		if m.app.dialog != nil {
			name, msg = "armed", dialogArmed{m.app.dialog}
		} else {
			name, msg = "esc", keyOf("esc")
		}
	}
	m.window = append(m.window, look{m.screen(), m.answers(name), name})
	m.log = append(m.log, name)
	m.send(msg)
}

var painted = regexp.MustCompile(`\x1b\[[0-9;:]*m`)

// judge fails if the page does not have its size, if anything but a colour is in it that a terminal acts on, or if money
// moved without a yes to the amount that stood on the screen.
func (m *monkey) judge() {
	v := m.app.View()
	lines := strings.Split(v.Content, "\n")
	if len(lines) != m.app.height {
		m.fail("%d lines at %dx%d", len(lines), m.app.width, m.app.height)
	}
	for _, line := range lines {
		if width(line) > m.app.width {
			m.fail("a line of %d at %dx%d: %q", width(line), m.app.width, m.app.height, line)
		}
		if line = painted.ReplaceAllLiteralString(line, ""); domain.Inert(line) != line || !utf8.ValidString(line) {
			m.fail("a line is not inert: %q", line)
		}
	}
	if title := v.WindowTitle; domain.Inert(title) != title {
		m.fail("the window's title is not inert: %q", title)
	}
	for _, e := range m.news() {
		if op := m.asked(e); op != nil && !slices.ContainsFunc(m.window, func(l look) bool { return l.yes && stated(l.screen, op) }) {
			m.fail("%s of %d moved, and nobody said yes to it; done was %+v", op.Kind, op.Amount, m.window)
		} else if op != nil {
			m.moved++
		}
	}
	m.window = m.window[:0]
}

// news are the entries since it looked last.
func (m *monkey) news() []domain.Entry {
	entries, err := m.real().Entries(m.t.Context(), "", m.begun, 0, 0)
	if err != nil {
		m.t.Fatal(err)
	}
	if len(entries) > 0 {
		m.begun = entries[len(entries)-1].Seq
	}
	return entries
}

// real is the store as it is.
func (m *monkey) real() domain.Store {
	if p, is := m.till.Store.(storagetest.Poisoned); is {
		return p.Store
	}
	return m.till.Store
}

// asked is what a person asked of a provider in an entry, where it moves money.
func (m *monkey) asked(e domain.Entry) *domain.Operation {
	if e.Kind != domain.KindOperationRequested || e.Source != domain.ByOperator {
		return nil
	}
	op, err := domain.Decode[domain.Operation](e)
	if err != nil {
		m.t.Fatal(err)
	}
	switch op.Kind {
	case domain.Sync, domain.VerifyRedirect, domain.CreateOrder, domain.SetupRecurring, domain.Revoke, domain.PayoutMoney: // that one sends nothing before it is confirmed
		return nil
	}
	return &op
}

// stated tells whether the amount of an operation stands on a screen, as the currency is written. What is said to a case has
// no amount of its own.
func stated(screen string, op *domain.Operation) bool {
	return op.Amount == 0 || op.Case != "" || strings.Contains(screen, op.Currency.Display(op.Amount)) || op.Rounded != 0
}

func (m *monkey) fail(format string, args ...any) {
	m.t.Helper()
	m.t.Fatalf("%s\nthe last that was done: %q\n%s", fmt.Sprintf(format, args...), m.log[max(0, len(m.log)-40):], m.screen())
}

// leads fails unless Esc leads from wherever one is to the sale, and the sale takes a line.
func (m *monkey) leads() {
	m.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	for range 40 {
		if m.app.dialog == nil && m.app.palette == nil && !m.app.help && len(m.app.stack) == 1 {
			break
		}
		if m.app.dialog != nil {
			m.arm()
		}
		m.press("esc")
	}
	if len(m.app.stack) != 1 || m.app.busy != 0 || m.app.dialog != nil {
		m.fail("esc does not lead out: %d pages, %d in flight", len(m.app.stack), m.app.busy)
	}
}

// From every page, any keys, pastes, clicks and sizes: each page keeps its size, is inert though everything in the store
// hurts, Esc leads out of it, and no money moves but by a yes to its amount.
func TestMonkeysOnEveryPage(t *testing.T) {
	t.Chdir(t.TempDir()) // receipts are written where one stands
	const each = 35
	starts := slices.Concat(starts, moneyStarts())
	rounds, put := storagetest.Scaled(t, 2), &atomic.Int64{}
	m := &monkey{Rand: storagetest.Dice(t), texts: storagetest.Hostile()}
	events, pages := 0, map[string]bool{}
	m.driver = drive(t, 80, 24).peopled()
	store := m.till.Store
	m.news()
	for i := range rounds * len(starts) {
		round, n := i/len(starts), i%len(starts)
		start := starts[n]
		if m.till.Store = store; n%2 == round%2 { // what hurts is only looked at: it has no method of that name to pay by
			m.till.Store = storagetest.Poisoned{Store: store, From: n + round, Put: put}
		}
		m.start(one(m, sizes)[0], one(m, sizes)[1])
		m.log = append(m.log[:0], start...)
		m.app.sale().startOver() // what an earlier one left
		m.press("y").press(start...)
		m.news()
		for _, size := range sizes {
			m.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			m.judge()
		}
		for range each {
			m.event()
			m.judge()
			pages[m.app.top().Title()] = true
			if events++; m.over {
				m.over = false
				m.start(80, 24)
			}
		}
		m.leads()
	}
	m.till.Store = store
	if v, err := store.Verify(t.Context()); err != nil || !v.OK {
		t.Errorf("the journal: %+v, %v", v, err)
	}
	t.Logf("proof: %d keys, pastes, clicks and sizes on %d pages, %d hostile texts shown inert, money moved %d times, each by a yes to its amount",
		events, len(pages), put.Load(), m.moved)
}
