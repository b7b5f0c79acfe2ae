//go:build !unix

package tui

// unechoed does nothing where terminals are other ones.
func unechoed(uintptr) (undo func()) { return func() {} }
