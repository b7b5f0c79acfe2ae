package tui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"till/storage/storagetest"

	tea "charm.land/bubbletea/v2"
)

// birds are a few of the numbers that are looked for, as people type, paste and hide them.
var birds = []string{"4556737586899855", "3714 496353 98431", "3056-9309-025904", "５１０５１０５１０５１０５１００", "6011\u200b0009\u200b9013\u200b9424"}

// textFields are the names under which the source asks for texts: what is not come by on the way is not guarded.
func textFields(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	name := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			text, _ := strconv.Unquote(lit.Value)
			names = append(names, text)
		}
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.Ident); ok && slices.Contains([]string{"newText", "newReason", "newAmountField"}, f.Name) {
					name(n.Args[2])
				}
			case *ast.CompositeLit:
				if of, ok := n.Type.(*ast.Ident); ok && of.Name == "Line" {
					for _, e := range n.Elts {
						if kv, ok := e.(*ast.KeyValueExpr); ok && kv.Key.(*ast.Ident).Name == "Label" {
							name(kv.Value)
						}
					}
				}
			}
			return true
		})
	}
	return names
}

// Card numbers are pasted and typed into every field of every screen, found on the tour and by dice; what was said, what is on
// a screen without a field, and every file show none of them.
func TestNoCardWhereverItIsTypedInTheConsole(t *testing.T) {
	w := &wanderer{T: t, folder: filepath.Dir(t.TempDir()), wanted: textFields(t), tried: map[string]int{}, most: 2, searched: map[string]time.Time{}}
	if os.Getenv("TILL_TEST_SCALE") != "" {
		w.most = 1 + 2*len(birds)
	}
	if len(w.wanted) < 15 {
		t.Errorf("the source asks for %q only", w.wanted)
	}
	forms := []string{"orders", "payouts", "new payout", "5", "", "Ann", "", "", "", ":back", "sale", "esp", "note", "", "", "", "shift"}
	for _, way := range [][]string{tour(), forms} {
		for !w.walk(aTalk(t), slices.Values(way)) {
			continue
		}
	}
	seed := uint64(7)
	for ; seed < 13; seed++ {
		c := aTalk(t)
		prepared(c)
		w.walk(c, w.byDice(seed))
	}
	for _, name := range w.missed() {
		t.Errorf("nobody came by the field %q (until seed %d)", name, seed)
	}
	t.Logf("proof: %d card numbers pasted and typed into %d fields of the console, on %d ways through it, none on a screen or in a file", w.texts, len(w.tried), w.ways)
}

// wanderer goes through the console and leaves card numbers in its fields.
type wanderer struct {
	*testing.T
	folder string // of all that the test writes
	wanted []string
	tried  map[string]int // how often, by page and label
	most   int            // how often each: first all the birds, then one at a time
	texts  int
	ways   int
	now    *plain

	searched map[string]time.Time
}

// offTheWay are fields that dice come by or not: lines of dialogs and forms that need more of a life than the tour has.
var offTheWay = []string{"path", "until", "by", "time to answer", "IBAN", "reference", "on the sale", "when", "why", "text", "currency", "reason", "counted", "amount"}

// missed are the fields of the source that nobody came by.
func (w *wanderer) missed() []string {
	return slices.DeleteFunc(slices.Clone(w.wanted), func(name string) bool {
		if slices.Contains(offTheWay, name) {
			return true
		}
		for at := range w.tried {
			if strings.Contains(at+" ", " "+strings.Trim(name, "* ")+" ") {
				return true
			}
		}
		return false
	})
}

// field names the one in hand; empty: there is none.
func (w *wanderer) field() string {
	if f := w.now.page.field; f != nil && f.pick == nil {
		return w.now.page.title + ": " + f.label
	}
	return ""
}

// walk says line after line, and tells whether it came to the end: a number that is taken may lead elsewhere.
func (w *wanderer) walk(c *talk, lines iter.Seq[string]) (whole bool) {
	w.Helper()
	w.Chdir(w.TempDir())
	p, out := c.converse()
	w.now = p
	w.ways++
	whole = true
	for text := range lines {
		for at := w.field(); at != "" && w.tried[at] < w.most && whole; whole = w.field() == at {
			bird := strings.Join(birds, ", ")
			if n := w.tried[at]; n > 0 {
				bird = birds[(w.texts+n)%len(birds)]
			}
			w.tried[at]++
			w.texts++
			p.app.Update(tea.PasteMsg{Content: bird})
			p.settle(w.Context())
			if w.field() == at {
				c.line(p, bird)
			}
		}
		if !whole && c.keeps {
			whole = true
		}
		if !whole || p.over {
			break
		}
		c.line(p, text)
		if p.app.dialog == nil && w.field() == "" && p.app.sale().entry.Value() == "" {
			if found := storagetest.Leak([]byte(p.app.View().Content)); found != "" {
				w.Fatalf("%s shows %q", p.app.top().Title(), found)
			}
		}
	}
	if found := storagetest.Leak(out.Bytes()); found != "" {
		w.Fatalf("it was said: %q", found)
	}
	w.search()
	return whole
}

// byDice says the numbers of choices that dice tell, and now and then a word.
func (w *wanderer) byDice(seed uint64) iter.Seq[string] {
	dice := rand.New(rand.NewPCG(seed, 1))
	words := []string{"esp", "", "back", "orders", "disputes", "shift", "sandbox", "sale", "payouts", "ann@example.com", "5", "Ann", "tab", "1", "2"}
	return func(yield func(string) bool) {
		for range 150 {
			text := words[dice.IntN(len(words))]
			if n := len(w.now.page.replies); n > 0 && dice.IntN(4) > 0 {
				text = either(w.now.page.numbers(), "", ":") + strconv.Itoa(1+dice.IntN(n))
			}
			if !yield(text) {
				return
			}
		}
	}
}

// prepared has something of everything in the till.
func prepared(c *talk) {
	c.Helper()
	c.keeps = true
	c.says(append([]string{"mug", "pay"}, card("4242424242424242")...)...)
	c.says(append([]string{"mug", "pay"}, card("4000000000000259")...)...)
	c.says("esp", "park", "shift", "open a shift", "10")
}

// search looks through the files that were written since it looked last.
func (w *wanderer) search() {
	w.Helper()
	err := filepath.WalkDir(w.folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil || w.searched[path] == info.ModTime() {
			return err
		}
		w.searched[path] = info.ModTime()
		text, err := os.ReadFile(path)
		if found := storagetest.Leak(text); found != "" {
			w.Errorf("%s has %q", filepath.Base(path), found)
		}
		return err
	})
	if err != nil {
		w.Error(err)
	}
}
