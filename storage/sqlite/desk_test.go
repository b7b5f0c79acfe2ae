//go:build linux || darwin

package sqlite

import (
	"os"
	"path/filepath"
	"testing"

	"till/domain"
)

// Consoles on one file keep what is on their screens apart, each finds its own again, and what one left that is gone can
// be taken by another; from one that is alive nobody takes it. It is one file, whichever link leads to it.
func TestScreensApart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "till.db")
	onScreen := func(text string) domain.ParkedSale { return domain.ParkedSale{Sale: []byte(text)} }
	sees := func(db *DB, want ...domain.ParkedSale) {
		t.Helper()
		sales, err := db.Parked(t.Context())
		check(t, err)
		if len(sales) != len(want) {
			t.Fatalf("%+v instead of %+v", sales, want)
		}
		for i, p := range sales {
			if p.ID != want[i].ID || p.Elsewhere != want[i].Elsewhere || string(p.Sale) != string(want[i].Sale) {
				t.Errorf("%d: %+v instead of %+v", i, p, want[i])
			}
		}
	}
	link := filepath.Join(t.TempDir(), "link.db") // the same file by another name
	a := open(t, path)
	check(t, os.Symlink(path, link))
	b := open(t, link)
	sees(a)
	sees(b)
	check(t, a.Park(t.Context(), onScreen("tea")))
	check(t, b.Park(t.Context(), onScreen("mug")))
	sees(a, onScreen("tea"), domain.ParkedSale{ID: "screen-2", Sale: []byte("mug"), Elsewhere: true})
	sees(b, onScreen("mug"), domain.ParkedSale{ID: "screen-1", Sale: []byte("tea"), Elsewhere: true})
	wantCode(t, a.Park(t.Context(), domain.ParkedSale{ID: "screen-2"}), domain.CodeNotFound)
	wantCode(t, b.Park(t.Context(), domain.ParkedSale{ID: "screen-1"}, onScreen("taken")), domain.CodeNotFound)

	check(t, a.Close()) // as after a crash: nothing was taken away
	sees(b, onScreen("mug"), domain.ParkedSale{ID: "screen-1", Sale: []byte("tea")})
	again := open(t, path)
	sees(again, onScreen("tea"), domain.ParkedSale{ID: "screen-2", Sale: []byte("mug"), Elsewhere: true})
	check(t, b.Close())
	check(t, again.Park(t.Context(), domain.ParkedSale{ID: "screen-2"}, onScreen("mug")))
	sees(again, onScreen("mug"))
	t.Logf("proof: 2 consoles on one file, 3 screens kept apart")
}
