package cli

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"till/domain"
	"till/domain/till"
)

// life is what a name was found to mean: the stream that tells of it, and the thing itself.
type life struct {
	kind   string // order, payment ...
	id     string
	stream string
	order  *domain.Order // of which it is part; nil where the stream is no order's
}

// kindsOf are what names can mean, by the beginnings of their ids, in the order in which they are tried.
var kindsOf = []struct{ prefix, kind string }{
	{"ord_", "order"},
	{"pay_", "payment"},
	{"sid_", "payment"},
	{"ref_", "refund"},
	{"dsp_", "dispute"},
	{"cus_", "customer"},
	{"src_", "source"},
	{"man_", "mandate"},
	{"po_", "payout"},
	{"shf_", "shift"},
	{"opr_", "operator"},
}

// find tells what a name means: an id, a number, a human id, an e-mail, or a beginning that is not ambiguous. An id
// says by its prefix which kind it is; of other names the given kind is tried first. What has no names of its own is
// found by its whole stream, such as clock.
func find(ctx context.Context, t *till.Till, first, ref string) (life, error) {
	ref = strings.TrimSpace(ref)
	for _, kind := range kindsToTry(first, ref) {
		found, err := t.Resolve(ctx, kind, ref)
		switch code := domain.CodeOf(err); {
		case code == domain.CodeNotFound || code == domain.CodeInvalid: // the store has no names of the kind
		case err != nil:
			return life{}, err
		case found.Order == "":
			return life{kind: kind, id: found.ID, stream: found.ID}, nil
		default:
			o, err := t.Store.Order(ctx, found.Order)
			return life{kind, found.ID, string(found.Order), o}, err
		}
	}
	if _, there, err := t.Store.Newest(ctx, ref); err != nil || there {
		kind, _, _ := strings.Cut(ref, "_")
		return life{kind: kind, id: ref, stream: ref}, err
	}
	return life{}, domain.Errorf(domain.CodeNotFound, "there is no %q", safe(ref))
}

func kindsToTry(first, ref string) []string {
	kinds := []string{first}
	for _, k := range kindsOf {
		if strings.HasPrefix(strings.ToLower(ref), k.prefix) {
			return []string{k.kind}
		}
		if !slices.Contains(kinds, k.kind) {
			kinds = append(kinds, k.kind)
		}
	}
	return slices.DeleteFunc(kinds, func(kind string) bool {
		return !slices.ContainsFunc(kindsOf, func(k struct{ prefix, kind string }) bool { return k.kind == kind })
	})
}

// tells says whether an entry of the stream is about the thing: by its subject, by a step that the thing took, or as
// its body names it.
func (l life) tells(e domain.Entry) bool {
	if l.id == l.stream || e.Subject == l.id || bytes.Contains(e.Body, []byte(`"`+l.id+`"`)) {
		return true
	}
	if l.order == nil {
		return false
	}
	answers := slices.ContainsFunc(l.payment().Operations, func(op *domain.Operation) bool { // how a dispute's answer ended
		return string(op.Case) == l.id && bytes.Contains(e.Body, []byte(`"`+string(op.ID)+`"`))
	})
	return answers || slices.ContainsFunc(l.order.Steps, func(s domain.Step) bool { return s.Seq == e.Seq && s.Subject == l.id })
}

// payment is the one that was found, or that of which it is part; of an order its newest, nil if there is none.
func (l life) payment() *domain.Payment {
	if l.order == nil {
		return nil
	}
	for _, p := range l.order.Payments {
		if string(p.ID) == l.id || p.Refund(domain.RefundID(l.id)) != nil || p.Dispute(domain.DisputeID(l.id)) != nil {
			return p
		}
	}
	return l.order.Last()
}
