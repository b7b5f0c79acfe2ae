package main

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"till/storage/storagetest"
)

// monkey makes events of every kind. One that is careful never sends what answers yes: Enter, y, F9, a left click. Those
// cannot come from its pastes either, as a line end in a paste answers no question.
type monkey struct {
	*rand.Rand
	careful bool
	asked   int // how many questions about money were left to a careful one
	texts   []string
}

var (
	plainKeys = strings.Split("abcdefghijklmnopqrstuvwxzABCDEFGHIJKLNOPQRSTUVWXZ0123456789 .,;:*@%+-/?[]{}()<>|#!\"'=_~^\\`é緑", "")
	namedKeys = []string{
		"\t", "\x7f", "\x1b", "\x1b[Z", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~", "\x1b[2~", "\x1b[3~",
		"\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[21~", "\x1b[23~", "\x1b[24~",
		"\x1b[1;5A", "\x1b[1;2D", "\x1b[1;3C", "\x1bf", "\x1bb", "\x1bd", "\x1b[97;5u", "\x1b[I", "\x1b[O",
	}
	oddKeys = []string{ // what no key sends, what is cut in half, and answers that nobody asked for
		"\x1b[", "\x1b[1;", "\x1b]11;rgb:ffff/ffff/ffff\x07", "\x1b]11;", "\x1bP1$r", "\x1bP>|term\x1b\\", "\x1b_G", "\x1b[?2026;2$y",
		"\x1b[999;999z", "\x1b[<", "\x1b[>1;2;3c", "\x1b[?62;4c", "\x1b[12;34R", "\xff", "\xc3", "\xf0\x9f", "\u009b", "\x00", "\x1b[200", "\x1b[201~", "\x1b\x1b\x1b[A",
		"\x1b[M", "\x1b[;;;;;;;;;;m", "\x1b[4294967296;1H", "\x1b[1;1:3A",
	}
	opens   = regexp.MustCompile(`^(\x1b[P\]_]|[\x80-\xff])`)
	yesKeys = []string{"\r", "\r", "\r", "\r", "\n", "y", "Y", "\x1b[20~", "\x1bOM", "\x1b[13u", "\x1b\r"}
)

func one[T any](m *monkey, of []T) T { return of[m.IntN(len(of))] }

// event is what is typed next; of a resize the size.
func (m *monkey) event() (keys string, cols, rows int) {
	switch n := m.IntN(100); {
	case n < 38:
		return one(m, plainKeys), 0, 0
	case n < 60:
		return one(m, namedKeys), 0, 0
	case n < 72: // control keys, but for those that answer yes or leave
		if c := rune(1 + m.IntN(31)); !strings.ContainsRune("\x03\r\n", c) {
			return string(c), 0, 0
		}
	case n < 77:
		// What opens a string swallows the first byte of what follows: a careful one does not have its pastes typed.
		if keys := one(m, oddKeys); !m.careful || !opens.MatchString(keys) {
			return keys, 0, 0
		}
	case n < 80:
		text := one(m, m.texts) + "\r\n" + one(m, m.texts)
		return "\x1b[200~" + text + one(m, []string{"\x1b[201~", "\x1b[201~", "\x1b[201~", "\x1b[20", ""}), 0, 0
	case n < 90:
		return m.mouse(), 0, 0
	case n < 93:
		return "", 1 + m.IntN(300), 1 + m.IntN(100)
	case n < 94:
		return "", 100, 30
	case !m.careful:
		return one(m, yesKeys), 0, 0
	}
	return one(m, plainKeys), 0, 0
}

// mouse is an SGR event anywhere, also off the screen: press, release, motion, wheel, with any button.
func (m *monkey) mouse() string {
	button := one(m, []int{0, 0, 0, 1, 2, 32, 35, 64, 65, 66, 67, 4, 16, 128, 255})
	end := one(m, []string{"M", "M", "M", "m"})
	if m.careful && button&3 == 0 && button < 64 && end == "M" {
		button = 2
	}
	return fmt.Sprintf("\x1b[<%d;%d;%d%s", button, m.IntN(130), m.IntN(45), end)
}

// moved counts what an operator asked of a provider, but for what only asks; by its kind.
func (s *shop) moved() []string {
	s.Helper()
	db := raw(s.T, s.db, "ro")
	defer func() { _ = db.Close() }()
	return rows(s.T, db, `select seq, body ->> '$.kind', body ->> '$.amount' from journal
		where kind = 'operation.requested' and source = 'operator' and body ->> '$.kind' not in ('sync', 'verify_redirect') order by seq`)
}

// Keys of every kind, pastes, the mouse and resizes, as fast as the line takes them: the console neither falls nor hangs,
// is left by Ctrl+C, and leaves the terminal as it was. As long as nothing is sent that answers yes, no money moves. With
// everything sent money may move, and then the journal, the gateway's books and the doctor agree about it.
func TestAnyKeys(t *testing.T) {
	const sessions, events, carefully = 20, 800, 220
	s, sent := busy(t), 0
	s.must("order", "issue", "--email", "a@b.example", "--item", "Tea@3", "--reference", "R-open")
	m := &monkey{Rand: storagetest.Dice(t), texts: storagetest.Hostile()}
	for session := range storagetest.Scaled(t, sessions) {
		m.careful = session < storagetest.Scaled(t, sessions)/2 // first, as the others change the orders
		before := s.moved()
		if m.careful {
			sent += m.play(s, carefully)
		} else {
			sent += m.play(s, events)
		}
		switch after := s.moved(); {
		case t.Failed():
			return
		case m.careful && !slices.Equal(before, after):
			t.Fatalf("money moved, and nobody said yes: %v", after[len(before):])
		}
		s.intact()
		s.wellButForDoubts()
	}
	if sent < 10_000 || m.asked < sessions/4 {
		t.Errorf("only %d events, %d questions", sent, m.asked)
	}
	t.Logf("proof: %d keys, pastes, clicks and resizes in a terminal, %d times quit and restored, no money moved by %d questions to which nobody said yes", sent, storagetest.Scaled(t, sessions), m.asked)
}

// play opens a console, does so many events, and leaves. Where a yes has led out of it, it goes on in another.
func (m *monkey) play(s *shop, events int) int {
	s.Helper()
	c := openProgram(s)
	if m.careful && m.ask(c) {
		m.asked++
	}
	for n := range events {
		keys, cols, rows := m.event()
		select {
		case err := <-c.over:
			if err != nil || m.careful {
				c.failed("it has ended by itself: %v", err)
			}
			c.restored()
			return n + m.play(s, events-n)
		default:
		}
		switch {
		case cols > 0:
			c.done = append(c.done, fmt.Sprintf("%dx%d", cols, rows))
			c.resize(cols, rows)
		case keys != "":
			c.types(keys)
		}
		// A careful one waits for the console before the line is full: an escape sequence is torn there, and what is pasted
		// behind the first half of its mark is typed.
		if n%250 == 249 || m.careful && n%20 == 19 {
			c.alive()
		}
	}
	c.quit()
	return events
}

// questions are which of the orders of a busy shop, from the newest down, is asked what about its money.
var questions = []struct {
	down int
	key  string
}{{0, "x"}, {2, "c"}, {2, "v"}, {2, "+"}, {2, "x"}, {3, "r"}, {4, "r"}}

// ask goes to an order, asks there for something about its money, and waits until the question listens: a careful one could
// not, as it takes an Enter. It tells whether there is such a question.
func (m *monkey) ask(c *program) bool {
	c.types("\x1bOR")
	if !c.comesTo(patient, "a4@b.example") { // the list is read
		c.failed("the orders do not come")
	}
	way := one(m, questions)
	c.types(strings.Repeat("\x1b[B", way.down) + "\r")
	c.comesTo(3*time.Second, "timeline")
	c.types(way.key)
	return c.comesTo(3*time.Second, "● y", "● enter")
}

// wellButForDoubts has the doctor look: what somebody's yes can have led to is no illness, anything else is.
func (s *shop) wellButForDoubts() {
	s.Helper()
	ill, said := s.ill()
	doubts := []string{"unknown", "faults", "outbox", "clock"} // faults that were set, notices that are held back, what they led to
	if left := slices.DeleteFunc(ill, func(name string) bool { return slices.Contains(doubts, name) }); len(left) > 0 {
		s.Fatalf("the doctor finds %v: %s", left, said)
	}
}
