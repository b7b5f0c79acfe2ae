//go:build linux || darwin

package sqlite

import "syscall"

// spaceLeft is how many bytes a user may still write to the disk of a folder, where that can be told.
func spaceLeft(folder string) (bytes uint64, known bool) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return 0, false
	}
	return disk.Bavail * uint64(disk.Bsize), true
}
