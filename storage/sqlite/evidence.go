package sqlite

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"till/domain"
)

// keepPapers stores the evidence that an entry brings, each paper once for an order, and empties what it says goes.
func keepPapers(s *session, e domain.Entry) error {
	for _, p := range e.Brings.Papers {
		sum := sha256.Sum256(p.Content)
		err := s.exec(`insert into papers (sha256, "order", body, name) values (?, ?, ?, ?)
			on conflict do update set body = excluded.body, name = excluded.name`,
			hex.EncodeToString(sum[:]), e.Stream, p.Content, p.Name)
		if err != nil {
			return err
		}
	}
	for _, sum := range e.Brings.Emptied {
		if err := s.exec(`update papers set body = x'', name = '' where sha256 = ? and "order" = ?`, sum, e.Stream); err != nil {
			return err
		}
	}
	return nil
}

// Paper reads a document of an order's evidence by its SHA-256. CodeNotFound if it has none such, or it was emptied:
// that another order has the same is no matter.
func (db *DB) Paper(ctx context.Context, order domain.OrderID, sum string) ([]byte, error) {
	var content []byte
	err := db.read(ctx, func(s *session) error {
		found, err := s.first([]any{&content}, `select body from papers where sha256 = ? and "order" = ? and body <> x''`, sum, string(order))
		if err == nil && !found {
			err = domain.Errorf(domain.CodeNotFound, "the evidence %s is not kept any more", short(sum))
		}
		return err
	})
	return content, err
}

// PaperNames gives what the documents of an order's evidence are called, by SHA-256, without those that were emptied.
func (db *DB) PaperNames(ctx context.Context, order domain.OrderID) (map[string]string, error) {
	var names map[string]string
	err := db.read(ctx, func(s *session) (err error) {
		names, err = readPaperNames(s, order)
		return err
	})
	return names, err
}

func readPaperNames(s *session, order domain.OrderID) (map[string]string, error) {
	names := map[string]string{}
	err := s.each(func(rows *sql.Rows) error {
		var sum, name string
		err := rows.Scan(&sum, &name)
		names[sum] = name
		return err
	}, `select sha256, name from papers where "order" = ? and name <> ''`, string(order))
	return names, err
}

// checkPapers compares the evidence that an entry names with what the cabinet keeps of it. What was forgotten leaves
// an empty row.
func (w *walk) checkPapers(s *session, e stored) error {
	if e.Kind != domain.KindEvidenceAdded && e.Kind != domain.KindOperationRequested || !bytes.Contains(e.Body, []byte(`"papers"`)) {
		return nil
	}
	var told struct {
		Papers []domain.Paper `json:"papers"`
	}
	if err := json.Unmarshal(e.Body, &told); err != nil {
		return nil // a body that is no JSON has been reported by its hash
	}
	for _, p := range told.Papers {
		var content []byte
		found, err := s.first([]any{&content}, `select cast(body as blob) from papers where sha256 = ? and "order" = ?`, p.SHA256, e.Stream)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(content)
		switch {
		case !found:
			w.broken(e.Seq, e.Subject, fmt.Sprintf("its evidence %s is missing", short(p.SHA256)))
		case len(content) > 0 && hex.EncodeToString(sum[:]) != p.SHA256:
			w.broken(e.Seq, e.Subject, fmt.Sprintf("its evidence %s is not what was added", short(p.SHA256)))
		}
	}
	return nil
}

// short is the beginning of a sum, which tells papers apart.
func short(sum string) string { return sum[:min(12, len(sum))] }
