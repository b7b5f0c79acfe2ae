package sqlite

import (
	"context"
	"database/sql"

	"till/domain"
)

// Rebuild makes the views anew from the journal, in one transaction. A journal that does not stand as it was
// written is refused (CodeStorageCorrupt): its views may be all that is left of the truth.
func (db *DB) Rebuild(ctx context.Context) error {
	verdict, err := db.Verify(ctx)
	if err != nil {
		return err
	}
	if !verdict.OK {
		first := verdict.Broken[0]
		return domain.Errorf(domain.CodeStorageCorrupt, "the journal does not stand as it was written: entry %d %s", first.Seq, first.What).
			WithHint("see: till journal verify")
	}
	return db.write(ctx, func(s *session) error {
		if _, err := db.readEnd(s); err != nil {
			return err
		}
		db.warm.drop()
		return rebuild(s)
	})
}

// rebuild empties the views and projects every stream once. The head is not made from streams: it stays.
func rebuild(s *session) error {
	err := s.script(`delete from orders; delete from names; delete from timers; delete from counters;
		delete from disputes; delete from cares; delete from takings`)
	if err != nil {
		return err
	}
	// One stream after another: no more than one is in memory.
	err = eachStream(s, func(life []domain.Entry) error { return projectStream(s, life) }, "select "+entryColumns+
		" from journal where substr(stream, 1, instr(stream, '_')) in ('ord_', 'cus_', 'src_', 'man_', 'po_', 'shf_', 'opr_') order by stream, seq")
	if err != nil {
		return err
	}
	return s.exec("insert into search (search) values ('rebuild')") // of the words that stand in the orders
}

// eachStream hands over entries that are in the order of their streams, one stream at a time.
func eachStream(s *session, take func([]domain.Entry) error, query string, args ...any) error {
	var life []domain.Entry
	err := s.each(func(rows *sql.Rows) error {
		e, err := scanEntry(rows)
		if err != nil {
			return err
		}
		if len(life) > 0 && life[0].Stream != e.Stream {
			if err := take(life); err != nil {
				return err
			}
			life = life[:0]
		}
		life = append(life, e)
		return nil
	}, query, args...)
	if err != nil || len(life) == 0 {
		return err
	}
	return take(life)
}

func projectStream(s *session, life []domain.Entry) error {
	first := life[0]
	if isNamed(first.Stream) {
		after, err := strangerOf(s, life)
		if err != nil {
			return err
		}
		return projectStranger(s, &record{}, after)
	}
	o, err := foldOrder(s, life)
	if err != nil {
		return err
	}
	return project(s, &record{}, recordOf(o, first.Seq))
}

// foldOrder makes an order of its entries, with its person.
func foldOrder(s *session, entries []domain.Entry) (*domain.Order, error) {
	l := &life{entries: entries}
	if err := l.fold(); err != nil {
		return nil, err
	}
	return l.order, l.readCabinet(s)
}
