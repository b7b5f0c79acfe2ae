package sqlite

import (
	"context"
	"database/sql"
	"errors"

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
		return db.rebuild(ctx, s)
	})
}

// The memory that making all views anew may take, 512 MiB, and that of every day, 2: with that little, pages go out to the
// log before they are whole, several times each, and come back from a log that grows.
const (
	roomyCache = "pragma cache_size = -524288"
	usualCache = "pragma cache_size = -2000"
)

// rebuild empties the views and projects every stream once. The head is not made from streams: it stays. What is sorted
// is made last, of the whole: order by order an index costs a page each, and the search a merge.
func (db *DB) rebuild(ctx context.Context, s *session) (err error) {
	if err := s.script(roomyCache); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.script(usualCache)) }()
	indexes, err := dropIndexes(s)
	if err != nil {
		return err
	}
	err = s.script(`delete from orders; delete from names; delete from timers; delete from counters;
		delete from disputes; delete from cares; delete from takings`)
	if err != nil {
		return err
	}
	past, err := db.progress(ctx, s)
	if err != nil {
		return err
	}
	// One stream after another: no more than one is in memory.
	err = eachStream(s, func(life []domain.Entry) error {
		if err := past(len(life)); err != nil {
			return err
		}
		return projectStream(s, life)
	}, "select "+entryColumns+" from journal order by stream, seq")
	if err != nil {
		return err
	}
	return s.script("insert into search (search) values ('rebuild');" + indexes)
}

// dropIndexes takes the indexes off the list of orders, and gives the statements that put them back.
func dropIndexes(s *session) (again string, err error) {
	drop := ""
	err = s.once(func(rows *sql.Rows) error {
		var name, statement string
		err := rows.Scan(&name, &statement)
		drop, again = drop+"drop index "+name+";", again+statement+";"
		return err
	}, "select name, sql from sqlite_schema where type = 'index' and tbl_name = 'orders' and sql is not null order by name")
	if err != nil {
		return "", err
	}
	return again, s.script(drop)
}

// longRebuild is from how many entries on it is told how far a rebuild is, in tenths.
const longRebuild = 100_000

// progress gives what is called for each stream with the number of its entries. It ends the work with ctx.
func (db *DB) progress(ctx context.Context, s *session) (past func(entries int) error, err error) {
	var all, done, told int
	if _, err := s.first([]any{&all}, "select entries from head"); err != nil {
		return nil, err
	}
	return func(entries int) error {
		done += entries
		if tenth := 10 * done / max(all, db.long); tenth > told {
			told = tenth
			db.tell("making the lists anew from the journal: %d %%", 10*tenth)
		}
		return ctx.Err()
	}, nil
}

// eachStream hands over entries that are in the order of their streams, one stream at a time.
func eachStream(s *session, use func([]domain.Entry) error, query string, args ...any) error {
	take := func(life []domain.Entry) error {
		if err := readTold(s, life); err != nil {
			return err
		}
		return use(life)
	}
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
	switch {
	case isNamed(first.Stream):
		after, err := strangerOf(s, life)
		if err != nil {
			return err
		}
		return projectStranger(s, &record{}, after)
	case !isOrder(first.Stream): // the till's own and the clock's: no view has anything of them
		return nil
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
