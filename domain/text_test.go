package domain

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestInert(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "",
		"plain text":                     "plain text",
		"José Ñandú · 東京 · שלום":         "José Ñandú · 東京 · שלום",
		"a\tb\nc\r\nd\u2028e":            "a b c d e",
		"\x1b[31mred\x1b[0m":             "red",
		"\x1b[2J\x1b[1;1Hgone":           "gone",
		"\x1b]0;title\x07x":              "x",
		"\x1b]52;c;c3RvbGVu\x1b\\x":      "x",
		"\x1bPq#0;2;0;0;0\x1b\\x":        "x",
		"\x1b_Gf=100;AAAA\x1b\\x":        "x",
		"\x1b(0lqk":                      "lqk",
		"\x1bcreset":                     "reset",
		"\u009b31mred":                   "red",
		"\u009d0;title\u009cx":           "x",
		"\x1b]never ends":                "never ends",
		"\x1b[\x1b[31mtwice":             "twice",
		"end\x1b":                        "end",
		"bell\a back\b null\x00 del\x7f": "bell back null del",
		"\u202eevil\u202c":               "evil",
		"\u2066iso\u2069\u200e\u200f":    "iso",
		"ze\u200bro\u200c\u200d\ufeff":   "zero",
		"so\u00adft \u2060\u034f\u3164":  "soft ",
		"tag\U000e0041\U000e007f":        "tag",
		"heart\u2764\ufe0f":              "heart\u2764",
		"bad\xff\xfeutf":                 "bad\ufffdutf",
		"\x9b31m":                        "\ufffd31m",
		"e\u0301":                        "e\u0301",
	} {
		if got := Inert(text); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}

// wild is text of what hurts: pieces of sequences, marks, bytes, digits, and anything else.
var wild = rapid.Custom(func(t *rapid.T) string {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{
			"\x1b", "[", "]", "P", "\\", "\x07", "\u009b", "\u009c", "31m", ";", "\u202e", "\u2066", "\u200b", "\ufeff",
			"\t", "\r\n", "\x80", "\xff", "e\u0301", "東", "4242", "4242 4242 4242 4242", "-", " ", "１", "3782822463", "10005",
		}),
		rapid.String(),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 4), func(b []byte) string { return string(b) }),
		rapid.StringMatching(`[0-9]{1,12}[ -]?`),
	)
	return strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces"), "")
})

func checkInert(t interface{ Errorf(string, ...any) }, text string) {
	got := Inert(text)
	if !utf8.ValidString(got) {
		t.Errorf("%q becomes %q, which is no UTF-8", text, got)
	}
	hurts := func(r rune) bool {
		return unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Join_Control) || r == '\u200b' || r == '\ufeff'
	}
	if i := strings.IndexFunc(got, hurts); i >= 0 {
		t.Errorf("%q becomes %q, with %q in it", text, got, got[i:])
	}
	if again := Inert(got); again != got {
		t.Errorf("%q becomes %q, and then %q", text, got, again)
	}
}

func TestNothingActiveSurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkInert(t, wild.Draw(t, "text")) })
}

func FuzzInert(f *testing.F) {
	f.Add("\x1b]0;t\x07a\u202eb\x1b[31m\u009b1m\xff")
	f.Fuzz(func(t *testing.T, text string) { checkInert(t, text) })
}

func TestMaskCards(t *testing.T) {
	for text, want := range map[string]string{
		"":                 "",
		"no number":        "no number",
		"4242424242424242": "••••4242",
		"pays with 4242 4242 4242 4242, she says": "pays with ••••4242, she says",
		"4242-4242-4242-4242":                     "••••4242",
		"4242 - 4242\u20134242\u00a0\u00a04242":   "••••4242",
		"4242\u200b4242\u200b42424242":            "••••4242",
		"4242 42424242 42 42":                     "••••42 42",
		"４２４２４２４２４２４２４２４２":                        "••••４２４２",
		"card 378282246310005 amex":               "card ••••0005 amex",
		"3782 822463 10005":                       "••••0005",
		"36227206271667":                          "••••1667",
		"5555555555554444,6011111111111117":       "••••4444,••••1117",
		"3566002020360505, 6200000000000005":      "••••0505, ••••0005",
		"6759649826438453":                        "••••8453",
		"4000000000000000006":                     "••••0006",
		"42424242424242424242424242424242":        "••••4242", // two, and more between them
		"no. 7 4242424242424242 12/34 123":        "no. 7 ••••4242 12/34 123",
		"x4242424242424242123x":                   "x••••2123x", // two overlap,
		"74242424242424242":                       "7••••4242",
		"4242424242424241":                        "4242424242424241", // no Luhn
		"4222222222222":                           "4222222222222",    // 13 digits may be a barcode
		"4006381333931":                           "4006381333931",
		"1234567890123452":                        "1234567890123452", // no brand
		"37828224631000":                          "37828224631000",   // too short for its brand
		"+49 0711 2842222":                        "+49 0711 2842222",
		"4242.4242.4242.4242":                     "4242.4242.4242.4242",
		"••••4242":                                "••••4242",
	} {
		if got := MaskCards(text); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}

// cardNumbers finds card numbers by another way than MaskCards does: every run of digits, every part of it.
func cardNumbers(text string) []string {
	apart := func(r rune) bool { _, isDigit := digit(r); return !isDigit && !between(r) }
	var found []string
	for _, run := range strings.FieldsFunc(text, apart) {
		var digits []byte
		for _, r := range run {
			if d, isDigit := digit(r); isDigit {
				digits = append(digits, d)
			}
		}
		for from := range digits {
			for to := from + 14; to <= len(digits); to++ {
				if number := string(digits[from:to]); isCardNumber(number) {
					found = append(found, number)
				}
			}
		}
	}
	return found
}

func checkMasked(t interface{ Errorf(string, ...any) }, text string) {
	got := MaskCards(text)
	if left := cardNumbers(got); len(left) > 0 {
		t.Errorf("%q becomes %q, with %q in it", text, got, left)
	}
	if again := MaskCards(got); again != got {
		t.Errorf("%q becomes %q, and then %q", text, got, again)
	}
	if got != text && len(cardNumbers(text)) == 0 {
		t.Errorf("%q becomes %q, but has no card number", text, got)
	}
	if clean := cleanText(text); cleanText(clean) != clean || len(cardNumbers(clean)) > 0 {
		t.Errorf("%q is cleaned to %q", text, clean)
	}
}

func TestNoCardNumberSurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkMasked(t, wild.Draw(t, "text")) })
}

// Every card number that there can be is found, whatever stands around it.
func TestEveryCardNumberIsMasked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := rapid.SampledFrom([]string{"4", "51", "2221", "2720", "34", "37", "36", "3095", "3528", "6011", "65", "62", "50", "6"}).Draw(t, "start")
		lengths := cardLengths[BrandOf(start)]
		length := rapid.SampledFrom(lengths).Draw(t, "length")
		digits := start + rapid.StringMatching(fmt.Sprintf("[0-9]{%d}", length-len(start)-1)).Draw(t, "digits")
		check := slices.IndexFunc([]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
			func(d string) bool { return luhn(digits + d) })
		number := fmt.Sprintf("%s%d", digits, check)
		if !isCardNumber(number) { // 6 may go on as another brand, of another length
			t.Skip(number)
		}
		text := wild.Draw(t, "before") + number + wild.Draw(t, "after")
		if got := MaskCards(text); strings.Contains(got, number) {
			t.Errorf("%q becomes %q", text, got)
		}
	})
}

func FuzzMaskCards(f *testing.F) {
	f.Add("a 4242 4242-42424242 4242424242424242")
	f.Add("378282246310005378282246310005")
	f.Fuzz(func(t *testing.T, text string) { checkMasked(t, text) })
}

// The fields are found by reflection, so that a new one cannot be forgotten.
func TestCleanCleansEveryField(t *testing.T) {
	var dirty Person
	fill := func(v reflect.Value, text string) int {
		n := 0
		for i := range v.NumField() {
			if v.Field(i).Kind() == reflect.String {
				v.Field(i).SetString(text)
				n++
			}
		}
		return n
	}
	if n := fill(reflect.ValueOf(&dirty).Elem(), "\x1b[1m4242 4242 4242 4242\n"); n != 6 {
		t.Errorf("%d fields", n)
	}
	if n := fill(reflect.ValueOf(&dirty.Address).Elem(), "\u202e378282246310005"); n != 6 {
		t.Errorf("%d fields of an address", n)
	}
	text := fmt.Sprintf("%+v", dirty.Clean())
	if len(cardNumbers(text)) > 0 || strings.ContainsAny(text, "\x1b\n\u202e") || strings.Count(text, cardMask) != 12 {
		t.Errorf("%s", text)
	}
	if clean := (Person{FirstName: "Ada", Address: Address{City: "London", Country: "GB"}}); clean.Clean() != clean {
		t.Errorf("%+v", clean.Clean())
	}
}

func BenchmarkCleanText(b *testing.B) {
	text := "the bell rings twice, call +44 20 7946 0958 before 18:30, order 20240115-000123"
	for b.Loop() {
		cleanText(text)
	}
}
