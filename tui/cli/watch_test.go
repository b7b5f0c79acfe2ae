package cli_test

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"till/tui/cli"
)

// spoken is stderr: it tells whoever waits for it that something was said.
type spoken struct {
	sync.Mutex
	text  strings.Builder
	heard chan struct{}
}

func (s *spoken) Write(p []byte) (int, error) {
	s.Lock()
	defer s.Unlock()
	if s.text.Len() == 0 {
		close(s.heard)
	}
	return s.text.Write(p)
}

func (s *spoken) String() string {
	s.Lock()
	defer s.Unlock()
	return s.text.String()
}

// slowly gives one line at a time; before the line of a number something happens.
type slowly struct {
	lines  []string
	before map[int]func()
	given  int
}

func (r *slowly) Read(p []byte) (int, error) {
	if r.given == len(r.lines) {
		return 0, io.EOF
	}
	if do := r.before[r.given]; do != nil {
		do()
	}
	r.given++
	return copy(p, r.lines[r.given-1]), nil
}

func manyOrders() []string {
	var lines []string
	for i := range 3 {
		lines = append(lines, fmt.Sprintf(`{"reference":"r%d","client":{"email":"a@b.example"},"products":[{"title":"Tea","price":3}]}`+"\n", i))
	}
	return lines
}

// An import that somebody stops ends between two orders, says how many there are and how it goes on; it goes on there.
func TestImportIsStopped(t *testing.T) {
	t.Setenv("TILL_DB", filepath.Join(t.TempDir(), "till.db"))
	ctx, stop := context.WithCancel(t.Context())
	var out, said strings.Builder
	code := cli.Execute(ctx, []string{"import", "-", "--pay", "card"}, cli.IO{
		In: &slowly{lines: manyOrders(), before: map[int]func(){2: stop}}, Out: &out, Err: &said,
	}, wiring())
	if code != 130 || !strings.Contains(said.String(), "interrupted after 2 issued, 0 skipped, 0 failed") || !strings.Contains(said.String(), "goes on") {
		t.Errorf("exit %d, %s", code, said.String())
	}
	out.Reset()
	code = cli.Execute(t.Context(), []string{"import", "-", "--pay", "card", "--json"}, cli.IO{In: &slowly{lines: manyOrders()}, Out: &out, Err: &said}, wiring())
	if code != 0 || strings.TrimSpace(out.String()) != `{"issued":1,"skipped":2,"failed":[]}` {
		t.Errorf("exit %d, %s", code, out.String())
	}
}

// On a terminal long work says how far it is, on one line that is gone at the end.
func TestImportIsWatched(t *testing.T) {
	t.Setenv("TILL_DB", filepath.Join(t.TempDir(), "till.db"))
	said := &spoken{heard: make(chan struct{})}
	wait := func() {
		select {
		case <-said.heard:
		case <-time.After(20 * time.Second):
			t.Error("nothing was said")
		}
	}
	var out strings.Builder
	code := cli.Execute(t.Context(), []string{"import", "-"}, cli.IO{
		In: &slowly{lines: manyOrders(), before: map[int]func(){2: wait}}, Out: &out, Err: said, Watched: true,
	}, wiring())
	if text := said.String(); code != 0 || !strings.Contains(text, "2 lines … ctrl+c stops") || !strings.HasSuffix(text, "\r\x1b[K") {
		t.Errorf("exit %d, %q", code, text)
	}
}
