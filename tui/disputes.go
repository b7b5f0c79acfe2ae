package tui

import (
	"context"
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// disputes lists the cases of all orders: those in which somebody still has to act by their deadlines, and where all
// are wanted then those that are over, the newest first. What is selected is a case, not a line.
type disputes struct {
	desk          *Desk
	width, height int

	all     bool // also those that are over
	asked   int  // the newest load; answers to older ones are dropped
	loading bool
	stale   bool // the journal has moved during the load
	read    bool // the first answer is there
	rows    []domain.DisputeRow
	next    casePage
	err     error

	selected caseKey
	top      int    // the row on the first line
	sums     string // what is at stake in the rows
}

// caseKey tells one case from another: a provider numbers those of a payment.
type caseKey struct {
	payment domain.PaymentID
	id      domain.DisputeID
}

func keyOfCase(r domain.DisputeRow) caseKey { return caseKey{r.Payment, r.ID} }

func newDisputes(d *Desk) *disputes { return &disputes{desk: d} }

// casePage is where the list goes on: within the open ones, within those that are over, or nowhere.
type casePage struct {
	over, end bool
	after     string
}

// rows reads so many cases, or a few more, and where the list goes on after them.
func (at casePage) rows(ctx context.Context, store domain.Store, all bool, size int) (rows []domain.DisputeRow, next casePage, err error) {
	for len(rows) < size && !at.end {
		q := domain.DisputeQuery{Open: !at.over, Sort: "respond_by", After: at.after, Size: size - len(rows)}
		if at.over {
			q.Sort = "opened_at"
		}
		page, err := store.Disputes(ctx, q)
		if err != nil {
			return nil, at, err
		}
		rows = append(rows, slices.DeleteFunc(page.Items, func(r domain.DisputeRow) bool { return at.over && r.IsOpen() })...)
		switch at.after = page.Next; {
		case page.Next != "":
		case at.over || !all:
			at.end = true
		default:
			at.over = true
		}
	}
	return rows, at, nil
}

// disputesLoaded brings cases to the list that asked for them.
type disputesLoaded struct {
	by    *disputes
	asked int
	more  bool // they go behind what is there
	rows  []domain.DisputeRow
	next  casePage
	err   error
}

// disputesAged is told now and then, since time runs out.
type disputesAged struct{ by *disputes }

func (s *disputes) Init() tea.Cmd { return tea.Batch(s.reload(), s.age()) }

func (s *disputes) age() tea.Cmd { return s.desk.After(20*time.Second, disputesAged{s}) }

// reload asks for the list from its top, as far as it had been loaded, within reason: what is behind that is loaded again
// as the selection comes near.
func (s *disputes) reload() tea.Cmd {
	return s.load(casePage{}, min(mostLoaded, max(pageSize, len(s.rows))), false)
}

// more asks for the cases behind the last row.
func (s *disputes) more() tea.Cmd {
	if s.next.end || s.loading {
		return nil
	}
	return s.load(s.next, pageSize, true)
}

func (s *disputes) load(from casePage, size int, more bool) tea.Cmd {
	s.asked++
	s.loading = true
	ctx, store, all, answer := s.desk.Ctx, s.desk.Till.Store, s.all, disputesLoaded{by: s, asked: s.asked, more: more}
	return func() tea.Msg {
		answer.rows, answer.next, answer.err = from.rows(ctx, store, all, size)
		return answer
	}
}

func (s *disputes) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case storeChanged:
		if s.loading {
			s.stale = true
			return nil
		}
		return s.reload()
	case disputesLoaded:
		if msg.by == s && msg.asked == s.asked {
			return s.loaded(msg)
		}
	case disputesAged:
		if msg.by == s && s.desk.app.shows(s) {
			return s.age()
		}
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelUp:
			return s.move(-3)
		case tea.MouseWheelDown:
			return s.move(3)
		}
	case tea.MouseClickMsg:
		return s.click(msg)
	}
	return nil
}

func (s *disputes) loaded(msg disputesLoaded) tea.Cmd {
	s.loading = false
	if s.err = msg.err; msg.err != nil {
		return nil
	}
	before := s.index()
	if !msg.more {
		s.rows = nil
	}
	s.rows, s.next, s.read = append(s.rows, msg.rows...), msg.next, true
	s.sums = s.summary()
	if s.index() < 0 && len(s.rows) > 0 { // it is gone: the one on its line takes its place
		s.selected = keyOfCase(s.rows[min(max(0, before), len(s.rows)-1)])
	}
	s.scroll(s.index())
	if s.stale {
		s.stale = false
		return s.reload()
	}
	return nil
}

// index is the line of the selected case; -1 if it is not in the list.
func (s *disputes) index() int {
	return slices.IndexFunc(s.rows, func(r domain.DisputeRow) bool { return keyOfCase(r) == s.selected })
}

// move selects another line, brings it onto the screen, and loads more when the end comes near.
func (s *disputes) move(by int) tea.Cmd {
	if len(s.rows) == 0 {
		return nil
	}
	at := min(max(0, s.index()+by), len(s.rows)-1)
	s.selected = keyOfCase(s.rows[at])
	s.scroll(at)
	if at+2*s.visible() >= len(s.rows) {
		return s.more()
	}
	return nil
}

func (s *disputes) scroll(at int) {
	visible := s.visible()
	s.top = min(max(s.top, at-visible+1), max(0, at))
	s.top = max(0, min(s.top, len(s.rows)-visible))
}

// Resize takes the size of the part between header and footer.
func (s *disputes) Resize(width, height int) {
	s.width, s.height = width, height
	s.scroll(s.index())
}

func (s *disputes) Title() string { return "disputes" }

// Typing never holds: nothing is written here.
func (s *disputes) Typing() bool { return false }

// caseKeys are the keys of the list that other lists do not have.
var caseKeys = struct{ open, all, ends key.Binding }{
	open: key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "open")),
	all:  key.NewBinding(key.WithKeys("a"), key.WithHelp("a", "also those that are over")),
	ends: key.NewBinding(key.WithKeys("home", "end", "g", "G"), key.WithHelp("home/end", "first, last")),
}

// Keys are those that count here.
func (s *disputes) Keys() []key.Binding {
	k := caseKeys
	k.open.SetEnabled(len(s.rows) > 0)
	if s.all {
		k.all.SetHelp("a", "only open ones")
	}
	return []key.Binding{k.open, k.all, listKeys.walk, listKeys.page, k.ends}
}

func (s *disputes) press(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, caseKeys.open):
		return s.open()
	case key.Matches(msg, caseKeys.all):
		s.all = !s.all
		s.rows, s.top, s.read = nil, 0, false
		return s.reload()
	}
	by := map[string]int{
		"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -s.visible(), "ctrl+b": -s.visible(), "pgdown": s.visible(), "ctrl+f": s.visible(),
		"home": -len(s.rows), "g": -len(s.rows), "end": len(s.rows), "G": len(s.rows),
	}[msg.String()]
	if by == 0 {
		return nil
	}
	return s.move(by)
}

// open shows the order with the case looked at.
func (s *disputes) open() tea.Cmd {
	at := s.index()
	if at < 0 {
		return nil
	}
	return s.desk.Push(newCase(s.desk, s.rows[at]))
}

// click selects the row; a click on the selected one opens it.
func (s *disputes) click(msg tea.MouseClickMsg) tea.Cmd {
	line := msg.Y - casesHead
	at := s.top + line
	if msg.Button != tea.MouseLeft || line < 0 || line >= s.visible() || at >= len(s.rows) {
		return nil
	}
	if at == s.index() {
		return s.open()
	}
	return s.move(at - s.index())
}
