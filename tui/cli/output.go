package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"till/domain"
)

// say prints the answer of a command: one JSON document, or text for people.
func (a *app) say(object any, text func(*page)) error {
	if a.json {
		return writeJSON(a.Out, object)
	}
	var p page
	text(&p)
	_, err := io.WriteString(a.Out, p.String())
	return err
}

func writeJSON(w io.Writer, object any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(object); err != nil {
		return err
	}
	_, err := io.WriteString(w, escapeUnseen(b.String()))
	return err
}

// escapeUnseen writes what a terminal might act on, or would not show, as JSON escapes. Such characters stand
// in strings only, where the escape means the same.
func escapeUnseen(text string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(text, string(utf8.RuneError)) {
		switch {
		case r < 0x7f, domain.Inert(string(r)) == string(r):
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// list is every list's JSON: its items, and how to go on; next is null at the end.
type list[T any] struct {
	Items []T `json:"items"`
	Next  any `json:"next"`
}

func listOf[T any](items []T, next string) list[T] {
	if items == nil {
		items = []T{}
	}
	l := list[T]{Items: items}
	if next != "" {
		l.Next = next
	}
	return l
}

// page is an answer for people. All that it shows is inert.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) {
	p.WriteString(strings.TrimRight(domain.Inert(fmt.Sprintf(format, args...)), " ") + "\n")
}

// lines writes several as they are, each made inert.
func (p *page) lines(text string) {
	for line := range strings.Lines(text) {
		p.line("%s", strings.TrimRight(line, "\r\n"))
	}
}

// widestCell is where a cell is cut: one long name must not push all rows off the screen.
const widestCell = 60

// table writes rows with their columns aligned; sides has an l or an r for each column.
func (p *page) table(indent, sides string, rows [][]string) {
	widths := make([]int, len(sides))
	for _, row := range rows {
		for i, cell := range row {
			row[i] = ansi.Truncate(domain.Inert(cell), widestCell, "…")
			widths[i] = max(widths[i], ansi.StringWidth(row[i]))
		}
	}
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = aligned(cell, sides[i], widths[i])
		}
		p.line("%s%s", indent, strings.Join(cells, "  "))
	}
}

func aligned(cell string, side byte, width int) string {
	pad := strings.Repeat(" ", width-ansi.StringWidth(cell))
	if side == 'r' {
		return pad + cell
	}
	return cell + pad
}

// facts writes names and values, leaving out what is empty.
func (p *page) facts(indent string, pairs ...[2]string) {
	var rows [][]string
	for _, pair := range pairs {
		if pair[1] != "" {
			rows = append(rows, []string{pair[0], pair[1]})
		}
	}
	p.table(indent, "ll", rows)
}

// more tells how a list goes on.
func (p *page) more(next string) {
	if next != "" {
		p.line("more: --after %s", next)
	}
}

// when is a time for people.
func when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04") + " UTC"
}

// stamp is a time in JSON: RFC 3339 in UTC, null when there is none.
type stamp time.Time

// MarshalJSON writes the time.
func (s stamp) MarshalJSON() ([]byte, error) {
	t := time.Time(s)
	if t.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(t.UTC())
}

// byName gives names and sentences in the order of the names.
func byName(sentences map[string]string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, name := range slices.Sorted(maps.Keys(sentences)) {
			if !yield(name, sentences[name]) {
				return
			}
		}
	}
}
