//go:build linux || darwin

package sqlite

import (
	"context"
	"errors"
	"os"
	"syscall"
	"time"

	"till/domain"
)

// queue is where those stand who want to write a file, each with an opened file of its own: it stands at the write-ahead log,
// where SQLite has no lock that closing would lose. The file stays open from one turn to the next, for opening and closing
// take longer than the lock.
type queue struct{ at *os.File }

// wait waits until no other process of the queue writes to the file at path, and gives what lets the next one go on. SQLite's
// own lock comes after it, and is what counts: but who asks for that again and again has luck or not, and of four who do so
// one waits long. It is for one goroutine at a time.
func (q *queue) wait(ctx context.Context, path string, patience time.Duration) (leave func(), err error) {
	if q.at == nil {
		if q.at, err = os.Open(path + "-wal"); err != nil {
			return func() {}, nil // nobody writes here, or SQLite says better what is wrong
		}
	}
	fd := int(q.at.Fd())
	err = syscall.Flock(fd, syscall.LOCK_EX|syscall.LOCK_NB)
	if !errors.Is(err, syscall.EWOULDBLOCK) {
		return q.leave, nil // also where a disk knows no such lock
	}
	front := make(chan struct{})
	go func() {
		for errors.Is(syscall.Flock(fd, syscall.LOCK_EX), syscall.EINTR) {
		}
		close(front)
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-front:
		return q.leave, nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-timer.C:
		err = domain.Errorf(domain.CodeBusy, "%s is locked by another till", path).WithHint("see what the others do, or try again")
	}
	was := q.at
	q.at = nil  // who comes next has a place of its own
	go func() { // when it is this one's turn nobody is there any more
		<-front
		_ = was.Close() // nothing was written to it
	}()
	return nil, err
}

// leave lets the next one go on.
func (q *queue) leave() { _ = syscall.Flock(int(q.at.Fd()), syscall.LOCK_UN) }

func (q *queue) close() {
	if q.at != nil {
		_ = q.at.Close()
	}
}
