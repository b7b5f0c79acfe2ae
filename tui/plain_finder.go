package tui

import (
	"fmt"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// What is found among many, in words: a line narrows, a number takes.

// Plain is what there is to find, and how much of it was found.
func (f *finder) Plain() []string {
	switch text, n := Inert(f.entry.Value()), len(f.shown); {
	case !f.loaded:
		return []string{"it is being read"}
	case f.nobody() && text != "":
		return []string{f.none, "typed: " + text}
	case f.nobody():
		return []string{f.none}
	case text == "":
		return []string{"which one of " + fmt.Sprint(n) + "?"}
	case n == 0:
		return []string{text + ": none is called that"}
	case n == 1:
		return []string{text + ": one is found"}
	default:
		return []string{fmt.Sprintf("%s: %d are found, which one?", text, n)}
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
