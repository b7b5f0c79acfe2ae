package till

import (
	"cmp"
	"context"
	"encoding/hex"
	"strings"
	"time"

	"till/domain"
)

// Signing in: a name and a PIN for a badge. A wrong name and a wrong PIN cost the same, count the same and are answered
// the same.

// Badge is proof that somebody's PIN was right. It is good until they are disabled or have another PIN.
type Badge struct {
	id   domain.OperatorID
	name string
	role domain.Role
	pin  domain.Seq // the entry that set the PIN
}

// Name is what the journal calls them.
func (b *Badge) Name() string { return b.name }

// Role is what they were when they signed in.
func (b *Badge) Role() domain.Role { return b.role }

// Enter says who is at the till from now on; nil is nobody.
func (t *Till) Enter(b *Badge) { t.present.Store(b) }

// Present is who is at the till; nil where nobody has signed in.
func (t *Till) Present() *Badge { return t.present.Load() }

const (
	deviceKey   = "device" // of the tries at this installation, under any name
	triesPause  = 50 * time.Millisecond
	triesWaited = 40 // pauses until tries that are still counted are taken for wrong ones: who made them was stopped
)

// SignIn checks somebody's PIN. CodeForbidden for a wrong name or PIN, CodeLockedOut while nobody can sign in under the
// name, or at this device at all. It does not say who is at the till: Enter does.
func (t *Till) SignIn(ctx context.Context, name string, pin domain.Secret) (*Badge, error) {
	all, err := t.Store.Operators(ctx)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, domain.Errorf(domain.CodeForbidden, "nobody is set up to sign in").WithHint("set up the first, a manager: till operator add NAME --role manager")
	}
	pepper, err := t.pepper(false)
	if err != nil {
		return nil, err
	}
	keys := []string{triesKey(pepper, name), deviceKey}
	if err := t.countTry(ctx, keys); err != nil {
		return nil, err
	}
	o := domain.OperatorNamed(all, name)
	right, err := t.checks(ctx, pepper, o, pin)
	if err != nil || right {
		if failed := t.endTries(ctx, keys, right); failed != nil {
			return nil, failed
		}
	}
	switch {
	case err != nil:
		return nil, err
	case right:
		return &Badge{o.ID, o.Name, o.Role, o.PINIn}, nil
	}
	return nil, t.wrongTry(ctx, keys, o)
}

// triesKey is where tries under a name are counted, whether it is somebody's or not. The name itself is not kept: it may
// be a PIN that was typed too early.
func triesKey(pepper []byte, name string) string {
	return "name " + hex.EncodeToString(keyed(pepper, "tries", strings.ToLower(strings.TrimSpace(name)))[:16])
}

// checks tells whether a PIN is an operator's (nil: nobody's). Of those who were disabled nothing is kept that could be
// right.
func (t *Till) checks(ctx context.Context, pepper []byte, o *domain.Operator, pin domain.Secret) (right bool, err error) {
	kept := ""
	if o != nil {
		if kept, err = t.Store.PIN(ctx, o.ID); err != nil {
			return false, err
		}
	}
	return isPIN(pepper, kept, pin)
}

// countTry counts a try before anybody looks at its PIN. Where as many are on their way as there may be it waits for
// them: they may all be right.
func (t *Till) countTry(ctx context.Context, keys []string) error {
	for waited := 0; ; waited++ {
		var left time.Duration
		full := false
		err := t.Store.Tries(ctx, keys, func(tries []domain.Tries) []domain.Tries {
			left, full = 0, false
			for i, tried := range t.now(tries) {
				if tried.Full() && waited >= triesWaited {
					tried = tried.WasWrong()
				}
				tries[i] = tried
				left, full = max(left, tried.Left), full || tried.Full()
			}
			for i := range tries {
				if left == 0 && !full {
					tries[i].Wrong++
				}
			}
			return tries
		})
		switch {
		case err != nil:
			return err
		case left > 0:
			return t.lockedOut(left)
		case !full:
			return nil
		}
		if err := t.Env.Wait(ctx, triesPause); err != nil {
			return err
		}
	}
}

// now lets time pass for tries, by the machine's clock: till's may be ahead, and shortens no lock.
func (t *Till) now(tries []domain.Tries) []domain.Tries {
	now := t.machineNow()
	passed := make([]domain.Tries, len(tries))
	for i, tried := range tries {
		passed[i] = tried.At(now)
	}
	return passed
}

// machineNow is the time by the machine's clock.
func (t *Till) machineNow() time.Time {
	t.clock.Lock()
	defer t.clock.Unlock()
	return t.Env.Now().Add(-time.Duration(t.clock.ahead.Load()))
}

// endTries takes back that a try was counted. One that was right takes with it what was wrong under its name before: it
// was the same person.
func (t *Till) endTries(ctx context.Context, keys []string, right bool) error {
	return t.Store.Tries(ctx, keys, func(tries []domain.Tries) []domain.Tries {
		ended := min(1, tries[0].Wrong)
		if right {
			ended = tries[0].Wrong
			tries[0] = domain.Tries{Key: tries[0].Key}
		} else {
			tries[0].Wrong -= ended
		}
		tries[1].Wrong = max(0, tries[1].Wrong-ended)
		return tries
	})
}

// wrongTry is what comes of a try that was wrong: an answer that says no more than that, and after the last of them a
// lock, which is journalled where the name is somebody's.
func (t *Till) wrongTry(ctx context.Context, keys []string, o *domain.Operator) error {
	var of domain.Tries
	err := t.Store.Tries(ctx, keys, func(tries []domain.Tries) []domain.Tries {
		for i, tried := range t.now(tries) {
			tries[i] = tried.WasWrong()
		}
		of = tries[0]
		return tries
	})
	if err == nil && of.Locked() && o != nil && o.IsActive() {
		err = t.tellLock(ctx, o, of.Left)
	}
	return cmp.Or(err, error(domain.Errorf(domain.CodeForbidden, "the name or the PIN is wrong").
		WithHint("after %d wrong ones nobody can sign in for a while", domain.TriesAtOnce)))
}

func (t *Till) tellLock(ctx context.Context, o *domain.Operator, left time.Duration) error {
	_, err := t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		now, err := tx.Operator(o.ID)
		if err != nil || !now.IsActive() {
			return nil, err
		}
		in := Intent{Actor: "till", Source: domain.ByOperator}
		e, err := in.told(domain.KindOperatorLocked, string(o.ID), "", domain.OperatorLock{Wrong: domain.TriesAtOnce, For: left})
		return []domain.Entry{e}, err
	})
	return err
}

func (t *Till) lockedOut(left time.Duration) error {
	left = left.Truncate(time.Second) + time.Second
	return domain.Errorf(domain.CodeLockedOut, "too many wrong PINs: nobody can sign in for %s, until %s by this machine's clock",
		left, t.machineNow().Add(left).Format("15:04:05 MST")).WithHint("wait; neither a restart nor moving the clock makes it shorter")
}

// LockedFor is how long nobody can sign in under a name, or at this device at all; 0 where somebody can.
func (t *Till) LockedFor(ctx context.Context, name string) (left time.Duration, err error) {
	pepper, err := t.pepper(false)
	if err != nil {
		return 0, err
	}
	err = t.Store.Tries(ctx, []string{triesKey(pepper, name), deviceKey}, func(tries []domain.Tries) []domain.Tries {
		for _, tried := range t.now(tries) {
			left = max(left, tried.Left)
		}
		return tries
	})
	return left, err
}

// pepper gives the secret of the PINs, or says what to do about it that it is not there.
func (t *Till) pepper(create bool) ([]byte, error) {
	if t.Pepper == nil {
		return nil, domain.Errorf(domain.CodeInternal, "this till has no place for the secret of the PINs")
	}
	return t.Pepper(create)
}
