package tui

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// choice is a field that takes one of several: typing narrows them, the arrows move. It draws the few options
// that are seen, since huh's select draws all 250 countries with every key.
type choice struct {
	desk    *Desk
	key     string
	title   string
	value   *string
	options []option
	ends    []string // by option: what stands behind its label, and is not cut with it; nil: nothing
	needed  bool

	filter  string
	found   []int
	at      int
	rows    int
	columns int
	focused bool
	err     error
}

func newChoice(d *Desk, name, title string, options []option, value *string) *choice {
	c := &choice{desk: d, key: name, title: title, options: options, value: value, rows: 5, columns: 60}
	c.narrow()
	return c
}

func (c *choice) name() string       { return c.key }
func (c *choice) resize(columns int) { c.columns = columns }
func (c *choice) Error() error       { return c.err }

// Focus opens the list.
func (c *choice) Focus() tea.Cmd {
	c.focused = true
	return nil
}

// Blur takes what stands under the cursor.
func (c *choice) Blur() tea.Cmd {
	c.focused, c.err = false, nil
	switch {
	case len(c.found) > 0:
		*c.value = c.options[c.found[c.at]].value
		c.filter = ""
		c.narrow()
	default:
		c.err = errors.New("none is called that")
	}
	return nil
}

func (c *choice) takes(msg tea.KeyPressMsg) bool {
	return slices.Contains([]string{"up", "down", "pgup", "pgdown"}, msg.String())
}

func (c *choice) edit(msg tea.Msg) {
	c.err = nil
	switch msg := msg.(type) {
	case tea.PasteMsg:
		c.filter += Inert(msg.Content)
		c.narrow()
	case tea.KeyPressMsg:
		c.press(msg)
	}
}

func (c *choice) press(msg tea.KeyPressMsg) {
	if by := map[string]int{"up": -1, "down": 1, "pgup": -c.rows, "pgdown": c.rows}[msg.String()]; by != 0 {
		c.at = max(0, min(c.at+by, len(c.found)-1))
		return
	}
	switch {
	case msg.Text != "":
		c.filter += msg.Text
	case msg.Code == tea.KeyBackspace && c.filter != "":
		runes := []rune(c.filter)
		c.filter = string(runes[:len(runes)-1])
	case msg.String() == "ctrl+u":
		c.filter = ""
	default:
		return
	}
	c.narrow()
}

// narrow finds the options that were meant: by code, by the beginning of the name, by a part of it.
func (c *choice) narrow() {
	wanted := strings.ToLower(strings.TrimSpace(c.filter))
	ranked := [3][]int{}
	for i, o := range c.options {
		name := strings.ToLower(o.label + c.end(i))
		switch {
		case wanted != "" && strings.ToLower(o.value) == wanted:
			ranked[0] = append(ranked[0], i)
		case strings.HasPrefix(name, wanted):
			ranked[1] = append(ranked[1], i)
		case strings.Contains(name, wanted):
			ranked[2] = append(ranked[2], i)
		}
	}
	c.found, c.at = slices.Concat(ranked[0], ranked[1], ranked[2]), 0
	if wanted == "" {
		c.at = max(0, slices.IndexFunc(c.options, func(o option) bool { return o.value == *c.value }))
	}
}

// cancel closes the filter; it tells whether there was one.
func (c *choice) cancel() bool {
	had := c.filter != ""
	c.filter, c.err = "", nil
	c.narrow()
	return had
}

// View is the title with what is chosen, and the list while it has the focus.
func (c *choice) View() string {
	st := c.desk.Styles
	title := label(c.title, c.needed)
	if !c.focused {
		chosen := "—"
		if len(c.found) > 0 {
			chosen = c.called(c.found[c.at], c.columns-labelWidth-4)
		}
		return st.Faint.Render(title) + st.Text.Render(chosen)
	}
	var b strings.Builder
	b.WriteString(st.Title.Render(title) + st.Text.Render(ending(c.filter, c.columns-labelWidth-5)) + st.Accent.Render("▏"))
	b.WriteString(st.Faint.Render(c.hint()))
	start := max(0, min(c.at-c.rows/2, len(c.found)-c.rows))
	end := min(len(c.found), start+c.rows)
	var rows []string
	for i := start; i < end; i++ {
		rows = append(rows, c.row(i))
	}
	for _, row := range edged(st, rows, start > 0, end < len(c.found)) {
		b.WriteString("\n" + blanks(labelWidth) + row)
	}
	return b.String()
}

// hint says how one is found, and among how many where not all are seen.
func (c *choice) hint() string {
	switch more := len(c.found) > c.rows; {
	case c.filter != "" && more:
		return "  " + strconv.Itoa(len(c.found)) + " found"
	case c.filter != "":
		return ""
	case more:
		return "type to find among " + strconv.Itoa(len(c.found))
	}
	return "type to find"
}

// called is an option as it is seen: of a long label the end is cut, and what stands behind it is not.
func (c *choice) called(option, columns int) string {
	end := c.end(option)
	return cut(c.options[option].label, columns-width(end)) + end
}

func (c *choice) end(option int) string {
	if c.ends == nil {
		return ""
	}
	return c.ends[option]
}

func (c *choice) row(i int) string {
	st, name := c.desk.Styles, c.called(c.found[i], c.columns-labelWidth-6)
	if i == c.at {
		return st.Title.Render("› " + name)
	}
	return "  " + st.Text.Render(name)
}
