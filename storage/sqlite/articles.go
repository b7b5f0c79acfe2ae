package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"till/domain"
)

// PutArticles adds articles to the catalogue, or puts them in place of those with the same SKU; all or none.
func (db *DB) PutArticles(ctx context.Context, articles []domain.Article) error {
	return db.write(ctx, func(s *session) error {
		for _, a := range articles {
			err := s.exec(`insert or replace into articles (sku, title, price, currency, note, barcode, tax_percent, words) values (?, ?, ?, ?, ?, ?, ?, ?)`,
				a.SKU, a.Title, int64(a.Price), string(a.Currency), a.Note, a.Barcode, a.TaxPercent,
				strings.ToLower(a.SKU+" "+a.Title+" "+a.Note))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Articles finds articles that have every word of the query, in any case, somewhere in SKU, title or note, or
// the whole query as their barcode. Exact SKUs and barcodes come first, the rest by SKU. No query gives all.
func (db *DB) Articles(ctx context.Context, query string, limit int) ([]domain.Article, error) {
	if limit <= 0 {
		limit = -1
	}
	query = strings.TrimSpace(query)
	words, err := json.Marshal(strings.Fields(strings.ToLower(query)))
	if err != nil {
		return nil, fmt.Errorf("encode the words: %w", err)
	}
	var articles []domain.Article
	err = db.read(ctx, func(s *session) error {
		return s.each(func(rows *sql.Rows) error {
			var a domain.Article
			err := rows.Scan(&a.SKU, &a.Title, &a.Price, &a.Currency, &a.Note, &a.Barcode, &a.TaxPercent)
			articles = append(articles, a)
			return err
		}, `select sku, title, price, currency, note, barcode, tax_percent from articles
			where (barcode <> '' and barcode = ?1) or not exists (select 1 from json_each(?2) where instr(words, value) = 0)
			order by (lower(sku) = lower(?1) or (barcode <> '' and barcode = ?1)) desc, sku limit ?3`, query, string(words), limit)
	})
	return articles, err
}
