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

// What can be done with a dispute.

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

// Dispute finds a dispute by id or the beginning of one, with its payment and order.
func (t *Till) Dispute(ctx context.Context, ref string) (Result, error) {
	found, err := t.Resolve(ctx, "dispute", ref)
	if err != nil {
		return Result{}, err
	}
	o, err := t.Store.Order(ctx, found.Order)
	if err != nil {
		return Result{}, err
	}
	p, d := o.ByDispute(domain.DisputeID(found.ID))
	if d == nil {
		return Result{}, domain.Errorf(domain.CodeNotFound, "there is no dispute %q", domain.Inert(ref))
	}
	return Result{Order: o, Payment: p, Dispute: d}, nil
}

// AcceptDispute gives in: the money is lost.
func (t *Till) AcceptDispute(ctx context.Context, in Intent, id domain.DisputeID) (Result, error) {
	return t.onDispute(ctx, in, id, answering{actions: domain.DisputeActions, action: "accept", kind: domain.DisputeAccept})
}

// AddEvidence keeps evidence with the case, to go with the next answer. Nobody is asked. What the case has already
// changes nothing.
func (t *Till) AddEvidence(ctx context.Context, in Intent, id domain.DisputeID, e Evidence) (Result, error) {
	given, err := e.papers()
	if err == nil && len(given.papers) == 0 {
		err = noEvidence()
	}
	if err != nil {
		return Result{}, err
	}
	found, err := t.Dispute(ctx, string(id))
	if err != nil {
		return Result{}, err
	}
	last, err := t.once(ctx, in, "evidence "+string(found.Dispute.ID), given.papers, func(tx domain.Tx, in Intent) ([]domain.Entry, error) {
		o, err := tx.Order(found.Order.ID)
		if err != nil {
			return nil, err
		}
		if err := in.moved(o); err != nil {
			return nil, err
		}
		facts, err := t.mayAnswer(o, in, found.Dispute.ID, domain.DisputeActions, "evidence")
		if err != nil {
			return nil, err
		}
		return in.adds(o, facts.Dispute, given)
	})
	if err != nil {
		return Result{}, err
	}
	o := found.Order
	if last.Seq > 0 {
		if o, err = t.told(ctx, o.ID, last.Seq); err != nil {
			return Result{}, err
		}
	}
	p, d := o.ByDispute(found.Dispute.ID)
	return Result{Order: o, Payment: p, Dispute: d}, nil
}

// SubmitEvidence answers with all that was added and not sent yet, and with what is given. A stage is answered once.
func (t *Till) SubmitEvidence(ctx context.Context, in Intent, id domain.DisputeID, e Evidence) (Result, error) {
	return t.onDispute(ctx, in, id, answering{
		actions: domain.DisputeSending, action: "evidence", kind: domain.DisputeEvidence, evidence: &e,
		check: func(_ *domain.Dispute, papers []domain.Paper) error {
			if len(papers) == 0 {
				return noEvidence()
			}
			return nil
		},
	})
}

// DeclineDispute stands by the merchant's case against what the other side asks for, with all evidence that was not
// sent yet.
func (t *Till) DeclineDispute(ctx context.Context, in Intent, id domain.DisputeID, e Evidence) (Result, error) {
	return t.onDispute(ctx, in, id, answering{actions: domain.DisputeActions, action: "decline", kind: domain.DisputeDecline, evidence: &e})
}

// WithdrawDispute gives up what the merchant fights for.
func (t *Till) WithdrawDispute(ctx context.Context, in Intent, id domain.DisputeID) (Result, error) {
	return t.onDispute(ctx, in, id, answering{actions: domain.DisputeActions, action: "withdraw", kind: domain.DisputeWithdraw})
}

// FileDispute takes a case to the next stage, with all evidence that was not sent yet. CodeInvalid where that is
// another stage than the given one.
func (t *Till) FileDispute(ctx context.Context, in Intent, id domain.DisputeID, stage string) (Result, error) {
	return t.onDispute(ctx, in, id, answering{
		actions: domain.DisputeActions, action: "file", kind: domain.DisputeFile, stage: stage, evidence: &Evidence{},
		check: func(d *domain.Dispute, _ []domain.Paper) error {
			if leads := d.FilingLeads(); leads != stage {
				return domain.Invalid("the command", map[string]string{"stage": "must be " + leads + " where the case stands"})
			}
			return nil
		},
	})
}

// DisputeActions tells of every action of a dispute whether it is possible now, and why not.
func (t *Till) DisputeActions(o *domain.Order, p *domain.Payment, d *domain.Dispute) []Choice {
	facts := t.facts(o, p, Intent{})
	facts.Dispute = d
	return choices(domain.DisputeActions, facts)
}

// answering is an answer as somebody wants it given.
type answering struct {
	actions  []domain.Action
	action   string
	kind     domain.OperationKind
	stage    string    // of filing
	evidence *Evidence // what goes with it; nil where nothing does
	check    func(d *domain.Dispute, papers []domain.Paper) error
}

// onDispute decides an answer to a case: the machine's guards say whether.
func (t *Till) onDispute(ctx context.Context, in Intent, id domain.DisputeID, a answering) (Result, error) {
	var given bundle
	var err error
	if a.evidence != nil {
		given, err = a.evidence.papers()
	}
	if err != nil {
		return Result{}, err
	}
	found, err := t.Dispute(ctx, string(id))
	if err != nil {
		return Result{}, err
	}
	result, err := t.run(ctx, in, wish{
		order: found.Order.ID, what: string(a.kind) + " " + string(found.Dispute.ID), with: []any{a.stage, given.papers},
		decide: func(_ domain.Tx, o *domain.Order, in Intent) ([]domain.Entry, *domain.Operation, error) {
			facts, err := t.mayAnswer(o, in, found.Dispute.ID, a.actions, a.action)
			if err != nil {
				return nil, nil, err
			}
			op := t.operation(a.kind, o, facts.Payment.Opening)
			op.Case, op.Stage, op.Amount = facts.Dispute.ID, a.stage, facts.Amount
			if a.evidence != nil {
				op.Papers = given.with(facts.Dispute)
			}
			if a.check != nil {
				if err := a.check(facts.Dispute, op.Papers); err != nil {
					return nil, nil, err
				}
			}
			added, err := in.adds(o, facts.Dispute, given)
			return added, op, err
		},
	})
	return t.follow(ctx, in, result, err)
}

// mayAnswer asks whether an action is possible on a case as it stands now.
func (t *Till) mayAnswer(o *domain.Order, in Intent, id domain.DisputeID, of []domain.Action, action string) (*domain.Facts, error) {
	p, d := o.ByDispute(id)
	facts := t.facts(o, p, in)
	facts.Dispute = d
	return t.may(of, action, facts, nil)
}

// bundle is evidence that was looked at: papers, and what is in each.
type bundle struct {
	papers   []domain.Paper
	contents [][]byte
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
	e.Brings.Contents = fresh.contents
	return []domain.Entry{e}, err
}

// contents reads what is in the papers that go with an answer, in their order.
func (t *Till) contents(ctx context.Context, papers []domain.Paper) ([][]byte, error) {
	var contents [][]byte
	for _, p := range papers {
		content, err := t.Store.Paper(ctx, p.SHA256)
		if err != nil {
			return nil, err
		}
		contents = append(contents, content)
	}
	return contents, nil
}
