package storagetest

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"testing"
)

// LogOf counts in the write-ahead log beside a database: each commit is one sync of the disk, each frame a page written. It is for
// files whose log has not started over yet.
func LogOf(t testing.TB, database string) (commits, frames int) {
	t.Helper()
	log, err := os.ReadFile(database + "-wal")
	if errors.Is(err, fs.ErrNotExist) {
		return 0, 0
	}
	check(t, err)
	const header, salt = 32, 16
	for at := header; at+FrameSize <= len(log); at += FrameSize {
		if string(log[at+8:at+16]) != string(log[salt:salt+8]) {
			break // of the log before this one
		}
		frames++
		if binary.BigEndian.Uint32(log[at+4:]) != 0 { // the size of the database, in the last frame of a commit
			commits++
		}
	}
	return commits, frames
}
