package domain

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Paper is a document of evidence. What is in it lies in the cabinet, under its SHA-256, and beside that what it is
// called, as a file's name tells of people too.
type Paper struct {
	Name   string    `json:"-"`    // "" once it was forgotten
	Type   string    `json:"type"` // MIME
	Size   int64     `json:"size"` // bytes
	SHA256 string    `json:"sha256"`
	At     time.Time `json:"at,omitzero"`   // when it was added, UTC: by the fold
	Sent   bool      `json:"sent,omitzero"` // it went with an answer: by the fold
	Gone   bool      `json:"-"`             // what is in it was forgotten: by the fold
}

// EvidenceAdded is the body of evidence.added.
type EvidenceAdded struct {
	Dispute DisputeID `json:"dispute"`
	Papers  []Paper   `json:"papers"`
	Ask     string    `json:"ask,omitempty"`
}

// What gateways take as evidence (S2).
const (
	PaperLimit     = 4 << 20  // bytes of one document
	EvidenceLimit  = 12 << 20 // bytes of all documents of a case
	StatementLimit = 500      // letters of a text
)

// StatementName is what a text is called that was written as evidence.
const StatementName = "statement.txt"

// paperKinds are the documents that are taken, by how they begin.
var paperKinds = []struct{ mime, begins string }{
	{"application/pdf", "%PDF-"},
	{"image/png", "\x89PNG\r\n\x1a\n"},
	{"image/jpeg", "\xff\xd8\xff"},
}

// NewPaper describes a document by what is in it. CodeInvalid, under the field, if it is empty, too large, no PDF,
// PNG, JPEG or plain text, or a text with a card number.
func NewPaper(field, name string, content []byte) (Paper, error) {
	refuse := func(format string, args ...any) (Paper, error) {
		return Paper{}, Invalid("the evidence", map[string]string{field: Inert(name) + " " + fmt.Sprintf(format, args...)})
	}
	switch {
	case len(content) == 0:
		return refuse("is empty")
	case len(content) > PaperLimit:
		return refuse("is larger than %d MB", PaperLimit>>20)
	}
	mime := paperType(content)
	switch {
	case mime == "":
		return refuse("is no PDF, PNG, JPEG or plain text")
	case mime == "text/plain" && MaskCards(string(content)) != string(content):
		return refuse("holds a card number, which must be left out")
	}
	sum := sha256.Sum256(content)
	return Paper{Name: Inert(name), Type: mime, Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])}, nil
}

func paperType(content []byte) string {
	for _, k := range paperKinds {
		if bytes.HasPrefix(content, []byte(k.begins)) {
			return k.mime
		}
	}
	if utf8.Valid(content) && !slices.Contains(content, 0) {
		return "text/plain"
	}
	return ""
}

// KeptPaper is a document's row in the cabinet.
type KeptPaper struct {
	Name    string
	Content []byte
}

// Title is what a paper is called; what kind of document it is where its name was forgotten.
func (p Paper) Title() string {
	switch {
	case p.Name != "":
		return p.Name
	case p.Type == "text/plain":
		return "a text"
	}
	_, kind, _ := strings.Cut(p.Type, "/")
	return "a " + strings.ToUpper(kind)
}

// Same tells whether another paper has the same in it.
func (p Paper) Same(other Paper) bool { return p.SHA256 == other.SHA256 }

// SizeOf is what papers come to, in bytes.
func SizeOf(papers []Paper) (size int64) {
	for _, p := range papers {
		size += p.Size
	}
	return size
}

// Unsent are the papers of the case that no answer has taken along yet, but for those that were forgotten.
func (d *Dispute) Unsent() []Paper {
	return slices.DeleteFunc(slices.Clone(d.Papers), func(p Paper) bool { return p.Sent || p.Gone })
}

// Papers gives the evidence of all cases of the order, each paper once, by its SHA-256.
func (o *Order) Papers() []string {
	var sums []string
	o.eachPaper(func(p *Paper) {
		if !slices.Contains(sums, p.SHA256) {
			sums = append(sums, p.SHA256)
		}
	})
	return sums
}

// PaperNames gives what the papers of the order are called, by their SHA-256, without those that were forgotten.
func (o *Order) PaperNames() map[string]string {
	names := map[string]string{}
	o.eachPaper(func(p *Paper) {
		if p.Name != "" {
			names[p.SHA256] = p.Name
		}
	})
	return names
}

// NamePapers says what the papers of the order are called, by their SHA-256: entries do not tell.
func (o *Order) NamePapers(names map[string]string) {
	o.eachPaper(func(p *Paper) {
		if !p.Gone {
			p.Name = names[p.SHA256]
		}
	})
}

// eachPaper visits the evidence of all cases, and what of it goes with an answer.
func (o *Order) eachPaper(do func(*Paper)) {
	for _, p := range o.Payments {
		for _, op := range p.Operations {
			for i := range op.Papers {
				do(&op.Papers[i])
			}
		}
		for _, d := range p.Disputes {
			for i := range d.Papers {
				do(&d.Papers[i])
			}
		}
	}
}

// sent notes which papers went with an answer.
func (d *Dispute) sent(papers []Paper) {
	for i, have := range d.Papers {
		d.Papers[i].Sent = have.Sent || slices.ContainsFunc(papers, have.Same)
	}
}

// applyEvidence keeps with a case what was added to it.
func (o *Order) applyEvidence(e Entry) error {
	added, err := Decode[EvidenceAdded](e)
	if err != nil {
		return err
	}
	_, d := o.ByDispute(added.Dispute)
	if d == nil {
		return o.stranger("dispute", string(added.Dispute))
	}
	for _, p := range added.Papers {
		p.At, p.Sent = e.At, false
		d.Papers = append(d.Papers, p)
	}
	return nil
}

// SizeInWords is how large the paper is, for people.
func (p Paper) SizeInWords() string {
	switch {
	case p.Size == 1:
		return "1 byte"
	case p.Size < 1<<10:
		return fmt.Sprintf("%d bytes", p.Size)
	case p.Size < 1<<20:
		return fmt.Sprintf("%d kB", (p.Size+1<<9)>>10)
	}
	return fmt.Sprintf("%d.%d MB", p.Size>>20, p.Size%(1<<20)*10>>20)
}
