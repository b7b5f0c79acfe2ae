package till_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
	"till/storage/sqlite"
)

// Several processes that sign in at once.

// However many processes guess at once, as many guesses are looked at as by one that guesses alone.
func TestACrowdGuessesNoMoreThanOne(t *testing.T) {
	hashes := till.CountHashes(t)
	b := newBench(t, nil)
	b.staffed()
	doors := b.doors(4)
	before := hashes.Load()
	var wrong, locked, other sync.Map
	var all sync.WaitGroup
	const guesses = 40
	for i := range guesses {
		all.Go(func() {
			_, err := doors[i%len(doors)].SignIn(b.ctx, "Maria", domain.NewSecret("00000"+string(rune('0'+i%10))))
			switch domain.CodeOf(err) {
			case domain.CodeForbidden:
				wrong.Store(i, err)
			case domain.CodeLockedOut:
				locked.Store(i, err)
			default:
				other.Store(i, err)
			}
		})
	}
	all.Wait()
	size := func(m *sync.Map) (n int) {
		m.Range(func(any, any) bool { n++; return true })
		return n
	}
	if looked := hashes.Load() - before; looked != domain.TriesAtOnce || size(&wrong) != domain.TriesAtOnce || size(&locked) != guesses-domain.TriesAtOnce {
		t.Errorf("%d of %d guesses were looked at; %d wrong, %d locked out, %d other", looked, guesses, size(&wrong), size(&locked), size(&other))
	}
	t.Logf("proof: %d guesses at once, %d looked at", guesses, hashes.Load()-before)
}

// Those who are right at the same time wait for each other, and nobody is locked out.
func TestACrowdOfTheRightSignsIn(t *testing.T) {
	till.CountHashes(t)
	b := newBench(t, nil)
	b.staffed()
	doors, done := b.doors(4), &doorbell{}
	for _, d := range doors {
		d.Env.Wait = done.wait
	}
	var all sync.WaitGroup
	for i := range 24 {
		all.Go(func() {
			if _, err := doors[i%len(doors)].SignIn(b.ctx, "Bob", domain.NewSecret(clerkPIN)); err != nil {
				t.Error(err)
			}
			done.ring()
		})
	}
	all.Wait()
	b.locked(0)
}

// doorbell rings when somebody has come in. Who waits for that waits no more often than others come in, and a second at
// most: how quick the machine is does not count.
type doorbell struct {
	sync.Mutex
	next chan struct{}
}

func (d *doorbell) heard() chan struct{} {
	d.Lock()
	defer d.Unlock()
	if d.next == nil {
		d.next = make(chan struct{})
	}
	return d.next
}

func (d *doorbell) ring() {
	d.Lock()
	defer d.Unlock()
	if d.next != nil {
		close(d.next)
		d.next = nil
	}
}

func (d *doorbell) wait(ctx context.Context, _ time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	select {
	case <-d.heard():
	case <-ctx.Done():
	}
	return nil
}

// doors are tills on the same file, as other processes have them. They wait by the real clock.
func (b *bench) doors(n int) []*till.Till {
	b.Helper()
	doors := make([]*till.Till, n)
	for i := range doors {
		c := b.Config
		c.Env.Wait = func(ctx context.Context, d time.Duration) error {
			ctx, cancel := context.WithTimeout(ctx, d)
			defer cancel()
			<-ctx.Done()
			return nil
		}
		journal, err := sqlite.Open(b.ctx, filepath.Join(b.folder, "till.db"), c.Env)
		b.must(err)
		b.Cleanup(func() { b.must(journal.Close()) })
		c.Store = journal
		doors[i], err = till.New(b.ctx, c)
		b.must(err)
	}
	return doors
}
