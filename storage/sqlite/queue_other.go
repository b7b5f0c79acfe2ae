//go:build !linux && !darwin

package sqlite

import (
	"context"
	"time"
)

// queue is none: here who wants to write asks SQLite for its lock until it is free.
type queue struct{}

func (queue) wait(context.Context, string, time.Duration) (leave func(), err error) {
	return func() {}, nil
}

func (queue) close() {}
