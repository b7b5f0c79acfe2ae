package domain

import "time"

// How many wrong PINs there may be in a row, and how long nobody can sign in then: twice as long each time.
const (
	TriesAtOnce   = 5
	ShortestLock  = time.Minute
	LongestLock   = 30 * time.Minute
	TriesRemember = 24 * time.Hour // after so long without a wrong one it begins anew
)

// Tries are the tries to sign in under one name, or at one device, since the last that was right. A try is counted before
// its PIN is looked at, so that several processes have no more of them than one.
//
// What is left of a lock is kept, not when it ends: an end could be brought near or put off for ever by setting the
// clock. Only time that the machine's clock has seen pass counts: where it went back, none has, and the rest of the lock
// begins again from there.
type Tries struct {
	Key   string
	Wrong int           // counted and not found right; at TriesAtOnce no more are taken
	Locks int           // so far
	Left  time.Duration // of the lock as it was at Seen; 0: there is none
	Calm  time.Duration // without a wrong one, as it was at Seen
	Seen  time.Time     // by the machine's clock, which is not till's, UTC
}

// At is how it stands at a time of the machine's clock.
func (t Tries) At(now time.Time) Tries {
	passed := max(0, now.Sub(t.Seen))
	if t.Seen.IsZero() {
		passed = 0
	}
	t.Seen, t.Left, t.Calm = now, max(0, t.Left-passed), t.Calm+passed
	if t.Calm >= TriesRemember {
		t.Wrong, t.Locks, t.Calm = 0, 0, 0
	}
	return t
}

// Locked tells whether nobody may try.
func (t Tries) Locked() bool { return t.Left > 0 }

// Full tells whether as many tries are counted as there may be at once.
func (t Tries) Full() bool { return t.Wrong >= TriesAtOnce }

// WasWrong is how it stands once a try that was counted is known to be wrong: the last of them begins a lock, twice as
// long as the one before.
func (t Tries) WasWrong() Tries {
	t.Calm = 0
	if !t.Full() {
		return t
	}
	t.Left = min(ShortestLock<<min(t.Locks, 10), LongestLock)
	t.Locks++
	t.Wrong = 0
	return t
}
