//go:build !linux && !darwin

package sqlite

// spaceLeft is how many bytes a user may still write to the disk of a folder, where that can be told.
func spaceLeft(string) (bytes uint64, known bool) { return 0, false }
