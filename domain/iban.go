package domain

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// IBAN is the number of a bank account (ISO 13616) on its way to the provider. It prints itself masked and has no
// JSON form; only its Source is ever kept. The zero IBAN is none.
type IBAN struct{ Secret }

// The lengths that an IBAN can have, over all countries.
const (
	shortestIBAN = 15
	longestIBAN  = 34
)

// ParseIBAN reads an account's number as typed, with blanks and in any case of letters. What is wrong with it is
// CodeInvalid, under the field iban; the number is not repeated.
func ParseIBAN(text string) (IBAN, error) {
	number := strings.ToUpper(digitsOf(text))
	if !isIBAN(number) {
		return IBAN{}, Invalid("the account", map[string]string{"iban": "is not the number of a bank account"})
	}
	return IBAN{NewSecret(number)}, nil
}

// isIBAN holds for two letters, two check digits and up to thirty letters and digits, whose remainder is right: with
// the first four at the end and A as 10 to Z as 35, the number leaves 1 when it is divided by 97.
func isIBAN(number string) bool {
	if len(number) < shortestIBAN || len(number) > longestIBAN || !allDigits(number[2:4]) || allDigits(number[:1]) || allDigits(number[1:2]) {
		return false
	}
	left := 0
	for _, r := range number[4:] + number[:4] {
		switch {
		case r >= '0' && r <= '9':
			left = left*10 + int(r-'0')
		case r >= 'A' && r <= 'Z':
			left = left*100 + int(r-'A') + 10
		default:
			return false
		}
		left %= 97
	}
	return left == 1
}

// Given tells whether there is a number.
func (i IBAN) Given() bool { return i.Reveal() != "" }

// Source gives what may be kept of the account: its country and the last four characters; nothing where there is none.
func (i IBAN) Source() Source {
	number := i.Reveal()
	if number == "" {
		return Source{}
	}
	return Source{Type: "iban", Last4: number[len(number)-4:], Country: number[:2]}
}

// Seal is what an entry says of the account, so that another one with the same end is told from it: the SHA-256 of a salt
// and the number. The salt lies in the cabinet, under an id.
func (i IBAN) Seal(salt Kept) PersonRef {
	sum := sha256.Sum256([]byte(salt.Salt + i.Reveal()))
	return PersonRef{ID: salt.ID, Hash: hex.EncodeToString(sum[:])}
}

// Recipient is whom a payout goes to, as it rides along to the provider.
type Recipient struct {
	Name string
	IBAN IBAN
}
