package storagetest

import (
	"os"
	"testing"
	"time"
)

// What a write-ahead log is made of.
const (
	FrameSize = 24 + 4096 // a page and its header, in bytes
	LogFrames = 1000      // after which the log starts over
)

// Floor is what the disk alone takes for a durable step: it overwrites pages in a file, again and again, as
// SQLite does in its log, with an fsync after each step.
type Floor struct {
	file  *os.File
	pages []byte
	at    int64
}

// NewFloor makes the file; pages is how many of 4 KiB a step writes.
func NewFloor(t testing.TB, path string, pages int) *Floor {
	t.Helper()
	file, err := os.Create(path)
	check(t, err)
	t.Cleanup(func() { check(t, file.Close()) })
	_, err = file.Write(make([]byte, LogFrames*FrameSize))
	check(t, err)
	check(t, file.Sync())
	return &Floor{file: file, pages: make([]byte, pages*FrameSize)}
}

// Write does one step and tells how long it took.
func (f *Floor) Write(t testing.TB) time.Duration {
	t.Helper()
	if f.at+int64(len(f.pages)) > LogFrames*FrameSize {
		f.at = 0
	}
	at := time.Now()
	_, err := f.file.WriteAt(f.pages, f.at)
	check(t, err)
	check(t, f.file.Sync())
	f.at += int64(len(f.pages))
	return time.Since(at)
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
