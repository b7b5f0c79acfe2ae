package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"till/domain"
	"till/domain/till"
)

// ofSources are the fields that a source can have which is a card or stands for one. Those that its type is told by
// may stand beside each other: the first that counts decides.
var ofSources = []string{"type", "number", "expiry_month", "expiry_year", "cvv", "name", "token", "id", "email"}

// sourceJSON reads a source as other programs write it (S2). Its values may be texts or numbers.
func sourceJSON(ctx context.Context, t *till.Till, text string, wish *till.Payable) error {
	if !json.Valid([]byte(text)) {
		return wrongFlag("source-json", "is not JSON")
	}
	wrong := problems{}
	f, ok := objectOf([]byte(text), "source.", wrong)
	if !ok {
		return wrongFlag("source-json", "is not a JSON object")
	}
	of := map[string]string{}
	for name := range f.rest {
		of[name] = f.scalar(name)
	}
	kind, err := till.InferSource(of)
	if err != nil {
		wrong.add(err)
		return domain.Invalid("the payment", wrong)
	}
	unknownOf(kind, of, f)
	wish.Method = "card"
	switch kind {
	case "card":
		wish.Card = cardOf(t, of, f)
	case "customer":
		ref := of["email"]
		if strings.HasPrefix(of["id"], "cus_") {
			ref = of["id"]
		}
		if ref == "" {
			f.say("id", "is missing: give a cus_ id or an email")
		} else if len(wrong) == 0 {
			wish.Source, err = customerSource(ctx, t, ref)
		}
	case "token":
		wish.Source = f.named("token", kind, "tok_", of)
	case "id":
		wish.Source = f.named("id", kind, "src_", of)
		wish.Card = cvvOf(of, f)
	default:
		wish.Method, wish.Source = kind, otherSource(kind, of)
	}
	if err != nil {
		return err
	}
	return domain.Invalid("the payment", wrong)
}

// scalar is the text of a field that holds one value.
func (f *fields) scalar(name string) string {
	value := f.take(name)
	if value == nil {
		return ""
	}
	if value[0] == '{' || value[0] == '[' || value[0] == 't' || value[0] == 'f' {
		f.say(shortened(safe(name)), "must be a text or a number")
		return ""
	}
	return strings.TrimSpace(plain(value))
}

// unknownOf names the fields that no source has. A method says itself what it asks for.
func unknownOf(kind string, of map[string]string, f *fields) {
	switch kind {
	case "card", "customer", "token", "id":
	default:
		return
	}
	for name := range of {
		if !slices.Contains(ofSources, name) {
			f.say(shortened(safe(name)), "is not known")
		}
	}
}

// named is a source by the id that a gateway gave it; what is none is not repeated.
func (f *fields) named(field, kind, prefix string, of map[string]string) domain.Source {
	if !strings.HasPrefix(of[field], prefix) {
		f.say(field, "must begin with "+prefix)
	}
	return domain.Source{Type: kind, ID: of[field]}
}

// otherSource is a way to pay that is named by its type, with all else that it was given.
func otherSource(kind string, of map[string]string) domain.Source {
	source := domain.Source{Type: kind}
	for name, value := range of {
		if name == "type" || value == "" {
			continue
		}
		if source.Fields == nil {
			source.Fields = map[string]string{}
		}
		source.Fields[name] = value
	}
	return source
}

func cardOf(t *till.Till, of map[string]string, f *fields) *domain.Card {
	month, year := of["expiry_month"], of["expiry_year"]
	card, err := domain.ParseCard(of["number"], fmt.Sprintf("%s/%s", month, year), of["cvv"], of["name"], t.Env.Now())
	for name, sentence := range fieldsOf(err) {
		if name == "expiry" && sentence == "has passed" {
			name = "expiry_year"
		} else if name == "expiry" {
			name, sentence = "expiry_month", "must be 1 to 12, with an expiry_year"
		}
		f.say(name, sentence)
	}
	return &card
}

// cvvOf is the security code that goes with a source that the gateway keeps; nil without one.
func cvvOf(of map[string]string, f *fields) *domain.Card {
	card, err := cvvOnly(of["cvv"])
	if err != nil {
		f.say("cvv", fieldsOf(err)["cvv"])
	}
	return card
}
