package sandbox

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"till/domain"
)

// The outbox. Every fact is told in a notice of its own. A delivery is a row of its own too, so that the same
// notice can arrive twice, and late, and after one that came later.

// telling is how the notice of a fact goes out.
type telling int

const (
	tellUsual telling = iota // at once, unless notices are held back
	tellLater                // by hand
	tellTwice
	tellNever
)

// noticeMessage is a notice as it is sent.
type noticeMessage struct {
	ID   string     `json:"id"`
	Type string     `json:"type"`
	At   time.Time  `json:"created_on"`
	Data noticeData `json:"data"`
}

type noticeData struct {
	ID        string        `json:"id"`        // the payment's here
	Reference string        `json:"reference"` // the merchant's
	Key       string        `json:"idempotency_key,omitempty"`
	Action    actionMessage `json:"action"`
	detail
}

// tell puts the notice of a fact into the outbox.
func (s *Sandbox) tell(ctx context.Context, tx *sql.Tx, payment string, f fact) error {
	id := "evt_" + strings.TrimPrefix(f.action, "act_")
	body, err := json.Marshal(noticeMessage{ID: id, Type: f.event, At: f.at, Data: noticeData{
		ID: f.account, Reference: payment, Key: f.key, Action: actionsOf([]fact{f})[0], detail: f.detail,
	}})
	if err != nil {
		return err
	}
	secret, err := readSetting(ctx, tx, settingSecret)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx,
		`INSERT INTO notice (id, number, action, body, signature, state)
		 VALUES (?, (SELECT coalesce(max(number), 0) + 1 FROM notice), ?, ?, ?, ?)`,
		id, f.action, string(body), signatureOf(secret, string(body)), domain.NoticePending)
	if err != nil {
		return err
	}
	return s.sendOut(ctx, tx, id, f)
}

func (s *Sandbox) sendOut(ctx context.Context, tx *sql.Tx, id string, f fact) error {
	switch f.telling {
	case tellNever:
		return setState(ctx, tx, id, domain.NoticeDropped)
	case tellLater:
		return nil
	}
	if hold, err := readSetting(ctx, tx, settingHold); err != nil || hold == on {
		return err
	}
	if f.telling == tellTwice {
		if err := deliver(ctx, tx, id, f.at); err != nil {
			return err
		}
	}
	return deliver(ctx, tx, id, f.at)
}

// deliver hands a notice to the merchant, once more if it has been there.
func deliver(ctx context.Context, tx *sql.Tx, id string, at time.Time) error {
	if err := setState(ctx, tx, id, domain.NoticeDelivered); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO delivery (notice, at) VALUES (?, ?)", id, domain.FormatTime(at))
	return err
}

func setState(ctx context.Context, tx *sql.Tx, id, state string) error {
	_, err := tx.ExecContext(ctx, "UPDATE notice SET state = ?, due = '' WHERE id = ?", state, id)
	return err
}

// deliverDue delivers the delayed notices whose time has come by now.
func deliverDue(ctx context.Context, tx *sql.Tx, now time.Time) error {
	due, err := readNotices(ctx, tx, "due <> '' AND due <= ? ORDER BY due, number", domain.FormatTime(now))
	if err != nil {
		return err
	}
	for _, n := range due {
		if err := deliver(ctx, tx, n.ID, n.DueAt); err != nil {
			return err
		}
	}
	return nil
}

// release sends out the notices of facts that were to be told later and still wait.
func (s *Sandbox) release(ctx context.Context, tx *sql.Tx, facts []fact, now time.Time) error {
	if hold, err := readSetting(ctx, tx, settingHold); err != nil || hold == on {
		return err
	}
	for _, f := range facts {
		if f.telling != tellLater {
			continue // told by an earlier call
		}
		waiting, err := readNotices(ctx, tx, "action = ? AND state = ? AND due = ''", f.action, domain.NoticePending)
		if err != nil {
			return err
		}
		for _, n := range waiting {
			if err := deliver(ctx, tx, n.ID, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// signatureOf is the hex HMAC-SHA256 over a body as it is sent.
func signatureOf(secret, body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = mac.Write([]byte(body)) // a hash never fails
	return hex.EncodeToString(mac.Sum(nil))
}

// batch is how many deliveries are given at once.
const batch = 500

// Notices gives what was delivered after a position, oldest first, at most some hundreds at once. What does not
// bear the gateway's signature is left out. A position that is none is a domain.Error (invalid).
func (s *Sandbox) Notices(ctx context.Context, after string) ([]domain.Notice, error) {
	from, err := strconv.ParseInt("0"+after, 10, 64)
	if err != nil {
		return nil, domain.Invalid("the position", map[string]string{"after": "is no position"})
	}
	if quiet, err := s.quiet(ctx, from); err != nil || quiet {
		return nil, err
	}
	var notices []domain.Notice
	err = s.visit(ctx, func(tx *sql.Tx, _ time.Time) error {
		var err error
		notices, err = readDeliveries(ctx, tx, from)
		return err
	})
	return notices, err
}

// quiet tells, without a lock, whether nothing was delivered after a position and nothing has come due.
func (s *Sandbox) quiet(ctx context.Context, after int64) (bool, error) {
	if s.rehearsal != nil {
		return false, nil
	}
	now := domain.FormatTime(s.now())
	var quiet bool
	err := s.db.QueryRowContext(ctx,
		`SELECT NOT (EXISTS (SELECT 1 FROM delivery WHERE pos > ?)
			OR EXISTS (SELECT 1 FROM notice WHERE due <> '' AND due <= ?)
			OR EXISTS (SELECT 1 FROM waiting WHERE at <> '' AND at <= ?))`, after, now, now).Scan(&quiet)
	return quiet, storageError("read", err)
}

func readDeliveries(ctx context.Context, tx *sql.Tx, after int64) (notices []domain.Notice, err error) {
	secret, err := readSetting(ctx, tx, settingSecret)
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx,
		`SELECT pos, body, signature FROM delivery JOIN notice ON notice.id = delivery.notice
		 WHERE pos > ? ORDER BY pos LIMIT ?`, after, batch)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var n domain.Notice
		if err := rows.Scan(&n.Position, &n.Body, &n.Signature); err != nil {
			return nil, err
		}
		if !hmac.Equal([]byte(n.Signature), []byte(signatureOf(secret, n.Body))) {
			continue
		}
		if err := readBody(&n); err != nil {
			return nil, err
		}
		notices = append(notices, n)
	}
	return notices, rows.Err()
}

// readBody takes out of a body what the notice says, as any merchant would.
func readBody(n *domain.Notice) error {
	var m noticeMessage
	if err := json.Unmarshal([]byte(n.Body), &m); err != nil {
		return err
	}
	a := m.Data.Action
	n.ID, n.Type, n.At, n.Payment = m.ID, m.Type, m.At, domain.PaymentID(m.Data.Reference)
	n.Facts = factsOf([]fact{{
		account: m.Data.ID, currency: string(a.Currency), action: a.ID, at: a.At, key: m.Data.Key, event: a.Type,
		amount: int64(a.Amount), released: int64(a.Released), refund: a.Reference, code: a.Code, detail: m.Data.detail,
	}})
	return nil
}
