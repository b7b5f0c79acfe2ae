package till_test

import (
	"context"
	"errors"
	"fmt"
	dice "math/rand/v2"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// history is the life of a shop that a seed gives, cut down to some of its steps. Each step has dice of its own: what is
// cut out does not change what the others roll.
type history struct {
	seed  uint64
	steps []int
}

func (h history) dice(step int) *dice.Rand { return dice.New(dice.NewPCG(h.seed, uint64(step+2))) }

// live lives a history and looks at what it has left. The error is what must never be.
func (h history) live(ctx context.Context, empty emptyShop, say func(string, ...any)) (count tally, err error) {
	folder := empty.copied()
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	defer func() {
		switch end := recover().(type) {
		case nil:
		case broken:
			err = errors.New(string(end))
		default:
			err = fmt.Errorf("%v\n%s", end, debug.Stack())
		}
	}()
	s := openShop(ctx, folder, h, say)
	defer s.close()
	for _, step := range h.steps {
		s.dice = h.dice(step)
		s.passes()
		s.calm = s.dice.IntN(2) == 0
		say("%d. %s", step, s.now.Format("02 Jan 15:04:05"))
		among(s, s.lanes...).acts()
		if step%12 == 11 {
			s.sound()
		}
	}
	s.dice, s.calm = h.dice(-2), true
	s.sound()
	s.settle()
	s.sound()
	s.agrees()
	return s.tally, nil
}

// passes has the machine's time pass; now and then somebody sets its clock back.
func (s *shop) passes() {
	switch s.dice.IntN(10) {
	case 0:
		s.now = s.now.Add(-time.Duration(s.dice.IntN(90)) * time.Second)
	case 1:
		s.now = s.now.Add(time.Duration(s.dice.IntN(48*60)) * time.Minute)
	default:
		s.now = s.now.Add(time.Duration(s.dice.IntN(40_000)) * time.Millisecond)
	}
}

// historyOf is the whole history of a seed.
func historyOf(seed uint64) history {
	h := history{seed: seed}
	for i := range 20 + h.dice(-3).IntN(40) {
		h.steps = append(h.steps, i)
	}
	return h
}

// parseHistory reads a history as String writes it.
func parseHistory(t *testing.T, text string) history {
	t.Helper()
	first, steps, cut := strings.Cut(text, ":")
	seed, err := strconv.ParseUint(first, 10, 64)
	if err != nil {
		t.Fatalf("-history %q does not begin with a seed", text)
	}
	h := historyOf(seed)
	if !cut {
		return h
	}
	h.steps = nil
	for part := range strings.SplitSeq(steps, ",") {
		from, to, span := strings.Cut(part, "-")
		if !span {
			to = from
		}
		a, wrong := strconv.Atoi(from)
		z, wrong2 := strconv.Atoi(to)
		if wrong != nil || wrong2 != nil || z-a > 1000 {
			t.Fatalf("-history %q: %q is no step", text, part)
		}
		for i := a; i <= z; i++ {
			h.steps = append(h.steps, i)
		}
	}
	return h
}

// String is what -history replays.
func (h history) String() string {
	var parts []string
	for i := 0; i < len(h.steps); {
		last := i
		for last+1 < len(h.steps) && h.steps[last+1] == h.steps[last]+1 {
			last++
		}
		part := strconv.Itoa(h.steps[i])
		if last > i {
			part += "-" + strconv.Itoa(h.steps[last])
		}
		parts, i = append(parts, part), last+1
	}
	return fmt.Sprintf("%d:%s", h.seed, strings.Join(parts, ","))
}

// report fails with the shortest part of a history that still goes wrong, step by step.
func (h history) report(t *testing.T, empty emptyShop, wrong error) {
	shorter := h.shrunk(t.Context(), empty, kindOf(wrong))
	var said strings.Builder
	_, err := shorter.live(t.Context(), empty, func(format string, args ...any) { fmt.Fprintf(&said, format+"\n", args...) })
	if err == nil { // it does not go wrong every time
		err = wrong
	}
	t.Errorf("history %d goes wrong: %v\nthe least of it that does: go test ./domain/till -run TestHistories -v -history %s\n%s%v", h.seed, wrong, shorter, said.String(), err)
}

// shrunk leaves out what a history goes wrong without: first the end, then step by step.
func (h history) shrunk(ctx context.Context, empty emptyShop, kind string) history {
	goesWrong := func(steps []int) bool {
		_, err := history{h.seed, steps}.live(ctx, empty, unsaid)
		return err != nil && kindOf(err) == kind
	}
	for n := range len(h.steps) {
		if goesWrong(h.steps[:n]) {
			h.steps = h.steps[:n]
			break
		}
	}
	for i := len(h.steps) - 1; i >= 0; i-- {
		if without := slices.Delete(slices.Clone(h.steps), i, i+1); goesWrong(without) {
			h.steps = without
		}
	}
	return h
}

// kindOf is what goes wrong without whom it happened to: a shorter history may go wrong in another way.
func kindOf(wrong error) string {
	text := strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return -1
		}
		return r
	}, wrong.Error())
	return text[:min(len(text), 30)]
}
