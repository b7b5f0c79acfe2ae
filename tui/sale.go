package tui

import (
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

	refused string // why what stands in the entry line was not taken

	basket   *basket
	slot     *slot
	recalled bool
	revision int // counts the changes; saved is the last one that is on disk
	saved    int
	keeping  bool  // it is being written, as it was a moment ago
	trouble  error // the sale could not be kept

	aside   []parked // sales that were put aside, oldest first
	parking int      // of them, not on disk yet
	today   []domain.OrderRow
	reading bool     // what was sold today is being read
	stale   bool     // and it has changed meanwhile
	last    int      // the line that was touched last
	scroll  int      // lines hidden below
	rows    []string // the lines that are seen
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
	s.last, s.scroll = 0, 0
	s.changed()
}

// show puts a basket on the screen.
func (s *sale) show(b *basket) {
	s.basket = b
	s.last, s.scroll = len(b.Cart.Lines)-1, 0
	s.changed()
}

type (
	catalogueLoaded struct {
		goods *catalogue
		err   error
	}
	saleRecalled struct {
		basket *basket
		aside  []parked
		err    error
	}
	saleKept struct {
		revision int
		err      error
	}
)

func (s *sale) Init() tea.Cmd { return tea.Batch(s.loadCatalogue(), s.recall(), s.readDay()) }

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
		b, aside, err := slot.recall(ctx)
		return saleRecalled{b, aside, err}
	}
}

// keep stores the sale as it is now. While it is being stored what changes waits, so that a burst of scans is not
// written as often as it has lines.
func (s *sale) keep() tea.Cmd {
	s.revision++
	if s.keeping {
		return nil
	}
	return s.store()
}

func (s *sale) store() tea.Cmd {
	s.keeping = true
	ctx, slot, revision := s.desk.Ctx, s.slot, s.revision
	b := s.basket.orNil()
	return func() tea.Msg { return saleKept{revision, slot.keep(ctx, revision, b)} }
}

// kept hears that a revision is on the disk, and stores what has changed since.
func (s *sale) kept(msg saleKept) tea.Cmd {
	s.keeping, s.trouble = false, msg.err
	s.desk.Fail(msg.err)
	if msg.err != nil {
		return nil
	}
	if s.saved = max(s.saved, msg.revision); s.saved < s.revision {
		return s.store()
	}
	return nil
}

// Unsaved is a sentence while the sale is not on disk.
func (s *sale) Unsaved() string {
	if s.parking > 0 {
		return "a parked sale is not saved yet."
	}
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
		return s.kept(msg)
	case storeChanged:
		return s.readDay()
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
	s.aside = msg.aside
	if msg.basket != nil && !msg.basket.empty() {
		s.show(msg.basket)
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
	var refused []error
	for _, text := range waiting {
		cmd, err := s.enter(text, true)
		cmds = append(cmds, cmd)
		if err != nil {
			refused = append(refused, err)
		}
	}
	s.fail(refused)
	s.suggest()
	return tea.Batch(cmds...)
}
