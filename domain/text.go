package domain

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sequences are what terminals act on, in the seven-bit and the eight-bit form (ECMA-48 §5.3 to §5.6): a command
// with its parameters; a string (title, clipboard, device control) up to its end; a short escape. A string that
// never ends loses only its beginning, so that a stray byte cannot hide a whole note.
var sequences = regexp.MustCompile(
	`(?:\x1b\[|\x{9b})[0-?]*[ -/]*[@-~]` +
		`|(?:\x1b[\]PX^_]|[\x{9d}\x{90}\x{98}\x{9e}\x{9f}])[^\x1b\x07\x{9c}]*(?:\x1b\\|[\x07\x{9c}])` +
		`|\x1b[ -/]*[0-~]`)

// Inert makes a text from outside harmless: no escape sequence, control character, bidirectional mark or invisible
// character is left in it. Tabs and line ends become blanks, bytes that are no UTF-8 become U+FFFD. Everything that
// shows a name, a note or a gateway's message to people shows it through this.
func Inert(s string) string {
	if plain(s) {
		return s
	}
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	s = sequences.ReplaceAllLiteralString(s, "")
	return strings.Map(inertRune, strings.ReplaceAll(s, "\r\n", "\n"))
}

// plain is the short way for most texts: nothing but printable ASCII.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// inertRune keeps the few format characters of Arabic that are seen: they enclose numbers.
func inertRune(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || unicode.In(r, unicode.Zl, unicode.Zp):
		return ' '
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return r
	case invisible(r):
		return -1
	}
	return r
}

// invisible holds for controls, for format characters (bidirectional marks and overrides, joiners, tags), for
// fillers, and for the selectors that change how wide the character before them is.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// How many digits a card number has. Some have 13, but so have barcodes.
const (
	minCardDigits = 14
	maxCardDigits = 19
)

// cardLengths are how many digits the numbers of each brand have.
var cardLengths = map[Brand][]int{
	Visa: {16, 19}, Mastercard: {16}, Amex: {15}, Diners: {14, 15, 16, 17, 18, 19}, Discover: {16, 17, 18, 19},
	JCB: {16, 17, 18, 19}, UnionPay: {16, 17, 18, 19}, Maestro: {14, 15, 16, 17, 18, 19},
}

// cardMask stands for what was taken out of a number.
const cardMask = "••••"

// MaskCards takes every card number out of a text but for its last four digits: 14 to 19 digits with a brand's
// beginning and length that pass Luhn, with blanks and dashes between them, and also in the middle of more digits.
func MaskCards(s string) string {
	var b strings.Builder
	done := 0
	for _, card := range cardsIn(s) {
		b.WriteString(s[done:card.from])
		b.WriteString(cardMask)
		done = card.last4
	}
	b.WriteString(s[done:])
	return b.String()
}

// cardSpot is where in a text a card number stands: the bytes of its first digit, of its last four, and of its last.
type cardSpot struct{ from, last4, last int }

// cardsIn finds the card numbers of a text. Those that overlap are one: nobody knows which of them was meant.
func cardsIn(s string) []cardSpot {
	var spots []cardSpot
	for i, r := range s {
		spot, found := cardAt(s, i, r)
		switch n := len(spots) - 1; {
		case !found:
		case n < 0 || spot.from > spots[n].last:
			spots = append(spots, spot)
		case spot.last > spots[n].last:
			spots[n].last4, spots[n].last = spot.last4, spot.last
		}
	}
	return spots
}

// cardAt finds the longest card number that begins with the rune at byte i.
func cardAt(s string, i int, r rune) (cardSpot, bool) {
	if _, isDigit := digit(r); !isDigit {
		return cardSpot{}, false
	}
	number, places := digitsFrom(s[i:])
	for n := len(number); n >= minCardDigits; n-- {
		if isCardNumber(number[:n]) {
			return cardSpot{i, i + places[n-4], i + places[n-1]}, true
		}
	}
	return cardSpot{}, false
}

// digitsFrom reads as many digits as a card number may have, with the bytes at which they stand.
func digitsFrom(s string) (number string, places []int) {
	digits := make([]byte, 0, maxCardDigits)
	for i, r := range s {
		if d, isDigit := digit(r); isDigit {
			digits, places = append(digits, d), append(places, i)
		} else if !between(r) {
			break
		}
		if len(digits) == maxCardDigits {
			break
		}
	}
	return string(digits), places
}

// digit reads the digits of a keyboard, also of a Japanese one, where they may be as wide as other characters.
func digit(r rune) (byte, bool) {
	switch {
	case r >= '0' && r <= '9':
		return byte(r), true
	case r >= '０' && r <= '９':
		return byte(r-'０') + '0', true
	}
	return 0, false
}

// between holds for blanks and dashes of all kinds, and for what is not seen: digits that stand together on the
// screen are one number.
func between(r rune) bool {
	return r == '−' || unicode.IsSpace(r) || unicode.In(r, unicode.Zs, unicode.Pd) || invisible(r)
}

func isCardNumber(digits string) bool {
	return slices.Contains(cardLengths[BrandOf(digits)], len(digits)) && luhn(digits)
}

// Clean is the person with every field inert and without card numbers: what may be stored.
func (p Person) Clean() Person {
	a := p.Address
	return Person{
		FirstName: cleanText(p.FirstName), LastName: cleanText(p.LastName), LegalName: cleanText(p.LegalName),
		Email: cleanText(p.Email), Phone: cleanText(p.Phone), Notes: cleanText(p.Notes),
		Address: Address{
			Line1: cleanText(a.Line1), Line2: cleanText(a.Line2), City: cleanText(a.City),
			Postcode: cleanText(a.Postcode), Area: cleanText(a.Area), Country: cleanText(a.Country),
		},
	}
}

func cleanText(s string) string { return MaskCards(Inert(s)) }
