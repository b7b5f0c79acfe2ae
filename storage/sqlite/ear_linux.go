package sqlite

import (
	"encoding/binary"
	"errors"
	"syscall"
)

// ear is where the kernel tells that somebody has closed the write-ahead log. Every till that writes opens it to stand
// in the queue and closes it once its commit can be read, see queueFor; so nothing has to be looked at meanwhile.
//
// Only Linux tells this well: what watches a file for BSD and macOS has to open it, and what watches for
// Windows sees a write only when the file is closed or flushed.
type ear struct {
	heard     chan struct{} // what is told and not taken yet, closed when nothing more will be; nil: nothing is told
	fd, watch int
}

// listen to what is done with a file. Where that cannot be had, as when too many listen already, nothing is heard.
// It costs a thread that sleeps: in Go's poller it would have every goroutine's sleep look there too.
func listen(path string) ear {
	fd, err := syscall.InotifyInit1(syscall.IN_CLOEXEC)
	if err != nil {
		return ear{}
	}
	watch, err := syscall.InotifyAddWatch(fd, path, syscall.IN_CLOSE)
	if err != nil {
		_ = syscall.Close(fd) // nothing was written to it
		return ear{}
	}
	e := ear{make(chan struct{}, 1), fd, watch}
	go e.hear()
	return e
}

func (e ear) hear() {
	defer close(e.heard)
	told := make([]byte, 4096)
	for {
		n, err := syscall.Read(e.fd, told)
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case err != nil || ended(told[:n]):
			return
		}
		select {
		case e.heard <- struct{}{}:
		default:
		}
	}
}

// ended tells whether the watch is over: each event has a watch, what happened, two more numbers and no name.
func ended(events []byte) bool {
	for ; len(events) >= syscall.SizeofInotifyEvent; events = events[syscall.SizeofInotifyEvent:] {
		if binary.NativeEndian.Uint32(events[4:])&syscall.IN_IGNORED != 0 {
			return true
		}
	}
	return false
}

// close waits until nobody listens any more. That the watch is over is told too, which ends the waiting for it.
func (e ear) close() {
	if e.heard == nil {
		return
	}
	_, _ = syscall.InotifyRmWatch(e.fd, uint32(e.watch)) // an error: it is over already
	for range e.heard {
		continue
	}
	_ = syscall.Close(e.fd) // nothing was written to it
}
