package cli

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"strconv"
	"strings"
	"time"

	"till/domain"
)

// problems are the wrong fields of a document, each with a sentence; the first one about a field stays.
type problems map[string]string

func (p problems) say(field, sentence string) {
	if _, ok := p[field]; !ok {
		p[field] = sentence
	}
}

// add takes the wrong fields over from an error.
func (p problems) add(err error) {
	for field, sentence := range fieldsOf(err) {
		p.say(field, sentence)
	}
}

// fieldsOf are the wrong fields that an error names.
func fieldsOf(err error) map[string]string {
	if e, ok := errors.AsType[*domain.Error](err); ok {
		return e.Fields
	}
	return nil
}

// addUnread adds what the till finds wrong, unless the field, what it is part of, or a part of it could not
// even be read: then that says it all.
func (p problems) addUnread(found map[string]string) {
	unread := maps.Clone(p)
	for field, sentence := range found {
		if !unread.covers(field) {
			p[field] = sentence
		}
	}
}

func (p problems) covers(field string) bool {
	for said := range p {
		if within(field, said) || within(said, field) {
			return true
		}
	}
	return false
}

// within tells whether a field is another one, or a part of it.
func within(field, whole string) bool {
	rest, ok := strings.CutPrefix(field, whole)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// fields takes an object of a document apart; what nobody asked for by the end is unknown.
type fields struct {
	path  string // in front of its names: "products[0]."
	rest  map[string]json.RawMessage
	wrong problems
}

// document is the whole of it.
func document(text []byte, wrong problems) (*fields, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, domain.Errorf(domain.CodeInvalid, "the document is empty")
	}
	if !json.Valid(text) {
		return nil, notJSON(text)
	}
	f, ok := objectOf(text, "", wrong)
	if !ok {
		return nil, domain.Errorf(domain.CodeInvalid, "the document is not a JSON object")
	}
	return f, nil
}

func notJSON(text []byte) error {
	err := json.Unmarshal(text, new(any))
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return domain.Errorf(domain.CodeInvalid, "the document is not JSON: %s at byte %d", syntax, syntax.Offset)
	}
	return domain.Errorf(domain.CodeInvalid, "the document is not JSON")
}

// objectOf reads the names of an object itself: the library would take any case of them, and the last of two.
func objectOf(text json.RawMessage, path string, wrong problems) (*fields, bool) {
	f := &fields{path: path, rest: map[string]json.RawMessage{}, wrong: wrong}
	dec := json.NewDecoder(bytes.NewReader(text))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil, false
	}
	for dec.More() {
		name, err := dec.Token()
		var value json.RawMessage
		if err != nil || dec.Decode(&value) != nil {
			return nil, false
		}
		if _, twice := f.rest[name.(string)]; twice {
			f.say(name.(string), "is given twice")
		}
		f.rest[name.(string)] = value
	}
	if _, err := dec.Token(); err != nil { // the closing brace
		return nil, false
	}
	return f, true
}

func (f *fields) say(name, sentence string) { f.wrong.say(f.path+name, sentence) }

// take gives a field's value once; nil where it is absent or null.
func (f *fields) take(name string) json.RawMessage {
	value := f.rest[name]
	delete(f.rest, name)
	if string(value) == "null" {
		return nil
	}
	return value
}

// close names the fields that nobody asked for.
func (f *fields) close() {
	for name := range f.rest {
		f.say(shortened(safe(name)), "is not known") // safe first: half a card number is not known for one
	}
}

func shortened(name string) string {
	const enough = 60
	if runes := []rune(name); len(runes) > enough {
		return string(runes[:enough]) + "…"
	}
	return name
}

func (f *fields) any(name string) json.RawMessage {
	var compact bytes.Buffer
	value := f.take(name)
	if value == nil || json.Compact(&compact, value) != nil {
		return nil
	}
	return compact.Bytes()
}

func (f *fields) text(name string) string {
	var s string
	if value := f.take(name); value != nil && json.Unmarshal(value, &s) != nil {
		f.say(name, "must be a text")
	}
	return s
}

func (f *fields) yes(name string, otherwise bool) bool {
	value := f.take(name)
	if value == nil {
		return otherwise
	}
	if json.Unmarshal(value, &otherwise) != nil {
		f.say(name, "must be true or false")
	}
	return otherwise
}

// numeral is the text of a field that is a number, or a number in a string.
func (f *fields) numeral(name string) (text string, given bool) {
	value := f.take(name)
	if value == nil {
		return "", false
	}
	if value[0] == '{' || value[0] == '[' || value[0] == 't' || value[0] == 'f' {
		f.say(name, "must be a number")
		return "", false
	}
	return strings.TrimSpace(plain(value)), true
}

func (f *fields) amount(name string, c domain.Currency) domain.Amount {
	text, given := f.numeral(name)
	if !given {
		return 0
	}
	amount, err := c.Parse(text)
	if err != nil {
		f.say(name, err.Error())
	}
	return amount
}

// number reads into a decimal, which reads its own text exactly.
func (f *fields) number(name string, into encoding.TextUnmarshaler) {
	const longest = 100
	text, given := f.numeral(name)
	if given && (len(text) > longest || into.UnmarshalText([]byte(text)) != nil) {
		f.say(name, "must be a number")
	}
}

// whole reads a whole number; many programs write 1 as 1.0.
func (f *fields) whole(name string, otherwise int64) int64 {
	text, given := f.numeral(name)
	if !given {
		return otherwise
	}
	digits, decimals, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || strings.Trim(decimals, "0") != "" {
		f.say(name, "must be a whole number")
		return otherwise
	}
	return n
}

func (f *fields) time(name string) time.Time {
	value := f.take(name)
	if value == nil {
		return time.Time{}
	}
	t, err := parseTime(plain(value))
	if err != nil {
		f.say(name, err.Error())
	}
	return t
}

// unixBits is enough for the seconds of the year 9999.
const unixBits = 39

// parseTime reads RFC 3339 or unix seconds.
func parseTime(text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, strings.TrimSpace(text))
	if err != nil {
		var seconds int64
		if seconds, err = strconv.ParseInt(strings.TrimSpace(text), 10, unixBits); err == nil {
			t = time.Unix(seconds, 0)
		}
	}
	if t = t.UTC(); err != nil || t.Year() < 1970 || t.Year() > 9999 {
		return time.Time{}, errors.New("must be a time like 2030-01-31T12:00:00Z, or unix seconds")
	}
	return t, nil
}

func (f *fields) object(name string) *fields {
	value := f.take(name)
	if value == nil {
		return nil
	}
	inner, ok := objectOf(value, f.path+name+".", f.wrong)
	if !ok {
		f.say(name, "must be an object")
	}
	return inner
}

// list gives the objects of a list; nil stands for what is none.
func (f *fields) list(name string) []*fields {
	value := f.take(name)
	if value == nil {
		return nil
	}
	var items []json.RawMessage
	if json.Unmarshal(value, &items) != nil {
		f.say(name, "must be a list")
		return nil
	}
	all := make([]*fields, len(items))
	for i, item := range items {
		at := fmt.Sprintf("%s[%d]", name, i)
		inner, ok := objectOf(item, f.path+at+".", f.wrong)
		if all[i] = inner; !ok {
			f.say(at, "must be an object")
		}
	}
	return all
}

// maxDocument is the most bytes that are read as one document.
const maxDocument = 8 << 20

func readDocument(r io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxDocument+1))
	if err == nil && len(text) > maxDocument {
		err = domain.Errorf(domain.CodeInvalid, "the document is larger than %d bytes", maxDocument)
	}
	return text, err
}
