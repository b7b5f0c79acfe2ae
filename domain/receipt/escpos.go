package receipt

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"till/domain"
)

// The commands of ESC/POS that a slip needs (Epson's reference; nearly all printers know these).
const (
	reset      = "\x1b@"
	codePage   = "\x1bt\x13" // 19: PC858, which is PC850 with the euro
	alignLeft  = "\x1ba\x00"
	alignMid   = "\x1ba\x01"
	boldOn     = "\x1bE\x01"
	boldOff    = "\x1bE\x00"
	feedAndCut = "\x1bd\x04\x1dV\x42\x00"
)

// ESCPOS is the slip as bytes for an ESC/POS printer, in code page 858. Characters that the page does not have are
// written as a similar one, or as question marks over the same number of columns.
func ESCPOS(o *domain.Order, opts Options) []byte {
	var b strings.Builder
	b.WriteString(reset + codePage)
	for _, l := range compose(o, opts).lines {
		b.WriteString(l.commands())
	}
	b.WriteString(alignLeft + boldOff + feedAndCut)
	return []byte(b.String())
}

// code128 has the printer draw a text as a barcode (GS k, CODE128 set B); nothing for what is no short name.
func code128(text string) string {
	if text == "" || len(text) > 16 || strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
		return ""
	}
	const look = "\x1dh\x50\x1dw\x02\x1dH\x02" // 80 dots high, 2 wide, the text below
	return look + "\x1dk\x49" + string([]byte{byte(len(text) + 2)}) + "{B" + text
}

// qrCode has the printer draw a text as a QR code (GS ( k, model 2): its size, its correction, the text, and print it.
func qrCode(text string) string {
	const size, correction, draw = "\x1d(k\x03\x001C\x05", "\x1d(k\x03\x001E\x30", "\x1d(k\x03\x001Q0"
	n := len(text) + 3
	return size + correction + "\x1d(k" + string([]byte{byte(n), byte(n >> 8)}) + "1P0" + text + draw
}

// commands sets align and bold for each line anew: what a printer forgets or keeps in between does not matter.
func (l line) commands() string {
	if l.printed != "" {
		return alignMid + l.printed + "\n"
	}
	align, bold := alignLeft, boldOff
	if l.centre {
		align = alignMid
	}
	if l.bold {
		bold = boldOn
	}
	return align + bold + encode(l.text) + "\n"
}

// similar are characters of names and of the slip itself that have no decomposition.
var similar = map[rune]string{
	'•': "*", '…': ".", '‘': "'", '’': "'", '‚': ",", '“': "\"", '”': "\"", '„': "\"", '‐': "-", '‑': "-", '–': "-",
	'—': "-", '−': "-", '\u202f': " ", '\u2009': " ", 'ł': "l", 'Ł': "L", 'đ': "d", 'Đ': "D", 'œ': "o", 'Œ': "O",
	'ħ': "h", 'Ħ': "H", 'ŧ': "t", 'Ŧ': "T", 'ẞ': "S",
}

// encode writes a text in code page 858, in as many columns as it had: a character with all its marks is one byte,
// a wide one two.
func encode(text string) string {
	var b strings.Builder
	for text != "" {
		char, width := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		text = text[len(char):]
		code := encodeChar(char)
		b.WriteString(strings.Repeat(code, width))
	}
	return b.String()
}

// encodeChar tries the character, and its letter without marks: ő becomes o.
func encodeChar(char string) string {
	letter := []rune(norm.NFC.String(char))[0]
	for _, r := range []rune{letter, []rune(norm.NFKD.String(char))[0]} {
		if code, ok := charmap.CodePage858.EncodeRune(r); ok && !unicode.IsControl(r) {
			return string([]byte{code})
		}
		if code, ok := similar[r]; ok {
			return code
		}
	}
	return "?"
}
