package sqlite

import (
	"context"
	"io/fs"
	"os"
	"sync"
	"time"

	"till/domain"
)

const (
	pollEvery = 50 * time.Millisecond // how long another process's write may stay unseen
	alert     = 20                    // polls for which SQLite is asked after a write, and how often it is asked when there was none
	lookEvery = alert * pollEvery     // where the kernel tells of writes: how often it is looked whether it does
	deaf      = 2                     // that so many writes in a row were found and not told says that it does not; one may be told in this moment
)

// Changed tells the last entry's number whenever it has moved since the call, also when another process
// wrote; only the newest, if nobody listened. The channel is closed when ctx or the DB ends.
func (db *DB) Changed(ctx context.Context) <-chan domain.Seq {
	news := make(chan domain.Seq, 1)
	bell, ok := db.watchers.join()
	if !ok {
		close(news)
		return news
	}
	w := &watcher{news: news}
	if err := w.look(ctx, db); err != nil {
		w.last = 0 // whatever is found later is new
	}
	go func() {
		defer db.watchers.leave(bell)
		defer close(news)
		defer w.close()
		w.watch(ctx, db, bell)
	}()
	return news
}

// watcher looks at one connection of its own: SQLite's data_version tells there, without reading a table,
// whether any other connection wrote.
type watcher struct {
	s       *session
	news    chan domain.Seq
	version int64
	last    domain.Seq
	begun   bool

	wal   fs.FileInfo // as it was at the last poll; nil where it could not be told
	polls int         // since it was last written
}

func (w *watcher) watch(ctx context.Context, db *DB, bell chan struct{}) {
	log := db.path + "-wal"
	told, every := listen(log), lookEvery
	if told.heard == nil {
		every = pollEvery
	}
	select {
	case bell <- struct{}{}: // what was written before it was listened is told by nobody
	default:
	}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	defer func() { told.close() }()
	missed := 0
	for {
		ticked := false
		select {
		case <-ctx.Done():
			return
		case <-db.closing:
			return
		case <-ticker.C:
			ticked = told.heard != nil
			if !ticked && !w.stirred(log) {
				continue
			}
		case _, hears := <-told.heard:
			if missed = 0; !hears {
				missed = deaf
			}
		case <-bell:
		}
		before := w.last // a file that cannot be read now may be at the next tick; who reads it is told why
		if err := w.look(ctx, db); err == nil && w.last != before {
			w.tell()
			if ticked {
				missed++
			}
		}
		if missed >= deaf {
			told.close()
			told, missed = ear{}, 0
			ticker.Reset(pollEvery)
		}
	}
}

// stirred tells whether it is worth asking SQLite, which costs a hundred times as much as to look at the log's
// time: when it was written, and for a while after, as what was written is only seen once it has reached the disk and
// a clock of files ticks slowly; and now and then anyway.
func (w *watcher) stirred(log string) bool {
	now, err := os.Stat(log)
	if err != nil {
		now = nil
	}
	w.polls++
	if now == nil || w.wal == nil || now.Size() != w.wal.Size() || !now.ModTime().Equal(w.wal.ModTime()) {
		w.wal, w.polls = now, 0
	}
	return w.polls <= alert || w.polls%alert == 0
}

// look reads where the journal ends, if anything was written since the last look.
func (w *watcher) look(ctx context.Context, db *DB) error {
	if w.s == nil {
		s, err := newSession(ctx, db.reading)
		if err != nil {
			return err
		}
		w.s = s
	}
	var version int64
	if _, err := w.s.first([]any{&version}, "pragma data_version"); err != nil {
		return err
	}
	if w.begun && version == w.version {
		return nil
	}
	if _, err := w.s.first([]any{&w.last}, "select coalesce(max(seq), 0) from journal"); err != nil {
		return err
	}
	w.version, w.begun = version, true
	return nil
}

// tell puts the newest number in place of one that nobody took.
func (w *watcher) tell() {
	select {
	case <-w.news:
	default:
	}
	w.news <- w.last
}

func (w *watcher) close() {
	if w.s != nil {
		_ = w.s.close() // it only read
	}
}

// watchers are the goroutines that look for changes.
type watchers struct {
	running sync.WaitGroup

	mu     sync.Mutex
	closed bool
	bells  map[chan struct{}]bool // one for each, rung after a commit
}

func newWatchers() *watchers {
	return &watchers{bells: map[chan struct{}]bool{}}
}

// join gives a new watcher its bell; none once the DB is closed.
func (w *watchers) join() (chan struct{}, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return nil, false
	}
	bell := make(chan struct{}, 1)
	w.bells[bell] = true
	w.running.Add(1)
	return bell, true
}

func (w *watchers) leave(bell chan struct{}) {
	w.mu.Lock()
	delete(w.bells, bell)
	w.mu.Unlock()
	w.running.Done()
}

// ring wakes everybody; a bell that still rings is enough.
func (w *watchers) ring() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for bell := range w.bells {
		select {
		case bell <- struct{}{}:
		default:
		}
	}
}

// stop lets nobody join any more and waits until all are gone; DB.closing sends them.
func (w *watchers) stop() {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.running.Wait()
}
