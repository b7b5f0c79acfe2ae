package tui

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"till/storage/storagetest"
)

// decoded is what the decoder of Bubble Tea makes of what is typed in pieces, up to a Ctrl+C at its end. It fails where that
// one is not heard.
func decoded(t testing.TB, pieces ...string) (events []string) {
	t.Helper()
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	reader := uv.NewTerminalReader(&keyboard{File: from}, "xterm-256color")
	reader.EscTimeout = 5 * time.Second // a machine with much to do may leave more than the usual 50 ms between two pieces
	got, ended := make(chan uv.Event), make(chan error, 1)
	go func() { ended <- reader.StreamEvents(ctx, got) }()
	go func() {
		for _, piece := range append(pieces, "\x03") {
			_, _ = io.WriteString(to, piece)
		}
	}()
	defer func() { _ = to.Close() }() // not before the last key is heard: at the end of its input the reader drops what waits
	for {
		select {
		case event := <-got:
			switch event := event.(type) {
			case uv.KeyPressEvent:
				if event.String() == "ctrl+c" {
					go func() {
						for range got {
							continue
						}
					}()
					return events
				}
				events = append(events, event.String())
			case uv.PasteEvent:
				events = append(events, "paste "+event.Content)
			}
		case <-ended:
			t.Fatalf("after %q the reader ended: %q", pieces, events)
		case <-time.After(10 * time.Second):
			t.Fatalf("after %q no key is heard: %q", pieces, events)
		}
	}
}

// A paste ends where it ends, whatever is in it, and brings nothing but its text.
func TestAPasteCannotTrapTheKeys(t *testing.T) {
	for _, text := range []string{"\x1b]0;owned", "a\x1bP1$r", "\x1b_G\x1b]\x1b", "\x9d0;", "東\xe6\x9d", "\x1b[", "\x1b[20", "\x1b[200~", "\x1b\x1b", "\u009d0;x", ""} {
		whole := pasteBegins + text + pasteEnds
		for cut := alt; cut < len(whole); cut++ { // a lone Esc is a key, and is not waited for: a terminal sends its marks whole
			events := decoded(t, whole[:cut], whole[cut:])
			if len(events) != 1 || !strings.HasPrefix(events[0], "paste ") || strings.ContainsFunc(events[0], func(r rune) bool { return acts(r, utf8.RuneLen(r)) }) {
				t.Fatalf("%q cut at %d is heard as %q", text, cut, events)
			}
		}
	}
	if got := decoded(t, "a\x1b", "[A\x1b[2", "0~b"); strings.Join(got, " ") != "a up f9 b" {
		t.Errorf("keys are heard as %q", got)
	}
}

// A paste whose mark was torn, so that its beginning was heard as a key, is a paste all the same: its line ends answer nothing.
func TestATornPasteIsAPaste(t *testing.T) {
	for _, c := range []struct{ pieces, heard []string }{
		{[]string{"\x1b[", "200~one\rtwo\x1b[201~"}, []string{"\x1b[", "\x1b[200~one\rtwo\x1b[201~"}},
		{[]string{"a\x1b[", "200", "~"}, []string{"a\x1b[", "200", "~"}},
		{[]string{"\x1b[", "A", "\x1b[200~\x1b[", "200~\x1b[201~"}, []string{"\x1b[", "A", "\x1b[200~", "[200~\x1b[201~"}},
	} {
		from, to, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		k, buffer := &keyboard{File: from}, make([]byte, 64)
		for i, piece := range c.pieces {
			if _, err := io.WriteString(to, piece); err != nil {
				t.Fatal(err)
			}
			if n, err := k.Read(buffer); err != nil || string(buffer[:n]) != c.heard[i] {
				t.Errorf("%q of %q is heard as %q, %v", piece, c.pieces, buffer[:n], err)
			}
		}
		_, _ = to.Close(), from.Close()
	}
}

// FuzzKeyboard: of what is typed nothing is changed, of what is pasted only what acts is left out, however it is cut.
func FuzzKeyboard(f *testing.F) {
	for _, text := range storagetest.Hostile() {
		f.Add([]byte("ab"+pasteBegins+text+pasteEnds+"c"), 5)
		f.Add([]byte(text), 3)
	}
	f.Fuzz(func(t *testing.T, typed []byte, cut int) {
		if len(typed) > 4000 {
			return
		}
		at := max(0, min(len(typed), cut))
		all, parts := &keyboard{}, &keyboard{}
		read := func(k *keyboard, part []byte) []byte {
			part = append(bytes.Clone(k.kept), part...)
			k.kept = nil
			return part[:k.clean(part)]
		}
		once := read(all, bytes.Clone(typed))
		twice := append(bytes.Clone(read(parts, bytes.Clone(typed[:at]))), read(parts, bytes.Clone(typed[at:]))...)
		if all.pasting == parts.pasting && !bytes.Equal(append(bytes.Clone(once), all.kept...), append(bytes.Clone(twice), parts.kept...)) && !bytes.Contains(typed, []byte(pasteBegins)) {
			t.Fatalf("%q is %q at once and %q cut at %d, with what is kept for more", typed, once, twice, at)
		}
		if !bytes.Contains(typed, []byte(pasteBegins)) {
			if got := append(once, all.kept...); !bytes.Equal(got, typed) {
				t.Fatalf("%q is changed to %q", typed, got)
			}
			return
		}
		_, pasted, _ := bytes.Cut(once, []byte(pasteBegins))
		pasted, _, _ = bytes.Cut(pasted, []byte(pasteEnds))
		for text := pasted; len(text) > 0; {
			r, size := utf8.DecodeRune(text)
			if acts(r, size) {
				t.Fatalf("%q brings %q", typed, pasted)
			}
			text = text[size:]
		}
	})
}

// What is typed and pasted before the terminal has told its size waits for that.
func TestKeysBeforeTheFirstSize(t *testing.T) {
	d := drive(t, 80, 24)
	d.app = newApp(t.Context(), d.till, Options{Theme: Dark})
	d.app.desk.tick = func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil }
	d.typed("2*flat<enter>").paste("3*esp\r").send(tea.WindowSizeMsg{Width: 80, Height: 24})
	d.run(d.app.Init())
	d.sees("2 × flat white", "3 × espresso")

	d.app = newApp(t.Context(), d.till, Options{Theme: Dark})
	d.over = false
	if d.press("ctrl+c"); !d.over {
		t.Error("ctrl+c waits")
	}
}
