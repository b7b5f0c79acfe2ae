package sandbox

import (
	"context"
	"database/sql"
	"time"
)

// catchUp does what has come due by now, each at its own time and in order, before anything else is looked at.
// Every update of the books begins with it.
func (s *Sandbox) catchUp(ctx context.Context, tx *sql.Tx, now time.Time) error {
	return deliverDue(ctx, tx, now)
}
