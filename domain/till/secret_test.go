package till_test

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"till/domain"
	"till/domain/till"
)

// rare are secrets whose digits nothing else has: a number, a CVV, an domain.IBAN and a PIN.
var rare = []string{"4556737586899855", "91735", "GB18BARC20035360417289", "740193852"}

// shows tells which of the rare secrets a text gives away, also as bytes in hexadecimal or decimal, as base64, or by a
// part of it. The last four of a number may be seen.
func shows(text string) string {
	for _, secret := range rare {
		hidden := secret[:min(len(secret), 8)]
		for _, as := range []string{
			hidden, base64.StdEncoding.EncodeToString([]byte(hidden[:len(hidden)/3*3])), fmt.Sprintf("%x", hidden), fmt.Sprintf("%X", hidden), fmt.Sprintf("% x", hidden), strings.Trim(fmt.Sprint([]byte(hidden)), "[]"),
			strings.TrimSuffix(fmt.Sprintf("%#v", []byte(hidden)), "}")[len("[]byte{"):],
		} {
			if strings.Contains(text, as) {
				return as
			}
		}
	}
	return ""
}

// holders are what secrets are carried in: by themselves, inside of what the house hands about, and inside of what a
// programmer may put them into.
func holders() map[string]any {
	secret := domain.NewSecret(rare[0])
	card := domain.Card{Number: secret, CVV: domain.NewSecret(rare[1]), Month: 12, Year: 2034, Name: "Ada"}
	account := domain.IBAN{Secret: domain.NewSecret(rare[2])}
	op := domain.Operation{ID: "op_1", Kind: domain.Authorize, Card: &card, Source: card.Source(), Recipient: &domain.Recipient{Name: "Ada", IBAN: account}}
	type inside struct {
		Shown  domain.Secret
		hidden domain.Secret
		Deep   *domain.Card
		Any    any
	}
	return map[string]any{
		"a number": secret, "a PIN": domain.NewSecret(rare[3]), "its pointer": &secret, "a card": card, "its pointer, too": &card, "an account": account,
		"a recipient": domain.Recipient{IBAN: account}, "an operation": op, "its pointer again": &op, "operations": []domain.Operation{op}, "pointers": []*domain.Operation{&op},
		"a map": map[string]domain.Card{"card": card}, "a map of any": map[string]any{"card": &card, "number": secret}, "an array": [2]domain.Secret{secret, account.Secret},
		"a struct": inside{secret, secret, &card, card}, "a struct's pointer": &inside{Any: &card}, "a slice of any": []any{secret, card, &op},
		"keys": map[domain.Secret]domain.Secret{secret: secret}, "a wish": till.Payable{Order: "ord_1", Card: &card},
	}
}

// verbs are all that fmt knows, some it does not know, and flags that change how they print.
func verbs() (all []string) {
	for _, verb := range "vTtbcdoOqxXUeEfFgGspwyz!" {
		for _, flags := range []string{"", "+", "#", " ", "#+", "-12", "012", ".3"} {
			all = append(all, "%"+flags+string(verb))
		}
	}
	return all
}

// writers are the ways in which a value gets out as text; each may as well refuse.
var writers = map[string]func(value any) string{
	"json": func(value any) string { text, err := json.Marshal(value); return fmt.Sprint(string(text), err) },
	"json, indented": func(value any) string {
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetIndent("", " ")
		return fmt.Sprint(enc.Encode(value), b.String())
	},
	"gob": func(value any) string {
		var b bytes.Buffer
		return fmt.Sprint(gob.NewEncoder(&b).Encode(value), b.String())
	},
	"xml": func(value any) string { text, err := xml.Marshal(value); return fmt.Sprint(string(text), err) },
	"slog as JSON": func(value any) string {
		return logged(value, func(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, nil) })
	},
	"slog as text": func(value any) string {
		return logged(value, func(w io.Writer) slog.Handler { return slog.NewTextHandler(w, nil) })
	},
	"an error": func(value any) string {
		err := fmt.Errorf("it went wrong with %v: %w", value, errors.New("no"))
		return fmt.Sprintf("%v %+v %#v", err, errors.Join(err, err), err)
	},
	"an error of ours": func(value any) string {
		err := domain.Errorf(domain.CodeInvalid, "wrong: %v", value).WithHint("not %+v", value).Because(fmt.Errorf("%v", value))
		text, refused := json.Marshal(err)
		return fmt.Sprintf("%v %+v %#v %s %v", err, err, err, text, refused)
	},
	"a panic": func(value any) (text string) {
		defer func() { text = fmt.Sprint(recover()) }()
		panic(value)
	},
	"Print": func(value any) string { return fmt.Sprint(value) + fmt.Sprintln(value, value) },
}

func logged(value any, handler func(io.Writer) slog.Handler) string {
	var b bytes.Buffer
	log := slog.New(handler(&b))
	log.With("it", value).Info("told", "value", value, slog.Group("in", "it", value), slog.Any("any", []any{value}))
	return b.String()
}

// Whatever a secret is in, and whatever writes that, it does not show.
func TestSecretsStayHidden(t *testing.T) {
	tried := 0
	said := func(what, how, text string) {
		t.Helper()
		tried++
		if found := shows(text); found != "" {
			t.Errorf("%s by %s shows %s: %q", what, how, found, text)
		}
	}
	for what, value := range holders() {
		for _, verb := range verbs() {
			said(what, verb, fmt.Sprintf(verb, value))
		}
		for how, write := range writers {
			said(what, how, write(value))
		}
	}
	t.Logf("proof: %d ways of writing what holds a number, a CVV, an account or a PIN, none shows it", tried)
}
