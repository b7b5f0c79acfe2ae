package sqlite

import (
	"context"
	"fmt"
	"strconv"

	"till/domain"
)

// migrate applies the steps that the file does not have, all or none, in one immediate transaction. A file that had some
// is copied first, within that transaction: the copy is what the steps begin with, and of several tills that open the file
// together one makes it.
func (db *DB) migrate(ctx context.Context, steps []string) error {
	version, err := db.version(len(steps))
	if err != nil || version == len(steps) {
		return err
	}
	err = db.inTransaction(ctx, func(s *session) error { return db.applySteps(ctx, s, steps) })
	if version > 0 && (isBusy(err) || domain.CodeOf(err) == domain.CodeBusy) { // at the lock, or in the queue before it
		return domain.Errorf(domain.CodeBusy, "%s is held by another till, which may be bringing it up to date", db.path).
			WithHint("try again once that one is done").Because(err)
	}
	return err
}

func (db *DB) applySteps(ctx context.Context, s *session, steps []string) error {
	version, err := db.version(len(steps)) // again: another process may have been faster
	if err != nil || version == len(steps) {
		return err
	}
	if version > 0 {
		db.tell("bringing %s from schema %d to %d", db.path, version, len(steps))
		if err := db.keepCopy(ctx, s, version, len(steps)); err != nil {
			return err
		}
	}
	for _, name := range steps[version:] {
		text, err := schema.ReadFile(name)
		if err != nil {
			return err
		}
		if err := s.script(string(text)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	mark := "pragma user_version = " + strconv.Itoa(len(steps)) + "; pragma application_id = " + strconv.Itoa(applicationID)
	if err := s.script(mark); err != nil || version == 0 {
		return err
	}
	return db.rebuild(ctx, s)
}
