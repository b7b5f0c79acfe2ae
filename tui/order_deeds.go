package tui

import (
	"cmp"
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// deed is something that can be done here: the key for it, and the action that the till knows it by.
type deed struct {
	key, action, of, title string

	ask    func(*order) tea.Cmd
	shown  showing
	wanted func(*order) bool // whether anybody could want it; nil: always
	quiet  func(*order) bool // whether it is left to its key and the help; nil: never
	runs   string            // what it is called while it runs; "" is its action
}

// showing says when a deed is shown that is not possible now.
type showing uint8

const (
	never showing = iota
	where         // where the thing stands at a state in which there is such an action
	always
)

func hasDue(s *order) bool { return !s.shown.Due.IsZero() }

// isMarked holds where something is to be looked at: a mark of attention, or a flat name that is a warning.
func isMarked(s *order) bool {
	_, special := badges["flat"][domain.State(s.shown.FlatStatus())]
	return special || len(s.shown.Attention()) > 0
}

func isScheduled(s *order) bool { return s.looked().Dated() }
func isPaused(s *order) bool    { return isScheduled(s) && s.looked().Paused }
func isActive(s *order) bool    { return isScheduled(s) && !s.looked().Paused }

// unsuspected holds where nobody has said anything of fraud.
func unsuspected(s *order) bool {
	return !s.looked().Flagged && !s.looked().Fraud.Said()
}

// deeds are in the order in which people look for them.
var deeds = []deed{
	{key: "enter", action: "pay", of: "order", title: "pay", shown: always, ask: (*order).askPay},
	{key: "E", action: "evidence", of: "dispute", title: "evidence", shown: where, ask: (*order).askEvidence},
	{key: "A", action: "accept", of: "dispute", title: "accept the case", shown: where, ask: (*order).askAccept, runs: "accept the case"},
	{key: "D", action: "decline", of: "dispute", title: "decline", shown: where, ask: (*order).askDecline, runs: "decline the case"},
	{key: "F", action: "file", of: "dispute", title: "take it further", shown: where, ask: (*order).askFile, runs: "file the case"},
	{key: "W", action: "withdraw", of: "dispute", title: "withdraw", shown: where, ask: (*order).askWithdraw, runs: "withdraw the case"},
	{key: "c", action: "capture", of: "payment", title: "capture", shown: always, ask: (*order).askCapture},
	{key: "+", action: "increment", of: "payment", title: "set more aside", shown: where, ask: (*order).askIncrement},
	{key: "v", action: "void", of: "payment", title: "void", shown: always, ask: (*order).askVoid},
	{key: "r", action: "refund", of: "payment", title: "refund", shown: always, ask: (*order).askRefund},
	{key: "z", action: "reverse", of: "payment", title: "reverse", shown: where, ask: (*order).askReverse},
	{key: "b", action: "complete", of: "payment", title: "the customer is back", ask: (*order).askComplete},
	{key: "t", action: "retry", of: "payment", title: "try again now", ask: (*order).askRetry, runs: "try"},
	{key: "h", action: "cancel", of: "refund", title: "stop the refund", shown: where, ask: (*order).askStopRefund, runs: "stop"},
	{key: "t", action: "retry", of: "refund", title: "refund again", shown: where, ask: (*order).askRefundAgain, runs: "refund again"},
	{key: "e", action: "update", of: "payment", title: "another day", ask: (*order).askDate, wanted: isScheduled},
	{key: "a", action: "update", of: "payment", title: "pause it", ask: (*order).askPause, wanted: isActive},
	{key: "a", action: "update", of: "payment", title: "make it active", ask: (*order).askPause, wanted: isPaused},
	{key: "f", action: "fraud", of: "payment", title: "judge for fraud", ask: (*order).askFraud, quiet: unsuspected},
	{key: "X", action: "cancel", of: "payment", title: "give the attempt up", ask: (*order).askGiveUp, runs: "give up"},
	{key: "x", action: "cancel", of: "order", title: "cancel", shown: always, ask: (*order).askCancel},
	{key: "s", action: "sync", of: "payment", title: "ask the provider", shown: always, ask: (*order).sync},
	{key: "i", action: "issue", of: "order", title: "issue the draft", ask: (*order).askIssue},
	{key: "x", action: "discard", of: "order", title: "discard the draft", ask: moves("discard", "the draft is set aside; nothing is deleted.")},
	{key: "m", action: "receive", of: "order", title: "mark as received", ask: settles("receive", "it was paid outside this till.", true)},
	{key: "u", action: "unreceive", of: "order", title: "not received after all", ask: settles("unreceive", "it can be paid again.", false)},
	{key: "w", action: "close_short", of: "order", title: "write off the rest", ask: settles("close_short", "what is missing is not asked for any more.", true)},
	{key: "l", action: "accept_late", of: "order", title: "accept the late money", ask: settles("accept_late", "the order counts as paid with it.", false)},
	{key: "T", action: "extend", of: "order", title: "give more time", ask: (*order).askExtend, wanted: hasDue},
	{key: "o", action: "allow_overdue", of: "order", title: "take late payment", ask: moves("allow_overdue", "it can be paid after its due date."), wanted: hasDue},
	{key: "d", action: "deny_overdue", of: "order", title: "refuse late payment", ask: moves("deny_overdue", "it cannot be paid after its due date."), wanted: hasDue},
	{key: "j", action: "reject", of: "order", title: "reject for the customer", ask: moves("reject", "the customer does not want it. this is final.")},
	{key: "k", action: "acknowledge", of: "order", title: "acknowledge", ask: moves("acknowledge", "it is off the list until something new happens."), wanted: isMarked},
}

// offer is a deed with the sentence why it is not possible now; "" when it is.
type offer struct {
	deed
	refusal string
	stand   string // why whoever is here may not do it alone, and who can; "" where they may
}

// offers judges every deed by what the till says of it; no rule about states is made here. Judged once for what
// is shown: it is asked for with every frame.
func (s *order) offers() []offer {
	if s.choices == nil && s.shown != nil {
		s.choices = s.judge()
	}
	return s.choices
}

// listed are the offers that are shown on the page; the quiet ones have their keys and the help. They are chosen when
// they are judged.
func (s *order) listed() []offer {
	if s.visible == nil {
		s.visible = slices.DeleteFunc(slices.Clone(s.offers()), func(o offer) bool { return o.quiet != nil && o.quiet(s) })
	}
	return s.visible
}

func (s *order) judge() []offer {
	refusals := s.refusals()
	all := make([]offer, 0, len(deeds)/2)
	for _, d := range deeds {
		refusal, known := refusals[d.of+" "+d.action]
		if !known {
			refusal = "there is no payment yet"
		}
		possible := known && (refusal == "" || d.shown == where && s.exists(d))
		if possible && (d.wanted == nil || d.wanted(s)) || d.shown == always {
			all = append(all, offer{d, s.meanwhile(d, refusal), s.standFor(d)})
		}
	}
	return all
}

// standFor is why somebody else has to stand by for it.
func (s *order) standFor(d deed) string {
	if why := s.desk.Till.Refuses(d.duty()); why != nil {
		return why.Words()
	}
	return ""
}

// duty is what the table of who may do what calls it.
func (d deed) duty() domain.Deed { return domain.Deed(d.of + " " + d.action) }

// exists tells whether what a deed is about stands at a state in which there is such an action.
func (s *order) exists(d deed) bool {
	switch d.of {
	case "dispute":
		c := s.dispute()
		return c.IsOpen() || d.action == "file" && c.FilingLeads() != ""
	case "refund":
		return slices.Contains(domain.FindAction(domain.RefundActions, d.action).In, s.refund().State)
	}
	return slices.Contains(domain.FindAction(domain.PaymentActions, d.action).In, s.looked().State)
}

// refusals is what the till says of each action of the order, and of the payment and the refund that are looked at.
// Of the past nobody asks it.
func (s *order) refusals() map[string]string {
	refusals := map[string]string{}
	if !s.live() {
		return refusals
	}
	for _, c := range s.desk.Till.OrderActions(s.shown) {
		refusals["order "+c.Action] = c.Refusal
	}
	if p := s.looked(); p != nil {
		for _, c := range s.desk.Till.PaymentActions(s.shown, p) {
			refusals["payment "+c.Action] = c.Refusal
		}
		if r := s.refund(); r != nil {
			for _, c := range s.desk.Till.RefundActions(s.shown, p, r) {
				refusals["refund "+c.Action] = c.Refusal
			}
		}
		if d := s.dispute(); d != nil {
			for _, c := range s.desk.Till.DisputeActions(s.shown, p, d) {
				refusals["dispute "+c.Action] = c.Refusal
			}
		}
	}
	return refusals
}

// meanwhile is why nothing is possible while something runs or the past is shown.
func (s *order) meanwhile(d deed, refusal string) string {
	switch {
	case s.running != "" && s.running == cmp.Or(d.runs, d.action):
		return "running …"
	case s.running != "":
		return "one thing at a time: " + s.running + " is running"
	case !s.live():
		return "this is the past; } leads to the present"
	}
	return refusal
}

// press does what a key asks for, or says why it is not possible.
func (s *order) press(msg tea.KeyPressMsg) tea.Cmd {
	if s.playing { // any key stops the play, and does nothing else
		s.halt()
		return nil
	}
	var refused *offer
	for _, o := range s.offers() {
		if msg.String() != o.key {
			continue
		}
		if o.refusal == "" {
			return s.desk.owing(o.duty(), func() tea.Cmd { return o.ask(s) })
		}
		refused = &o
	}
	if refused != nil {
		s.desk.Fail(domain.Errorf(domain.CodeIllegalTransition, "%s: %s", refused.title, refused.refusal))
		return nil
	}
	return s.look(msg)
}

// actionDone is what came of an action.
type actionDone struct {
	action string
	said   string // how it ended, in words
	err    error
}

// run starts an action; until its message comes it cannot be started again.
func (s *order) run(action string, do func(context.Context, *till.Till) (said string, err error)) tea.Cmd {
	if s.running != "" {
		return nil
	}
	s.running = action
	s.changed()
	s.desk.Busy(+1)
	return asking(s.desk, do, func(said string, err error) tea.Cmd { return s.done(actionDone{action, said, err}) })
}

// done takes what came of an action; the person may have left the screen meanwhile.
func (s *order) done(msg actionDone) tea.Cmd {
	s.running = ""
	s.changed()
	s.desk.Busy(-1)
	var look tea.Cmd
	switch {
	case msg.err != nil:
		look = s.desk.failFor(s.id, s.named(msg.err), s.desk.top(s))
		if msg.action == "sync" && look != nil {
			s.desk.Say("the provider was asked, and nobody knows yet")
		}
	case s.desk.top(s):
		s.desk.Say("%s", msg.said)
	default:
		s.desk.Say("order %s: %s", called(s.full), msg.said)
	}
	return tea.Batch(look, s.read())
}
