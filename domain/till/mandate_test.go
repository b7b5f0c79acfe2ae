package till_test

import (
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

const failsLater = "4000000000000341" // a mandate for it cannot be revoked either

func (b *bench) mandate(number string) *domain.Mandate {
	b.Helper()
	m, err := b.SetupMandate(b.ctx, till.Intent{}, till.Agreeing{Customer: b.customer(domain.Person{FirstName: "Ann"}).ID, Card: b.card(number)})
	b.must(err)
	return m
}

// chargeIt charges a mandate for a new order.
func (b *bench) chargeIt(m *domain.Mandate) (till.Result, error) {
	b.Helper()
	return b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(900).ID, Method: "card", Source: domain.Source{Type: "mandate", ID: string(m.ID)}})
}

func TestAMandateLives(t *testing.T) {
	b := newBench(t, nil)
	m := b.mandate(goodCard)
	if m.State != domain.MandateActive || !strings.HasPrefix(m.Source.ID, "src_") || m.Source.Last4 != "4242" || m.Variant != "sandbox" {
		t.Fatalf("%+v", m)
	}
	sources, err := b.Store.Sources(b.ctx, m.Customer)
	b.must(err)
	if len(sources) != 1 || sources[0].ID != m.Source.ID {
		t.Errorf("the source that it charges is not kept: %+v", sources)
	}
	r, err := b.chargeIt(m)
	b.must(err)
	b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
	if op := r.Payment.Operations[0]; op.Kind != domain.ChargeRecurring || op.Mandate != m.ID || op.Customer != m.Customer {
		t.Errorf("%+v", op)
	}

	m, err = b.PauseMandate(b.ctx, till.Intent{Key: "pause"}, m.ID)
	b.must(err)
	_, err = b.chargeIt(m)
	b.code(err, domain.CodeIllegalTransition)
	_, err = b.PauseMandate(b.ctx, till.Intent{}, m.ID)
	b.code(err, domain.CodeIllegalTransition)
	_, err = b.ResumeMandate(b.ctx, till.Intent{IfVersion: 1}, m.ID)
	b.code(err, domain.CodeVersionConflict)
	m, err = b.ResumeMandate(b.ctx, till.Intent{}, m.ID)
	b.must(err)
	if again, err := b.PauseMandate(b.ctx, till.Intent{Key: "pause"}, m.ID); err != nil || again.State != domain.MandatePaused {
		t.Errorf("a repeat is told %+v, %v", again, err)
	}
	_, err = b.chargeIt(m)
	b.must(err)

	m, err = b.RevokeMandate(b.ctx, till.Intent{Key: "revoke"}, m.ID)
	b.must(err)
	if m.State != domain.MandateEnded {
		t.Fatalf("%s", m.State)
	}
	_, err = b.chargeIt(m)
	b.code(err, domain.CodeIllegalTransition)
	_, err = b.RevokeMandate(b.ctx, till.Intent{}, m.ID)
	b.code(err, domain.CodeIllegalTransition)
	if again, err := b.RevokeMandate(b.ctx, till.Intent{Key: "revoke"}, m.ID); err != nil || again.Version != m.Version {
		t.Errorf("a repeat is told %+v, %v", again, err)
	}
	b.must(b.Listen(b.ctx))
	if orphans, err := b.Store.Orphans(b.ctx); err != nil || len(orphans) > 0 {
		t.Errorf("%v, %v", orphans, err)
	}
	verdict, err := b.Store.Verify(b.ctx)
	b.must(err)
	if !verdict.OK {
		t.Errorf("%+v", verdict)
	}
}

func TestAMandateWithASourceThatIsKept(t *testing.T) {
	b := newBench(t, nil)
	k := b.saved(ann, goodCard)
	other := b.customer(domain.Person{FirstName: "Bob"})
	_, err := b.SetupMandate(b.ctx, till.Intent{}, till.Agreeing{Customer: other.ID, Source: domain.Source{Type: "id", ID: k.ID}})
	b.wrong(err, "source")
	_, err = b.SetupMandate(b.ctx, till.Intent{}, till.Agreeing{Customer: other.ID})
	b.wrong(err, "source")
	_, err = b.SetupMandate(b.ctx, till.Intent{}, till.Agreeing{Customer: "cus_none", Source: domain.Source{Type: "id", ID: k.ID}})
	b.code(err, domain.CodeNotFound)
	_, err = b.SetupMandate(b.ctx, till.Intent{}, till.Agreeing{Customer: other.ID, Card: b.card(goodCard), Variant: "cash"})
	b.wrong(err, "variant")
	m, err := b.SetupMandate(b.ctx, till.Intent{}, till.Agreeing{Customer: k.Customer, Source: domain.Source{Type: "id", ID: k.ID}})
	b.must(err)
	if m.State != domain.MandateActive || m.Source.ID != k.ID {
		t.Fatalf("%+v", m)
	}
	_, err = b.RemoveSource(b.ctx, till.Intent{}, k.ID)
	b.must(err)
	_, err = b.chargeIt(m) // what it would charge is gone
	b.code(err, domain.CodeIllegalTransition)
	_, err = b.SetupMandate(b.ctx, till.Intent{}, till.Agreeing{Customer: k.Customer, Source: domain.Source{Type: "id", ID: k.ID}})
	b.code(err, domain.CodeIllegalTransition)
	_, _, err = b.Forget(b.ctx, till.Intent{}, k.Customer)
	b.must(err)
	_, err = b.SetupMandate(b.ctx, till.Intent{}, till.Agreeing{Customer: k.Customer, Card: b.card(goodCard)})
	b.code(err, domain.CodeIllegalTransition)
}

func TestAMandateByAToken(t *testing.T) {
	b := newBench(t, nil)
	token, err := b.bank.Token(b.ctx, *b.card(goodCard))
	b.must(err)
	c := b.customer(ann)
	m, err := b.SetupMandate(b.ctx, till.Intent{}, till.Agreeing{Customer: c.ID, Source: domain.Source{Type: "token", ID: token.ID}})
	b.must(err)
	if m.State != domain.MandateActive || !strings.HasPrefix(m.Source.ID, "src_") || m.Source.Last4 != "4242" {
		t.Fatalf("%+v", m)
	}
}

func TestAMandateThatIsNotSetUp(t *testing.T) {
	b := newBench(t, nil)
	c := b.customer(ann)
	m, err := b.SetupMandate(b.ctx, till.Intent{}, till.Agreeing{Customer: c.ID, Card: b.card(shortOfFunds)})
	b.code(err, domain.CodeFailed)
	if m.State != domain.MandateFailed {
		t.Fatalf("%s", m.State)
	}
	_, err = b.chargeIt(m)
	b.code(err, domain.CodeIllegalTransition)
	if sources, err := b.Store.Sources(b.ctx, ""); err != nil || len(sources) > 0 {
		t.Errorf("%v, %v", sources, err)
	}
}

// A refused revocation leaves the mandate as it is, and somebody has to look.
func TestAMandateThatCannotBeRevoked(t *testing.T) {
	b := newBench(t, nil)
	m := b.mandate(failsLater)
	m, err := b.RevokeMandate(b.ctx, till.Intent{Key: "k"}, m.ID)
	b.code(err, domain.CodeFailed)
	if m.State != domain.MandateActive || strings.Join(m.Attention(), " ") != "revoke" {
		t.Fatalf("%s, attention %v", m.State, m.Attention())
	}
	_, err = b.RevokeMandate(b.ctx, till.Intent{Key: "k"}, m.ID)
	b.code(err, domain.CodeFailed) // a repeat is told the same
	if again, err := b.Mandate(b.ctx, string(m.ID)); err != nil || len(again.Operations) != 2 {
		t.Errorf("%+v, %v", again, err)
	}
}

// A lost answer is found out by a sync, by a repeat of the command, or by the notice; nothing is done twice.
func TestALostAnswerAboutAMandate(t *testing.T) {
	for _, c := range []struct {
		fault string
		find  string
		code  domain.Code
		want  domain.State
		tries int
	}{
		{"timeout_after", "sync", "", domain.MandateActive, 1},
		{"timeout_after", "repeat", "", domain.MandateActive, 1},
		{"timeout_after", "notice", "", domain.MandateActive, 1},
		{"timeout_before", "repeat", "", domain.MandateActive, 2},
		{"timeout_before", "sync", domain.CodeUnknownOutcome, domain.MandatePending, 1},
		{"timeout_before", "later", "", domain.MandateFailed, 1},
		{"pending", "later notice", "", domain.MandateActive, 1},
		{"refused", "nothing", domain.CodeFailed, domain.MandateFailed, 1},
	} {
		t.Run(c.fault+" "+c.find, func(t *testing.T) {
			b := newBench(t, nil)
			who := b.customer(ann)
			setup := func() (*domain.Mandate, error) {
				return b.SetupMandate(b.ctx, till.Intent{Key: "k"}, till.Agreeing{Customer: who.ID, Card: b.card(goodCard)})
			}
			b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.SetupRecurring, Name: c.fault, Times: 1}))
			m, err := setup()
			first := map[string]domain.Code{"pending": "", "refused": domain.CodeFailed}
			if code, known := first[c.fault]; known {
				b.code(err, code)
			} else {
				b.code(err, domain.CodeUnknownOutcome)
			}
			b.code(b.finish(c.find, m.ID, setup, &err), c.code)
			m, err = b.Mandate(b.ctx, string(m.ID))
			b.must(err)
			if m.State != c.want || m.Operations[0].Tries != c.tries || len(m.Operations) != 1 {
				t.Errorf("%s after %d tries, want %s after %d", m.State, m.Operations[0].Tries, c.want, c.tries)
			}
		})
	}
}

// finish looks for the end of a mandate's call.
func (b *bench) finish(how string, id domain.MandateID, repeat func() (*domain.Mandate, error), first *error) error {
	b.Helper()
	var err error
	switch how {
	case "sync":
		_, err = b.SyncMandate(b.ctx, till.Intent{}, id)
	case "later":
		b.clock.forward(time.Minute)
		_, err = b.SyncMandate(b.ctx, till.Intent{}, id)
	case "repeat":
		_, err = repeat()
	case "notice":
		b.must(b.bank.Deliver(b.ctx, b.waiting()...))
		b.must(b.Listen(b.ctx))
	case "later notice":
		b.clock.forward(2 * time.Minute)
		b.must(b.Listen(b.ctx))
	default:
		err = *first
	}
	return err
}

// While nobody knows whether a mandate is revoked it is not charged.
func TestAMandateIsNotChargedWhileItsEndIsUnknown(t *testing.T) {
	b := newBench(t, nil)
	m := b.mandate(goodCard)
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.Revoke, Name: "timeout_after", Times: 1}))
	m, err := b.RevokeMandate(b.ctx, till.Intent{}, m.ID)
	b.code(err, domain.CodeUnknownOutcome)
	if strings.Join(m.Attention(), " ") != "unknown" {
		t.Errorf("attention %v", m.Attention())
	}
	_, err = b.chargeIt(m)
	b.code(err, domain.CodeIllegalTransition)
	_, err = b.PauseMandate(b.ctx, till.Intent{}, m.ID)
	b.code(err, domain.CodeIllegalTransition)
	m, err = b.SyncMandate(b.ctx, till.Intent{}, m.ID)
	b.must(err)
	if m.State != domain.MandateEnded {
		t.Errorf("%s", m.State)
	}
}
