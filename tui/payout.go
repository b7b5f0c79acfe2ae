package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// payout is one payout: its machine drawn, what can be done with it, its calls, and what has become of it.
type payout struct {
	desk          *Desk
	id            domain.PayoutID
	width, height int

	shown          *domain.Payout
	loading, stale bool
	err            error
	running        string // the action that is under way
	lacking        *lackSheet
	spark          int // frames that the newest arrow still moves
	offset         int
	most           *int // how far it can be scrolled, as it was last drawn; nil: not yet, in this size
	album          album
}

func newPayout(d *Desk, id domain.PayoutID) *payout { return &payout{desk: d, id: id} }

// payoutMoved is a frame of the motion of the newest arrow.
type payoutMoved struct{ by *payout }

func (s *payout) Init() tea.Cmd { return s.read() }

func (s *payout) read() tea.Cmd {
	if s.loading {
		s.stale = true
		return nil
	}
	s.loading = true
	ctx, t, id, answer := s.desk.Ctx, s.desk.Till, s.id, payoutRead{by: s}
	return func() tea.Msg {
		answer.payout, answer.err = t.Payout(ctx, string(id))
		return answer
	}
}

// Title names the payout as people do.
func (s *payout) Title() string {
	if s.shown == nil {
		return "payout"
	}
	return "payout " + s.shown.HumanID
}

func (s *payout) Typing() bool { return false }

// Resize takes the size of the part between header and footer.
func (s *payout) Resize(width, height int) { s.width, s.height, s.most = width, height, nil }

var payoutScroll = key.NewBinding(key.WithKeys("up", "down", "pgup", "pgdown"), key.WithHelp("↑↓", "scroll"))

// Keys are the deeds, those that are not possible now switched off.
func (s *payout) Keys() []key.Binding {
	var keys []key.Binding
	for _, o := range s.offers() {
		k := key.NewBinding(key.WithKeys(o.key), key.WithHelp(o.key, o.title))
		k.SetEnabled(o.refusal == "")
		keys = append(keys, k)
	}
	return append(keys, payoutScroll)
}

// Update takes what concerns this payout.
func (s *payout) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case storeChanged:
		return s.read()
	case payoutRead:
		if msg.by == s {
			return s.take(msg)
		}
	case payoutMoved:
		if msg.by == s && s.spark > 0 {
			s.spark--
			return s.desk.After(frameTime, payoutMoved{s})
		}
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.MouseWheelMsg:
		s.scroll(map[tea.MouseButton]int{tea.MouseWheelUp: -1, tea.MouseWheelDown: 1}[msg.Button])
	case tea.MouseClickMsg:
		page := s.layout()
		if at := msg.Y - page.from; at >= 0 && at < page.deeds && msg.Button == tea.MouseLeft {
			return s.press(keyPress(s.offers()[at].key))
		}
	}
	return nil
}

func (s *payout) take(msg payoutRead) tea.Cmd {
	s.loading = false
	var cmd tea.Cmd
	if s.err = msg.err; msg.err == nil {
		if s.shown != nil && len(msg.payout.Steps) > len(s.shown.Steps) && s.desk.Motion {
			s.spark = sparkFrames
			cmd = s.desk.After(frameTime, payoutMoved{s})
		}
		s.shown = msg.payout
	}
	if s.stale {
		s.stale = false
		return tea.Batch(cmd, s.read())
	}
	return cmd
}

// press does what a key asks for, or says why it is not possible.
func (s *payout) press(msg tea.KeyPressMsg) tea.Cmd {
	for _, o := range s.offers() {
		switch {
		case msg.String() != o.key:
			continue
		case o.refusal != "":
			s.desk.Fail(domain.Errorf(domain.CodeIllegalTransition, "%s: %s", o.title, o.refusal))
			return nil
		}
		return s.desk.owing(o.duty(), func() tea.Cmd { return o.ask(s) })
	}
	s.scroll(map[string]int{"up": -1, "down": 1, "pgup": -s.height / 2, "pgdown": s.height / 2}[msg.String()])
	return nil
}

// scroll goes on from what is seen, no further than to the end.
func (s *payout) scroll(by int) {
	if s.most == nil {
		s.most = new(s.layout().most)
	}
	s.offset = scrolledBy(s.offset, by, *s.most)
}
