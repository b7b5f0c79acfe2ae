package tui

import (
	"slices"
	"strings"
	"testing"

	"till/domain"
)

// A word's beginning counts more than its middle, the title more than the note, and letters in their order count
// only where no word does.
func TestSearchRanks(t *testing.T) {
	c := newCatalogue([]domain.Article{
		{SKU: "a", Title: "Flat white"},
		{SKU: "b", Title: "Filter coffee", Note: "of the day"},
		{SKU: "c", Title: "Mug", Note: "for tea"},
		{SKU: "d", Title: "Green tea"},
		{SKU: "e", Title: "Tea, black"},
		{SKU: "f", Title: "Thermos (tee)"},
		{SKU: "g", Title: "緑茶 tea"},
	})
	for text, want := range map[string]string{
		"te": "e d f g c a b", "tea": "e d g c", "green te": "d", "fc": "b", "flter": "b", "茶": "g", "zzz": "",
	} {
		var got []string
		for _, a := range c.search(text, 8) {
			got = append(got, a.SKU)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q finds %v, not %s", text, got, want)
		}
	}
	if got := c.search("te", 2); len(got) != 2 || !slices.ContainsFunc(got, func(a domain.Article) bool { return a.SKU == "d" }) {
		t.Errorf("the first two are %v", got)
	}
}
