package tui

import (
	"fmt"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// What is found among many, in words: a line narrows, a number takes.

// Plain is what there is to find.
func (f *finder) Plain() []string {
	switch {
	case !f.loaded:
		return []string{"it is being read"}
	case len(f.rows) == 0:
		return []string{f.none}
	case f.entry.Value() != "":
		return []string{"looked for: " + Inert(f.entry.Value())}
	case len(f.rows) > rowsAtOnce:
		return []string{plural(len(f.rows), "row")}
	}
	return nil
}

// tellFound says how many there are of what was looked for.
func (f *finder) tellFound() string {
	switch n := len(f.shown); {
	case len(f.rows) == 0:
		return f.none
	case n == 0:
		return "none is called that."
	case n == 1:
		return "one is found."
	default:
		return fmt.Sprintf("%d are found: which one?", n)
	}
}

// plainRows are those that are found.
func (f *finder) plainRows() plainList {
	list := plainList{keys: []string{"enter"}}
	for i, at := range f.shown {
		r := f.rows[at]
		list.rows = append(list.rows, reply{text: inWordsOnly(joined([]string{r.name, r.more, r.end})), do: func() tea.Cmd {
			f.at = i
			return f.act(f.take, true)
		}})
	}
	return list
}

// aboutRow is what a key does, with the row that it does it to.
func (f *finder) aboutRow(k key.Binding, text string) string {
	i := slices.IndexFunc(f.also, func(a also) bool { return a.needs && slices.Equal(a.key.Keys(), k.Keys()) })
	if i < 0 || len(f.shown) == 0 {
		return text
	}
	return text + ": " + f.rows[f.shown[f.at]].name
}
