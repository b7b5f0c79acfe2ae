package sqlite

import "syscall"

// diskOf looks at the disk of a folder.
func diskOf(folder string) disk {
	var found syscall.Statfs_t
	if err := syscall.Statfs(folder, &found); err != nil {
		return disk{}
	}
	return disk{left: found.Bavail * uint64(found.Bsize), network: aliens[uint32(found.Type)], known: true}
}
