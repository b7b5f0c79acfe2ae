package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"till/storage/storagetest"
)

// The newest schemas, by the files that make them.
func schemas(t *testing.T, pattern string) []string {
	t.Helper()
	steps, err := filepath.Glob(pattern)
	if err != nil || len(steps) == 0 {
		t.Fatalf("no schema: %v", err)
	}
	return steps
}

const (
	tillSteps    = "storage/sqlite/schema/*.sql"
	sandboxSteps = "providers/sandbox/schema?.sql"
)

// build makes a file as the first steps of a schema leave it.
func build(t *testing.T, path string, steps []string, marks string) {
	t.Helper()
	text := "pragma journal_mode = wal;"
	for _, step := range steps {
		one, err := os.ReadFile(step)
		if err != nil {
			t.Fatal(err)
		}
		text += string(one) + ";"
	}
	for _, side := range []string{"", "-wal", "-shm"} {
		if err := os.RemoveAll(path + side); err != nil {
			t.Fatal(err)
		}
	}
	db := raw(t, path, "rwc")
	db.SetMaxOpenConns(1) // what is attached is one connection's
	if _, err := db.Exec(text + fmt.Sprintf("pragma user_version = %d;", len(steps)) + marks); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
}

const applicationID = "pragma application_id = 0x74696c6c;"

// grownOld puts in the shop's place a file of an older schema with the journal of another's, and takes away what was kept.
func (s *shop) grownOld(of *shop, version int) {
	s.Helper()
	for _, kept := range s.kept() {
		if err := os.Remove(kept); err != nil {
			s.Fatal(err)
		}
	}
	build(s.T, s.db, schemas(s.T, tillSteps)[:version], applicationID+`attach '`+of.db+`' as of;
		insert into main.journal select * from of.journal; insert into main.people select * from of.people;
		delete from main.head; insert into main.head select * from of.head`)
}

// kept are the copies beside the database, whole or not.
func (s *shop) kept() []string {
	s.Helper()
	found, err := filepath.Glob(strings.TrimSuffix(s.db, ".db") + ".before-schema-*")
	if err != nil {
		s.Fatal(err)
	}
	return found
}

// A disk that fills up while a file is brought to the newest schema: the file is what it was, no half of a copy lies about,
// and with room it is done.
func TestFullDiskInAMigration(t *testing.T) {
	t.Parallel()
	of := busy(t)
	entries := of.intact()
	for name, make := range map[string]func(s *shop) tight{"limit": limitedShop, "tmpfs": (*shop).onSmallDisk} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			failed := s.squeezedMigration(make(s), of, entries)
			t.Logf("proof: a disk (%s) that was full at %d moments of a migration, the file as it was or as it is to be", name, failed)
		})
	}
}

// limitedShop is a shop whose files may not grow, in the folder that it will have.
func limitedShop(s *shop) tight {
	s.Helper()
	if err := os.MkdirAll(filepath.Dir(s.db), 0o700); err != nil {
		s.Fatal(err)
	}
	return limited
}

// squeezedMigration brings files of older schemas up to date on a disk that is full.
func (s *shop) squeezedMigration(in tight, of *shop, entries int) (failed int) {
	s.Helper()
	version := 0
	return s.squeezed(in, squeeze{
		step: often(14),
		args: func(n int) []string {
			version = 1 + n%4
			s.grownOld(of, version)
			return []string{"order", "list"}
		},
		half: func() {
			db := raw(s.T, s.db, "ro")
			newest := strconv.Itoa(len(schemas(s.T, tillSteps)))
			switch left := rows(s.T, db, "pragma user_version")[0]; {
			case left == newest && len(s.kept()) == 1: // it was the gateway's file that had no room
			case left != strconv.Itoa(version):
				s.Errorf("it was of schema %d and is left at %s", version, left)
			}
			_ = db.Close()
			for _, kept := range s.kept() {
				if strings.HasSuffix(kept, ".part") {
					s.Errorf("%s is left", kept)
				}
			}
		},
		sound: func(int) {
			if s.countOrders(4); s.intact() != entries || len(s.kept()) != 1 {
				s.Errorf("%d entries, want %d; kept: %v", s.intact(), entries, s.kept())
			}
		},
	})
}

// Four tills that open new files, and files of older schemas, at the same moment, the gateway's too, and sell: every number
// once, every sale charged once.
func TestFourTillsAtOnce(t *testing.T) {
	t.Parallel()
	const tills = 4
	each := storagetest.Scaled(t, 6)
	for name, prepare := range map[string]func(s *shop){
		"new": func(*shop) {},
		"older": func(s *shop) {
			if err := os.MkdirAll(filepath.Dir(s.db), 0o700); err != nil {
				s.Fatal(err)
			}
			build(s.T, s.db, schemas(s.T, tillSteps)[:3], applicationID)
			build(s.T, gateway(s), schemas(s.T, sandboxSteps)[:1], "")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			prepare(s)
			var working sync.WaitGroup
			for i := range tills {
				working.Go(func() {
					for n := range each {
						out, complaint, code := s.run("order", "issue", "--email", "a@b.example", "--item", fmt.Sprintf("Tea %d.%d@3", i, n), "--json")
						if code != 0 {
							t.Errorf("till %d: exit %d, %s", i, code, complaint)
							return
						}
						if _, complaint, code = s.run("pay", parsed[order](s, out).Number, "--card", "4242424242424242", "--expiry", "12/34", "--cvv", "100"); code != 0 {
							t.Errorf("till %d: exit %d, %s", i, code, complaint)
						}
					}
				})
			}
			working.Wait()
			s.intact()
			s.countOrders(tills * each)
			s.chargedOnce(tills * each)
			numbers := map[string]bool{}
			for _, o := range asked[list[order]](s, "order", "list", "--size", "1000").Items {
				numbers[o.Number] = true
			}
			if len(numbers) != tills*each || !numbers[strconv.Itoa(tills*each)] {
				t.Errorf("numbers %v", numbers)
			}
			t.Logf("proof: %d sales of %d tills on %s files, each charged once, no number twice", tills*each, tills, name)
		})
	}
}

// A backup of an older file is of that one, and leaves it as it is: who takes one before a newer till may want to go back.
// The copy opens like any older file.
func TestABackupOfAnOlderFileLeavesItAsItIs(t *testing.T) {
	t.Parallel()
	of, s := busy(t), newShop(t)
	if err := os.MkdirAll(filepath.Dir(s.db), 0o700); err != nil {
		t.Fatal(err)
	}
	s.grownOld(of, 2)
	build(t, gateway(s), schemas(t, sandboxSteps)[:1], "")
	kept := &shop{T: t, home: s.home, db: filepath.Join(t.TempDir(), "kept.db")}
	if _, complaint, code := s.run("backup", kept.db); code != 0 || complaint != "" {
		t.Fatalf("exit %d: %s", code, complaint)
	}
	for file, want := range map[string]string{s.db: "2", kept.db: "2", gateway(s): "1", gateway(kept): "1"} {
		db := raw(t, file, "ro")
		if schema := rows(t, db, "pragma user_version")[0]; schema != want {
			t.Errorf("%s is at schema %s, and was at %s", file, schema, want)
		}
		_ = db.Close()
	}
	if kept := s.kept(); len(kept) > 0 {
		t.Errorf("it left %v", kept)
	}
	kept.countOrders(4)
	kept.intact()
}
