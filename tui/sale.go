package tui

import (
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// sale is the page that sells. Its entry line always has the focus.
type sale struct {
	desk          *Desk
	width, height int

	entry  textinput.Model
	hits   []domain.Article // what the entry may mean
	chosen int              // of the hits; -1: nobody has moved there
	goods  *catalogue
	before []string // what was entered before the catalogue was there

	basket   *basket
	slot     *slot
	recalled bool
	revision int // counts the changes; saved is the last one that is on disk
	saved    int
	trouble  error // the sale could not be kept

	last    int // the line that was touched last
	scroll  int // lines hidden below
	rows    []string
	columns lineWidths
	sums    domain.Totals

	payment  *payment  // of this basket, with what was typed there
	billing  *billing  // of this customer, with what was typed there
	returned []*basket // came back unissued while another sale was on the screen
	afloat   []*flight // payments under way
}

func newSale(d *Desk) *sale {
	s := &sale{desk: d, entry: newInput(d.Styles), chosen: -1, slot: &slot{store: d.Till.Store}}
	s.entry.Placeholder = "article, barcode or part of a name"
	s.entry.CharLimit = 200
	s.clear()
	return s
}

// clear begins a new sale, or the one that came back.
func (s *sale) clear() {
	s.basket = newBasket(s.desk.Till.TaxIn)
	if n := len(s.returned); n > 0 {
		s.basket, s.returned = s.returned[n-1], s.returned[:n-1]
	}
	s.payment, s.billing = nil, nil
	s.last, s.scroll = -1, 0
	s.refresh()
}

type (
	catalogueLoaded struct {
		goods *catalogue
		err   error
	}
	saleRecalled struct {
		basket *basket
		err    error
	}
	saleKept struct {
		revision int
		err      error
	}
)

func (s *sale) Init() tea.Cmd { return tea.Batch(s.loadCatalogue(), s.recall()) }

func (s *sale) loadCatalogue() tea.Cmd {
	ctx, store := s.desk.Ctx, s.desk.Till.Store
	return func() tea.Msg {
		articles, err := store.Articles(ctx, "", 0)
		return catalogueLoaded{newCatalogue(articles), err}
	}
}

func (s *sale) recall() tea.Cmd {
	ctx, slot := s.desk.Ctx, s.slot
	return func() tea.Msg {
		b, err := slot.recall(ctx)
		return saleRecalled{b, err}
	}
}

// keep stores the sale as it is now.
func (s *sale) keep() tea.Cmd {
	s.revision++
	ctx, slot, revision := s.desk.Ctx, s.slot, s.revision
	var b *basket
	if !s.basket.empty() {
		b = s.basket.copy()
	}
	return func() tea.Msg { return saleKept{revision, slot.keep(ctx, revision, b)} }
}

// Unsaved is a sentence while the sale is not on disk.
func (s *sale) Unsaved() string {
	if s.revision == s.saved || s.basket.empty() {
		return ""
	}
	if s.trouble != nil {
		return "this sale could not be saved: " + s.trouble.Error()
	}
	return "this sale is not saved yet."
}

func (s *sale) Title() string { return "sale" }
func (s *sale) Typing() bool  { return true }

var saleKeys = struct{ pay, customer, discount, tip, delivery, clear, choose, scroll, enter, quantity, void, percent key.Binding }{
	enter:    key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "add")),
	pay:      key.NewBinding(key.WithKeys("f9"), key.WithHelp("F9", "pay")),
	customer: key.NewBinding(key.WithKeys("ctrl+b"), key.WithHelp("ctrl+b", "customer")),
	discount: key.NewBinding(key.WithKeys("ctrl+d"), key.WithHelp("ctrl+d", "discount")),
	tip:      key.NewBinding(key.WithKeys("ctrl+t"), key.WithHelp("ctrl+t", "tip")),
	delivery: key.NewBinding(key.WithKeys("ctrl+l"), key.WithHelp("ctrl+l", "delivery")),
	clear:    key.NewBinding(key.WithKeys("ctrl+x"), key.WithHelp("ctrl+x", "start over")),
	choose:   key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑ ↓", "choose an article")),
	scroll:   key.NewBinding(key.WithKeys("pgup", "pgdown"), key.WithHelp("pgup", "scroll the lines")),
	// These are typed, not pressed: they are here for the help.
	quantity: key.NewBinding(key.WithKeys("*"), key.WithHelp("3*", "before an article: three of it")),
	void:     key.NewBinding(key.WithKeys("-"), key.WithHelp("- or -2", "take out the last line, or line 2")),
	percent:  key.NewBinding(key.WithKeys("%"), key.WithHelp("10%", "off the last line")),
}

// Keys are what counts now: on an empty entry line Enter pays.
func (s *sale) Keys() []key.Binding {
	k, lines, typed := saleKeys, !s.basket.empty(), s.entry.Value() != ""
	if lines && !typed {
		k.enter.SetHelp("enter", "pay")
	}
	k.enter.SetEnabled(lines || typed)
	k.pay.SetEnabled(lines)
	for _, b := range []*key.Binding{&k.discount, &k.tip, &k.delivery, &k.clear, &k.void, &k.percent} {
		b.SetEnabled(lines)
	}
	k.choose.SetEnabled(len(s.hits) > 0)
	k.scroll.SetEnabled(len(s.rows) > s.room())
	if !typed { // Enter stands for it
		return []key.Binding{k.enter, k.customer, k.discount, k.tip, k.delivery, k.clear, k.pay, k.choose, k.scroll, k.quantity, k.void, k.percent}
	}
	return []key.Binding{k.enter, k.choose, k.pay, k.customer, k.discount, k.tip, k.delivery, k.clear, k.scroll, k.quantity, k.void, k.percent}
}

// Resize fits the page.
func (s *sale) Resize(width, height int) {
	s.width, s.height = width, height
	s.entry.SetWidth(max(10, s.mainWidth()-margin-3))
	s.refresh()
}

// Update answers keys, and what came of the commands.
func (s *sale) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.PasteMsg:
		return s.pasted(msg.Content)
	case tea.MouseWheelMsg:
		s.roll(map[tea.MouseButton]int{tea.MouseWheelUp: 3, tea.MouseWheelDown: -3}[msg.Button])
	case catalogueLoaded:
		s.goods = msg.goods
		s.desk.Fail(msg.err)
		return s.catchUp()
	case saleRecalled:
		return s.recalledIt(msg)
	case saleKept:
		if msg.err == nil {
			s.saved = max(s.saved, msg.revision)
		}
		s.trouble = msg.err
		s.desk.Fail(msg.err)
	case paymentEnded:
		return s.settle(msg)
	case themeChanged:
		paintInput(&s.entry, s.desk.Styles)
		s.refresh()
	}
	return nil
}

func (s *sale) recalledIt(msg saleRecalled) tea.Cmd {
	s.recalled = true
	s.desk.Fail(msg.err)
	if msg.basket != nil && !msg.basket.empty() {
		s.basket = msg.basket
		s.changed()
		s.desk.Say("the sale that was open is here again · ctrl+x starts over")
	}
	return s.catchUp()
}

// ready tells whether entries can be looked up: until then they wait, so that a scan in the first moment counts.
func (s *sale) ready() bool { return s.goods != nil && s.recalled }

func (s *sale) catchUp() tea.Cmd {
	if !s.ready() {
		return nil
	}
	waiting := s.before
	s.before = nil
	var cmds []tea.Cmd
	for _, text := range waiting {
		cmds = append(cmds, s.enter(text, true))
	}
	s.suggest()
	return tea.Batch(cmds...)
}
