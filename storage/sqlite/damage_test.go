package sqlite

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"till/domain"
	"till/storage/storagetest"
)

// patient is a file in which something has happened, as it lies on the disk: closed, and left by a till that was killed.
type patient struct {
	whole, open, log []byte
	entries          []domain.Entry
}

func newPatient(t *testing.T) patient {
	t.Helper()
	path := filepath.Join(t.TempDir(), "till.db")
	db, err := Open(t.Context(), path, storagetest.Env())
	check(t, err)
	fill(t, db, 10)
	var p patient
	p.entries, err = db.Entries(t.Context(), "", 0, 0, 0)
	check(t, err)
	read := func(name string) []byte {
		text, err := os.ReadFile(name)
		check(t, err)
		return text
	}
	p.open, p.log = read(path), read(path+"-wal")
	check(t, db.Close())
	p.whole = read(path)
	return p
}

// fate is what becomes of a file that was damaged.
type fate string

const (
	refused  fate = "refused at the door"
	verified fate = "told by verify"
	looked   fate = "told by the doctor alone"
	spared   fate = "of no harm to the journal"
	missed   fate = "another journal, and nobody tells"
)

// treat looks at a damaged file in every way there is. Nothing of it may panic or hang, whatever it answers.
func (p patient) treat(t *testing.T, text, log []byte) fate {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	path := filepath.Join(t.TempDir(), "till.db")
	check(t, os.WriteFile(path, text, 0o600))
	if log != nil {
		check(t, os.WriteFile(path+"-wal", log, 0o600))
	}
	wrong := slices.ContainsFunc(Examine(ctx, path), func(c domain.Check) bool { return !c.OK })
	db, err := Open(ctx, path, storagetest.Env())
	if err != nil {
		if domain.CodeOf(err) == domain.CodeInternal && codeOf(err) != 0 {
			t.Errorf("no words for it: %v", err)
		}
		return refused
	}
	defer func() { _ = db.Close() }() // a torn file may not be closed well
	verdict, err := db.Verify(ctx)
	told := err != nil || !verdict.OK
	after, err := db.Entries(ctx, "", 0, 0, 0)
	same := err == nil && fmt.Sprint(after) == fmt.Sprint(p.entries[:min(len(after), len(p.entries))])
	_, _ = db.Orders(ctx, domain.OrderQuery{Text: "ann"})
	_, _ = db.Due(ctx, storagetest.Start)
	_, _ = db.Customers(ctx, "ann", 10)
	_ = db.Rebuild(ctx)
	m := &storagetest.Maker{Store: db, Name: "D"}
	_, _ = m.Issue(ctx, storagetest.Draft{})
	switch {
	case ctx.Err() != nil:
		t.Error("it takes more than a minute")
		return missed
	case told:
		return verified
	case !same || log == nil && len(after) != len(p.entries): // the last commits of a log may be gone, as when power fails
		return missed
	case wrong:
		return looked
	}
	return spared
}

// Bits flipped anywhere in the file, or in its log: no panic, no hang, and where a byte of an entry has changed it is told.
func TestBitFlipsInTheFile(t *testing.T) {
	t.Parallel()
	p := newPatient(t)
	dice := storagetest.Dice(t)
	flips := storagetest.Scaled(t, 80)
	fates := map[fate]int{}
	for i := range flips {
		text, log := slices.Clone(p.whole), []byte(nil)
		target := text
		if i%4 == 3 {
			text, log = p.open, slices.Clone(p.log)
			target = log
		}
		bit := dice.IntN(8 * len(target))
		target[bit/8] ^= 1 << (bit % 8)
		end := p.treat(t, text, log)
		if fates[end]++; end == missed {
			t.Errorf("flip %d, bit %d: %s", i, bit, end)
		}
	}
	t.Logf("proof: %d flipped bits: %s", flips, counted(fates))
}

func counted(fates map[fate]int) (text string) {
	for _, f := range []fate{refused, verified, looked, spared, missed} {
		text += fmt.Sprintf("%d %s, ", fates[f], f)
	}
	return text[:len(text)-2]
}

// A file that ends at any of its pages, or in the middle of one: what is gone is told. A log that ends anywhere takes the
// last commits with it and nothing else; so it is where the log is gone.
func TestTruncatedFiles(t *testing.T) {
	t.Parallel()
	p := newPatient(t)
	fates := map[fate]int{}
	cuts := 0
	step := 4096
	if testing.Short() {
		step *= 5
	}
	for at := 0; at < len(p.whole); at += step {
		for _, end := range []int{at, at + 1234} {
			if end == 0 {
				continue // an empty file is a new one
			}
			cuts++
			end = min(end, len(p.whole)-1)
			f := p.treat(t, p.whole[:end], nil)
			nothing := len(bytes.Trim(p.whole[end:], "\x00")) == 0 // an empty page, which is read as it was
			if fates[f]++; f == missed || f == spared && !nothing {
				t.Errorf("cut at %d of %d: %s", end, len(p.whole), f)
			}
		}
	}
	for i := range 20 {
		end := len(p.log) * i / 20
		cuts++
		f := p.treat(t, p.open, p.log[:end])
		if fates[f]++; f == missed {
			t.Errorf("log cut at %d of %d: %s", end, len(p.log), f)
		}
	}
	t.Logf("proof: %d cuts of the file and its log: %s", cuts, counted(fates))
}

// Every bit of the numbers at the head of a file that say how it is to be read: whatever they have become, whoever opens it
// is told in words.
func TestBitFlipsInTheHeader(t *testing.T) {
	t.Parallel()
	p := newPatient(t)
	fates := map[fate]int{}
	numbers := []int{44, 56, 60, 68} // of the schema's format, of how text is written, of the schema's step, of whose file it is
	for _, at := range numbers {
		for bit := range 32 {
			text := slices.Clone(p.whole)
			text[at+bit/8] ^= 1 << (bit % 8)
			end := p.treat(t, text, nil)
			if fates[end]++; end == missed {
				t.Errorf("bit %d from byte %d: %s", bit, at, end)
			}
		}
	}
	t.Logf("proof: %d flipped bits in the header: %s", 32*len(numbers), counted(fates))
}
