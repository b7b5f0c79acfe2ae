package sqlite

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/storage/storagetest"
)

// schemaSteps are the numbered steps, and with that all the schemas that ever were.
func schemaSteps(t testing.TB) []string {
	t.Helper()
	steps, err := fs.Glob(schema, "schema/*.sql")
	check(t, err)
	return steps
}

// older makes a file as a till of an earlier schema left it, with the journal and the people of another file, and with a
// sale on the screen.
func older(t testing.TB, of string, version int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "till.db")
	check(t, makeFile(path))
	db := raw(t, path)
	db.SetMaxOpenConns(1) // what is attached is one connection's
	run(t, db, "pragma journal_mode = wal")
	for _, name := range schemaSteps(t)[:version] {
		text, err := schema.ReadFile(name)
		check(t, err)
		run(t, db, string(text))
	}
	run(t, db, fmt.Sprintf("pragma user_version = %d; pragma application_id = %d", version, applicationID))
	run(t, db, "attach ? as of", of)
	run(t, db, `insert into main.journal select * from of.journal; insert into main.people select * from of.people;
		delete from main.head; insert into main.head select * from of.head`)
	if version < 7 {
		run(t, db, `insert into parked values (1, cast('{"cart":{"currency":"EUR"},"client":{"first_name":"Ann"}}' as blob))`)
	} else {
		run(t, db, `insert into sales values ('', '', '', '{"first_name":"Ann"}', cast('{"cart":{"currency":"EUR"}}' as blob))`)
	}
	run(t, db, "detach of")
	check(t, db.Close())
	return path
}

// template is a file in which something has happened, and what its views hold.
func template(t testing.TB, orders int) (path, views string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "till.db")
	db, err := Open(t.Context(), path, storagetest.Env())
	check(t, err)
	fill(t, db, orders)
	views = dump(t, db)
	check(t, db.Close())
	return path, views
}

// upToDate fails unless a file that was older has all that it had, is of the newest schema, and has one sound copy of what it
// was beside it.
func upToDate(t testing.TB, path, views string, version int) {
	t.Helper()
	db := open(t, path)
	if got := dump(t, db); got != views {
		t.Errorf("from schema %d:\n%s\nis not\n%s", version, got, views)
	}
	sales, err := db.Parked(t.Context())
	check(t, err)
	if len(sales) != 1 || sales[0].Client.FirstName != "Ann" || string(sales[0].Sale) != `{"cart":{"currency":"EUR"}}` {
		t.Errorf("from schema %d the sale on the screen has become %+v", version, sales)
	}
	if found := breaks(t, db); found != nil {
		t.Error(found)
	}
	kept := keptCopies(path)
	if beside, _ := filepath.Glob(path[:len(path)-len(".db")] + ".before*"); len(kept) != 1 || !slices.Equal(kept, beside) {
		t.Fatalf("kept beside it: %v", beside)
	}
	info, err := os.Stat(kept[0])
	check(t, err)
	was, err := sightOf(db.writer)
	check(t, err)
	was.version = int64(version)
	if err := db.isCopy(t.Context(), kept[0], was); err != nil || info.Mode() != 0o600 {
		t.Errorf("the copy %s, %v: %v", kept[0], info.Mode(), err)
	}
}

// A file of each schema that ever was gets the steps that it lacks, and its views anew; what it was is kept beside it,
// once, and it is told.
func TestEveryOlderSchema(t *testing.T) {
	t.Parallel()
	of, views := template(t, 3)
	newest := len(schemaSteps(t))
	for version := 1; version < newest; version++ {
		path := older(t, of, version)
		var told []string
		listen := Telling(func(line string) { told = append(told, line) })
		for range 2 { // the second time there is nothing to do
			db, err := Open(t.Context(), path, storagetest.Env(), listen)
			check(t, err)
			check(t, db.Close())
		}
		upToDate(t, path, views, version)
		want := []string{fmt.Sprintf("from schema %d to %d", version, newest), keptName(path, newest, 1)}
		if len(told) != 2 || !strings.Contains(told[0], want[0]) || !strings.Contains(told[1], want[1]) {
			t.Errorf("it is told: %q", told)
		}
	}
	t.Logf("proof: %d older schemas brought up to date, each with a copy of what was", newest-1)
}

// Eight processes open a file of an older schema at the same moment: one brings it up to date, all find what was in it.
func TestOlderSchemaOpenedTogether(t *testing.T) {
	t.Parallel()
	of, views := template(t, 20)
	rounds := storagetest.Scaled(t, 3)
	for round := range rounds {
		version := 1 + round%(len(schemaSteps(t))-1)
		path := older(t, of, version)
		errs := make(chan error, 8)
		for i := range cap(errs) {
			cmd := command(t, fmt.Sprint("O", i), path, 0)
			go func() { errs <- cmd.Run() }()
		}
		for range cap(errs) {
			check(t, <-errs)
		}
		upToDate(t, path, views, version)
	}
	t.Logf("proof: %d files of an older schema opened by 8 processes at once", rounds)
}

// A process is killed while it brings a file up to date: the next one does it, and there is one copy of what was.
func TestKilledInAMigration(t *testing.T) {
	t.Parallel()
	of, views := template(t, 20)
	rounds := storagetest.Scaled(t, 3)
	kills := 0
	for round := range rounds {
		version := 1 + round%(len(schemaSteps(t))-1)
		path := older(t, of, version)
		for line := 1; line <= 9; line++ { // before the copy, after it, and as the lists are made
			cmd := command(t, "M", path, line)
			out, err := cmd.StdoutPipe()
			check(t, err)
			check(t, cmd.Start())
			lines := bufio.NewScanner(out)
			if !lines.Scan() {
				t.Fatal("the child was never as far")
			}
			check(t, cmd.Process.Kill())
			if err := cmd.Wait(); err == nil {
				t.Fatal("the child ended by itself")
			}
			kills++
		}
		upToDate(t, path, views, version)
	}
	t.Logf("proof: %d kills in a migration, nothing lost, one copy each", kills)
}

// migrating opens a file, says when so many lines were told, and waits to be killed.
func migrating(path string, lines int) error {
	_, err := Open(context.Background(), path, storagetest.Env(), func(db *DB) { db.long = 1 }, Telling(func(string) {
		if lines--; lines == 0 {
			fmt.Println("now")
			select {}
		}
	}))
	return errors.Join(err, errors.New("nobody came"))
}

// A copy that another life of the file left is not taken for one of this.
func TestAnotherCopyIsKeptToo(t *testing.T) {
	t.Parallel()
	of, _ := template(t, 2)
	other, _ := template(t, 1)
	path := older(t, of, 3)
	newest := len(schemaSteps(t))
	check(t, os.Rename(older(t, other, 3), keptName(path, newest, 1)))
	open(t, path)
	if kept := keptCopies(path); !slices.Equal(kept, []string{keptName(path, newest, 2), keptName(path, newest, 1)}) {
		t.Error(kept)
	}
	if keptName(path, 9, 11) != strings.TrimSuffix(path, ".db")+".before-schema-9-"+strconv.Itoa(11)+".db" {
		t.Error(keptName(path, 9, 11))
	}
}

// A file whose copy would have a longer name than a disk takes is left as it is, and whoever opens it is told.
func TestNoNameForTheCopy(t *testing.T) {
	t.Parallel()
	of, _ := template(t, 1)
	path := filepath.Join(t.TempDir(), strings.Repeat("t", 240)+".db")
	check(t, os.Rename(older(t, of, 3), path))
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	_, err := Open(ctx, path, storagetest.Env())
	wantCode(t, err, domain.CodeStorageReadonly)
	if ctx.Err() != nil {
		t.Error("it tried for ever")
	}
}

// Without room for the copy nothing is done, and it says how much is needed.
func TestNoRoomForTheCopy(t *testing.T) {
	t.Parallel()
	of, views := template(t, 2)
	path := older(t, of, 3)
	_, err := Open(t.Context(), path, storagetest.Env(), func(db *DB) { db.disk = func(string) disk { return disk{left: 4096, known: true} } })
	wantCode(t, err, domain.CodeStorageFull)
	if kept := keptCopies(path); len(kept) > 0 || err == nil || !strings.Contains(err.Error(), "MiB") {
		t.Error(kept, err)
	}
	upToDate(t, path, views, 3)
}
