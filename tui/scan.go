package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// A scanner is a keyboard that types fast and ends with Enter. What it types on a page that asks about money must move
// none: it is told by what it types, as the time between keys says little on a line that is slow.

// scanned is what somebody is told whose scan was taken for one.
const scanned = "that looked like a scan: nothing was done"

// stray gathers what is typed where it means nothing.
type stray struct{ typed string }

// add takes a key that means nothing here.
func (s *stray) add(msg tea.KeyPressMsg) { s.typed += msg.Text }

// take empties it.
func (s *stray) take() string {
	typed := s.typed
	s.typed = ""
	return typed
}

// unlikely tells whether a text is hardly an amount that somebody has typed: digits alone, and too many of them, or
// beginning as numbers of articles do and amounts do not.
func unlikely(c domain.Currency, amount string) bool {
	return c.Digits() > 0 && isDigits(amount) && (len(amount) > amountDigits || len(amount) > 1 && amount[0] == '0')
}

// enterOf has the keys that are Enter by another name: a scanner's line feed.
func enterOf(msg tea.KeyPressMsg) tea.KeyPressMsg {
	if msg.String() == "ctrl+j" {
		return tea.KeyPressMsg{Code: tea.KeyEnter}
	}
	return msg
}

// deadKeys delete the word behind the cursor. The text field of bubbles v2.2.1 panics on them where the cursor is on the
// last letter (deleteWordForward), so they reach none.
var deadKeys = map[string]bool{"alt+d": true, "alt+delete": true, "ctrl+delete": true}

// digit tells whether a key is one.
func digit(msg tea.KeyPressMsg) bool { return len(msg.Text) == 1 && isDigits(msg.Text) }

// breath is longer than a scanner needs for the next key, and shorter than a person does.
const breath = 200 * time.Millisecond

// breathed says that a while has passed since so many digits. A test sends it.
type breathed struct{ digits int }

// astray tells whether a key on a page without a text field belongs to a scan: the digits that come at once behind a
// first one, which may lead to another page, and the Enter behind them.
func (a *App) astray(msg tea.KeyPressMsg) bool {
	switch {
	case a.top().Typing():
		a.digits = 0
	case digit(msg):
		a.digits++
		return a.digits > 1
	case msg.Code == tea.KeyEnter:
		was := a.digits
		a.digits = 0
		if was > 1 {
			a.say("%s · F2 is the sale", scanned)
		}
		return was > 1
	default:
		a.digits = 0
	}
	return false
}
