package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"regexp"
	"time"

	"till/domain"
)

// Parked gives the sales that are no order yet: the one on the screen first, and those that were put aside.
func (db *DB) Parked(ctx context.Context) ([]domain.ParkedSale, error) {
	var sales []domain.ParkedSale
	err := db.read(ctx, func(s *session) error {
		return s.each(func(rows *sql.Rows) error {
			var p domain.ParkedSale
			var at, client string
			if err := rows.Scan(&p.ID, &at, &p.Customer, &client, &p.Sale); err != nil {
				return err
			}
			if err := readParked(&p, at, client); err != nil {
				return domain.Errorf(domain.CodeStorageCorrupt, "a parked sale cannot be read").Because(err)
			}
			sales = append(sales, p)
			return nil
		}, "select id, at, customer, client, sale from sales order by id <> '', at, id")
	})
	return sales, err
}

func readParked(p *domain.ParkedSale, at, client string) (err error) {
	if at != "" {
		if p.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return err
		}
	}
	if client != "" {
		err = json.Unmarshal([]byte(client), &p.Client)
	}
	return err
}

// Park keeps sales in place of those with their ids, all or none; one that is empty is taken away.
func (db *DB) Park(ctx context.Context, sales ...domain.ParkedSale) error {
	return db.write(ctx, func(s *session) error {
		for _, p := range sales {
			write := putParked
			if len(p.Sale) == 0 {
				write = takeParked
			}
			if err := write(s, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// parkedTime sorts as text.
const parkedTime = "2006-01-02T15:04:05.000000000Z07:00"

// texts are the texts of a JSON document.
var texts = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// putParked is the one door to the table: a card number in a note or a name does not come through it.
func putParked(s *session, p domain.ParkedSale) error {
	at, client := "", ""
	p.Client = p.Client.Clean()
	p.Sale = texts.ReplaceAllFunc(p.Sale, func(text []byte) []byte { return []byte(domain.MaskCards(string(text))) })
	if !p.At.IsZero() {
		at = p.At.UTC().Format(parkedTime)
	}
	if p.Client != (domain.Person{}) {
		text, err := json.Marshal(p.Client)
		if err != nil {
			return err
		}
		client = string(text)
	}
	return s.exec("insert or replace into sales (id, at, customer, client, sale) values (?, ?, ?, ?, ?)",
		p.ID, at, string(p.Customer), client, p.Sale)
}

func takeParked(s *session, p domain.ParkedSale) error {
	found, err := s.first([]any{new(int)}, "select 1 from sales where id = ?", p.ID)
	if err == nil && !found && p.ID != "" {
		err = domain.Errorf(domain.CodeNotFound, "that sale is not parked any more").WithHint("somebody else has taken it")
	}
	if err != nil {
		return err
	}
	return s.exec("delete from sales where id = ?", p.ID)
}
