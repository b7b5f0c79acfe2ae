//go:build linux || darwin

package sqlite

import (
	"io"
	"runtime"
	"syscall"
)

// deskLocks are locks on bytes far behind the end of the write-ahead log, one for each desk. They belong to the
// opened file, not to the process (fcntl's F_OFD_ commands), and the system lets go of them with it. SQLite has no lock
// on that file, see queue.
type deskLocks struct{ fd int }

// The commands by which such a lock is set, and asked for.
var setLock, askLock = ofd()

func ofd() (set, ask int) {
	if runtime.GOOS == "darwin" {
		return 90, 92
	}
	return 37, 36
}

func openDesks(path string) deskLocks {
	fd, err := syscall.Open(path+"-wal", syscall.O_RDWR|syscall.O_CLOEXEC, 0)
	if err != nil { // a file that is not ours to write keeps no sale
		fd = -1
	}
	return deskLocks{fd}
}

func lockOf(number int) *syscall.Flock_t {
	return &syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart, Start: 1<<40 + int64(number), Len: 1}
}

// take tells whether the desk is ours now; so it is where a disk knows no such lock.
func (l deskLocks) take(number int) bool {
	if l.fd < 0 {
		return true
	}
	err := syscall.FcntlFlock(uintptr(l.fd), setLock, lockOf(number))
	return err != syscall.EAGAIN && err != syscall.EACCES
}

// taken tells whether somebody else stands there.
func (l deskLocks) taken(number int) bool {
	lock := lockOf(number)
	return l.fd >= 0 && syscall.FcntlFlock(uintptr(l.fd), askLock, lock) == nil && lock.Type != syscall.F_UNLCK
}

func (l deskLocks) close() {
	if l.fd >= 0 {
		_ = syscall.Close(l.fd) // nothing was written to it
	}
}
