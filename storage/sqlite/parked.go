package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"regexp"
	"slices"
	"time"

	"till/domain"
)

// Parked gives the sales that are no order yet: the one on the screen of this console first, then those on other screens,
// and those that were put aside.
func (db *DB) Parked(ctx context.Context) ([]domain.ParkedSale, error) {
	var sales []domain.ParkedSale
	err := db.read(ctx, func(s *session) error {
		db.desk.stand(db.path)
		return s.each(func(rows *sql.Rows) error {
			var p domain.ParkedSale
			var at, client string
			if err := rows.Scan(&p.ID, &at, &p.Customer, &client, &p.Sale); err != nil {
				return err
			}
			if err := readParked(&p, at, client); err != nil {
				return domain.Errorf(domain.CodeStorageCorrupt, "a parked sale cannot be read").Because(err)
			}
			p.Elsewhere = db.desk.elsewhere(screenOf(p.ID))
			p.ID = db.desk.id(p.ID)
			sales = append(sales, p)
			return nil
		}, "select id, at, customer, client, sale from sales order by id <> '', at, id")
	})
	slices.SortStableFunc(sales, func(a, b domain.ParkedSale) int { // the list is in the order of time
		return min(len(a.ID), 1) - min(len(b.ID), 1)
	})
	return sales, err
}

func readParked(p *domain.ParkedSale, at, client string) (err error) {
	if at != "" {
		if p.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return err
		}
	}
	var who parkedClient
	if client != "" {
		err = json.Unmarshal([]byte(client), &who)
	}
	p.Client, p.Notes = who.Person, who.Lines
	return err
}

// parkedClient is whom a sale is for as its row has them, with the notes on its lines, which go with them.
type parkedClient struct {
	domain.Person
	Lines map[int]string `json:"line_notes,omitempty"`
}

// Park keeps sales in place of those with their ids, all or none; one that is empty is taken away.
func (db *DB) Park(ctx context.Context, sales ...domain.ParkedSale) error {
	return db.write(ctx, func(s *session) error {
		db.desk.stand(db.path)
		for _, p := range sales {
			own := p.ID == ""
			p.ID = db.desk.row(p.ID)
			if !own && db.desk.elsewhere(screenOf(p.ID)) {
				return errTaken()
			}
			write := putParked
			if len(p.Sale) == 0 {
				write = takeParked
			}
			if err := write(s, p); err != nil && !(own && domain.CodeOf(err) == domain.CodeNotFound) {
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
	if p.Client != (domain.Person{}) || len(p.Notes) > 0 {
		who := parkedClient{p.Client, map[int]string{}}
		for line, note := range p.Notes {
			who.Lines[line] = domain.MaskCards(note)
		}
		text, err := json.Marshal(who)
		if err != nil {
			return err
		}
		client = string(text)
	}
	return s.exec("insert or replace into sales (id, at, customer, client, sale) values (?, ?, ?, ?, ?)",
		p.ID, at, string(p.Customer), client, p.Sale)
}

func errTaken() error {
	return domain.Errorf(domain.CodeNotFound, "that sale is not parked any more").WithHint("somebody else has taken it")
}

func takeParked(s *session, p domain.ParkedSale) error {
	found, err := s.first([]any{new(int)}, "select 1 from sales where id = ?", p.ID)
	if err == nil && !found {
		err = errTaken()
	}
	if err != nil {
		return err
	}
	return s.exec("delete from sales where id = ?", p.ID)
}
