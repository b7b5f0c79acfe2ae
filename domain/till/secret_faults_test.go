package till_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// A CVV is three or four digits, and any three digits are in a file of some size. So it is not looked for: the same day is
// lived twice, by the same clock and dice, with another CVV and with other digits before a number's last four. Whatever till or
// its gateway did with them, and be it to keep a hash, would make a byte somewhere another one.

// dayOfSecrets is what such a day leaves.
type dayOfSecrets struct {
	calls int
	said  bytes.Buffer // every answer and error
	files map[string][]byte
}

// cards are what is paid with on such a day: test cards that approve, with one length of a CVV and the other, and nobody's.
type cards struct{ visa, amex, nobody *domain.Card }

// secretCards reads cards that end alike.
func secretCards(t *testing.T, nobody, cvv3, cvv4 string) cards {
	t.Helper()
	card := func(number, cvv string) *domain.Card {
		c, err := domain.ParseCard(number, "12/34", cvv, "", newClock().now)
		if err != nil {
			t.Fatal(err)
		}
		return &c
	}
	return cards{card(goodCard, cvv3), card("378282246310005", cvv4), card(nobody, cvv3)}
}

func TestNoByteTellsOfACVVWhateverGoesWrong(t *testing.T) {
	numbers := []string{"4556737586899855", "4929730000419855"}
	live := func(number, cvv3, cvv4 string) (day dayOfSecrets) {
		with := secretCards(t, number, cvv3, cvv4)
		t.Run("a day with "+cvv3, func(t *testing.T) { day.live(t, with) })
		return day
	}
	one, other := live(numbers[0], "917", "9173"), live(numbers[1], "604", "6048")
	if t.Failed() {
		return
	}
	if !bytes.Equal(one.said.Bytes(), other.said.Bytes()) {
		t.Errorf("what was said tells the CVVs apart: %s", apart(one.said.Bytes(), other.said.Bytes()))
	}
	for name, content := range one.files {
		if !bytes.Equal(content, other.files[name]) {
			t.Errorf("%s tells the CVVs apart: %s", name, apart(content, other.files[name]))
		}
	}
	for _, day := range []dayOfSecrets{one, other} {
		day.files["what was said"] = day.said.Bytes()
		for name, content := range day.files {
			for _, number := range append(numbers, goodCard, "378282246310005") {
				if i := bytes.Index(content, []byte(number[:len(number)-4])); i >= 0 {
					t.Errorf("%s has %q", name, content[max(0, i-60):min(len(content), i+20)])
				}
			}
		}
	}
	t.Logf("proof: %d calls with a card under every fault, twice: no byte of %d files and of what was said tells one CVV or number from another", one.calls, len(one.files))
}

// apart is the place where two contents begin to differ.
func apart(one, other []byte) string {
	i := 0
	for i < min(len(one), len(other)) && one[i] == other[i] {
		i++
	}
	part := func(b []byte) []byte { return b[min(len(b), max(0, i-60)):min(len(b), i+40)] }
	return fmt.Sprintf("at byte %d %q, and %q", i, part(one), part(other))
}

// live has every call that takes a card made under every fault that it can meet, asks what came of it, and reads the files while they
// are open and when they are closed.
func (d *dayOfSecrets) live(t *testing.T, with cards) {
	var b *bench
	t.TempDir() // goes when all else has been cleaned up
	t.Cleanup(func() { d.read(t, b.folder, "closed: ") })
	b = newBench(t, nil)
	who := b.customer(domain.Person{FirstName: "Ann"})
	all := []*domain.Card{with.visa, with.amex, with.nobody}
	for _, kind := range []domain.OperationKind{domain.Authorize, domain.SetupRecurring} {
		faults := choices(t, b.bank.SetFault(b.ctx, domain.Fault{Operation: kind, Name: "?", Times: 1}), "fault")
		if len(faults) < 14 {
			t.Fatalf("only %v", faults)
		}
		for i, fault := range faults {
			if fault == "slow:SECONDS" {
				fault = "slow:1"
			}
			for n := range len(all) {
				if testing.Short() && n > 0 {
					continue
				}
				b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: kind, Name: fault, Times: 1}))
				d.each(b, kind, who.ID, all[n], i+n)
				b.must(b.bank.ClearFaults(b.ctx))
			}
			b.clock.forward(2 * time.Minute)
			b.must(b.Listen(b.ctx))
			b.must(b.Tend(b.ctx))
		}
	}
	d.read(t, b.folder, "open: ")
}

// each makes a call of a kind, in one of the ways that there are, twice under its key, as somebody would who saw no answer.
func (d *dayOfSecrets) each(b *bench, kind domain.OperationKind, who domain.CustomerID, card *domain.Card, way int) {
	in := till.Intent{Key: fmt.Sprint("k", d.calls)}
	if kind == domain.SetupRecurring {
		d.tells(b.bank.Token(b.ctx, *card))
		for range 2 {
			d.tells(b.SetupMandate(b.ctx, in, till.Agreeing{Customer: who, Card: card}))
		}
		return
	}
	wish := []till.Payable{{}, {Capture: domain.CaptureManual, Save: true}, {Verify: true}, {ThreeDS: true}}[way%4]
	wish.Order, wish.Method, wish.Card = b.issue(2000).ID, "card", card
	for range 2 {
		d.tells(b.Pay(b.ctx, in, wish))
	}
}

func (d *dayOfSecrets) tells(answer any, err error) {
	d.calls++
	text, refused := json.Marshal(answer)
	fmt.Fprintf(&d.said, "%s %v %v %v\n", text, refused, err, domain.CodeOf(err))
}

// read keeps the files of a folder; of a log of writes what it has of pages, as its checksums are of random salts.
func (d *dayOfSecrets) read(t *testing.T, folder, when string) {
	t.Helper()
	if d.files == nil {
		d.files = map[string][]byte{}
	}
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) < 2 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		switch filepath.Ext(file) {
		case ".db":
			d.files[when+filepath.Base(file)] = content
		case ".db-wal":
			d.files[when+filepath.Base(file)] = pagesOf(content)
		}
	}
}

// pagesOf are the pages of a write-ahead log, each behind its number and the size of the file that it makes (SQLite's file
// format, §4.1).
func pagesOf(log []byte) (pages []byte) {
	const header, frame = 32, 24
	if len(log) < header {
		return log
	}
	size := int(binary.BigEndian.Uint32(log[8:]))
	for at := header; at+frame+size <= len(log); at += frame + size {
		pages = append(append(pages, log[at:at+8]...), log[at+frame:at+frame+size]...)
	}
	return pages
}
