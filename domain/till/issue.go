package till

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"strings"

	"till/domain"
)

// Issue makes an order that can be paid. All wrong fields are named at once (CodeInvalid).
func (t *Till) Issue(ctx context.Context, in Intent, wish NewOrder) (*domain.Order, error) {
	return t.write(ctx, in, wish, domain.KindOrderIssued)
}

// Draft parks an order without asking anybody to pay it; drafts have no number.
func (t *Till) Draft(ctx context.Context, in Intent, wish NewOrder) (*domain.Order, error) {
	return t.write(ctx, in, wish, domain.KindOrderDrafted)
}

func (t *Till) write(ctx context.Context, in Intent, wish NewOrder, kind domain.Kind) (*domain.Order, error) {
	i, err := t.issuing(ctx, in, wish, kind)
	if err != nil {
		return nil, err
	}
	var first *domain.Entry
	entries, err := t.update(ctx, func(tx domain.Tx) (entries []domain.Entry, err error) {
		first, entries, err = t.issue(tx, i)
		return entries, err
	})
	if err != nil {
		return nil, err
	}
	if first != nil {
		return t.at(ctx, domain.OrderID(first.Stream), first.Seq)
	}
	return i.order(entries)
}

// issuing is an order that is about to be written: what was asked for is complete, and has no wrong field.
type issuing struct {
	Intent
	kind domain.Kind
	wish NewOrder
	ask  string
}

func (t *Till) issuing(ctx context.Context, in Intent, wish NewOrder, kind domain.Kind) (issuing, error) {
	i := issuing{Intent: t.complete(ctx, in), kind: kind, wish: t.clean(wish)}
	err := domain.Invalid("the order", t.problems(i.wish))
	if err == nil {
		i.ask, err = fingerprint(i.Key, string(kind), i.wish)
	}
	return i, err
}

// issue decides the entry of an order; where the key was used for it before, it gives the first.
func (t *Till) issue(tx domain.Tx, i issuing) (first *domain.Entry, entries []domain.Entry, err error) {
	if first, err = repeated(tx, i.Key, i.ask); first != nil || err != nil {
		return first, nil, err
	}
	in, err := t.admit(tx, i.Intent, domain.DeedIssue)
	if err != nil {
		return nil, nil, err
	}
	doc, err := t.document(tx, i.wish, i.kind)
	if err != nil {
		return nil, nil, err
	}
	doc.Ask = i.ask
	entries, err = t.documentEntry(in, i.kind, doc, i.wish.Client)
	return nil, entries, err
}

// order folds what was just written, or is about to be; the entry that issues it is the first.
func (i issuing) order(entries []domain.Entry) (*domain.Order, error) {
	o := &domain.Order{}
	for _, e := range entries {
		if e.Stream != entries[0].Stream { // what else is written with it, of a customer
			continue
		}
		if err := o.Apply(e); err != nil {
			return nil, err
		}
	}
	o.Client = i.wish.Client
	return o, nil
}

// IssuedUnder gives the order that was issued under a key; nil where none was.
func (t *Till) IssuedUnder(ctx context.Context, key string) (o *domain.Order, err error) {
	_, err = t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		first, found, err := tx.Used(key)
		if err == nil && found && first.Kind == domain.KindOrderIssued {
			o, err = tx.Order(domain.OrderID(first.Stream))
		}
		return nil, err
	})
	return o, err
}

// tidy makes a text from outside inert and masks card numbers that landed in it.
func tidy(s string) string { return domain.MaskCards(domain.Inert(strings.TrimSpace(s))) }

// clean makes text from outside inert and masks card numbers that landed in the wrong field.
func (t *Till) clean(wish NewOrder) NewOrder {
	wish.Client = wish.Client.Clean()
	wish.Reference, wish.Language = tidy(wish.Reference), tidy(wish.Language)
	lines := make([]domain.Line, len(wish.Cart.Lines))
	for i, l := range wish.Cart.Lines {
		l.SKU, l.Title, l.Note = tidy(l.SKU), tidy(l.Title), tidy(l.Note)
		lines[i] = l
	}
	wish.Cart.Lines = lines
	if wish.Cart.Currency == "" {
		wish.Cart.Currency = t.Currency
	}
	r := &wish.Redirects
	r.Success, r.InProgress, r.Failure = tidy(r.Success), tidy(r.InProgress), tidy(r.Failure)
	if len(wish.Metadata) > 0 {
		wish.Metadata = cleanMetadata(wish.Metadata)
	}
	return wish
}

// cleanMetadata masks card numbers in every name, text and number of a JSON text; one in which there are none
// stays as it was written. A number that is masked becomes a text.
func cleanMetadata(text json.RawMessage) json.RawMessage {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var value any
	if err := dec.Decode(&value); err != nil {
		return json.RawMessage(domain.MaskCards(string(text))) // no JSON, which is said elsewhere
	}
	masked := false
	value = eachText(value, func(s string) string {
		clean := domain.MaskCards(s)
		masked = masked || clean != s
		return clean
	})
	if !masked {
		return text
	}
	clean, err := json.Marshal(value)
	if err != nil {
		return nil
	}
	return clean
}

// eachText puts every text of a JSON value through a function, names and numbers too.
func eachText(value any, through func(string) string) any {
	switch value := value.(type) {
	case string:
		return through(value)
	case json.Number:
		if s := through(string(value)); s != string(value) {
			return s
		}
	case []any:
		for i, item := range value {
			value[i] = eachText(item, through)
		}
	case map[string]any:
		clean := make(map[string]any, len(value))
		for name, item := range value {
			clean[through(name)] = eachText(item, through)
		}
		return clean
	}
	return value
}

// mostAttempts is how often payment of an order may be let fail: a card's number is no such number.
const mostAttempts = 1000

// isWebLink holds for where a customer may be sent; nowhere is fine.
func isWebLink(link string) bool {
	u, err := url.Parse(link)
	return link == "" || err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// isEmail holds for what may be an e-mail address; none is fine.
func isEmail(email string) bool {
	return email == "" || strings.Count(email, "@") == 1 && !strings.HasPrefix(email, "@") && !strings.HasSuffix(email, "@") &&
		!strings.ContainsAny(email, " \t")
}

// Problems says of every field what Issue would refuse it for, in a sentence; nothing for an order that can be
// issued.
func (t *Till) Problems(wish NewOrder) map[string]string { return t.problems(t.clean(wish)) }

// problems names every wrong field at once.
func (t *Till) problems(wish NewOrder) map[string]string {
	fields := wish.Cart.Problems()
	switch {
	case wish.Client.Email == "" && wish.Client.Phone == "" && !wish.Counter:
		fields["client"] = "needs an e-mail address or a phone number"
	case !isEmail(wish.Client.Email):
		fields["client.email"] = "is not an e-mail address"
	}
	maps.Copy(fields, addressProblems(wish.Client.Address))
	for name, link := range map[string]string{
		"success_redirect": wish.Redirects.Success, "in_progress_redirect": wish.Redirects.InProgress, "failure_redirect": wish.Redirects.Failure,
	} {
		if !isWebLink(link) {
			fields[name] = "must be an address that begins with https:// or http://"
		}
	}
	if wish.MaxAttempts < 0 || wish.MaxAttempts > mostAttempts {
		fields["max_payment_attempts"] = fmt.Sprintf("must be 0 to %d", mostAttempts)
	}
	if !wish.Due.IsZero() && !wish.Due.After(t.Env.Now()) {
		fields["due"] = "must be in the future"
	}
	if len(wish.Metadata) > 0 && !json.Valid(wish.Metadata) {
		fields["metadata"] = "is not JSON"
	}
	if wish.Expected != "" && len(fields) == 0 {
		want, err := wish.Cart.Currency.Parse(wish.Expected)
		if got := wish.Cart.Totals().Total; err != nil || got != want {
			fields["expected_total"] = "the order comes to " + wish.Cart.Currency.Format(got)
		}
	}
	return fields
}

func (t *Till) document(tx domain.Tx, wish NewOrder, kind domain.Kind) (domain.Document, error) {
	doc := domain.Document{
		ID: domain.OrderID(t.Env.NewID("ord_")), Reference: wish.Reference,
		Cart: wish.Cart, Totals: wish.Cart.Totals(), Language: wish.Language, Due: wish.Due.UTC(),
		DenyOverdue: wish.DenyOverdue, MaxAttempts: wish.MaxAttempts, SkipCapture: wish.SkipCapture,
		IsTest: wish.IsTest, IssuedAt: wish.IssuedAt, Redirects: wish.Redirects, Metadata: wish.Metadata,
		Counter: wish.Counter, Customer: wish.Customer, Contact: wish.Client.Email != "" || wish.Client.Phone != "",
	}
	if wish.Due.IsZero() {
		doc.Due = wish.Due
	}
	var err error
	if wish.Customer != "" {
		if _, err = tx.Customer(wish.Customer); err != nil {
			return doc, err
		}
	}
	if doc.HumanID, err = t.humanID(tx); err != nil {
		return doc, err
	}
	if kind == domain.KindOrderIssued {
		doc.Number, err = number(tx, wish.IsTest)
	}
	return doc, err
}

// documentEntry is the entry with the person beside it: the cabinet keeps who, the journal that somebody.
func (t *Till) documentEntry(in Intent, kind domain.Kind, doc domain.Document, client domain.Person) ([]domain.Entry, error) {
	kept, ref, err := t.keeping(client)
	if err != nil {
		return nil, err
	}
	doc.Person = &ref
	e, err := in.entry(kind, doc.ID, string(doc.ID), in.Key, doc)
	e.Brings.Person = kept
	return []domain.Entry{e}, err
}

// Resume issues a draft as it stands.
func (t *Till) Resume(ctx context.Context, in Intent, id domain.OrderID) (*domain.Order, error) {
	return t.onOrder(ctx, in, id, "issue", nil, func(tx domain.Tx, o *domain.Order, in Intent) (domain.Entry, error) {
		doc := o.Document
		var err error
		if doc.Number, err = number(tx, doc.IsTest); err != nil {
			return domain.Entry{}, err
		}
		return in.entry(domain.KindOrderIssued, id, string(id), "", doc)
	})
}
