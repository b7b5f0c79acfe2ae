package domain

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Secret is a text that must not be seen: a card number, a CVV, a PIN, a key of a gateway. It prints itself
// masked whatever the verb, and has no JSON form, so that it cannot get into a log, a journal or an export.
// The text lies behind a pointer, as fmt asks no method of what is printed with a verb that does not fit.
type Secret struct{ text *string }

// NewSecret hides a text.
func NewSecret(text string) Secret { return Secret{&text} }

const masked = "•••"

// String hides the secret.
func (s Secret) String() string { return masked }

// Format hides the secret from every verb of fmt, also from %#v and %x.
func (s Secret) Format(f fmt.State, _ rune) { fmt.Fprint(f, masked) }

// MarshalText refuses: there is no written form of a secret. (JSON, TOML and log/slog ask for it.)
func (s Secret) MarshalText() ([]byte, error) {
	return nil, errors.New("a secret has no written form")
}

// Reveal gives the secret itself, to the one who needs it: a provider.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Card is a card as somebody gave it, on its way to the provider. Only its Source is ever kept.
type Card struct {
	Number Secret // digits only
	CVV    Secret
	Month  int // 1 to 12
	Year   int // four digits
	Name   string
}

// ParseCard reads a card as typed: blanks and dashes in the number, MM/YY or MM/YYYY. The fields of the
// error are number, expiry and cvv.
func ParseCard(number, expiry, cvv, name string, now time.Time) (Card, error) {
	fields := map[string]string{}
	card := Card{Number: NewSecret(digitsOf(number)), CVV: NewSecret(strings.TrimSpace(cvv)), Name: strings.TrimSpace(name)}
	if !luhn(card.Number.Reveal()) {
		fields["number"] = "is not a card number"
	}
	var err error
	if card.Month, card.Year, err = ParseExpiry(expiry, now); err != nil {
		fields["expiry"] = err.Error()
	}
	if want := card.Brand().CVVDigits(); !allDigits(card.CVV.Reveal()) || len(card.CVV.Reveal()) != want {
		fields["cvv"] = fmt.Sprintf("must be %d digits", want)
	}
	return card, Invalid("the card", fields)
}

// ParseExpiry reads MM/YY or MM/YYYY; a card is good until the end of its month.
func ParseExpiry(text string, now time.Time) (month, year int, err error) {
	text = strings.ReplaceAll(text, " ", "")
	mm, yy, found := strings.Cut(text, "/")
	if !found || !allDigits(mm+yy) || len(mm) > 2 || (len(yy) != 2 && len(yy) != 4) || mm == "" {
		return 0, 0, errors.New("must be MM/YY")
	}
	month, year = number(mm), number(yy)
	if len(yy) == 2 {
		year += 2000
	}
	if month < 1 || month > 12 {
		return 0, 0, errors.New("must be MM/YY")
	}
	if end := time.Date(year, time.Month(month)+1, 1, 0, 0, 0, 0, time.UTC); !now.Before(end) {
		return 0, 0, errors.New("has passed")
	}
	return month, year, nil
}

// Source gives what may be kept of the card: brand, last four and expiry.
func (c Card) Source() Source {
	number := c.Number.Reveal()
	return Source{
		Type: "card", Brand: c.Brand(), Last4: number[max(0, len(number)-4):],
		ExpiryMonth: c.Month, ExpiryYear: c.Year,
	}
}

// Brand recognises the scheme by the beginning of the number, as far as it has been typed.
func (c Card) Brand() Brand { return BrandOf(c.Number.Reveal()) }

// Brand is a card scheme.
type Brand string

// The brands that till recognises.
const (
	Visa       Brand = "Visa"
	Mastercard Brand = "Mastercard"
	Amex       Brand = "Amex"
	Diners     Brand = "Diners"
	Discover   Brand = "Discover"
	JCB        Brand = "JCB"
	UnionPay   Brand = "UnionPay"
	Maestro    Brand = "Maestro"
	NoBrand    Brand = "Card"
)

// iin are the beginnings of card numbers (ISO/IEC 7812 issuer ranges, as the schemes publish them); the
// first range that fits decides.
var iin = []struct {
	from, to string // of the same length
	brand    Brand
}{
	{"34", "34", Amex},
	{"37", "37", Amex},
	{"300", "305", Diners},
	{"3095", "3095", Diners},
	{"36", "36", Diners},
	{"38", "39", Diners},
	{"3528", "3589", JCB},
	{"6011", "6011", Discover},
	{"644", "649", Discover},
	{"65", "65", Discover},
	{"62", "62", UnionPay},
	{"2221", "2720", Mastercard},
	{"51", "55", Mastercard},
	{"50", "50", Maestro},
	{"56", "58", Maestro},
	{"6", "6", Maestro},
	{"4", "4", Visa},
}

// BrandOf recognises the scheme of a number, or of its beginning; NoBrand if none fits.
func BrandOf(number string) Brand {
	number = digitsOf(number)
	for _, r := range iin {
		if n := len(r.from); len(number) >= n && number[:n] >= r.from && number[:n] <= r.to {
			return r.brand
		}
	}
	return NoBrand
}

// CVVDigits is the length of the brand's security code.
func (b Brand) CVVDigits() int {
	if b == Amex {
		return 4
	}
	return 3
}

// number reads a few digits.
func number(digits string) int {
	n := 0
	for _, d := range digits {
		n = n*10 + int(d-'0')
	}
	return n
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' {
			return -1
		}
		return r
	}, s)
}

func allDigits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// luhn holds for 12 to 19 digits that end in the right check digit.
func luhn(number string) bool {
	if len(number) < 12 || len(number) > 19 || !allDigits(number) {
		return false
	}
	sum := 0
	for i := range len(number) {
		d := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
