package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
	"till/tui/cli"
)

// sights are what scripts have shown: how early in the list of scripts each row of the tables is reached.
type sights struct {
	sync.Mutex
	scripts []string
	first   map[string]int // of a row, and of a row with one of its states, the first script that reaches it
	wrong   map[string]bool
}

// rowName tells a row from every other.
func rowName(w domain.Wording) string {
	return fmt.Sprintf("%s %s %q: %s", w.System, w.Of, w.Theirs, w.Means())
}

// reach notes that a script has come to what a row means, in one of its states.
func (s *sights) reach(script int, w domain.Wording, state domain.State) {
	for _, name := range []string{rowName(w), rowName(w) + " in " + string(state)} {
		if first, reached := s.first[name]; !reached || script < first {
			s.first[name] = script
		}
	}
}

// by is the script that is named for a row; "" if none reaches it.
func (s *sights) by(w domain.Wording) string {
	if first, reached := s.first[rowName(w)]; reached {
		return s.scripts[first]
	}
	return ""
}

// look evaluates every row about a subject: the one that names it, and those that are only read.
func (s *sights) look(script int, subject domain.Subject) {
	s.Lock()
	defer s.Unlock()
	for _, system := range domain.Systems {
		for _, of := range domain.Aspects {
			state := subject.State(of)
			if state == "" {
				continue
			}
			row := domain.WordingOf(system, of, subject)
			if row == nil {
				s.wrong[fmt.Sprintf("%s: %s has no word for %s %s, and no reason", s.scripts[script], system, of, state)] = true
				continue
			}
			s.reach(script, *row, state)
			if word := domain.Word(system, of, subject); word != "" && !slices.ContainsFunc(domain.Wordings(system), func(w domain.Wording) bool {
				return w.Of == of && w.Theirs == word && w.Has(state) && w.Is(subject)
			}) {
				s.wrong[fmt.Sprintf("%s: %s says %q of %s %s, and does not mean it", s.scripts[script], system, word, of, state)] = true
			}
		}
	}
	for _, w := range aliases {
		if w.Is(subject) {
			s.reach(script, w, subject.State(w.Of))
		}
	}
	if o := subject.Order; o != nil {
		word := domain.Word(domain.Gateway, domain.OfOrder, subject)
		if snake := strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(word)); snake != o.FlatStatus() {
			s.wrong[fmt.Sprintf("%s: the gateway says %q of what is %s", s.scripts[script], word, o.FlatStatus())] = true
		}
	}
}

// aliases are the rows that no word comes from.
var aliases = func() (all []domain.Wording) {
	for _, system := range domain.Systems {
		for _, w := range domain.Wordings(system) {
			if w.Alias {
				all = append(all, w)
			}
		}
	}
	return all
}()

// audience follows what a script does to its journal, entry by entry.
type audience struct {
	*sights
	script  int
	seq     domain.Seq
	orders  map[string]*domain.Order
	streams map[string][]domain.Entry
}

// open opens a till whose journal is looked at before it is closed: after each command.
func (a *audience) open(ctx context.Context, s cli.Settings) (*till.Till, func() error, error) {
	t, shut, err := open(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	return t, func() error { return errors.Join(a.hear(ctx, t.Store), shut()) }, nil
}

// hear folds what is new, and looks at everything that each entry concerns; when time passes at all orders.
func (a *audience) hear(ctx context.Context, store domain.Store) error {
	entries, err := store.Entries(ctx, "", a.seq, 0, 1<<20)
	for _, e := range entries {
		a.seq = e.Seq
		a.streams[e.Stream] = append(a.streams[e.Stream], e)
		prefix, _, _ := strings.Cut(e.Stream, "_")
		switch {
		case e.Stream == domain.ClockStream:
			for _, o := range a.orders {
				a.lookAtOrder(a.script, o, e.At)
			}
		case prefix == "ord":
			if a.orders[e.Stream] == nil {
				a.orders[e.Stream] = &domain.Order{}
			}
			err = errors.Join(err, a.orders[e.Stream].Apply(e))
			a.lookAtOrder(a.script, a.orders[e.Stream], e.At)
		default:
			err = errors.Join(err, a.lookAtOther(a.script, prefix, a.streams[e.Stream]))
		}
	}
	return err
}

func (s *sights) lookAtOrder(script int, o *domain.Order, now time.Time) {
	s.look(script, domain.Subject{Order: o, Now: now})
	for _, p := range o.Payments {
		about := domain.Subject{Order: o, Payment: p, Now: now}
		s.look(script, about)
		for _, op := range p.Operations {
			of := about
			of.Operation = op
			s.look(script, of)
		}
		for _, r := range p.Refunds {
			of := about
			of.Refund = r
			s.look(script, of)
		}
		for _, d := range p.Disputes {
			of := about
			of.Dispute = d
			s.look(script, of)
		}
	}
}

// lookAtOther looks at what has a stream of its own: a mandate, a payout, a source.
func (s *sights) lookAtOther(script int, prefix string, entries []domain.Entry) error {
	var subject domain.Subject
	var calls []*domain.Operation
	var err error
	switch prefix {
	case "man":
		if subject.Mandate, err = domain.FoldMandate(entries); err == nil {
			calls = subject.Mandate.Operations
		}
	case "po":
		if subject.Payout, err = domain.FoldPayout(entries); err == nil {
			calls = subject.Payout.Operations
		}
	case "src":
		subject.Source, err = domain.FoldSource(entries)
	default:
		return nil
	}
	if err != nil {
		return err
	}
	s.look(script, subject)
	for _, op := range calls {
		s.look(script, domain.Subject{Operation: op})
	}
	return nil
}

// played runs the scenarios that ship and the scripts for the lens, and gives what they have shown.
func played(t *testing.T) *sights {
	t.Helper()
	seen := &sights{first: map[string]int{}, wrong: map[string]bool{}}
	var files []string
	for _, pattern := range []string{"tui/cli/scenarios/*.txtar", "tui/cli/testdata/lens/*.txtar"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		if strings.Contains(file, "testdata") {
			name = "lens/" + name
		}
		seen.scripts = append(seen.scripts, name)
	}
	t.Run("scripts", func(t *testing.T) {
		for script, file := range files {
			t.Run(seen.scripts[script], func(t *testing.T) {
				t.Parallel()
				a := &audience{sights: seen, script: script, orders: map[string]*domain.Order{}, streams: map[string][]domain.Entry{}}
				var out, errs strings.Builder
				io := cli.IO{Out: &out, Err: &errs, Env: func(string) string { return "" }}
				if code := cli.Execute(t.Context(), []string{"run", file}, io, cli.Wiring{Open: a.open, Rehearsal: rehearsal, Version: "test"}); code != 0 {
					t.Errorf("exit %d\n%s%s", code, &out, &errs)
				}
			})
		}
	})
	return seen
}

// TestEveryWordIsReached: the tables are no claim. Sequences of commands bring about whatever a row means, and after
// each command the row gives its word, which means what it came from.
func TestEveryWordIsReached(t *testing.T) {
	seen := played(t)
	names := map[string]bool{}
	for _, system := range domain.Systems {
		for _, w := range domain.Wordings(system) {
			if name := rowName(w); names[name] {
				t.Errorf("twice: %s", name)
			} else if names[name] = true; w.Theirs == "" {
				continue
			} else if seen.by(w) == "" {
				t.Errorf("no script reaches %s", name)
				continue
			}
			for _, state := range w.Ours { // where more must hold, one of them is enough
				if _, reached := seen.first[rowName(w)+" in "+string(state)]; !reached && w.If.Holds == nil {
					t.Errorf("no script reaches %s in %s", rowName(w), state)
				}
			}
		}
	}
	for wrong := range seen.wrong {
		t.Error(wrong)
	}
	sameInReadme(t, seen)
}
