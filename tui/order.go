package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// order is one screen for everything about an order: what it is, its machines drawn, its timeline, its attempts,
// what went over the wire, and what can be done. It keeps the order's entries and folds as many of them as are
// shown, so that rewinding is folding fewer.
type order struct {
	desk          *Desk
	id            domain.OrderID
	width, height int

	entries []domain.Entry
	client  domain.Person
	papers  map[string]string     // what its evidence is called
	full    *domain.Order         // of all entries
	shown   *domain.Order         // of the first `point` of them
	folds   map[int]*domain.Order // of the first so many, where they were shown
	point   int
	loading bool
	stale   bool // the journal has moved during the load
	err     error

	payment domain.PaymentID // the one looked at
	picked  domain.RefundID  // of its refunds
	chosen  domain.DisputeID // of its cases
	wires   map[domain.OperationID][]domain.Wire
	running string // the action that is under way
	spark   int    // frames that the newest arrow still moves
	clock   time.Time
	ticking bool // a second is on its way
	playing bool // the life of the order plays by itself
	played  int  // how often it has begun to

	ahead   string // the machine that gets the room first; "" is the usual one
	tab     int
	offset  int        // lines scrolled off the top of a tab
	follow  bool       // the timeline goes along with the entry that is shown
	page    *orderPage // as it is drawn; nil: something has changed since
	album   album
	choices []offer  // what can be done, as the till last judged it
	visible []offer  // those of them that are on the page
	told    []moment // the timeline
}

func newOrder(d *Desk, id domain.OrderID) *order {
	return &order{desk: d, id: id, clock: d.Now(), wires: map[domain.OperationID][]domain.Wire{}, folds: map[int]*domain.Order{}}
}

// orderRead brings the entries after those that the screen had.
type orderRead struct {
	by      *order
	after   int
	client  domain.Person
	papers  map[string]string // what its evidence is called
	entries []domain.Entry
	err     error
}

// wiresRead brings what went over the line for an operation.
type wiresRead struct {
	by    *order
	op    domain.OperationID
	wires []domain.Wire
	err   error
}

// orderMoved is a frame of the motion of the newest arrow.
type orderMoved struct{ by *order }

const frameTime = 30 * time.Millisecond

func (s *order) Init() tea.Cmd { return s.read() }

// read asks for what is new about the order.
func (s *order) read() tea.Cmd {
	if s.loading {
		s.stale = true
		return nil
	}
	s.loading = true
	ctx, store, id := s.desk.Ctx, s.desk.Till.Store, s.id
	answer := orderRead{by: s, after: len(s.entries), client: s.client}
	var last domain.Seq
	if s.full != nil {
		last = s.full.LastSeq
	}
	return func() tea.Msg {
		if last == 0 {
			o, err := store.Order(ctx, id)
			if answer.err = err; err != nil {
				return answer
			}
			answer.client = o.Client
		}
		if answer.entries, answer.err = store.Entries(ctx, string(id), last, 0, 0); answer.err == nil {
			answer.papers, answer.err = store.PaperNames(ctx, id)
		}
		return answer
	}
}

// Update takes what concerns this order.
func (s *order) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case storeChanged:
		s.clock = s.desk.Now() // what falls due, and what can be done, may have changed without an entry
		s.changed()
		return s.read()
	case orderTicked:
		if msg.by == s {
			return s.ticked()
		}
	case orderRead:
		if msg.by == s {
			return s.take(msg)
		}
	case wiresRead:
		if msg.by == s && msg.err == nil {
			s.wires[msg.op], s.page = msg.wires, nil
		}
	case orderMoved:
		if msg.by == s {
			return s.animate()
		}
	case orderPlayed:
		if msg.by == s && msg.play == s.played {
			return s.playOn()
		}
	case themeChanged:
		s.page = nil
	case operatorChanged:
		s.changed()
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.MouseClickMsg:
		return s.click(msg)
	case tea.MouseWheelMsg:
		return s.wheel(msg)
	}
	return nil
}

// take adds what was read. Where the journal has moved meanwhile it is read on from there.
func (s *order) take(msg orderRead) tea.Cmd {
	s.loading = false
	cmd := s.add(msg)
	if !s.stale {
		return cmd
	}
	s.stale = false
	return tea.Batch(cmd, s.read())
}

// add takes new entries in. A screen that shows the present goes along; a rewound one stays where it is.
func (s *order) add(msg orderRead) tea.Cmd {
	if s.err = msg.err; msg.err != nil || msg.after != len(s.entries) {
		s.page = nil
		return nil
	}
	s.client, s.papers = msg.client, msg.papers
	if len(msg.entries) == 0 {
		return nil
	}
	live, had := s.live(), len(s.entries)
	first := had == 0
	s.entries = append(s.entries, msg.entries...)
	s.changed()
	full, err := s.fold(len(s.entries))
	if err != nil { // a newer till may have written it: what was shown stays
		s.entries, s.err = s.entries[:had], err
		s.desk.Fail(err)
		return nil
	}
	s.full, s.told = full, nil
	if !live {
		return nil
	}
	s.show(len(s.entries))
	if first {
		return tea.Batch(s.readWires(), s.tick())
	}
	return tea.Batch(s.readWires(), s.tick(), s.move())
}

// changed forgets all that was worked out from what is shown.
func (s *order) changed() { s.page, s.choices, s.visible = nil, nil, nil }

// fold is the order after so many of its entries.
func (s *order) fold(n int) (*domain.Order, error) {
	o, err := domain.Fold(s.entries[:n])
	if err == nil {
		o.Client = s.client
		o.NamePapers(s.papers)
	}
	return o, err
}

// looked is the payment that is looked at: the one chosen, else that of an open case, else the newest; nil where there
// is none yet.
func (s *order) looked() *domain.Payment {
	if s.shown == nil { // it is being read
		return nil
	}
	if p := s.shown.Payment(s.payment); p != nil {
		return p
	}
	if d := s.shown.OpenDispute(); d != nil {
		return s.shown.Payment(d.Payment)
	}
	return s.shown.Last()
}

// refund is the refund that is looked at: the one chosen, else the payment's newest; nil where there is none.
func (s *order) refund() *domain.Refund {
	if s.shown == nil {
		return nil
	}
	p := s.looked()
	if p == nil || len(p.Refunds) == 0 {
		return nil
	}
	if r := p.Refund(s.picked); r != nil {
		return r
	}
	return p.Refunds[len(p.Refunds)-1]
}

// move lets the newest arrow run to its state.
func (s *order) move() tea.Cmd {
	if !s.desk.Motion {
		return nil
	}
	s.spark = sparkFrames
	return s.desk.After(frameTime, orderMoved{s})
}

func (s *order) animate() tea.Cmd {
	s.page = nil
	if s.spark--; s.spark <= 0 {
		s.spark = 0
		return nil
	}
	return s.desk.After(frameTime, orderMoved{s})
}

// Resize takes the size of the part between header and footer.
func (s *order) Resize(width, height int) { s.width, s.height, s.page = width, height, nil }

// Title names the order as people do.
func (s *order) Title() string {
	if s.full == nil {
		return "order"
	}
	return "order " + called(s.full)
}

// called is what an order is called: its number and its human id; a draft has no number.
func called(o *domain.Order) string {
	if o.Number == "" {
		return o.HumanID
	}
	return o.Number + " " + o.HumanID
}

// Typing never holds: what is typed here is typed into dialogs.
func (s *order) Typing() bool { return false }

// StepBack stops the play, goes from a rewound order to the present, and from a tab to the overview.
func (s *order) StepBack() bool {
	switch {
	case s.playing:
		s.halt()
	case !s.live():
		s.show(len(s.entries))
	case s.tab > 0:
		s.tab, s.offset, s.page = 0, 0, nil
	default:
		return false
	}
	return true
}
