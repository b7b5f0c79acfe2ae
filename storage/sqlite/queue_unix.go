//go:build linux || darwin

package sqlite

import (
	"context"
	"errors"
	"syscall"
	"time"

	"till/domain"
)

// turn is a place at the head of the queue of those who want to write a file; below 0 where there is no queue.
type turn int

const outside turn = -1

// queueFor waits until no other process of the queue writes to the file at path. SQLite's own lock comes after it, and is
// what counts: but who asks for that again and again has luck or not, and of four who do so one waits long. The queue stands
// at the write-ahead log, where SQLite has no lock that closing would lose.
func queueFor(ctx context.Context, path string, patience time.Duration) (turn, error) {
	fd, err := syscall.Open(path+"-wal", syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return outside, nil // nobody writes here, or SQLite says better what is wrong
	}
	at := turn(fd)
	err = syscall.Flock(fd, syscall.LOCK_EX|syscall.LOCK_NB)
	if !errors.Is(err, syscall.EWOULDBLOCK) {
		return at, nil // also where a disk knows no such lock
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
		return at, nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-timer.C:
		err = domain.Errorf(domain.CodeBusy, "%s is locked by another till", path).WithHint("see what the others do, or try again")
	}
	go func() { // when it is this one's turn nobody is there any more
		<-front
		at.leave()
	}()
	return outside, err
}

// leave lets the next one go on. That the log is closed is also what tells those who listen of a write, see ear.
func (at turn) leave() {
	if at != outside {
		_ = syscall.Close(int(at)) // nothing was written to it
	}
}
