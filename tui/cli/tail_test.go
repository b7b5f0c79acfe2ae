package cli_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"till/tui/cli"
)

// TestTail: it begins with the last entries, goes on with those that another till writes, and ends well when somebody
// stops it.
func TestTail(t *testing.T) {
	t.Setenv("TILL_DB", filepath.Join(t.TempDir(), "till.db"))
	till := func(args ...string) {
		var said strings.Builder
		if code := cli.Execute(t.Context(), args, cli.IO{Out: &said, Err: &said}, wiring()); code != 0 {
			t.Fatalf("%v: exit %d, %s", args, code, said.String())
		}
	}
	issue := func() { till("order", "issue", "--email", "a@b.example", "--item", "Tea@3") }
	issue()
	issue()
	for _, c := range []struct {
		args []string
		then string    // the order that is paid once the last of the earlier entries was read
		want []float64 // the numbers of the entries, from the earlier ones on
		last float64   // of the earlier ones
	}{
		{[]string{"--size", "2"}, "2", []float64{2, 3, 4, 5, 6}, 3},
		{[]string{"--size", "5", "--for", "1"}, "1", []float64{2, 7, 8, 9}, 2},
	} {
		ctx, stop := context.WithCancel(t.Context())
		read, write := io.Pipe()
		ended := make(chan int, 1)
		go func() {
			code := cli.Execute(ctx, append([]string{"journal", "tail", "--json"}, c.args...), cli.IO{Out: write, Err: write}, wiring())
			_ = write.Close()
			ended <- code
		}()
		lines := bufio.NewScanner(read)
		for _, want := range c.want {
			if !lines.Scan() {
				t.Fatalf("it ended before entry %v", want)
			}
			var e struct{ Seq float64 }
			if err := json.Unmarshal(lines.Bytes(), &e); err != nil || e.Seq != want {
				t.Fatalf("%s: want entry %v, %v", lines.Text(), want, err)
			}
			if want == c.last {
				till("pay", c.then, "--tender", "cash")
			}
		}
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("stopped, it is exit %d", code)
		}
	}
}
