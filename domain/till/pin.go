package till

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"till/domain"
)

// What is kept of a PIN: argon2id of its HMAC under the pepper. A PIN has so few digits that a hash of it alone is guessed
// in hours; without the pepper, which is in no database, it cannot be guessed at all.

// The cost of one guess, as OWASP has it for argon2id: 19 MiB, twice over, one thread.
const (
	pinMemory  = 19456 // KiB
	pinPasses  = 2
	pinThreads = 1
	pinSalt    = 16 // bytes
	pinHash    = 32 // bytes
)

// PIN lengths, in digits.
const (
	ShortestPIN = 4
	LongestPIN  = 12
	UsualPIN    = 6
)

// Pepper gives the secret of the PINs, which is in no database. With create it is made where there is none; an error says
// what to do.
type Pepper func(create bool) ([]byte, error)

// slowly is argon2id. A test counts how often it is called.
var slowly = func(secret, salt []byte) []byte {
	return argon2.IDKey(secret, salt, pinPasses, pinMemory, pinThreads, pinHash)
}

// CheckPIN says what is wrong with a PIN that somebody wants (CodeInvalid).
func CheckPIN(pin domain.Secret) error {
	text := pin.Reveal()
	sentence := ""
	switch {
	case strings.Trim(text, "0123456789") != "":
		sentence = "must be digits only"
	case len(text) < ShortestPIN || len(text) > LongestPIN:
		sentence = fmt.Sprintf("must have %d to %d digits, best %d", ShortestPIN, LongestPIN, UsualPIN)
	case strings.Trim(text, text[:1]) == "":
		sentence = "must not be one digit over and over"
	default:
		return nil
	}
	return domain.Invalid("the operator", map[string]string{"pin": sentence})
}

// keyed is a text under the pepper; what keeps what it is made for apart.
func keyed(pepper []byte, what, text string) []byte {
	mac := hmac.New(sha256.New, pepper)
	mac.Write([]byte(what + "\n" + text))
	return mac.Sum(nil)
}

// pepperName tells one pepper from another, and nothing of it.
func pepperName(pepper []byte) string { return hex.EncodeToString(keyed(pepper, "name", "")[:8]) }

var unpadded = base64.RawStdEncoding

// hashPIN makes what is kept of a PIN, in the PHC string format, with the name of the pepper.
func hashPIN(pepper, salt []byte, pin domain.Secret) string {
	hash := slowly(keyed(pepper, "pin", pin.Reveal()), salt)
	return pinForm(pepper) + unpadded.EncodeToString(salt) + "$" + unpadded.EncodeToString(hash)
}

// pinForm is how everything begins that was hashed with this pepper at today's cost.
func pinForm(pepper []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d,keyid=%s$", argon2.Version, pinMemory, pinPasses, pinThreads, pepperName(pepper))
}

// isPIN tells whether a PIN is the one of which something is kept. It costs one hash whatever is kept: also nothing, so
// that nobody can tell by the time whose names there are.
func isPIN(pepper []byte, kept string, pin domain.Secret) (right bool, err error) {
	salt, want := make([]byte, pinSalt), make([]byte, pinHash)
	if kept != "" {
		if err := sameForm(pepper, kept); err != nil {
			return false, err
		}
		text := strings.TrimPrefix(kept, pinForm(pepper))
		saltText, hashText, _ := strings.Cut(text, "$")
		var wrong [2]error
		salt, wrong[0] = unpadded.DecodeString(saltText)
		want, wrong[1] = unpadded.DecodeString(hashText)
		if err := errors.Join(wrong[:]...); err != nil {
			return false, domain.Errorf(domain.CodeStorageCorrupt, "what is kept of a PIN cannot be read").WithHint("set it anew: till operator pin NAME")
		}
	}
	same := subtle.ConstantTimeCompare(slowly(keyed(pepper, "pin", pin.Reveal()), salt), want) == 1
	return same && kept != "", nil
}

// sameForm refuses what was kept with another pepper.
func sameForm(pepper []byte, kept string) error {
	if strings.HasPrefix(kept, pinForm(pepper)) {
		return nil
	}
	return errPepper
}

// errPepper is the error where a pepper is not the one with which PINs were kept.
var errPepper = domain.Errorf(domain.CodeInternal, "the secret with which PINs are checked is not the one with which they were set").
	WithHint("put the file back that `till paths` calls the pepper, from a copy of the configuration's folder")
