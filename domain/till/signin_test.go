package till_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// tries tries to sign in with a PIN that is nobody's, and gives the code of what it is answered.
func (b *bench) tries(name string) domain.Code {
	_, err := b.SignIn(b.ctx, name, domain.NewSecret("000001"))
	return domain.CodeOf(err)
}

// lockOut gives wrong PINs until nobody can sign in.
func (b *bench) lockOut(name string) {
	b.Helper()
	for range domain.TriesAtOnce {
		if code := b.tries(name); code != domain.CodeForbidden {
			b.Fatalf("a wrong PIN is answered %q", code)
		}
	}
	if code := b.tries(name); code != domain.CodeLockedOut {
		b.Fatalf("after %d wrong PINs the answer is %q", domain.TriesAtOnce, code)
	}
}

// locked demands for how long nobody can sign in as Bob, with the right PIN neither.
func (b *bench) locked(want time.Duration) {
	b.Helper()
	left, err := b.LockedFor(b.ctx, "Bob")
	b.must(err)
	if left != want {
		b.Fatalf("locked for %s, want %s", left, want)
	}
	_, err = b.SignIn(b.ctx, "Bob", domain.NewSecret(clerkPIN))
	if want == 0 {
		b.must(err)
		return
	}
	b.code(err, domain.CodeLockedOut)
	if !strings.Contains(err.Error(), "until ") {
		b.Errorf("%v does not say until when", err)
	}
}

func TestLocksGrow(t *testing.T) {
	till.CountHashes(t)
	b := newBench(t, nil)
	b.staffed()
	for _, want := range []time.Duration{1, 2, 4, 8, 16, 30, 30, 30} {
		b.lockOut("Bob")
		b.clock.forward(want*time.Minute - time.Second)
		left, err := b.LockedFor(b.ctx, "bob")
		b.must(err)
		if left != time.Second {
			t.Fatalf("%s of a lock of %d minutes are left", left, want)
		}
		b.code(second(b.SignIn(b.ctx, "Bob", domain.NewSecret(clerkPIN))), domain.CodeLockedOut)
		b.clock.forward(time.Second)
	}
	b.locked(0)
	entries, err := b.Store.Entries(b.ctx, "", 0, 0, 0)
	b.must(err)
	told := 0
	for _, e := range entries {
		if e.Kind == domain.KindOperatorLocked {
			told++
		}
	}
	if told != 8 {
		t.Errorf("%d locks are in the journal", told)
	}
	b.lockOut("Bob") // once it was right it begins anew, for the name; the device has seen worse
	b.clock.forward(domain.LongestLock)
	b.locked(0)
	b.clock.forward(domain.TriesRemember)
	b.lockOut("Bob")
	b.locked(time.Minute)
}

// No clock ends a lock: not till's own, not the machine's that is set back, not a restart. One that is set back puts it
// off no further than it was long.
func TestNoClockEndsALock(t *testing.T) {
	till.CountHashes(t)
	const lock = time.Minute
	for name, c := range map[string]struct {
		do   func(*bench)
		left time.Duration
	}{
		"nothing": {func(*bench) {}, lock},
		"till's clock a day ahead": {func(b *bench) {
			b.Enter(b.signInBefore)
			b.must(second(b.Advance(b.ctx, till.Intent{}, day)))
			b.Enter(nil)
		}, lock},
		"till's clock ahead, then a restart": {func(b *bench) {
			b.Enter(b.signInBefore)
			b.must(second(b.Advance(b.ctx, till.Intent{}, 10*day)))
			b.open(nil)
		}, lock},
		"a restart":                       {func(b *bench) { b.open(nil) }, lock},
		"the machine's clock a year back": {func(b *bench) { b.clock.forward(-365 * day) }, lock},
		"ten seconds, then a year back": {func(b *bench) {
			b.clock.forward(10 * time.Second)
			b.locked(lock - 10*time.Second)
			b.clock.forward(-365 * day)
			b.locked(lock - 10*time.Second)
		}, lock - 10*time.Second},
		"a year back, a restart, ten seconds": {func(b *bench) {
			b.clock.forward(-365 * day)
			b.locked(lock)
			b.open(nil)
			b.clock.forward(10 * time.Second)
		}, lock - 10*time.Second},
		"back and forth in half the time": {func(b *bench) {
			for range 30 {
				b.clock.forward(-time.Hour)
				b.locked(lock)
			}
			b.clock.forward(30 * time.Second)
		}, lock / 2},
		"the whole of it by the machine's clock": {func(b *bench) { b.clock.forward(lock) }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, nil)
			b.staffed()
			b.signInBefore = b.signIn("Maria", bossPIN)
			b.lockOut("Bob")
			c.do(b)
			b.locked(c.left)
			b.clock.forward(c.left)
			b.locked(0)
		})
	}
	t.Logf("proof: 9 ways to set clocks, none ends a lock")
}

// struckDown is a store at which whoever looks at a PIN is stopped before they have.
type struckDown struct{ domain.Store }

func (s struckDown) PIN(context.Context, domain.OperatorID) (string, error) { panic("kill -9") }

// A guess that is stopped before anybody knows whether it was right is a guess all the same.
func TestAGuessThatIsStoppedCounts(t *testing.T) {
	till.CountHashes(t)
	b := newBench(t, nil)
	b.staffed()
	store := b.Store
	for range domain.TriesAtOnce {
		b.Store = struckDown{store}
		func() {
			defer func() {
				if recover() == nil {
					t.Fatal("it was not stopped")
				}
			}()
			_ = b.tries("Bob")
		}()
		b.Store = store
	}
	b.code(second(b.SignIn(b.ctx, "Bob", domain.NewSecret(clerkPIN))), domain.CodeLockedOut)
	b.clock.forward(time.Minute)
	b.locked(0)
}

// An answer tells nothing of whose names there are: a name that is nobody's, one of somebody who works here no more, and a
// wrong PIN cost one hash each and are answered the same; so does the lock.
func TestNothingTellsWhoseNamesThereAre(t *testing.T) {
	hashes := till.CountHashes(t)
	answers := map[string]string{}
	names := []string{"Bob", "Nobody", "Tess", " BOB "}
	for _, name := range names {
		b := newBench(t, nil)
		b.staffed()(domain.Manager)
		b.must(second(b.DisableOperator(b.ctx, till.Intent{}, "Tess")))
		var said []string
		for range domain.TriesAtOnce + 1 {
			before := hashes.Load()
			_, err := b.SignIn(b.ctx, name, domain.NewSecret("000001"))
			said = append(said, string(domain.CodeOf(err))+" "+err.Error())
			want := int64(1)
			if domain.CodeOf(err) == domain.CodeLockedOut {
				want = 0
			}
			if got := hashes.Load() - before; got != want {
				t.Errorf("%s costs %d hashes, want %d", name, got, want)
			}
		}
		answers[name] = strings.Join(said, "\n")
		if answers[name] != answers[names[0]] {
			t.Errorf("%s is answered\n%s\nand %s\n%s", name, answers[name], names[0], answers[names[0]])
		}
	}
	b := newBench(t, nil)
	b.staffed()(domain.Manager)
	before := hashes.Load()
	b.signIn("Bob", clerkPIN)
	if got := hashes.Load() - before; got != 1 {
		t.Errorf("the right PIN costs %d hashes", got)
	}
	b.must(second(b.DisableOperator(b.ctx, till.Intent{}, "Tess")))
	b.code(second(b.SignIn(b.ctx, "Tess", domain.NewSecret(trainerPIN))), domain.CodeForbidden)
	t.Logf("proof: %d names, answered alike at the cost of one hash", len(names)+1)
}

// What somebody got wrong before is theirs once they are right; what was wrong under other names stays.
func TestWhoIsRightTakesTheirOwnBack(t *testing.T) {
	till.CountHashes(t)
	b := newBench(t, nil)
	b.staffed()
	for range 3 {
		for range domain.TriesAtOnce - 1 {
			b.code(second(b.SignIn(b.ctx, "Bob", domain.NewSecret("000001"))), domain.CodeForbidden)
		}
		b.signIn("Bob", clerkPIN)
	}
	for range domain.TriesAtOnce - 1 {
		b.tries("Maria")
	}
	b.signIn("Bob", clerkPIN)
	b.tries("Maria")
	b.code(second(b.SignIn(b.ctx, "Maria", domain.NewSecret(bossPIN))), domain.CodeLockedOut)
	b.code(second(b.SignIn(b.ctx, "Bob", domain.NewSecret(clerkPIN))), domain.CodeLockedOut) // the device saw them all
}

// Two may have the same PIN, and nobody can see that they have.
func TestTwoMayHaveTheSamePIN(t *testing.T) {
	b := newBench(t, nil) // by argon2id itself
	b.must(second(b.AddOperator(b.ctx, till.Intent{}, "Maria", domain.Manager, domain.NewSecret(bossPIN))))
	b.Enter(b.signIn("maria", bossPIN))
	b.must(second(b.AddOperator(b.ctx, till.Intent{}, "Bob", domain.Clerk, domain.NewSecret(bossPIN))))
	if name := b.signIn("bob", bossPIN).Name(); name != "Bob" {
		t.Errorf("Bob is %s", name)
	}
	var kept []string
	all, err := b.Operators(b.ctx)
	b.must(err)
	for _, o := range all {
		hash, err := b.Store.PIN(b.ctx, o.ID)
		b.must(err)
		kept = append(kept, hash)
		if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1,keyid=") {
			t.Errorf("kept is %s", hash)
		}
	}
	if kept[0] == kept[1] {
		t.Error("the same PIN is kept the same twice")
	}
	b.code(second(b.SignIn(b.ctx, "Bob", domain.NewSecret("246811"))), domain.CodeForbidden)
}

// With another pepper no PIN can be checked, which is said, and is no wrong try of anybody's.
func TestAnotherPepperIsTold(t *testing.T) {
	till.CountHashes(t)
	b := newBench(t, nil)
	b.staffed()
	ours := b.Pepper
	b.Pepper = func(bool) ([]byte, error) { return []byte("another one"), nil }
	for range 2 * domain.TriesAtOnce {
		b.code(second(b.SignIn(b.ctx, "Bob", domain.NewSecret(clerkPIN))), domain.CodeInternal)
	}
	found := b.Examine(b.ctx, nil)
	ill := false
	for _, c := range found {
		ill = ill || c.Name == "operators" && !c.OK && strings.Contains(c.Advice, "put the file back")
	}
	if !ill {
		t.Errorf("the doctor finds %+v", found)
	}
	b.Pepper = ours
	b.signIn("Bob", clerkPIN)
}

func TestWhatIsNoPIN(t *testing.T) {
	for pin, says := range map[string]string{
		"": "4 to 12", "123": "4 to 12", "1234567890123": "4 to 12", "12a4": "digits only", "12 34": "digits only", "7777": "over and over",
	} {
		err := till.CheckPIN(domain.NewSecret(pin))
		if domain.CodeOf(err) != domain.CodeInvalid || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", pin, err)
		}
	}
	for _, pin := range []string{"1357", "246810", "123456789012"} {
		if err := till.CheckPIN(domain.NewSecret(pin)); err != nil {
			t.Error(err)
		}
	}
}
