package tui

import (
	"fmt"
	"strings"

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
	box      *outbox
	recalled bool
	fetching bool  // a parked sale is on its way to the screen
	writing  bool  // it is being written, as it was a moment ago
	trouble  error // the sale could not be kept

	aside    []parked // sales that were put aside, oldest first
	listed   int      // counts what changes that list: an older answer is none
	today    []domain.OrderRow
	waits    []domain.OrderRow // whose payment is not decided
	moreWait bool              // beside those
	reading  bool              // what was sold today is being read
	stale    bool              // and it has changed meanwhile
	last     int               // the line that was touched last
	scroll   int               // lines hidden below
	rows     []string          // the lines that are seen
	columns  lineWidths
	sums     domain.Totals

	payment *payment        // of this basket, with what was typed there
	billing *billing        // of this customer, with what was typed there
	afloat  []*flight       // payments under way
	sent    map[string]bool // sales that were paid here, by their keys: what becomes of them is told
}

func newSale(d *Desk) *sale {
	s := &sale{desk: d, entry: newInput(d.Styles), chosen: -1, box: newOutbox(d.Till), sent: map[string]bool{}}
	s.entry.Placeholder = "article, barcode or part of a name"
	s.entry.CharLimit = 200
	s.clear()
	return s
}

// clear begins a new sale.
func (s *sale) clear() {
	s.basket = newBasket(s.desk.Till.TaxIn)
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
		moved bool // the list of parked sales is another
		err   error
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
	ctx, box := s.desk.Ctx, s.box
	return func() tea.Msg {
		b, aside, err := box.recall(ctx)
		return saleRecalled{b, aside, err}
	}
}

// keep stores the sale as it is now. While it is being stored what changes waits, so that a burst of scans is not
// written as often as it has lines.
func (s *sale) keep() tea.Cmd {
	if s.fetching { // another one comes on the screen, or this one is kept when none does
		return nil
	}
	if s.basket.ID == "" && !s.basket.empty() {
		s.basket.ID = s.desk.Till.Env.NewID("key_")
	}
	kept, err := s.basket.orNil().parked()
	if err != nil {
		s.desk.Fail(err)
		return nil
	}
	s.box.put(kept)
	return s.write()
}

func (s *sale) write() tea.Cmd {
	if s.writing {
		return nil
	}
	s.writing = true
	ctx, box := s.desk.Ctx, s.box
	return func() tea.Msg {
		moved, err := box.write(ctx)
		return saleKept{moved, err}
	}
}

// kept hears that what waited is on the disk, and stores what has changed since.
func (s *sale) kept(msg saleKept) tea.Cmd {
	s.writing, s.trouble = false, msg.err
	s.desk.Fail(msg.err)
	if msg.err != nil {
		return nil
	}
	var again, list tea.Cmd
	if screen, aside := s.box.unsent(); screen || aside > 0 {
		again = s.write()
	}
	if msg.moved {
		list = s.relist(nothingMore)
	}
	return tea.Batch(again, list)
}

// Unsaved is a sentence while a sale is not on disk.
func (s *sale) Unsaved() string {
	screen, aside := s.box.unsent()
	var what []string
	if screen && !s.basket.empty() {
		what = append(what, "this sale")
	}
	if aside > 0 {
		what = append(what, plural(aside, "parked sale"))
	}
	if len(what) == 0 {
		return ""
	}
	text := "not saved yet: " + strings.Join(what, " and ")
	if s.trouble != nil {
		return text + ". " + s.trouble.Error()
	}
	return text + "."
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
		if !s.recalled { // or what was on the screen would be taken for somebody else's, and parked
			return s.readDay()
		}
		return tea.Batch(s.readDay(), s.relist(nothingMore))
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
	if msg.err != nil {
		s.desk.Fail(fmt.Errorf("what was open could not be read, and is not written over: %w", msg.err))
	}
	s.aside = msg.aside
	s.hear()
	if msg.basket != nil && !msg.basket.empty() {
		s.show(msg.basket)
		s.desk.Say("the sale that was open is here again · ctrl+x starts over")
	}
	return s.catchUp()
}

// ready tells whether entries can be looked up: until then they wait, so that a scan in the first moment counts.
func (s *sale) ready() bool { return s.goods != nil && s.recalled && !s.fetching }

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
