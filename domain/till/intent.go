package till

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"till/domain"
)

func (t *Till) actor(in Intent) string {
	present := ""
	if who := t.Present(); who != nil {
		present = who.name
	}
	return cmp.Or(in.Actor, present, t.Operator, "clerk")
}

// complete fills in what an intent left out.
func (t *Till) complete(ctx context.Context, in Intent) Intent {
	in = in.standingBy(ctx)
	if in.Key == "" {
		in.Key = t.Env.NewID("key_")
	}
	in.Actor = tidy(t.actor(in))
	if in.Source == "" {
		in.Source = domain.ByOperator
	}
	return in
}

// entry makes an entry of an intent about an order.
func (in Intent) entry(kind domain.Kind, order domain.OrderID, subject, key string, body any) (domain.Entry, error) {
	e, err := domain.NewEntry(kind, string(order), subject, body)
	e.Actor, e.Source, e.Key = in.Actor, in.Source, key
	if err == nil {
		err = e.MarkOverride(in.overrider)
	}
	return e, err
}

// fingerprint is how a repeat of a key is compared with the first: a keyed hash of what was wanted. What is
// hashed of a card is its brand, last four and expiry. A key cannot be masked, as another one would be another
// intent: one with a card number in it, or that till could make itself, is refused (CodeInvalid).
func fingerprint(key, what string, wish any) (string, error) {
	switch {
	case domain.MaskCards(key) != key:
		return "", domain.Invalid("the command", map[string]string{"idempotency_key": "must not hold a card number"})
	case domain.OwnKey(key):
		return "", domain.Invalid("the command", map[string]string{"idempotency_key": "must not be a payment's id with a slash: till makes such keys itself"})
	}
	text, err := json.Marshal(wish)
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(what + "\n"))
	mac.Write(text)
	return hex.EncodeToString(mac.Sum(nil)[:16]), nil
}

// repeated finds the entry that a key was used for; other arguments under the same key are refused (I15).
func repeated(tx domain.Tx, key, ask string) (*domain.Entry, error) {
	e, found, err := tx.Used(key)
	if err != nil || !found {
		return nil, err
	}
	var body struct {
		Ask string `json:"ask"`
	}
	if err := json.Unmarshal(e.Body, &body); err != nil {
		return nil, err
	}
	if body.Ask != ask {
		return nil, usedOtherwise(key)
	}
	return &e, nil
}

func usedOtherwise(key string) error {
	return domain.Errorf(domain.CodeIdempotencyConflict, "the key %s was used for something else", key).
		WithHint("use a new key for a new intent")
}

// once decides the entries of a deed in one commit. The intent's key and fingerprint lie with the last of them, which comes back; a
// repeat decides nothing and gives that of the first time. Where there is nothing to decide it is empty. It may come
// beside an error (domain.Store.Update).
func (t *Till) once(ctx context.Context, in Intent, deed domain.Deed, what string, with any, decide func(domain.Tx, Intent) ([]domain.Entry, error)) (domain.Entry, error) {
	in = t.complete(ctx, in)
	ask, err := fingerprint(in.Key, what, with)
	if err != nil {
		return domain.Entry{}, err
	}
	var before *domain.Entry
	entries, err := t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		var err error
		if before, err = repeated(tx, in.Key, ask); before != nil || err != nil {
			return nil, err
		}
		in, err := t.admit(tx, in, deed)
		if err != nil {
			return nil, err
		}
		entries, err := decide(tx, in)
		if err != nil || len(entries) == 0 {
			return nil, err
		}
		return entries, sign(&entries[len(entries)-1], in.Key, ask)
	})
	switch {
	case before != nil && err == nil:
		return *before, nil
	case len(entries) == 0:
		return domain.Entry{}, err
	}
	return entries[len(entries)-1], err
}

// sign puts an intent's key and fingerprint on the entry that stands for it.
func sign(e *domain.Entry, key, ask string) error {
	e.Key = key
	return e.Note("ask", ask)
}

// moved refuses when the order is not as the caller last saw it.
func (in Intent) moved(o *domain.Order) error { return in.movedOn("order", o.Version) }

// movedOn refuses when something is not as the caller last saw it.
func (in Intent) movedOn(what string, version int64) error {
	if in.IfVersion == 0 || in.IfVersion == version {
		return nil
	}
	return domain.Errorf(domain.CodeVersionConflict, "the %s has moved on: it is at version %d, not %d", what, version, in.IfVersion).
		WithHint("look at it again, then decide")
}

// at folds an order as it was when an entry had just been written.
func (t *Till) at(ctx context.Context, id domain.OrderID, seq domain.Seq) (*domain.Order, error) {
	entries, err := t.Store.Entries(ctx, string(id), 0, seq, 0)
	if err != nil {
		return nil, err
	}
	o, err := domain.Fold(entries)
	if err != nil {
		return nil, err
	}
	return t.withCabinet(ctx, o)
}

// told folds an order as whoever wrote an entry was told of it: with what till did about it at once.
func (t *Till) told(ctx context.Context, id domain.OrderID, seq domain.Seq) (*domain.Order, error) {
	entries, err := t.Store.Entries(ctx, string(id), 0, 0, 0)
	if err != nil {
		return nil, err
	}
	o, fired := &domain.Order{}, false
	for _, e := range entries {
		with := fired && e.Seq == o.LastSeq+1 // what a timer leads to is written with its firing
		if e.Seq > seq && o.AtRest() && !with {
			break
		}
		if err := o.Apply(e); err != nil {
			return nil, err
		}
		fired = e.Kind == domain.KindTimerFired
	}
	return t.withCabinet(ctx, o)
}

// withCabinet adds to a fold what entries do not tell: who the client is, and what papers are called.
func (t *Till) withCabinet(ctx context.Context, o *domain.Order) (*domain.Order, error) {
	if len(o.Papers()) > 0 {
		names, err := t.Store.PaperNames(ctx, o.ID)
		if err != nil {
			return nil, err
		}
		o.NamePapers(names)
	}
	if o.Person == nil {
		return o, nil
	}
	var err error
	o.Client, err = t.Store.Person(ctx, o.Person.ID)
	return o, err
}

const (
	letters  = "ABCDEFGHJKMNPQRSTUVWXYZ" // no I, L, O: they look like digits
	alphabet = letters + "23456789"
)

// humanID makes a name of six characters that a person can read out; one that is taken is made again.
func (t *Till) humanID(tx domain.Tx) (string, error) {
	for {
		var b strings.Builder
		b.WriteByte(letters[t.Env.Rand(len(letters))])
		for range 5 {
			b.WriteByte(alphabet[t.Env.Rand(len(alphabet))])
		}
		taken, err := tx.Taken(b.String())
		if err != nil || !taken {
			return b.String(), err
		}
	}
}

// number takes the next number: orders and test orders each have a series of their own (I19).
func number(tx domain.Tx, test bool) (string, error) {
	series, prefix := "order", ""
	if test {
		series, prefix = "test", "T"
	}
	n, err := tx.Next(series)
	return prefix + strconv.FormatInt(n, 10), err
}
