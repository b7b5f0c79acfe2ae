package sandbox

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"strconv"
)

// What the gateway's file remembers of how it was set.
const (
	settingSecret  = "secret"  // signs notices
	settingSeed    = "seed"    // of its dice
	settingProfile = "profile" // how keys are treated
	settingHold    = "hold"    // new notices wait
)

const on = "on"

// querier is a transaction, or the file outside one.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// readSetting gives a setting's value, empty if it was never set.
func readSetting(ctx context.Context, q querier, name string) (string, error) {
	var value string
	err := q.QueryRowContext(ctx, "SELECT value FROM setting WHERE name = ?", name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

func writeSetting(ctx context.Context, tx *sql.Tx, name, value string) error {
	_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, value)
	return err
}

// seal gives a new file its secret and its seed.
func (s *Sandbox) seal(ctx context.Context, tx *sql.Tx) error {
	if secret, err := readSetting(ctx, tx, settingSecret); err != nil || secret != "" {
		return err
	}
	key := make([]byte, 32)
	for i := range key {
		key[i] = byte(s.env.Rand(256))
	}
	if err := writeSetting(ctx, tx, settingSecret, hex.EncodeToString(key)); err != nil {
		return err
	}
	return writeSetting(ctx, tx, settingSeed, strconv.Itoa(s.env.Rand(1_000_000)))
}
