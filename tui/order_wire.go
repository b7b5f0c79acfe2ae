package tui

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"till/domain"
)

// What went over the line for an order: all of it on a tab, the newest on the overview, and as JSON in the clipboard.

const wireTab = 3

// readWires asks for what went over the line, where it is shown.
func (s *order) readWires() tea.Cmd {
	if s.tab != wireTab && s.tab != 0 || s.full == nil {
		return nil
	}
	var cmds []tea.Cmd
	ctx, store := s.desk.Ctx, s.desk.Till.Store
	for _, p := range s.full.Payments {
		for _, op := range p.Operations {
			if len(s.wires[op.ID]) >= op.Tries && !op.InFlight() {
				continue
			}
			answer := wiresRead{by: s, op: op.ID}
			cmds = append(cmds, func() tea.Msg {
				answer.wires, answer.err = store.Wires(ctx, answer.op)
				return answer
			})
		}
	}
	return tea.Batch(cmds...)
}

// wireTab shows what was sent and answered, secrets left out long before it got here.
func (s *order) wireTab(columns, lines int) []string {
	st := s.desk.Styles
	var out []string
	for _, p := range s.shown.Payments {
		for _, op := range p.Operations {
			for _, w := range s.wires[op.ID] {
				out = append(out, rule(st, joined([]string{string(op.Kind), s.money(op.Amount), w.Took.String()}), columns))
				out = append(out, wireLines(st, "▷ ", w.Sent, columns)...)
				out = append(out, wireLines(st, "◁ ", w.Answered, columns)...)
				out = append(out, "")
			}
		}
	}
	if len(out) == 0 {
		out = []string{st.Faint.Render("nothing has gone over a line for this order")}
	}
	return s.scrolled(out, lines)
}

func wireLines(st *Styles, sign, text string, columns int) []string {
	if text == "" {
		return []string{st.Accent.Render(sign) + st.Faint.Render("nothing")}
	}
	var pretty bytes.Buffer
	if json.Indent(&pretty, []byte(text), "", "  ") == nil {
		text = pretty.String()
	}
	var out []string
	for line := range strings.Lines(text) {
		for part := range strings.SplitSeq(wrapped(domain.Inert(strings.TrimRight(line, "\n")), columns-3), "\n") {
			out = append(out, st.Accent.Render(sign)+st.Text.Render(part))
			sign = "  "
		}
	}
	return out
}

// wireExcerpt is the newest of what went over the line, what was sent at the left and what was answered at the right.
func (s *order) wireExcerpt(columns, lines int) []string {
	st := s.desk.Styles
	op, w := s.lastCall()
	if op == nil || lines < wireLeast {
		return nil
	}
	heading := rule(st, joined([]string{"on the wire: " + domain.State(op.Kind).Words(), s.money(op.Amount), w.Took.String()}), columns)
	each := columns/2 - 2
	sent, answered := wireText(st, "▷ ", w.Sent, each), wireText(st, "◁ ", w.Answered, each)
	text := strings.Split(beside(strings.Join(short(sent, lines-1), "\n"), strings.Join(short(answered, lines-1), "\n"), each+4), "\n")
	return append([]string{heading}, text...)
}

// short is the beginning of a text of several lines, with a sign where something is missing.
func short(text []string, lines int) []string {
	if len(text) <= lines {
		return text
	}
	return append(text[:lines-1:lines-1], text[lines-1]+"…")
}

// wireText is what went over the line without its envelope where it has one: what was asked of whom, or the status of
// the answer, and the body.
func wireText(st *Styles, sign, text string, columns int) []string {
	var call struct {
		Method, Path string
		Status       int
		Body         json.RawMessage
	}
	head := ""
	if json.Unmarshal([]byte(text), &call) == nil && len(call.Body) > 0 {
		head, text = call.Method+" "+call.Path, string(call.Body)
		if call.Status > 0 {
			head = strconv.Itoa(call.Status)
		}
	}
	if text == "" {
		head = "nothing"
	}
	out := []string{st.Accent.Render(sign) + st.Strong.Render(cut(domain.Inert(head), columns-2))}
	for line := range strings.SplitSeq(ansi.Hardwrap(domain.Inert(text), columns-2, false), "\n") {
		out = append(out, "  "+st.Faint.Render(line))
	}
	return out
}

// lastCall is the operation of the payment that is looked at which was on the line last, and its last call.
func (s *order) lastCall() (*domain.Operation, domain.Wire) {
	p := s.looked()
	if p == nil {
		return nil, domain.Wire{}
	}
	for i := len(p.Operations) - 1; i >= 0; i-- {
		if wires := s.wires[p.Operations[i].ID]; len(wires) > 0 && !wires[len(wires)-1].Empty() {
			return p.Operations[i], wires[len(wires)-1]
		}
	}
	return nil, domain.Wire{}
}

// copyWires puts what went over the line of the shown payment into the clipboard.
func (s *order) copyWires() tea.Cmd {
	p := s.looked()
	if p == nil || s.tab != wireTab {
		return nil
	}
	type call struct {
		Operation domain.OperationID `json:"operation"`
		Kind      string             `json:"kind"`
		Wires     []domain.Wire      `json:"wires"`
	}
	var calls []call
	for _, op := range p.Operations {
		calls = append(calls, call{op.ID, string(op.Kind), s.wires[op.ID]})
	}
	text, err := json.MarshalIndent(calls, "", "  ")
	if err != nil {
		s.desk.Fail(err)
		return nil
	}
	s.desk.Say("copied")
	return tea.SetClipboard(string(text))
}
