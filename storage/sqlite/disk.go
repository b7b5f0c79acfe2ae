package sqlite

import (
	"path/filepath"

	"till/domain"
)

// disk is what is known of the disk that a folder lies on.
type disk struct {
	left    uint64 // bytes that a user may still write
	network string // what its file system is called, if it reaches another machine's disk
	known   bool   // how much is left
}

// aliens are the file systems over which locks and shared memory do not hold, by the number that Linux gives them. Those of
// user space (FUSE) are of all kinds, a stick's too, and are not among them.
var aliens = map[uint32]string{
	0x00006969: "NFS", 0x0000517b: "SMB", 0xfe534d42: "SMB", 0xff534d42: "CIFS", 0x01021997: "9P", 0x0000564c: "NCP",
	0x5346414f: "AFS", 0x6b414653: "AFS", 0x73757245: "Coda", 0x00c36400: "Ceph", 0x0bd00bd0: "Lustre", 0x47504653: "GPFS",
	0x7461636f: "OCFS2", 0x01161970: "GFS2", 0x786f4256: "vboxsf", 0xaad7aaea: "PanFS", 0x19830326: "BeeGFS",
}

// atHome refuses a disk of another machine: SQLite's locks do not reach there, and two tills would spoil the file. The
// folder of a new file may not be there yet: it will be on its parent's disk.
func (db *DB) atHome() error {
	at, there := db.path, db.disk(db.path)
	for ; !there.known && at != filepath.Dir(at); there = db.disk(at) {
		at = filepath.Dir(at)
	}
	if there.network != "" {
		return domain.Errorf(domain.CodeInvalid, "%s lies on a network file system (%s), where several tills would spoil it", db.path, there.network).
			WithHint("put it on a disk of this machine, and name it with --db")
	}
	return nil
}
