package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// faultsPart sets what the gateway does wrong, and how it treats idempotency keys.
type faultsPart struct {
	*chair
	call, fault int // those in hand
	right       bool
	times       int
	share       bool // not so many calls, but a share of them
	percent     int  // which
}

// faulty are the calls that can go wrong.
var faulty = []domain.OperationKind{
	domain.Authorize, domain.Capture, domain.Increment, domain.Void, domain.Reverse, domain.RefundMoney, domain.RefundCancel,
	domain.Sync, domain.VerifyRedirect, domain.CreateOrder, domain.SetupRecurring, domain.ChargeRecurring, domain.Revoke,
	domain.DisputeAccept, domain.DisputeEvidence, domain.DisputeDecline, domain.DisputeWithdraw, domain.DisputeFile,
	domain.PayoutMoney, domain.PayoutConfirm, domain.PayoutCancel,
}

// wrongs are what can go wrong with a call, and what that means.
var wrongs = []struct{ name, means string }{
	{"timeout_after", "it does what was asked, and the answer is lost"},
	{"timeout_before", "it never sees the call, and no answer comes"},
	{"refused", "the connection is refused: nothing was sent"},
	{"declined", "it says no"},
	{"pending", "it takes the call and decides a minute later"},
	{"garbled", "it does it, and nobody can read the answer"},
	{"wrong_amount", "it does it, and answers another amount"},
	{"slow:5", "it does it, and takes five seconds to say so"},
	{"http_500", "it breaks down and does nothing"},
	{"http_429", "it is asked too often and does nothing"},
	{"http_409", "it says that the same key is running"},
	{"notice_first", "its notice is there before the reply"},
	{"notice_twice", "its notice comes twice"},
	{"notice_lost", "its notice never comes"},
}

// profiles are how a gateway can treat idempotency keys.
var profiles = []struct{ name, means string }{
	{"checkout", "what succeeded is kept for 24 hours; a running key is refused"},
	{"stripe", "the first answer is kept, an error too"},
	{"none", "every call is a new one: only asking before sending again helps"},
}

func (p *faultsPart) title(short bool) string { return counted("faults", len(p.set), "set", short) }

var faultKeys = struct{ set, walk, side, more, fewer, share, clear, profile key.Binding }{
	set:     key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "set it")),
	walk:    key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", "choose")),
	side:    key.NewBinding(key.WithKeys("left", "right"), key.WithHelp("←→", "call or fault")),
	more:    key.NewBinding(key.WithKeys("+"), key.WithHelp("+", "more often")),
	fewer:   key.NewBinding(key.WithKeys("-"), key.WithHelp("-", "less often")),
	share:   key.NewBinding(key.WithKeys("s"), key.WithHelp("s", "a share of calls")),
	clear:   key.NewBinding(key.WithKeys("c"), key.WithHelp("c", "take all back")),
	profile: key.NewBinding(key.WithKeys("p"), key.WithHelp("p", "how keys are kept")),
}

func (p *faultsPart) keys() []key.Binding {
	k := faultKeys
	k.clear.SetEnabled(len(p.set) > 0)
	k.fewer.SetEnabled(p.share && p.percent > shareStep || !p.share && p.times > 1)
	if p.share {
		k.share.SetHelp("s", "a number of calls")
	}
	return []key.Binding{k.set, k.walk, k.side, k.more, k.fewer, k.share, k.clear, k.profile}
}

// shareStep is by how much a share of calls grows, in percent.
const shareStep = 10

// often makes it happen more often, or less.
func (p *faultsPart) often(by int) {
	if p.share {
		p.percent = max(shareStep, min(100, p.percent+by*shareStep))
		return
	}
	p.times = max(1, min(99, p.times+by))
}

// wish is the fault in hand.
func (p *faultsPart) wish() domain.Fault {
	f := domain.Fault{Operation: faulty[p.call], Name: wrongs[p.fault].name}
	if p.share {
		f.Share = p.percent
	} else {
		f.Times = p.times
	}
	return f
}

func (p *faultsPart) press(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, faultKeys.walk):
		by := stepOf(msg)
		if p.right {
			p.fault = max(0, min(p.fault+by, len(wrongs)-1))
		} else {
			p.call = max(0, min(p.call+by, len(faulty)-1))
		}
	case key.Matches(msg, faultKeys.side):
		p.right = msg.String() == "right"
	case key.Matches(msg, faultKeys.more):
		p.often(+1)
	case key.Matches(msg, faultKeys.fewer):
		p.often(-1)
	case key.Matches(msg, faultKeys.share):
		p.share = !p.share
	case key.Matches(msg, faultKeys.set):
		fault := p.wish()
		return p.have("setting", faultWords(fault), func(ctx context.Context, b domain.Bank) error { return b.SetFault(ctx, fault) })
	case key.Matches(msg, faultKeys.clear):
		return p.have("taking back", "nothing goes wrong any more", func(ctx context.Context, b domain.Bank) error { return b.ClearFaults(ctx) })
	case key.Matches(msg, faultKeys.profile):
		return p.turnProfile()
	}
	return nil
}

// turnProfile goes on to the next way to treat keys.
func (p *faultsPart) turnProfile() tea.Cmd {
	next := profiles[(p.profileAt()+1)%len(profiles)]
	return p.have("changing", next.name+": "+next.means, func(ctx context.Context, b domain.Bank) error { return b.SetProfile(ctx, next.name) })
}

func (p *faultsPart) profileAt() int {
	for i, one := range profiles {
		if one.name == p.profile {
			return i
		}
	}
	return 0
}

// faultWords say what will go wrong.
func faultWords(f domain.Fault) string {
	which := fmt.Sprintf("the next %d calls", f.Times)
	switch {
	case f.Share > 0:
		which = fmt.Sprintf("%d of 100 calls", f.Share)
	case f.Times == 1:
		which = "the next call"
	}
	return fmt.Sprintf("%s: %s, %s", domain.State(f.Operation).Words(), f.Name, which)
}

// callWidth is how wide the names of the calls are, with their marks, and meantWidth how wide it all is with what each
// fault means.
const (
	callWidth  = 20
	meantWidth = 88
)

func (p *faultsPart) view(columns, lines int) []string {
	st, profile := p.desk.Styles, profiles[p.profileAt()]
	head := []string{cut(st.Key.Render("p")+st.Faint.Render("  profile  ")+st.Strong.Render(profile.name)+st.Text.Render("  "+profile.means), columns)}
	set := make([]string, len(p.set))
	for i, f := range p.set {
		set[i] = st.Warn.Render(cut("! "+faultWords(f), columns))
	}
	if len(set) == 0 {
		set = []string{st.Faint.Render("nothing is set to go wrong")}
	}
	tell := st.Strong.Render(faultWords(p.wish())) + st.Faint.Render("   enter sets it, + - how often")
	told := []string{cut(tell, columns)}
	meant := columns >= meantWidth // what each fault means stands beside it, else only what that in hand means
	if !meant {
		told = append(told, cut(st.Faint.Render(wrongs[p.fault].means), columns))
	}
	tail := append(slices.Clone(told), set...)
	air := lines >= 16
	if air {
		head, tail = append(head, ""), append([]string{""}, slices.Insert(tail, len(told), "")...)
	}
	room := max(3, lines-len(head)-len(tail))
	calls, faults := make([]string, len(faulty)), make([]string, len(wrongs))
	for i, call := range faulty {
		calls[i] = p.choice(domain.State(call).Words(), "", i == p.call, !p.right, callWidth)
	}
	for i, wrong := range wrongs {
		faults[i] = p.choice(pad(wrong.name, 16), either(meant, wrong.means, ""), i == p.fault, p.right, columns-callWidth)
	}
	lists := beside(strings.Join(scrolled(st, calls, p.call, room), "\n"), strings.Join(scrolled(st, faults, p.fault, room), "\n"), callWidth)
	return append(append(head, strings.Split(lists, "\n")...), tail...)
}

// choice is a row of one of the two lists; that in hand is marked, more so in the list that the arrows move in.
func (p *faultsPart) choice(name, means string, here, active bool, columns int) string {
	st := p.desk.Styles
	mark, style := "  ", st.Text
	switch {
	case here && active:
		mark, style = st.Title.Render("› "), st.Title
	case here:
		mark, style = st.Accent.Render("· "), st.Strong
	}
	return cut(mark+style.Render(name)+st.Faint.Render(means), columns)
}
