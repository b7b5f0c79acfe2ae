package sqlite

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"till/domain"
	"till/storage/storagetest"
)

// heardIn tells whether something is heard in a time.
func (e ear) heardIn(d time.Duration) bool {
	select {
	case _, open := <-e.heard:
		return open
	case <-time.After(d):
		return false
	}
}

// Who writes is heard, once the entry can be read; who listens no more leaves nobody waiting.
func TestTheKernelTells(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	there := open(t, path)
	log := listen(path + "-wal")
	m := &storagetest.Maker{Store: there, Name: "G"}
	for want := domain.Seq(1); want < 20; want++ {
		_, err := m.Issue(t.Context(), storagetest.Draft{})
		check(t, err)
		if !log.heardIn(10 * time.Second) {
			t.Fatal("nothing is heard of an entry")
		}
		if last, err := there.Last(t.Context()); err != nil || last != want {
			t.Fatal(last, err)
		}
	}
	log.close()
	if log.heardIn(10 * time.Second) {
		t.Error("heard of after the end")
	}
	if none := listen(path + "-none"); none.heard != nil {
		t.Error("what is not there is listened to")
	}
}

// A write that the kernel does not tell is seen all the same, and so is the next one.
func TestTheKernelTellsNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	here, there := open(t, path), open(t, path)
	news := here.Changed(t.Context())
	there.path += "-elsewhere" // it stands in no queue at the log that is listened to
	there.opened = nil
	m := &storagetest.Maker{Store: there, Name: "G"}
	for range 4 {
		_, err := m.Issue(t.Context(), storagetest.Draft{})
		check(t, err)
		<-news
	}
}

// What was written between the first look and the moment from which it is listened does not wait for the next look.
func TestWhatWasWrittenBeforeItWasListened(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	here, there := open(t, path), open(t, path)
	w := &watcher{news: make(chan domain.Seq, 1)}
	check(t, w.look(t.Context(), here))
	m := &storagetest.Maker{Store: there, Name: "G"}
	_, err := m.Issue(t.Context(), storagetest.Draft{})
	check(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	over, began := make(chan struct{}), time.Now()
	go func() {
		defer close(over)
		w.watch(ctx, here, make(chan struct{}, 1))
	}()
	<-w.news
	if took := time.Since(began); took >= lookEvery {
		t.Errorf("it was told after %v", took)
	}
	cancel()
	<-over
	w.close()
}
