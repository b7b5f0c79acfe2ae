package till_test

import (
	_ "embed"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// Every operation × every fault of the sandbox × every profile of idempotency keys, against testdata/ends.txt: what a
// person is told at once, and whether the thing is done in the end, when they have repeated the command under its key, waited
// and asked. Then the gateway has it on record just as the till does, and has done it at most once.

// matrixCall is a call with what comes before it. A kind that is asked for in several ways has each of them.
type matrixCall struct {
	kind domain.OperationKind
	name string
	live func(b *bench) matrixTrial
}

// matrixTrial is a call that stands ready.
type matrixTrial struct {
	do    func(till.Intent) error
	sync  func() error // somebody asks what came of it
	done  func() bool  // whether the till has it as done
	call  func() *domain.Operation
	marks func() []string
	books func() // compares what the gateway has on record with what the till has
}

// matrixAll are the calls of every kind.
func matrixAll() []matrixCall {
	return slices.Concat(matrixPayments, matrixCases, matrixLeaves, matrixPayouts)
}

//go:embed testdata/ends.txt
var endsTable string

// matrixEnds is a row of the table: how a fault of a call is answered at once, and what came of it by profile.
type matrixEnds struct {
	atOnce string
	end    map[string]string
}

// readEnds gives the table by call and fault, and the profiles.
func readEnds(t *testing.T) (ends map[string]map[string]matrixEnds, profiles []string) {
	ends = map[string]map[string]matrixEnds{}
	var calls []string
	for line := range strings.Lines(endsTable) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0] == "#":
		case words[0] == "fault":
			profiles = words[3:]
		case words[0] == "of":
			calls = strings.Split(strings.Join(words[1:], " "), ", ")
			for _, call := range calls {
				if ends[call] != nil {
					t.Errorf("%s is there twice", call)
				}
				ends[call] = map[string]matrixEnds{}
			}
		case len(words) != 2+len(profiles) || len(calls) == 0:
			t.Fatalf("what is %q?", line)
		default:
			row := matrixEnds{words[1], map[string]string{}}
			for i, profile := range profiles {
				row.end[profile] = words[2+i]
			}
			for _, call := range calls {
				ends[call][words[0]] = row
			}
		}
	}
	return ends, profiles
}

// choices are what the sandbox says there is to choose from, in place of what it does not know.
func choices(t *testing.T, err error, field string) []string {
	t.Helper()
	e, _ := errors.AsType[*domain.Error](err)
	if e == nil {
		t.Fatalf("%v", err)
	}
	names, listed := strings.CutPrefix(e.Fields[field], "must be one of ")
	if !listed {
		t.Fatalf("%+v", e.Fields)
	}
	return strings.Split(names, ", ")
}

// kindsOfOperations reads them from the source: what nobody listed is found all the same.
func kindsOfOperations(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../operation.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "OperationKind" {
				kinds = append(kinds, strings.Trim(spec.Values[0].(*ast.BasicLit).Value, `"`))
			}
		}
		return true
	})
	return kinds
}

// The table has a row of every kind of operation for every fault, and a column for every profile; so have the calls that
// are made.
func TestTheTableOfEndsIsWhole(t *testing.T) {
	b := newBench(t, nil)
	ends, profiles := readEnds(t)
	kinds := choices(t, b.bank.SetFault(b.ctx, domain.Fault{Operation: "?", Name: "refused", Times: 1}), "operation")
	faults := choices(t, b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.Sync, Name: "?", Times: 1}), "fault")
	if known := choices(t, b.bank.SetProfile(b.ctx, "?"), "profile"); !slices.Equal(known, profiles) {
		t.Errorf("the profiles are %v, in the table %v", known, profiles)
	}
	source := kindsOfOperations(t)
	for _, list := range [][]string{kinds, source} {
		slices.Sort(list)
	}
	if len(source) < 21 || !slices.Equal(kinds, source) {
		t.Errorf("till has the operations %v\nthe sandbox those %v", source, kinds)
	}
	called := map[string]bool{}
	for _, call := range matrixAll() {
		called[string(call.kind)] = true
		if ends[call.name] == nil {
			t.Errorf("of %s there is no end in the table", call.name)
		}
		for _, fault := range faults {
			name, _, _ := strings.Cut(fault, ":")
			if _, there := ends[call.name][name]; !there {
				t.Errorf("of %s with %s there is no end in the table", call.name, name)
			}
		}
		if len(ends[call.name]) != len(faults) {
			t.Errorf("of %s there are ends of faults that there are not: %v", call.name, ends[call.name])
		}
	}
	for _, kind := range source {
		if !called[kind] {
			t.Errorf("%s is never called", kind)
		}
	}
	if len(ends) != len(matrixAll()) {
		t.Errorf("%d calls, and %d in the table", len(matrixAll()), len(ends))
	}
}

func TestEveryFaultOfEveryOperationUnderEveryProfile(t *testing.T) {
	ends, profiles := readEnds(t)
	var cells atomic.Int64
	t.Run("cells", func(t *testing.T) {
		for _, profile := range profiles {
			for _, call := range matrixAll() {
				for fault, row := range ends[call.name] {
					if testing.Short() && profile != profiles[0] {
						continue
					}
					t.Run(fmt.Sprintf("%s/%s/%s", profile, call.name, fault), func(t *testing.T) {
						t.Parallel()
						matrixCell(newBench(t, nil), call, fault, profile, row)
						cells.Add(1)
					})
				}
			}
		}
	})
	t.Logf("proof: %d cells of operation, fault and profile end as the table says, and as the gateway's books", cells.Load())
}

func matrixCell(b *bench, call matrixCall, fault, profile string, want matrixEnds) {
	b.must(b.bank.SetProfile(b.ctx, profile))
	c := call.live(b)
	name := fault
	if name == "slow" {
		name += ":1"
	}
	err := b.bank.SetFault(b.ctx, domain.Fault{Operation: call.kind, Name: name, Times: 1})
	if want.atOnce == "impossible" {
		b.code(err, domain.CodeInvalid)
		return
	}
	b.must(err)
	in := till.Intent{Key: "the intent"}
	if got := matrixWord(b, c.do(in)); got != want.atOnce {
		b.Errorf("at once: %s, want %s", got, want.atOnce)
	}
	if want.atOnce == "unknown" && !slices.Contains(c.marks(), "unknown") {
		b.Errorf("nobody sees that it is unknown: %v", c.marks())
	}
	matrixWord(b, c.do(in)) // somebody presses again
	for range 3 {
		b.clock.forward(time.Minute)
		b.must(b.Listen(b.ctx))
		b.must(b.Tend(b.ctx))
		matrixWord(b, c.do(in))
	}
	matrixWord(b, c.sync())
	marks, end := c.marks(), map[bool]string{true: "done", false: "no"}[c.done()]
	if open := []string{"unknown", "pending"}; len(marks) == 1 && slices.Contains(open, marks[0]) {
		marks, end = nil, marks[0]
	}
	if end != want.end[profile] {
		b.Errorf("in the end: %s, want %s", end, want.end[profile])
	}
	c.books()
	if len(marks) != 0 {
		b.Errorf("attention %v in the end", marks)
	}
}

// matrixWord is what a person is told, in the table's words; what is no answer to a person fails.
func matrixWord(b *bench, err error) string {
	b.Helper()
	word, known := map[domain.Code]string{
		"": "taken", domain.CodeUnknownOutcome: "unknown", domain.CodeDeclined: "refused", domain.CodeFailed: "refused",
	}[domain.CodeOf(err)]
	if !known {
		b.Fatalf("%v", err)
	}
	return word
}
