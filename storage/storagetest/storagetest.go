// Package storagetest is the contract that every store passes.
package storagetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"till/domain"
)

// Run runs the contract; open gives a new, empty store each time and closes it when its test ends. The
// store's environment must be Env().
func Run(t *testing.T, open func(t *testing.T) domain.Store) {
	t.Helper()
	for name, test := range map[string]func(*bench){
		"journal":               testJournal,
		"times":                 testTimes,
		"rollback":              testRollback,
		"nothing decided":       testNothing,
		"keys":                  testKeys,
		"numbers":               testNumbers,
		"reads in a decision":   testTx,
		"two orders at once":    testTwoOrders,
		"turns":                 testTurns,
		"order":                 testOrder,
		"pages":                 testPages,
		"filters":               testFilters,
		"words":                 testWords,
		"any words":             testAnyWords,
		"find":                  testFind,
		"due":                   testDue,
		"changed":               testChanged,
		"rebuild":               testRebuild,
		"verify":                testVerify,
		"persons":               testPersons,
		"forgetting":            testForgetting,
		"told and forgotten":    testTold,
		"wires":                 testWires,
		"articles":              testArticles,
		"parked":                testParked,
		"parked cards":          testParkedCards,
		"parked and forgotten":  testNameless,
		"a draft that's issued": testDraft,
		"inbox":                 testInbox,
		"inbox at once":         testInboxAtOnce,
		"customers":             testCustomers,
		"sources":               testSources,
		"mandates":              testMandates,
		"shifts":                testShifts,
		"lives":                 testLives,
		"payouts":               testPayouts,
		"cares":                 testCares,
		"takings":               testTakings,
		"amounts":               testAmounts,
		"calls fall due":        testCallsFallDue,
		"groups":                testGroups,
		"orders of a customer":  testOrdersOf,
		"due far ahead":         testDueFarAhead,
		"disputes":              testDisputes,
		"pages of disputes":     testDisputePages,
		"evidence":              testEvidence,
		"forgotten evidence":    testForgottenEvidence,
		"operators":             testOperators,
		"tries":                 testTries,
	} {
		t.Run(name, func(t *testing.T) {
			store := open(t)
			test(&bench{T: t, Store: store, Maker: &Maker{Store: store, Name: "A"}})
		})
	}
}

// bench is what a test works with.
type bench struct {
	*testing.T
	domain.Store
	*Maker
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// refused demands an error with a code.
func (b *bench) refused(err error, code domain.Code) {
	b.Helper()
	if domain.CodeOf(err) != code {
		b.Fatalf("got %v, want an error with code %s", err, code)
	}
}

func (b *bench) equal(got, want any) {
	b.Helper()
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		b.Fatalf("\n got %+v\nwant %+v", got, want)
	}
}

// issue makes an order.
func (b *bench) issue(d Draft) domain.Document {
	b.Helper()
	doc, err := b.Issue(b.Context(), d)
	b.must(err)
	return doc
}

// entries reads a stream.
func (b *bench) entries(stream string) []domain.Entry {
	b.Helper()
	entries, err := b.Entries(b.Context(), stream, 0, 0, 0)
	b.must(err)
	return entries
}

// page reads one page and gives the numbers of its orders, with blanks between them.
func (b *bench) page(q domain.OrderQuery) (string, string) {
	b.Helper()
	page, err := b.Orders(b.Context(), q)
	b.must(err)
	var numbers []string
	for _, row := range page.Items {
		numbers = append(numbers, row.Number)
	}
	return strings.Join(numbers, " "), page.Next
}

// list demands the numbers of a query's first page.
func (b *bench) list(q domain.OrderQuery, want string) {
	b.Helper()
	got, _ := b.page(q)
	if got != want {
		b.Fatalf("%+v gives orders %q, want %q", q, got, want)
	}
}

func entry(kind domain.Kind, stream, subject string, body any) (domain.Entry, error) {
	return domain.NewEntry(kind, stream, subject, body)
}

var errRefused = errors.New("decided otherwise")
