package tui

import (
	"bytes"
	"os"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// A bracketed paste, as a terminal marks it.
const (
	pasteBegins = "\x1b[200~"
	pasteEnds   = "\x1b[201~"
)

// keyboard is a terminal's input. What is pasted is only text there: a terminal that does not clean a paste may send half an
// escape sequence in it, and the decoder of Bubble Tea (ultraviolet) then takes the mark of the paste's end for a part
// of that, so that no key counts any more, Ctrl+C neither.
type keyboard struct {
	*os.File
	pasting bool
	kept    []byte // what may be the beginning of a mark, or of a character
	torn    bool   // what was given last ends as a mark begins that two bytes are there of
}

// Read gives what was typed and pasted; of a paste only its marks and its text. It may give nothing where more is to
// come. p is longer than a mark.
func (k *keyboard) Read(p []byte) (int, error) {
	if k.torn {
		k.kept = append(k.kept, pasteBegins[:alt]...)
	}
	before := copy(p, k.kept)
	k.kept = k.kept[:0]
	n, err := k.File.Read(p[before:])
	if k.torn && !bytes.HasPrefix(p[before:before+n], []byte(pasteBegins[alt:])) { // it was a key, and is given
		copy(p, p[before:before+n])
		before = 0
	}
	k.torn = false
	if err != nil { // nothing comes any more that could complete it
		return before + n, err
	}
	given := k.clean(p[:before+n])
	k.torn = !k.pasting && len(k.kept) == 0 && bytes.HasSuffix(p[:given], []byte(pasteBegins[:alt]))
	return given, nil
}

// alt is how much of a mark may be Alt and another key, and is not waited for. Where the rest comes later the mark is given
// anew: what is pasted behind it would be typed, and its line ends answer questions.
const alt = 2

// clean takes out of p what a paste must not bring, and gives how much is left.
func (k *keyboard) clean(p []byte) int {
	to := 0
	for at := 0; at < len(p); {
		rest := p[at:]
		if !k.pasting {
			begins := bytes.Index(rest, []byte(pasteBegins))
			if begins < 0 {
				whole := len(rest) - half(rest)
				k.kept = append(k.kept, rest[whole:]...)
				return to + copy(p[to:], rest[:whole])
			}
			begins += len(pasteBegins)
			to += copy(p[to:], rest[:begins])
			at, k.pasting = at+begins, true
			continue
		}
		r, size := utf8.DecodeRune(rest)
		switch {
		case bytes.HasPrefix(rest, []byte(pasteEnds)):
			to += copy(p[to:], pasteEnds)
			at, k.pasting = at+len(pasteEnds), false
			continue
		case len(rest) < len(pasteEnds) && bytes.HasPrefix([]byte(pasteEnds), rest), !utf8.FullRune(rest):
			k.kept = append(k.kept, rest...)
			return to
		case !acts(r, size):
			to += copy(p[to:], rest[:size])
		}
		at += size
	}
	return to
}

// half is how much of the end of a text may be the beginning of a paste's mark. An Esc is a key, and what else is shorter
// than three bytes may be Alt and another.
func half(text []byte) int {
	for n := min(len(text), len(pasteBegins)-1); n > alt; n-- {
		if bytes.HasSuffix(text, []byte(pasteBegins[:n])) {
			return n
		}
	}
	return 0
}

// acts holds for what a decoder of keys would act on: controls other than blanks and line ends, and what is no character.
func acts(r rune, size int) bool {
	return r == utf8.RuneError && size == 1 || r < ' ' && r != '\t' && r != '\r' && r != '\n' || 0x7f <= r && r < 0xa0
}

// waits keeps what is typed before the terminal has told its size: who begins to scan while the console opens loses nothing.
// Only Ctrl+C does not wait.
func (a *App) waits(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if key.Matches(msg, consoleKeys.quit) {
			return false
		}
	case tea.PasteMsg:
	default:
		return false
	}
	a.early = append(a.early, msg)
	return true
}

// catchUp takes what was typed too early.
func (a *App) catchUp() tea.Cmd {
	early := a.early
	a.early = nil
	var cmds []tea.Cmd
	for _, msg := range early {
		cmds = append(cmds, a.take(msg))
	}
	return tea.Batch(cmds...)
}
