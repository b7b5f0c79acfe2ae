package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"till/domain"
)

// keepPaper stores what is in a document of evidence, once, under its SHA-256.
func keepPaper(s *session, content []byte) error {
	sum := sha256.Sum256(content)
	return s.exec("insert into papers (sha256, body) values (?, ?) on conflict do update set body = excluded.body",
		hex.EncodeToString(sum[:]), content)
}

// Paper reads a document of evidence by its SHA-256. CodeNotFound if there is none, or it was emptied.
func (db *DB) Paper(ctx context.Context, sum string) ([]byte, error) {
	var content []byte
	err := db.read(ctx, func(s *session) error {
		found, err := s.first([]any{&content}, "select body from papers where sha256 = ?", sum)
		if err == nil && (!found || len(content) == 0) {
			err = domain.Errorf(domain.CodeNotFound, "the evidence %s is not kept any more", sum[:min(12, len(sum))])
		}
		return err
	})
	return content, err
}
