package domain

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// What people told in the middle of a fact: the account that a method asks for, why money goes back, a note. It stands
// in the cabinet, where it can be forgotten (SetAside), and the entry carries the row's PersonRef in place of it, as
// "told" right behind the version. Who reads an entry has it back as long as the row is there (Decode), so the fold
// knows nothing of all this, and an entry from before, with the words in its body, reads the same.

// toldIn says of each kind of entry where in its body such words stand: names with dots between them, * for each of a list.
// What is not here and could be a text stays for good: the test of the bodies has the list, with a reason each.
var toldIn = map[Kind][]string{
	KindOrderDrafted:       {"cart.lines.*.note", "metadata", "redirects"},
	KindOrderIssued:        {"cart.lines.*.note", "metadata", "redirects"},
	KindOrderMoved:         {"reason"},
	KindPaymentOpened:      {"source.fields", "description", "metadata"},
	KindPaymentChanged:     {"source.fields", "description", "metadata"},
	KindPaymentMoved:       {"reason", "fraud.message"},
	KindOperationRequested: {"source.fields", "description", "reason"},
	KindOperationAnswered:  {"facts.*.source.fields"},
	KindFactsReported:      {"facts.*.source.fields"},
	KindPayoutOpened:       {"description"},
}

// toldHead is how a body begins from which something was set aside.
const toldHead = bodyHead + `,"told":`

// SetAside takes what people told out of the entry's body, into a row of the cabinet that the entry brings. An entry in
// which nobody told anything stays as it is.
func (e *Entry) SetAside(newID func(prefix string) string) error {
	body, words := e.Body, map[string]json.RawMessage{}
	for _, path := range toldIn[e.Kind] {
		names := strings.Split(path, ".")
		if !bytes.Contains(body, []byte(`"`+names[len(names)-1]+`":`)) { // as in most entries: nothing is taken apart
			continue
		}
		var err error
		if body, err = takeOut(body, nil, names, words); err != nil {
			return fmt.Errorf("set aside %s of %s: %w", path, e.Kind, err)
		}
	}
	if len(words) == 0 {
		return nil
	}
	text, err := json.Marshal(words)
	if err != nil {
		return err
	}
	row := &Kept{ID: newID("per_"), Salt: newID("salt_"), Told: text}
	ref, err := row.Ref()
	if err != nil {
		return err
	}
	var rest map[string]json.RawMessage
	if err := json.Unmarshal(body, &rest); err != nil {
		return err
	}
	delete(rest, "v")
	if body, err = json.Marshal(rest); err != nil {
		return err
	}
	if text, err = json.Marshal(ref); err != nil {
		return err
	}
	head := append([]byte(toldHead), text...)
	if len(rest) > 0 {
		head = append(head, ',')
	}
	e.Body, e.Brings.Told = append(head, body[1:]...), row
	return nil
}

// takeOut moves what stands under a name in a JSON text into words, where it is found again by the way to it.
func takeOut(text json.RawMessage, way, names []string, words map[string]json.RawMessage) (json.RawMessage, error) {
	had := len(words)
	if names[0] == "*" {
		var list []json.RawMessage
		if err := json.Unmarshal(text, &list); err != nil {
			return nil, err
		}
		for i := range list {
			var err error
			if list[i], err = takeOut(list[i], slices.Concat(way, []string{strconv.Itoa(i)}), names[1:], words); err != nil {
				return nil, err
			}
		}
		if len(words) == had {
			return text, nil
		}
		return json.Marshal(list)
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(text, &object); err != nil {
		return nil, err
	}
	value, there := object[names[0]]
	way = slices.Concat(way, names[:1])
	switch {
	case !there, string(value) == "null":
		return text, nil
	case len(names) > 1:
		var err error
		if object[names[0]], err = takeOut(value, way, names[1:], words); err != nil {
			return nil, err
		}
	case string(value) != `"`+HoldExpired+`"`: // which is till's own word, and the fold asks for it
		words[strings.Join(way, ".")] = value
		delete(object, names[0])
	}
	if len(words) == had {
		return text, nil
	}
	return json.Marshal(object)
}

// Told gives the row of the cabinet with what was set aside of the entry, if anything was.
func (e Entry) Told() (ref PersonRef, is bool) {
	if !bytes.HasPrefix(e.Body, []byte(toldHead)) {
		return ref, false
	}
	var body struct {
		Told PersonRef `json:"told"`
	}
	err := json.Unmarshal(e.Body, &body) // what cannot be read is told of where it is folded
	return body.Told, err == nil
}

// Indelible tells whether words that would be set aside by now stand in the entry's own body, as it is from before:
// they cannot be forgotten.
func (e Entry) Indelible() bool {
	err := e.SetAside(func(string) string { return "" })
	return err == nil && e.Brings.Told != nil && e.Brings.Told.ID == ""
}

// whole is the entry's body with what was set aside of it, as far as the cabinet still has that.
func (e Entry) whole() (json.RawMessage, error) {
	if e.Brings.Told == nil {
		return e.Body, nil
	}
	var words map[string]json.RawMessage
	if err := json.Unmarshal(e.Brings.Told.Told, &words); err != nil {
		return nil, err
	}
	body := e.Body
	for way, value := range words {
		var err error
		if body, err = putIn(body, strings.Split(way, "."), value); err != nil {
			return nil, err
		}
	}
	return body, nil
}

// putIn puts a value back where takeOut found it.
func putIn(text json.RawMessage, way []string, value json.RawMessage) (json.RawMessage, error) {
	if len(way) == 0 {
		return value, nil
	}
	if i, err := strconv.Atoi(way[0]); err == nil {
		var list []json.RawMessage
		if err := json.Unmarshal(text, &list); err != nil {
			return nil, err
		}
		if i < 0 || i >= len(list) {
			return nil, fmt.Errorf("the list has no %d", i)
		}
		if list[i], err = putIn(list[i], way[1:], value); err != nil {
			return nil, err
		}
		return json.Marshal(list)
	}
	object := map[string]json.RawMessage{}
	if text != nil {
		if err := json.Unmarshal(text, &object); err != nil {
			return nil, err
		}
	}
	var err error
	if object[way[0]], err = putIn(object[way[0]], way[1:], value); err != nil {
		return nil, err
	}
	return json.Marshal(object)
}
