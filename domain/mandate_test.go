package domain

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestMandateWalksEveryRow(t *testing.T) {
	walked := map[string]bool{}
	for _, c := range []struct {
		id   string
		from State
		on   Event
		to   State
	}{
		{"M1", "", SetupAsked, MandatePending},
		{"M2", MandatePending, SetupDone, MandateActive},
		{"M3", MandatePending, SetupRefused, MandateFailed},
		{"M4", MandateActive, Pause, MandatePaused},
		{"M5", MandatePaused, Resume, MandateActive},
		{"M6", MandateActive, RevokeAsked, MandateActive},
		{"M6", MandatePaused, RevokeAsked, MandatePaused},
		{"M7", MandateActive, MandateRevoked, MandateEnded},
		{"M7", MandatePaused, MandateRevoked, MandateEnded},
		{"M8", MandateActive, RevokeRefused, MandateActive},
		{"M8", MandatePaused, RevokeRefused, MandatePaused},
	} {
		walks(t, MandateMachine, c.from, c.on, &Facts{}, c.id, c.to)
		walked[fmt.Sprint(c.from, c.on)] = true
	}
	for _, row := range MandateMachine.Rows() {
		if !walked[fmt.Sprint(row.From, row.On)] {
			t.Errorf("nobody walked %s from %q on %s", row.ID, row.From, row.On)
		}
	}
}

// lifeOf makes the entries of a stream that is no order's.
func lifeOf(t *testing.T, stream string, of ...any) []Entry {
	t.Helper()
	var entries []Entry
	for i := 0; i < len(of); i += 2 {
		e, err := NewEntry(of[i].(Kind), stream, stream, of[i+1])
		if err != nil {
			t.Fatal(err)
		}
		e.Seq, e.At = Seq(10+i/2), noon.Add(time.Duration(i/2)*time.Minute)
		entries = append(entries, e)
	}
	return entries
}

func requested(id string, kind OperationKind) []any {
	return []any{KindOperationRequested, Operation{ID: OperationID(id), Kind: kind, Key: "key_" + id}}
}

func answeredBy(id string, status Status, facts ...Fact) []any {
	return []any{KindOperationAnswered, Answer{Operation: OperationID(id), Outcome: Outcome{Status: status, Code: "10000", Facts: facts}}}
}

func movedBy(on Event) []any { return []any{KindMandateMoved, Move{Event: on}} }

func TestMandateFolds(t *testing.T) {
	opening := MandateOpening{ID: "man_1", Customer: "cus_1", Source: Source{Type: "card", Brand: "Visa", Last4: "4242"}, Variant: "sandbox"}
	begun := slices.Concat([]any{KindMandateOpened, opening}, requested("op_1", SetupRecurring))
	active := slices.Concat(begun, answeredBy("op_1", Succeeded, Fact{Event: SourceKept, Source: &Source{ID: "src_1", Last4: "4242"}}))
	revoking := slices.Concat(active, requested("op_2", Revoke))
	for _, c := range []struct {
		what      string
		of        []any
		state     State
		attention string
		refusal   string // of a charge
	}{
		{"asked", begun, MandatePending, "", "not set up yet"},
		{"refused", slices.Concat(begun, answeredBy("op_1", Declined)), MandateFailed, "", "could not be set up"},
		{"not sent", slices.Concat(begun, answeredBy("op_1", NotSent)), MandateFailed, "", "could not be set up"},
		{"lost", slices.Concat(begun, answeredBy("op_1", Unknown)), MandatePending, "unknown", "not set up yet"},
		{"lost, then found", slices.Concat(begun, answeredBy("op_1", Unknown), requested("op_1", SetupRecurring), answeredBy("op_1", Succeeded)), MandateActive, "", ""},
		{"not sent after a try that was", slices.Concat(begun, answeredBy("op_1", Unknown), requested("op_1", SetupRecurring), answeredBy("op_1", NotSent)), MandatePending, "unknown", "not set up yet"},
		{"set up", active, MandateActive, "", ""},
		{"told twice", slices.Concat(active, answeredBy("op_1", Succeeded)), MandateActive, "", ""},
		{"paused", slices.Concat(active, movedBy(Pause)), MandatePaused, "", "paused"},
		{"resumed", slices.Concat(active, movedBy(Pause), movedBy(Resume)), MandateActive, "", ""},
		{"revoke asked", revoking, MandateActive, "", "being revoked"},
		{"revoke pending", slices.Concat(revoking, answeredBy("op_2", Pending)), MandateActive, "", "being revoked"},
		{"revoke lost", slices.Concat(revoking, answeredBy("op_2", Unknown)), MandateActive, "unknown", "being revoked"},
		{"revoke refused", slices.Concat(revoking, answeredBy("op_2", Declined)), MandateActive, "revoke", ""},
		{"revoked", slices.Concat(revoking, answeredBy("op_2", Succeeded)), MandateEnded, "", "was revoked"},
		{"revoked after all", slices.Concat(revoking, answeredBy("op_2", Declined), requested("op_3", Revoke), answeredBy("op_3", Succeeded)), MandateEnded, "", "was revoked"},
		{"revoked while paused", slices.Concat(active, movedBy(Pause), requested("op_2", Revoke), answeredBy("op_2", Succeeded)), MandateEnded, "", "was revoked"},
	} {
		m, err := FoldMandate(lifeOf(t, "man_1", c.of...))
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if got := strings.Join(m.Attention(), " "); m.State != c.state || got != c.attention {
			t.Errorf("%s: %s with attention %q, want %s with %q", c.what, m.State, got, c.state, c.attention)
		}
		if got := m.Refusal(); (got == "") != (c.refusal == "") || !strings.Contains(got, c.refusal) {
			t.Errorf("%s: a charge is refused with %q, want %q", c.what, got, c.refusal)
		}
		if m.Customer != "cus_1" || m.CreatedAt != noon || m.Version != int64(len(c.of)/2) {
			t.Errorf("%s: %+v", c.what, m)
		}
	}
	m, err := FoldMandate(lifeOf(t, "man_1", active...))
	if err != nil || m.Source.ID != "src_1" || m.Source.Brand != "Visa" {
		t.Errorf("the source is %+v (%v): what the provider keeps it as is told with what was known", m.Source, err)
	}
	if op := m.Operations[0]; op.EndedBy != 12 || op.Code != "10000" || op.RequestedBy != 11 {
		t.Errorf("%+v", op)
	}
}

func TestMandateRefusesWhatCannotBe(t *testing.T) {
	for _, of := range [][]any{
		{KindMandateMoved, Move{Event: Pause}},
		{KindMandateOpened, MandateOpening{}, KindMandateMoved, Move{Event: Pause}},
		{KindMandateOpened, MandateOpening{}, KindOperationAnswered, Answer{Operation: "op_none"}},
		{KindMandateOpened, MandateOpening{}, KindSourceSaved, KeptSource{}},
	} {
		if m, err := FoldMandate(lifeOf(t, "man_1", of...)); err == nil {
			t.Errorf("%v makes %s", of, m.State)
		}
	}
}

func TestMandateSaysWhyNot(t *testing.T) {
	inFlight := []*Operation{{ID: "op_1", Kind: Revoke, State: OpUnknown}}
	for _, c := range []struct {
		mandate   Mandate
		action    string
		refusal   string
		permitted string
	}{
		{Mandate{State: MandateActive}, "pause", "", ""},
		{Mandate{State: MandateActive}, "revoke", "", ""},
		{Mandate{State: MandateActive}, "resume", "not while the mandate is active", "[pause revoke]"},
		{Mandate{State: MandatePaused}, "pause", "not while the mandate is paused", "[resume revoke]"},
		{Mandate{State: MandatePaused}, "revoke", "", ""},
		{Mandate{State: MandateEnded}, "revoke", "not while the mandate is revoked", "[]"},
		{Mandate{State: MandatePending}, "revoke", "not while the mandate is pending", "[]"},
		{Mandate{State: MandateActive, Operations: inFlight}, "revoke", "no known end", "[]"},
		{Mandate{State: MandateActive, Operations: inFlight}, "pause", "no known end", "[]"},
	} {
		err := c.mandate.Refuses(c.action)
		if err == nil {
			if c.refusal != "" {
				t.Errorf("%s of a %s mandate is possible", c.action, c.mandate.State)
			}
			continue
		}
		refused := err.(*Error)
		if c.refusal == "" || !strings.Contains(refused.Message, c.refusal) || fmt.Sprint(refused.Permitted) != c.permitted || refused.Code != CodeIllegalTransition {
			t.Errorf("%s of a %s mandate: %v, %v possible", c.action, c.mandate.State, refused, refused.Permitted)
		}
	}
}

func TestCustomerFolds(t *testing.T) {
	body := func(row string) CustomerBody { return CustomerBody{Person: PersonRef{ID: row, Hash: "ab"}} }
	c, err := FoldCustomer(lifeOf(t, "cus_1", KindCustomerAdded, body("per_1"), KindCustomerUpdated, body("per_2"), KindCustomerUpdated, body("per_2")))
	if err != nil || c.ID != "cus_1" || c.Person.ID != "per_2" || fmt.Sprint(c.Rows) != "[per_1 per_2]" || c.CreatedAt != noon || c.Forgotten || c.Version != 3 {
		t.Errorf("%+v, %v", c, err)
	}
	c, err = FoldCustomer(lifeOf(t, "cus_1", KindCustomerAdded, body("per_1"), KindPersonForgotten, Forgetting{Row: "per_1"}))
	if err != nil || !c.Forgotten || c.Person.ID != "per_1" {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := FoldCustomer(lifeOf(t, "cus_1", KindOrderMoved, Move{})); err == nil {
		t.Error("a customer moved like an order")
	}
}

func TestSourceFolds(t *testing.T) {
	saved := []any{KindSourceSaved, KeptSource{Source: Source{Type: "card", ID: "src_1", Customer: "cus_1", Last4: "4242"}, Variant: "sandbox", Payment: "pay_1"}}
	removed := slices.Concat(saved, requested("op_1", Revoke), answeredBy("op_1", Succeeded), []any{KindSourceRemoved, SourceRemoval{Operation: "op_1"}})
	for _, c := range []struct {
		of      []any
		removed bool
		calls   int
		at      time.Time
	}{
		{saved, false, 0, noon},
		{slices.Concat(saved, requested("op_1", Revoke), answeredBy("op_1", Declined)), false, 1, noon},
		{removed, true, 1, noon},
		{slices.Concat(removed, saved), false, 1, noon.Add(4 * time.Minute)},
	} {
		k, err := FoldSource(lifeOf(t, "src_1", c.of...))
		if err != nil || k.Removed != c.removed || len(k.Operations) != c.calls || !k.CreatedAt.Equal(c.at) || k.ID != "src_1" || k.Variant != "sandbox" || k.Payment != "pay_1" {
			t.Errorf("%+v, %v", k, err)
		}
	}
	if _, err := FoldSource(lifeOf(t, "src_1", KindMandateMoved, Move{})); err == nil {
		t.Error("a source moved like a mandate")
	}
}

// That a person was forgotten changes nothing of an order but what stands in the cabinet.
func TestForgettingLeavesAnOrderAsItWas(t *testing.T) {
	l := newLife(t, Document{Person: &PersonRef{ID: "per_1", Hash: "ab"}})
	p := l.open(1000, Opening{})
	l.reply(p.Operations[0], Succeeded, Fact{Event: Approved, Amount: 1000})
	before, sums, status := l.order.State, l.order.Sums(), l.order.FlatStatus()
	l.add(KindPersonForgotten, "per_1", Forgetting{Row: "per_1"})
	if l.order.State != before || l.order.Sums() != sums || l.order.FlatStatus() != status || fmt.Sprint(l.order.Rows) != "[per_1]" {
		t.Errorf("%s, %+v, rows %v", l.order.FlatStatus(), l.order.Sums(), l.order.Rows)
	}
}

func TestEveryFieldOfAPersonHasItsName(t *testing.T) {
	var p Person
	names := []string{"first_name", "last_name", "legal_name", "email", "phone", "notes", "address_1", "address_2", "city", "postcode", "country_area", "country_code"}
	for _, name := range names {
		*p.Field(name) = name
	}
	want := Person{
		FirstName: "first_name", LastName: "last_name", LegalName: "legal_name", Email: "email", Phone: "phone", Notes: "notes",
		Address: Address{Line1: "address_1", Line2: "address_2", City: "city", Postcode: "postcode", Area: "country_area", Country: "country_code"},
	}
	if p != want {
		t.Errorf("%+v", p)
	}
	if p.Field("shoe_size") != nil {
		t.Error("a person has a shoe size")
	}
}
