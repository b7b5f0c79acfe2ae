//go:build linux || darwin

package sqlite

import (
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/storage/storagetest"
)

// Who opens an older file while another till has the turn to write is told what that one may be at, and does it later.
func TestOlderSchemaWhileAnotherWrites(t *testing.T) {
	t.Parallel()
	of, views := template(t, 1)
	path := older(t, of, 3)
	run(t, raw(t, path), "pragma journal_mode = wal") // the queue stands at the log
	var first queue
	leave, err := first.wait(t.Context(), path, time.Second)
	check(t, err)
	if first.at == nil {
		t.Fatal("there is no queue")
	}
	_, err = Open(t.Context(), path, storagetest.Env())
	wantCode(t, err, domain.CodeBusy)
	if err == nil || !strings.Contains(err.Error(), "may be bringing it up to date") {
		t.Error(err)
	}
	leave()
	first.close()
	upToDate(t, path, views, 3)
}
