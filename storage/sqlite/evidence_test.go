package sqlite

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"till/domain"
	"till/storage/storagetest"
)

// contested makes an order of four entries, the last of which tells of a case.
func contested(t testing.TB, db *DB, m *storagetest.Maker) bookedOrder {
	t.Helper()
	doc, err := m.Issue(t.Context(), storagetest.Draft{})
	check(t, err)
	pay, op, err := m.Pay(t.Context(), doc)
	check(t, err)
	o := bookedOrder{doc.ID, pay, op}
	disputed(t, db, o, 1)
	return o
}

// addPaper adds a paper to the case of an order, and gives its sum.
func addPaper(t testing.TB, db *DB, order domain.OrderID, name, content string) string {
	t.Helper()
	sum := sha256.Sum256([]byte(content))
	paper := domain.Paper{Name: name, Type: "text/plain", Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])}
	_, err := db.Update(t.Context(), func(domain.Tx) ([]domain.Entry, error) {
		e, err := domain.NewEntry(domain.KindEvidenceAdded, string(order), "dsp_01K0000001", domain.EvidenceAdded{Dispute: "dsp_01K0000001", Papers: []domain.Paper{paper}})
		e.Brings.Papers = []domain.KeptPaper{{Name: name, Content: []byte(content)}}
		return []domain.Entry{e}, err
	})
	check(t, err)
	return paper.SHA256
}

// A paper that is changed or gone is named with each entry that names it; an empty one is forgotten.
func TestVerifyFindsEvidence(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tamper string
		want   []string
	}{
		"flipped":  {"update papers set body = cast(replace(cast(body as text), 'Ann', 'Anm') as blob)", []string{"5 its evidence 212a274082d4 is not what was added", "6 its evidence 212a274082d4 is not what was added"}},
		"cut":      {"update papers set body = substr(body, 1, 3)", []string{"5 its evidence 212a274082d4 is not what was added", "6 its evidence 212a274082d4 is not what was added"}},
		"gone":     {"delete from papers", []string{"5 its evidence 212a274082d4 is missing", "6 its evidence 212a274082d4 is missing"}},
		"moved":    {`update papers set "order" = 'ord_other'`, []string{"5 its evidence 212a274082d4 is missing", "6 its evidence 212a274082d4 is missing"}},
		"emptied":  {"update papers set body = x''", nil},
		"a column": {"update papers set sha256 = upper(sha256)", []string{"5 its evidence 212a274082d4 is missing", "6 its evidence 212a274082d4 is missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "till.db")
			db := open(t, path)
			o := contested(t, db, &storagetest.Maker{Store: db, Name: "F"})
			addPaper(t, db, o.id, "slip.txt", "signed by Ann")
			addPaper(t, db, o.id, "slip.txt", "signed by Ann")
			if found := breaks(t, db); found != nil {
				t.Fatal(found)
			}
			run(t, raw(t, path), c.tamper)
			if found := breaks(t, db); strings.Join(found, ", ") != strings.Join(c.want, ", ") {
				t.Errorf("found %q, want %q", found, c.want)
			}
		})
	}
}

// Of evidence that is forgotten nothing is left in any file; a copy has the rest.
func TestForgottenEvidenceIsGone(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	db := open(t, path)
	m := &storagetest.Maker{Store: db, Name: "F"}
	one, two := contested(t, db, m), contested(t, db, m)
	gone := addPaper(t, db, one.id, "letter of kunigunde.txt", strings.Repeat("kunigunde was here ", 200_000)) // many pages
	kept := addPaper(t, db, two.id, "z.txt", strings.Repeat("zacharias was here ", 20_000))
	_, err := db.Update(t.Context(), func(domain.Tx) ([]domain.Entry, error) {
		e, err := domain.NewEntry(domain.KindPersonForgotten, string(one.id), "", domain.Forgetting{Papers: []string{gone}})
		e.Brings.Emptied = []string{gone}
		return []domain.Entry{e}, err
	})
	check(t, err)
	for _, file := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(file)
		check(t, err)
		if bytes.Contains(content, []byte("kunigunde")) {
			t.Error("it is still in", filepath.Base(file))
		}
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	check(t, db.Copy(context.Background(), copied))
	other := open(t, copied)
	_, err = other.Paper(t.Context(), one.id, gone)
	wantCode(t, err, domain.CodeNotFound)
	content, err := other.Paper(t.Context(), two.id, kept)
	check(t, err)
	if !bytes.HasPrefix(content, []byte("zacharias")) {
		t.Error("the copy lacks what was kept")
	}
	if found := breaks(t, other); found != nil {
		t.Error(found)
	}
}

// A file of before has the names in its entries: the cabinet takes them over, but for what is forgotten.
func TestNamesOfPapersMoveToTheCabinet(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	db := open(t, path)
	o := contested(t, db, &storagetest.Maker{Store: db, Name: "F"})
	kept, gone := addPaper(t, db, o.id, "", "signed by Ann"), addPaper(t, db, o.id, "", "signed by Bob")
	check(t, db.Close())
	older := raw(t, path)
	run(t, older, `update journal set body = replace(body, '{"type"', '{"name":"the slip.txt","type"'); update papers set body = x'' where sha256 = '`+gone+`';
		drop index papers_order; alter table papers drop column name;
		drop index orders_amount; create index orders_total on orders (total);
		drop table pins; drop table tries; drop table unswept; pragma user_version = 7`)
	check(t, older.Close())
	names, err := open(t, path).PaperNames(t.Context(), o.id)
	check(t, err)
	if len(names) != 1 || names[kept] != "the slip.txt" {
		t.Errorf("the papers are called %v", names)
	}
}
