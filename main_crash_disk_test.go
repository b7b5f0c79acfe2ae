package main

import (
	dice "math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// disk stands between SQLite and the files of this process. It tells of each write before the next one, and knows what
// was written and not synced since: that is what a power cut may lose. Of what the directory holds it knows nothing.
type disk struct {
	sync.Mutex                          // held while SQLite writes or syncs
	wrote      func(path string)        // after a write; the lock is held
	syncs      func(path string)        // before a sync; the lock is held
	opened     map[uintptr]string       // SQLite's open files
	handles    map[string]*os.File      // to look at and to change what lies under them
	unsynced   []scribble               // oldest first
	methods    map[uintptr]*fileMethods // SQLite's own, and those that stand before them
	open       uintptr                  // SQLite's own way to open a file
	held       []any                    // what only C points at; handles of files that are gone, as closing one would take SQLite's locks
}

// scribble is a change of a file that only the operating system has so far.
type scribble struct {
	path   string
	at     int64
	before []byte // what stood there
	size   int64  // of the file, before
	after  []byte // what was written; nil where the file was cut to at
}

type fileMethods struct {
	own  sqlite3.Tsqlite3_io_methods
	ours sqlite3.Tsqlite3_io_methods
}

// SQLite's callbacks, as the driver has them.
type (
	openCall  = func(tls *libc.TLS, vfs, name, file uintptr, flags int32, out uintptr) int32
	writeCall = func(tls *libc.TLS, file, from uintptr, n int32, at int64) int32
	cutCall   = func(tls *libc.TLS, file uintptr, size int64) int32
	syncCall  = func(tls *libc.TLS, file uintptr, flags int32) int32
)

// function is a function as SQLite keeps it, and under what lies at an address of SQLite's.
func function[F any](p uintptr) F     { return *(*F)(unsafe.Pointer(&p)) }
func under[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) }

// lent is a function for SQLite to keep.
func lent[F any](d *disk, f F) uintptr {
	d.held = append(d.held, f)
	return *(*uintptr)(unsafe.Pointer(&f))
}

// watchDisk puts a disk under everything that this process opens from now on.
func watchDisk(wrote, syncs func(path string)) *disk {
	d := &disk{
		wrote: wrote, syncs: syncs, opened: map[uintptr]string{}, handles: map[string]*os.File{},
		methods: map[uintptr]*fileMethods{},
	}
	vfs := under[sqlite3.Tsqlite3_vfs](sqlite3.Xsqlite3_vfs_find(libc.NewTLS(), 0))
	d.open = vfs.FxOpen
	vfs.FxOpen = lent[openCall](d, d.opens)
	return d
}

func (d *disk) opens(tls *libc.TLS, vfs, name, file uintptr, flags int32, out uintptr) int32 {
	code := function[openCall](d.open)(tls, vfs, name, file, flags, out)
	if code != sqlite3.SQLITE_OK || name == 0 { // a temporary file outlives nothing
		return code
	}
	d.Lock()
	defer d.Unlock()
	path := libc.GoString(name)
	d.opened[file] = path
	d.handle(path)
	f := under[sqlite3.Tsqlite3_file](file)
	m := d.methods[f.FpMethods]
	if m == nil {
		m = &fileMethods{own: *under[sqlite3.Tsqlite3_io_methods](f.FpMethods)}
		m.ours = m.own
		m.ours.FxWrite = lent(d, m.write(d))
		m.ours.FxTruncate = lent(d, m.cut(d))
		m.ours.FxSync = lent(d, m.sync(d))
		d.methods[f.FpMethods] = m
	}
	f.FpMethods = uintptr(unsafe.Pointer(&m.ours))
	return code
}

// handle has a file at hand as it is now: SQLite takes its log away and makes a new one.
func (d *disk) handle(path string) *os.File {
	f := d.handles[path]
	now, err := os.Stat(path)
	if err != nil {
		panic(err)
	}
	if f != nil {
		if was, err := f.Stat(); err == nil && os.SameFile(was, now) {
			return f
		}
		d.held = append(d.held, f)
		d.unsynced = slices.DeleteFunc(d.unsynced, func(s scribble) bool { return s.path == path })
	}
	if f, err = os.OpenFile(path, os.O_RDWR, 0); err != nil {
		panic(err)
	}
	d.handles[path] = f
	return f
}

// note keeps what a change is about to overwrite.
func (d *disk) note(file uintptr, at int64, after []byte, length int64) (path string) {
	path = d.opened[file]
	f := d.handles[path]
	info, err := f.Stat()
	if err != nil {
		panic(err)
	}
	s := scribble{path: path, at: at, size: info.Size(), after: after}
	if s.before = make([]byte, max(0, min(length, s.size-at))); len(s.before) > 0 {
		if _, err := f.ReadAt(s.before, at); err != nil {
			panic(err)
		}
	}
	if !strings.HasSuffix(path, ".part") { // which the till itself syncs, past SQLite
		d.unsynced = append(d.unsynced, s)
	}
	return path
}

func (m *fileMethods) write(d *disk) writeCall {
	return func(tls *libc.TLS, file, from uintptr, n int32, at int64) int32 {
		d.Lock()
		defer d.Unlock()
		path := d.note(file, at, slices.Clone(unsafe.Slice(under[byte](from), n)), int64(n))
		code := function[writeCall](m.own.FxWrite)(tls, file, from, n, at)
		d.wrote(path)
		return code
	}
}

func (m *fileMethods) cut(d *disk) cutCall {
	return func(tls *libc.TLS, file uintptr, size int64) int32 {
		d.Lock()
		defer d.Unlock()
		path := d.note(file, size, nil, 1<<62)
		code := function[cutCall](m.own.FxTruncate)(tls, file, size)
		d.wrote(path)
		return code
	}
}

func (m *fileMethods) sync(d *disk) syncCall {
	return func(tls *libc.TLS, file uintptr, flags int32) int32 {
		d.Lock()
		defer d.Unlock()
		path := d.opened[file]
		d.syncs(path)
		code := function[syncCall](m.own.FxSync)(tls, file, flags)
		if code == sqlite3.SQLITE_OK {
			d.unsynced = slices.DeleteFunc(d.unsynced, func(s scribble) bool { return s.path == path })
		}
		return code
	}
}

const sector = 512 // bytes that a disk writes as one

// cutPower leaves on the disk what was synced, and of the rest nothing, or whatever the dice say, a write perhaps torn.
// The lock must be held, and is never given back: nothing is written after a power cut.
func (d *disk) cutPower(rolls *dice.Rand) error {
	for _, s := range slices.Backward(d.unsynced) {
		f := d.handles[s.path]
		if _, err := f.WriteAt(s.before, s.at); err != nil {
			return err
		}
		if err := f.Truncate(s.size); err != nil {
			return err
		}
	}
	if rolls.IntN(2) == 0 {
		return nil
	}
	for _, s := range d.unsynced {
		f, err := d.handles[s.path], error(nil)
		switch luck := rolls.IntN(4); {
		case luck == 0:
		case s.after == nil:
			err = f.Truncate(s.at)
		case luck == 1:
			_, err = f.WriteAt(s.after[:rolls.IntN(len(s.after)/sector+1)*sector], s.at)
		default:
			_, err = f.WriteAt(s.after, s.at)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
