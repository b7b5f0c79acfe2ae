package tui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// orderKeys are the keys that are no action.
var orderKeys = struct{ rewind, replay, begin, present, play, machine, tab, back, scroll, payment, refund, dispute, receipt, copy key.Binding }{
	rewind:  key.NewBinding(key.WithKeys("["), key.WithHelp("[", "rewind")),
	replay:  key.NewBinding(key.WithKeys("]"), key.WithHelp("]", "forward")),
	begin:   key.NewBinding(key.WithKeys("{", "home"), key.WithHelp("{", "first entry")),
	present: key.NewBinding(key.WithKeys("}", "end"), key.WithHelp("}", "the present")),
	play:    key.NewBinding(key.WithKeys("space"), key.WithHelp("space", "play")),
	machine: key.NewBinding(key.WithKeys("g"), key.WithHelp("g", "next machine")),
	tab:     key.NewBinding(key.WithKeys("tab", "right"), key.WithHelp("tab", "next tab")),
	back:    key.NewBinding(key.WithKeys("shift+tab", "left"), key.WithHelp("shift+tab", "tab before")),
	scroll:  key.NewBinding(key.WithKeys("up", "down", "pgup", "pgdown"), key.WithHelp("↑↓", "scroll")),
	payment: key.NewBinding(key.WithKeys("n"), key.WithHelp("n", "next payment")),
	refund:  key.NewBinding(key.WithKeys("N"), key.WithHelp("N", "next refund")),
	dispute: key.NewBinding(key.WithKeys("C"), key.WithHelp("C", "the case")),
	receipt: key.NewBinding(key.WithKeys("p"), key.WithHelp("p", "receipt")),
	copy:    key.NewBinding(key.WithKeys("y"), key.WithHelp("y", "copy as JSON")),
}

// manyKeys is how many an order mostly has.
const manyKeys = 30

// Keys are the actions, those that are not possible now switched off, and then the rest.
func (s *order) Keys() []key.Binding {
	keys := make([]key.Binding, 0, manyKeys) // they are asked for with every frame
	var quiet []key.Binding
	for _, o := range s.offers() {
		k := key.NewBinding(key.WithKeys(o.key), key.WithHelp(o.key, o.title))
		k.SetEnabled(o.refusal == "")
		if o.quiet != nil && o.quiet(s) {
			quiet = append(quiet, k)
		} else {
			keys = append(keys, k)
		}
	}
	k := orderKeys
	k.rewind.SetEnabled(s.point > 1)
	k.begin.SetEnabled(s.point > 1)
	k.replay.SetEnabled(!s.live())
	k.present.SetEnabled(!s.live())
	k.play.SetEnabled(len(s.entries) > 1)
	k.machine.SetEnabled(s.tab == 0 && s.shown != nil && s.looked() != nil)
	k.copy.SetEnabled(s.tab == wireTab)
	travel := []key.Binding{k.rewind, k.replay, k.begin, k.present, k.play}
	if !s.live() {
		keys, travel = slices.Insert(keys, 0, travel...), nil
	}
	keys = append(append(keys, k.receipt), quiet...)
	if s.full != nil && len(cases(s.full)) > 0 {
		keys = append(keys, k.dispute)
	}
	keys = append(append(keys, k.tab, k.machine), travel...)
	if s.shown != nil && len(s.shown.Payments) > 1 {
		keys = append(keys, k.payment)
	}
	if s.refund() != nil && len(s.looked().Refunds) > 1 {
		keys = append(keys, k.refund)
	}
	return append(keys, k.scroll, k.copy, k.back)
}

// WhyOff is the sentence why an action is not possible now.
func (s *order) WhyOff(k key.Binding) string {
	for _, o := range s.offers() {
		if o.key == k.Help().Key && o.title == k.Help().Desc {
			return o.refusal
		}
	}
	return ""
}

// look does what a key asks for that changes nothing but the view.
func (s *order) look(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, orderKeys.rewind):
		return s.step(-1)
	case key.Matches(msg, orderKeys.replay):
		return s.step(+1)
	case key.Matches(msg, orderKeys.begin):
		return s.jump(1)
	case key.Matches(msg, orderKeys.present):
		return s.jump(len(s.entries))
	case key.Matches(msg, orderKeys.play):
		return s.play()
	case key.Matches(msg, orderKeys.machine) && s.tab == 0:
		s.nextMachine()
	case key.Matches(msg, orderKeys.tab):
		return s.turn(s.tab + 1)
	case key.Matches(msg, orderKeys.back):
		return s.turn(s.tab - 1)
	case key.Matches(msg, orderKeys.receipt):
		return s.openReceipt()
	case key.Matches(msg, orderKeys.payment):
		s.nextPayment()
	case key.Matches(msg, orderKeys.refund):
		s.nextRefund()
	case key.Matches(msg, orderKeys.dispute) && s.shown != nil:
		s.nextCase()
	case key.Matches(msg, orderKeys.copy):
		return s.copyWires()
	default:
		s.scroll(msg.String())
	}
	return nil
}

// turn shows another tab. Before the order is read nobody knows how many there are.
func (s *order) turn(to int) tea.Cmd {
	if s.full == nil {
		return nil
	}
	n := len(s.tabs())
	s.tab, s.offset, s.follow, s.page = (to+n)%n, 0, true, nil
	return s.readWires()
}

func (s *order) scroll(name string) {
	by := map[string]int{"up": -1, "down": 1, "pgup": -s.height / 2, "pgdown": s.height / 2}[name]
	if by == 0 {
		return
	}
	seen := s.layout().offset
	s.offset, s.follow, s.page = max(0, seen+by), false, nil
	s.offset = s.layout().offset // the end of the page ends it
}

// nextPayment looks at the next payment of the order.
func (s *order) nextPayment() {
	if s.shown == nil || len(s.shown.Payments) < 2 {
		return
	}
	for i, p := range s.shown.Payments {
		if p == s.looked() {
			s.payment, s.chosen = s.shown.Payments[(i+1)%len(s.shown.Payments)].ID, ""
			s.changed()
			return
		}
	}
}

// nextRefund looks at the next refund of the payment.
func (s *order) nextRefund() {
	if s.shown == nil || s.refund() == nil {
		return
	}
	all := s.looked().Refunds
	i := slices.Index(all, s.refund())
	s.picked = all[(i+1)%len(all)].ID
	s.changed()
}

// openReceipt shows the slip of the order as it is now.
func (s *order) openReceipt() tea.Cmd {
	if s.full == nil {
		return nil
	}
	return s.desk.Push(newReceipt(s.desk, s.full))
}
