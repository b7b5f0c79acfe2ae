package sqlite

import (
	"slices"
	"strings"

	"till/domain"
)

// The streams of customers, sources, mandates, payouts, shifts and operators. The views hold their names, timers and numbers
// alone: what they are is folded from the few entries that they have.

// stranger is a stream that is no order's, as it stands before entries are added.
type stranger struct {
	stream string
	before *record
}

// strangers are the kinds of these streams, by the prefix of their ids.
var strangers = map[string]string{
	"cus_": "customer", "src_": "source", "man_": "mandate", "po_": "payout", "shf_": "shift", "opr_": "operator",
}

// isNamed tells whether a stream, or a prefix, is of one of these kinds.
func isNamed(stream string) bool { return strangers[stream[:strings.IndexByte(stream, '_')+1]] != "" }

// meet gives the streams without an order that get entries, each once, as they stand before that.
func meet(s *session, entries []domain.Entry) ([]stranger, error) {
	var met []stranger
	for _, e := range entries {
		if !isNamed(e.Stream) || slices.ContainsFunc(met, func(m stranger) bool { return m.stream == e.Stream }) {
			continue
		}
		before, err := strangerIn(s, e.Stream)
		if err != nil {
			return nil, err
		}
		met = append(met, stranger{e.Stream, before})
	}
	return met, nil
}

// advance brings the views up to the entries that were added.
func (m stranger) advance(s *session) error {
	after, err := strangerIn(s, m.stream)
	if err != nil {
		return err
	}
	return projectStranger(s, m.before, after)
}

// projectStranger changes in the views what has changed of a stream that is no order's.
func projectStranger(s *session, before, after *record) error {
	for _, write := range []func(*session, *record, *record) error{projectNames, projectTimers, projectCounter} {
		if err := write(s, before, after); err != nil {
			return err
		}
	}
	return nil
}

// strangerIn gives what the views hold of a stream without an order; an empty record where it has not begun.
func strangerIn(s *session, stream string) (*record, error) {
	entries, err := readStream(s, stream)
	if err != nil || len(entries) == 0 {
		return &record{}, err
	}
	return strangerOf(s, entries)
}

// strangerOf is what the views hold of a stream without an order: its names, its timers, and of a shift the number of
// its report.
func strangerOf(s *session, entries []domain.Entry) (*record, error) {
	id := entries[0].Stream
	r := &record{fixed: fixed{n: int64(entries[0].Seq)}}
	if strings.HasPrefix(id, "shf_") {
		var err error
		r.names, r.last, err = namesOfShift(entries)
		return r, err
	}
	names, calls, err := namesOfStream(s, id, entries)
	r.names = names
	for _, t := range domain.CallTimers(id, calls) {
		r.timers = append(r.timers, due{domain.FormatTime(t.At), t.Stream, t.Name, t.Subject, t.Asks})
	}
	return r, err
}

// namesOfStream gives what a stream without an order is called, and its calls that are asked about.
func namesOfStream(s *session, id string, entries []domain.Entry) ([]name, []*domain.Operation, error) {
	switch prefix, _, _ := strings.Cut(id, "_"); prefix {
	case "cus":
		c, err := foldCustomer(s, entries)
		if err != nil {
			return nil, nil, err
		}
		return distinct([]name{{"customer", tail(id), id}, {"email", strings.ToLower(c.Client.Email), id}, {"told", c.Person.ID, id}}), nil, nil
	case "src":
		k, err := domain.FoldSource(entries)
		if err != nil {
			return nil, nil, err
		}
		return distinct([]name{{"source", tail(id), id}, {"owner", tail(string(k.Customer)), id}}), nil, nil
	case "opr":
		o, err := domain.FoldOperator(entries)
		if err != nil {
			return nil, nil, err
		}
		return distinct([]name{{"operator", tail(id), id}, {"operator", strings.ToLower(o.Name), id}}), nil, nil
	case "man":
		m, err := domain.FoldMandate(entries)
		if err != nil {
			return nil, nil, err
		}
		return []name{{"mandate", tail(id), id}}, m.Operations, nil
	}
	p, err := domain.FoldPayout(entries)
	if err != nil {
		return nil, nil, err
	}
	return distinct([]name{
		{"payout", tail(id), id}, {"payout", strings.ToLower(p.HumanID), id}, {"payee", tail(string(p.Customer)), id},
	}), p.Operations, nil
}
