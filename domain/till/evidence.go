package till

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"till/domain"
)

// File is a document as it was given.
type File struct {
	Name    string
	Content []byte
}

// Evidence is what speaks for the merchant: documents, and a text, which becomes one.
type Evidence struct {
	Files []File
	Text  string // at most domain.StatementLimit letters
}

// bundle is evidence that was looked at: papers, and what is in each.
type bundle struct {
	papers   []domain.Paper
	contents [][]byte
}

// Check says what is wrong with evidence as it was given, all of it at once (CodeInvalid); nil where nothing is.
func (e Evidence) Check() error {
	_, err := e.papers()
	return err
}

// papers describes what was given. CodeInvalid names everything that is wrong with it at once.
func (e Evidence) papers() (bundle, error) {
	var given bundle
	fields := map[string]string{}
	take := func(field, name string, content []byte) {
		paper, err := domain.NewPaper(field, name, content)
		if wrong, ok := errors.AsType[*domain.Error](err); ok {
			maps.Copy(fields, wrong.Fields)
			return
		}
		if !slices.ContainsFunc(given.papers, paper.Same) {
			given.papers, given.contents = append(given.papers, paper), append(given.contents, content)
		}
	}
	for i, f := range e.Files {
		field := fmt.Sprintf("files[%d]", i)
		if strings.TrimSpace(f.Name) == "" {
			fields[field] = "needs a name"
			continue
		}
		take(field, tidy(f.Name), f.Content)
	}
	text := statement(e.Text)
	switch {
	case utf8.RuneCountInString(text) > domain.StatementLimit:
		fields["text"] = fmt.Sprintf("is longer than %d letters", domain.StatementLimit)
	case text != "":
		take("text", domain.StatementName, []byte(text))
	}
	if fields["files"] = tooMuch(given.papers); fields["files"] == "" {
		delete(fields, "files")
	}
	return given, domain.Invalid("the evidence", fields)
}

// statement is a text with its lines, inert and without card numbers.
func statement(text string) string {
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")), "\n")
	for i, line := range lines {
		lines[i] = domain.Inert(line)
	}
	return domain.MaskCards(strings.Join(lines, "\n"))
}

// tooMuch says that papers come to more than a case may have; empty if they do not.
func tooMuch(papers []domain.Paper) string {
	if domain.SizeOf(papers) <= domain.EvidenceLimit {
		return ""
	}
	return fmt.Sprintf("come to more than %d MB for one case", domain.EvidenceLimit>>20)
}

func noEvidence() error {
	return domain.Invalid("the evidence", map[string]string{"files": "are missing: give a document or a text"})
}

// with is what goes with an answer: all that was added and not sent yet, and what is given.
func (b bundle) with(d *domain.Dispute) []domain.Paper {
	papers := append(d.Unsent(), b.newTo(d).papers...)
	for i := range papers {
		papers[i].At = time.Time{} // by the fold, and no part of what is sent
	}
	return papers
}

// newTo is what of it does not wait with the case already.
func (b bundle) newTo(d *domain.Dispute) (fresh bundle) {
	waiting := d.Unsent()
	for i, paper := range b.papers {
		if !slices.ContainsFunc(waiting, paper.Same) {
			fresh.papers, fresh.contents = append(fresh.papers, paper), append(fresh.contents, b.contents[i])
		}
	}
	return fresh
}

// adds is the entry that keeps with a case what is new to it; none where nothing is.
func (in Intent) adds(o *domain.Order, d *domain.Dispute, given bundle) ([]domain.Entry, error) {
	fresh := given.newTo(d)
	if len(fresh.papers) == 0 {
		return nil, nil
	}
	if wrong := tooMuch(append(slices.Clone(d.Papers), fresh.papers...)); wrong != "" {
		return nil, domain.Invalid("the evidence", map[string]string{"files": wrong})
	}
	e, err := in.entry(domain.KindEvidenceAdded, o.ID, string(d.ID), "", domain.EvidenceAdded{Dispute: d.ID, Papers: fresh.papers})
	for i, paper := range fresh.papers {
		e.Brings.Papers = append(e.Brings.Papers, domain.KeptPaper{Name: paper.Name, Content: fresh.contents[i]})
	}
	return []domain.Entry{e}, err
}

// contents reads what is in the papers that go with an answer, in their order.
func (t *Till) contents(ctx context.Context, op *domain.Operation) ([][]byte, error) {
	var contents [][]byte
	for _, p := range op.Papers {
		content, err := t.Store.Paper(ctx, op.Order, p.SHA256)
		if err != nil {
			return nil, err
		}
		contents = append(contents, content)
	}
	return contents, nil
}
