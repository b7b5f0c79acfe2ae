package domain

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
)

// The machine as a table: a line for each of its rows.

// tableHead are the columns; the last two only say something of what stands in the machine.
var tableHead = []string{"id", "from", "event", "to", "guard", "why", "walked", "here"}

const plainColumns = 6 // of a machine in which nothing stands

// Markdown writes the machine as a table. What takes things out of their order is left out, unless it was walked.
// Walked rows carry the number of the entry that took them; the one that led to where it stands says so.
func (m *Machine) Markdown(at State, walked []Step) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# The machine of the %s\n\n", m.Name)
	head := tableHead[:plainColumns]
	if at != "" {
		fmt.Fprintf(&b, "It stands at **%s**.\n\n", at)
		head = tableHead
	}
	writeMarkdown(&b, head)
	writeMarkdown(&b, slices.Repeat([]string{"---"}, len(head)))
	for _, t := range m.Rows() {
		if row := m.tableRow(t, at, walked); !t.Late || row[plainColumns] != "" {
			writeMarkdown(&b, ticked(row)[:len(head)])
		}
	}
	return b.String()
}

// ticked ticks a row that was walked, and puts its way in bold.
func ticked(row []string) []string {
	if row[plainColumns] == "" {
		return row
	}
	row[0], row[plainColumns] = "**"+row[0]+"**", "✓ "+row[plainColumns]
	if row[plainColumns+1] != "" {
		row[plainColumns+1] = "● you are here"
	}
	return row
}

// writeMarkdown writes a line of a table; in the machines' own words there is nothing to escape but the stroke.
func writeMarkdown(b *strings.Builder, cells []string) {
	for _, cell := range cells {
		b.WriteString("| " + strings.ReplaceAll(cell, "|", `\|`) + " ")
	}
	b.WriteString("|\n")
}

// CSV writes all rows with a line of names before them. Where something stands in the machine, walked has the numbers
// of the entries that took a row, and here says yes at the row by which it came to where it stands.
func (m *Machine) CSV(at State, walked []Step) string {
	var b strings.Builder
	w, columns := csv.NewWriter(&b), plainColumns
	if at != "" {
		columns = len(tableHead)
	}
	_ = w.Write(tableHead[:columns]) // into memory: it cannot fail
	for _, t := range m.Rows() {
		_ = w.Write(m.tableRow(t, at, walked)[:columns])
	}
	w.Flush()
	return b.String()
}

// tableRow is a row in all columns.
func (m *Machine) tableRow(t Transition, at State, walked []Step) []string {
	var guards, entries []string
	for _, g := range t.Guards {
		guards = append(guards, g.Name)
	}
	here := ""
	for i, s := range walked {
		if m.took(s, t) {
			entries = append(entries, fmt.Sprint(s.Seq))
			if i == len(walked)-1 && s.To == at {
				here = "yes"
			}
		}
	}
	return []string{
		t.ID, string(t.From), string(t.On), string(t.To), strings.Join(guards, "; "), t.Why, strings.Join(entries, " "), here,
	}
}
