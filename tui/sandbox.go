package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// chair is the one at the other side of the counter: what the gateway has to tell, the cases of the customers' banks,
// what it has in its books, what it is to do wrong, and the clock by which both live. Only a till with a test gateway has it.
type chair struct {
	desk          *Desk
	width, height int

	bankRead       // how it stood when it was last asked
	loading, stale bool
	ticking        bool
	running        string // what was asked for and is not done yet
	trip           *trip  // the clock on its way; nil: it stands

	parts   []part
	at      int
	notices *noticesPart
	court   *casesPart
	books   *booksPart
	faults  *faultsPart
	time    *clockPart
}

// part is one of its sections.
type part interface {
	title(short bool) string
	keys() []key.Binding
	press(msg tea.KeyPressMsg) tea.Cmd
	view(columns, lines int) []string
}

// newChair gives the one that something is still asked of, where there is one: what runs is seen and stopped there.
func newChair(d *Desk) *chair {
	if d.app.chair != nil {
		return d.app.chair
	}
	s := &chair{desk: d, bankRead: bankRead{now: d.Now(), names: map[string]string{}}}
	s.notices, s.court, s.books = &noticesPart{chair: s}, &casesPart{chair: s}, &booksPart{chair: s}
	s.faults, s.time = &faultsPart{chair: s, times: 1, percent: 10}, &clockPart{chair: s}
	s.parts = []part{s.notices, s.court, s.books, s.faults, s.time}
	return s
}

// turnTo opens a part.
func (s *chair) turnTo(p part) { s.at = slices.Index(s.parts, p) }

// counted is the name of a part with how much there is in it: "cases (2 to move)", and "cases 2" where there is little
// room.
func counted(name string, n int, what string, short bool) string {
	switch {
	case n == 0:
		return name
	case short:
		return fmt.Sprintf("%s %d", name, n)
	}
	return fmt.Sprintf("%s (%d %s)", name, n, what)
}

// stepOf is the way that a key of a list goes.
func stepOf(msg tea.KeyPressMsg) int {
	return map[string]int{"up": -1, "k": -1, "down": 1, "j": 1}[msg.String()]
}

// bankTicked is a second: the gateway tells nobody when it moves.
type bankTicked struct{ by *chair }

func (s *chair) Init() tea.Cmd { return tea.Batch(s.read(), s.tick()) }

func (s *chair) tick() tea.Cmd {
	if s.ticking {
		return nil
	}
	s.ticking = true
	return s.desk.After(time.Second, bankTicked{s})
}

// ticked reads anew while the person looks, and ends where they have left.
func (s *chair) ticked() tea.Cmd {
	s.ticking = false
	switch {
	case s.desk.top(s):
		return tea.Batch(s.read(), s.tick())
	case s.desk.app.shows(s):
		return s.tick()
	}
	return nil
}

// StepBack stops the clock where it is on its way.
func (s *chair) StepBack() bool {
	if s.trip == nil {
		return false
	}
	s.trip.end()
	return true
}

func (s *chair) Title() string { return "sandbox" }
func (s *chair) Typing() bool  { return false }

// Resize takes the size of the part between header and footer.
func (s *chair) Resize(width, height int) { s.width, s.height = width, height }

var sandboxKeys = struct{ tab, back, stop key.Binding }{
	stop: key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "stop the clock")),
	tab:  key.NewBinding(key.WithKeys("tab"), key.WithHelp("tab", "next part")),
	back: key.NewBinding(key.WithKeys("shift+tab"), key.WithHelp("shift+tab", "part before")),
}

// Keys are those of the part that is seen.
func (s *chair) Keys() []key.Binding {
	keys := s.parts[s.at].keys()
	for i := range keys {
		keys[i].SetEnabled(keys[i].Enabled() && s.running == "")
	}
	if s.trip != nil {
		keys = append([]key.Binding{sandboxKeys.stop}, keys...)
	}
	return append(keys, sandboxKeys.tab, sandboxKeys.back)
}

// Update answers keys, and hears how the gateway stands.
func (s *chair) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.MouseClickMsg:
		return s.click(msg)
	case storeChanged:
		return s.read()
	case bankTicked:
		if msg.by == s {
			return s.ticked()
		}
	case orderFound:
		if msg.by == s {
			return s.show(msg)
		}
	}
	return nil
}

func (s *chair) take(msg bankRead) tea.Cmd {
	s.loading = false
	switch {
	case msg.err == nil:
		s.bankRead = msg
	case textOf(msg.err) != textOf(s.err): // said once, not every second
		s.err = msg.err
		s.desk.Fail(msg.err)
	}
	if s.stale {
		s.stale = false
		return s.read()
	}
	return nil
}

func (s *chair) press(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, sandboxKeys.tab):
		s.at = (s.at + 1) % len(s.parts)
	case key.Matches(msg, sandboxKeys.back):
		s.at = (s.at + len(s.parts) - 1) % len(s.parts)
	default:
		deed := domain.DeedSandbox
		if _, moves := s.parts[s.at].(*clockPart); moves {
			deed = domain.DeedClock
		}
		return s.desk.owing(deed, func() tea.Cmd { return s.parts[s.at].press(msg) })
	}
	return nil
}

// bankDone is how something ended that was asked of the gateway or the clock.
type bankDone struct {
	said string
	past []domain.Timer // what the clock has passed
	err  error
}

// have has the gateway do something, one thing at a time. What it tells of that is heard at once.
func (s *chair) have(what, said string, do func(context.Context, domain.Bank) error) tea.Cmd {
	return s.run(what, func(ctx context.Context, t *till.Till) bankDone {
		err := do(ctx, t.Bank)
		if err == nil {
			err = t.Listen(ctx)
		}
		return bankDone{said: said, err: err}
	})
}

func (s *chair) run(what string, do func(context.Context, *till.Till) bankDone) tea.Cmd {
	if s.running != "" {
		s.desk.Say("one thing at a time: %s", s.running)
		return nil
	}
	s.running, s.desk.app.chair = what, s
	return asking(s.desk, func(ctx context.Context, t *till.Till) (bankDone, error) {
		answer := do(ctx, t)
		return answer, answer.err
	}, func(answer bankDone, _ error) tea.Cmd { return s.done(answer) })
}

func (s *chair) done(msg bankDone) tea.Cmd {
	if s.trip != nil {
		s.trip.cancel() // nobody waits for it any more
	}
	s.running, s.trip, s.desk.app.chair = "", nil, nil
	if len(msg.past) > 0 {
		s.time.past = msg.past
	}
	if msg.err != nil {
		s.desk.Fail(msg.err)
	} else {
		s.desk.Say("%s", msg.said)
	}
	return s.read()
}

// View is the names of the parts, and the one that is open.
func (s *chair) View() string {
	if s.width < 1 {
		return ""
	}
	columns := s.width - 2*margin
	lines := []string{s.tabLine(columns)}
	if s.height >= roomy {
		lines = append([]string{""}, append(lines, "")...)
	}
	return indented(append(lines, s.parts[s.at].view(columns, s.height-len(lines))...), margin)
}

func (s *chair) tabLine(columns int) string {
	st := s.desk.Styles
	var b strings.Builder
	for i, p := range s.parts {
		if i == s.at {
			b.WriteString(st.inks[inkFill].Render(" " + p.title(s.short()) + " "))
		} else {
			b.WriteString(st.Faint.Render(" " + p.title(s.short()) + " "))
		}
	}
	running := ""
	switch {
	case s.running != "" && s.short():
		running = st.Active.Render("◧ …")
	case s.running != "":
		running = st.Active.Render("◧ " + s.running + " …")
	}
	return spread(b.String(), running, columns)
}

// short tells whether there is little room for the names of the parts.
func (s *chair) short() bool { return s.width < shortNames }

// shortNames is from where on the names of the parts say what is counted in them.
const shortNames = 110

// click opens the part whose name was clicked.
func (s *chair) click(msg tea.MouseClickMsg) tea.Cmd {
	line := 0
	if s.height >= roomy {
		line = 1
	}
	from := margin
	for i, p := range s.parts {
		to := from + width(p.title(s.short())) + 2
		if msg.Button == tea.MouseLeft && msg.Y == line && msg.X >= from && msg.X < to {
			s.at = i
		}
		from = to
	}
	return nil
}
