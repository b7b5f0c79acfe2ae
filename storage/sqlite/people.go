package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"

	"till/domain"
)

// readCustomer folds a customer, with what they told and the source that is charged where none is named.
func readCustomer(s *session, id domain.CustomerID) (*domain.Customer, error) {
	entries, err := readLifeOf(s, "customer", string(id), "cus_")
	if err != nil {
		return nil, err
	}
	c, err := foldCustomer(s, entries)
	if err != nil {
		return nil, err
	}
	sources, err := readSources(s, id)
	if len(sources) > 0 {
		c.Default = sources[0].ID
	}
	return c, err
}

func foldCustomer(s *session, entries []domain.Entry) (*domain.Customer, error) {
	c, err := domain.FoldCustomer(entries)
	if err != nil {
		return nil, err
	}
	c.Client, err = readPerson(s, c.Person.ID)
	return c, err
}

func readSource(s *session, id string) (*domain.KeptSource, error) {
	entries, err := readLifeOf(s, "source", id, "src_")
	if err != nil {
		return nil, err
	}
	return domain.FoldSource(entries)
}

func readMandate(s *session, id domain.MandateID) (*domain.Mandate, error) {
	entries, err := readLifeOf(s, "mandate", string(id), "man_")
	if err != nil {
		return nil, err
	}
	return domain.FoldMandate(entries)
}

func readLifeOf(s *session, what, id, prefix string) ([]domain.Entry, error) {
	entries, err := readStream(s, id)
	if err == nil && (len(entries) == 0 || !strings.HasPrefix(id, prefix)) {
		err = domain.Errorf(domain.CodeNotFound, "there is no %s %s", what, id)
	}
	return entries, err
}

// readSources gives the sources that are kept, those saved last first; of one customer, or "": everybody's.
func readSources(s *session, customer domain.CustomerID) ([]domain.KeptSource, error) {
	query, args := "select id from names where kind = 'source' order by n desc", []any{}
	if customer != "" {
		query, args = "select id from names where kind = 'owner' and name = ? order by n desc", []any{tail(string(customer))}
	}
	ids, err := readIDs(s, query, args...)
	var sources []domain.KeptSource
	for _, id := range ids {
		k, err := readSource(s, id)
		if err != nil {
			return nil, err
		}
		if !k.Removed {
			sources = append(sources, *k)
		}
	}
	slices.SortStableFunc(sources, func(a, b domain.KeptSource) int { return b.CreatedAt.Compare(a.CreatedAt) })
	return sources, err
}

// labelled says of each id in a few words whom or what it means.
func labelled(s *session, kind string, ids []string, err error) ([]domain.Found, error) {
	var found []domain.Found
	for _, id := range ids {
		f := domain.Found{ID: id}
		if f.Label, err = label(s, kind, id); err != nil {
			return nil, err
		}
		found = append(found, f)
	}
	return found, err
}

func label(s *session, kind, id string) (string, error) {
	switch kind {
	case "customer":
		c, err := readCustomer(s, domain.CustomerID(id))
		if err != nil || c.Client.Name() == "" {
			return id, err
		}
		return id + " · " + c.Client.Name(), nil
	case "source":
		k, err := readSource(s, id)
		if err != nil {
			return "", err
		}
		return id + " · " + k.String(), nil
	case "shift":
		shift, err := readShift(s, domain.ShiftID(id))
		if err != nil {
			return "", err
		}
		return id + " · " + string(shift.State) + " · " + domain.FormatTime(shift.OpenedAt), nil
	case "operator":
		o, err := readOperator(s, domain.OperatorID(id))
		if err != nil {
			return "", err
		}
		return o.Name + " · " + string(o.Role), nil
	case "payout":
		p, err := readPayout(s, domain.PayoutID(id))
		if err != nil {
			return "", err
		}
		return p.HumanID + " · " + p.Currency.Display(p.Amount) + " · " + p.State.Words(), nil
	}
	m, err := readMandate(s, domain.MandateID(id))
	if err != nil {
		return "", err
	}
	return id + " · " + string(m.State) + " · " + m.Source.String(), nil
}

// ordersTold gives the orders whose client is meant by what somebody told, in any of the documents that they had.
func ordersTold(s *session, somebody domain.Person) ([]string, error) {
	var rows []string
	err := s.each(func(r *sql.Rows) error {
		var id string
		var body []byte
		if err := r.Scan(&id, &body); err != nil {
			return err
		}
		var told domain.Person
		if err := json.Unmarshal(body, &told); err == nil && told.IsMeantBy(somebody) {
			rows = append(rows, id)
		}
		return nil
	}, "select id, body from people where body <> ''")
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	list, err := json.Marshal(rows)
	if err != nil {
		return nil, err
	}
	return readIDs(s, `select distinct stream from journal where stream >= 'ord_' and stream < 'ord`+"`"+`'
		and instr(body, '"person"') > 0 and json_extract(body, '$.person.id') in (select value from json_each(?))`, string(list))
}

func readIDs(s *session, query string, args ...any) ([]string, error) {
	var ids []string
	err := s.each(func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, query, args...)
	return ids, err
}

// Customers gives those who come back, those of the newest orders first, then the newest; each word of the text begins a
// word of a name or the e-mail address, in any case of letters, or stands in the phone number. Who was forgotten is in the
// list of all. most is how many are wanted; 0 is all.
func (db *DB) Customers(ctx context.Context, text string, most int) ([]domain.Customer, error) {
	words := strings.Fields(strings.ToLower(text))
	var customers []domain.Customer
	err := db.read(ctx, func(s *session) error {
		var ids []string
		err := s.each(func(rows *sql.Rows) error {
			var id, body string
			if err := rows.Scan(&id, &body); err != nil {
				return err
			}
			var told domain.Person
			if len(words) == 0 || json.Unmarshal([]byte(body), &told) == nil && isCalled(told, words) {
				ids = append(ids, id)
			}
			return nil
		}, customersByOrders)
		if most > 0 {
			ids = ids[:min(len(ids), most)]
		}
		for _, id := range ids {
			c, err := readCustomer(s, domain.CustomerID(id))
			if err != nil {
				return err
			}
			customers = append(customers, *c)
		}
		return err
	})
	return customers, err
}

// customersByOrders gives every customer with what they told. An order's place comes after every customer's.
const customersByOrders = `select c.id, coalesce(p.body, '') from names c
	left join names t on t.kind = 'told' and t.id = c.id left join people p on p.id = t.name
	where c.kind = 'customer'
	order by coalesce((select max(b.n) from names b where b.kind = 'buyer' and b.name = c.name), c.n) desc`

// isCalled tells whether each word begins one of a person's names or their e-mail address, or stands in their phone number.
func isCalled(p domain.Person, words []string) bool {
	names := strings.ToLower(strings.Join([]string{"", p.FirstName, p.LastName, p.LegalName, p.Email}, " "))
	digits := domain.Dialled(p.Phone)
	for _, word := range words {
		number := domain.Dialled(word)
		if !strings.Contains(names, " "+word) && (number == "" || !strings.Contains(digits, number)) {
			return false
		}
	}
	return true
}

// Sources gives the sources that are kept of a customer, or "": of everybody, those saved last first.
func (db *DB) Sources(ctx context.Context, customer domain.CustomerID) ([]domain.KeptSource, error) {
	var sources []domain.KeptSource
	err := db.read(ctx, func(s *session) (err error) {
		sources, err = readSources(s, customer)
		return err
	})
	return sources, err
}

// Mandates gives every mandate, newest first.
func (db *DB) Mandates(ctx context.Context) ([]*domain.Mandate, error) {
	var mandates []*domain.Mandate
	err := db.readEach(ctx, "mandate", func(s *session, id string) error {
		m, err := readMandate(s, domain.MandateID(id))
		mandates = append(mandates, m)
		return err
	})
	return mandates, err
}

// readEach hands over the id of everything of a kind, newest first.
func (db *DB) readEach(ctx context.Context, kind string, do func(*session, string) error) error {
	return db.read(ctx, func(s *session) error {
		ids, err := readIDs(s, "select id from names where kind = ? group by id order by n desc", kind)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := do(s, id); err != nil {
				return err
			}
		}
		return nil
	})
}
