package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"till/domain"
)

var update = flag.Bool("update", false, "write what is generated anew")

const (
	lensBegin = "<!-- the tables of words: go test . -run TestEveryWordIsReached -update -->\n"
	lensEnd   = "<!-- the end of the tables of words -->\n"
)

// sameInReadme compares the README's tables with the data and with what the scripts reach.
func sameInReadme(t *testing.T, seen *sights) {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begun := strings.Cut(string(text), lensBegin)
	_, after, ended := strings.Cut(rest, lensEnd)
	if !begun || !ended {
		t.Fatal("the README has no place for the tables of words")
	}
	want := before + lensBegin + lensTables(seen) + lensEnd + after
	switch {
	case want == string(text):
	case *update:
		if err := os.WriteFile("README.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Error("the README's tables of words are not those of the data: go test . -run TestEveryWordIsReached -update")
	}
}

// lensTables is a table for each system, folded up.
func lensTables(seen *sights) string {
	var b strings.Builder
	for _, system := range domain.Systems {
		lines, words := []string{}, 0
		for _, group := range grouped(system) {
			words++
			var ours, by []string
			alias := true
			for _, w := range group {
				ours = append(ours, w.Means())
				alias = alias && w.Alias
				if script := seen.by(w); !slices.Contains(by, script) {
					by = append(by, script)
				}
			}
			theirs := "`" + group[0].Theirs + "`"
			if alias {
				theirs += " (alias)"
			}
			lines = append(lines, fmt.Sprintf("| %s | %s | %s | %s |\n",
				strings.ReplaceAll(string(group[0].Of), "_", " "), theirs, strings.Join(ours, "; "), strings.Join(by, ", ")))
		}
		fmt.Fprintf(&b, "<details><summary>%s: %d words</summary>\n\n| of | theirs | ours | reached by |\n| --- | --- | --- | --- |\n%s\n</details>\n",
			system, words, strings.Join(lines, ""))
	}
	return b.String()
}

// grouped are the rows of a system's words, those of one word together.
func grouped(system domain.System) [][]domain.Wording {
	var groups [][]domain.Wording
	for _, w := range domain.Wordings(system) {
		if w.Theirs == "" {
			continue
		}
		i := slices.IndexFunc(groups, func(g []domain.Wording) bool { return g[0].Of == w.Of && g[0].Theirs == w.Theirs })
		if i < 0 {
			groups = append(groups, []domain.Wording{w})
			continue
		}
		groups[i] = append(groups[i], w)
	}
	return groups
}
