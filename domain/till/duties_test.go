package till_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"till/domain"
	"till/domain/till"
)

const (
	bossPIN    = "246810"
	clerkPIN   = "135791"
	trainerPIN = "112233"
)

// staffed sets up one of each role, and gives how each signs in.
func (b *bench) staffed() func(domain.Role) {
	b.Helper()
	pins := map[domain.Role]string{domain.Manager: bossPIN, domain.Clerk: clerkPIN, domain.Trainer: trainerPIN}
	names := map[domain.Role]string{domain.Manager: "Maria", domain.Clerk: "Bob", domain.Trainer: "Tess"}
	for _, r := range []domain.Role{domain.Manager, domain.Clerk, domain.Trainer} {
		_, err := b.AddOperator(b.ctx, till.Intent{}, names[r], r, domain.NewSecret(pins[r]))
		b.must(err)
		if r == domain.Manager {
			b.Enter(b.signIn(names[r], pins[r]))
		}
	}
	badges := map[domain.Role]*till.Badge{}
	for r, name := range names {
		badges[r] = b.signIn(name, pins[r])
	}
	b.Enter(nil)
	return func(r domain.Role) { b.Enter(badges[r]) }
}

func (b *bench) signIn(name, pin string) *till.Badge {
	b.Helper()
	badge, err := b.SignIn(b.ctx, name, domain.NewSecret(pin))
	b.must(err)
	return badge
}

// Every deed is asked about by the use case that does it, before anything else is looked at: where nobody may do it any
// more, that is what the manager is told. And each role may do what the table says, and nothing else.
func TestEveryDeedIsAskedAboutForEveryRole(t *testing.T) {
	hashes := till.CountHashes(t)
	b := newBench(t, nil)
	x := b.things()
	as := b.staffed()
	cells := 0
	for _, d := range deedsDone {
		duty := domain.DutyOf(d.deed)
		if duty == nil {
			t.Fatalf("nobody has said who may do %q", d.deed)
		}
		before := duty.May
		duty.May = nil
		as(domain.Manager)
		err := d.do(b, x, till.Intent{})
		duty.May = before
		if domain.CodeOf(err) != domain.CodeForbidden || !strings.Contains(err.Error(), "a manager may not "+duty.Does) {
			t.Errorf("%s by %s is not asked about: %v", d.deed, d.method, err)
		}
		b.Enter(nil)
		if d.deed != domain.DeedOwnPIN {
			b.code(d.do(b, x, till.Intent{}), domain.CodeForbidden)
		}
	}
	for _, d := range deedsDone {
		duty := domain.DutyOf(d.deed)
		for _, r := range domain.Roles() {
			if d.deed == domain.DeedOwnPIN {
				as = b.again(r, as)
			} else {
				as(r)
			}
			err := d.do(b, x, till.Intent{})
			if refused := domain.CodeOf(err) == domain.CodeForbidden; refused == slices.Contains(duty.May, r) {
				t.Errorf("%s by %s, as a %s: %v", d.deed, d.method, r, err)
			}
			cells++
		}
	}
	for _, duty := range domain.Duties {
		if !slices.ContainsFunc(deedsDone, func(d deedDone) bool { return d.deed == duty.Deed }) {
			t.Errorf("no use case is known that does %q", duty.Deed)
		}
	}
	if hashes.Load() == 0 {
		t.Error("no PIN was hashed")
	}
	t.Logf("proof: %d cells of deeds and roles, each as the table says", cells)
}

// again lets somebody change their own PIN and go on, and gives how everybody signs in from then on.
func (b *bench) again(r domain.Role, as func(domain.Role)) func(domain.Role) {
	as(r)
	return func(want domain.Role) {
		as(want)
		if want == r {
			b.Enter(b.signIn(map[domain.Role]string{domain.Manager: "Maria", domain.Clerk: "Bob", domain.Trainer: "Tess"}[r], "998877"))
		}
	}
}

// Whatever takes an intent is somebody's deed: a use case that nobody has put into the table is found here. What only asks
// a provider is nobody's, as the clock asks the same.
func TestNoUseCaseIsWithoutADeed(t *testing.T) {
	asks := []string{"Sync", "SyncPayout", "SyncMandate"}
	known := func(name string) bool {
		return slices.Contains(asks, name) || slices.ContainsFunc(deedsDone, func(d deedDone) bool { return d.method == name })
	}
	for of := range reflect.TypeFor[*till.Till]().Methods() {
		takes := slices.Collect(of.Type.Ins())
		if slices.Contains(takes, reflect.TypeFor[till.Intent]()) && !known(of.Name) {
			t.Errorf("nobody has said who may call %s", of.Name)
		}
	}
}

// bankLooks are the methods of the gateway's side that change nothing, and what the customer does there.
var bankLooks = []string{"Cards", "Books", "Token", "Customer", "Cases", "Outbox", "HoldsBack", "Faults", "Profile", "Timers"}

// All else at the other chair is refused to a clerk.
func TestAClerkDoesNotSitInTheOtherChair(t *testing.T) {
	till.CountHashes(t)
	b := newBench(t, nil)
	b.staffed()(domain.Clerk)
	refused := 0
	chair := reflect.ValueOf(b.Till.Bank)
	for of := range reflect.TypeFor[domain.Bank]().Methods() {
		if slices.Contains(bankLooks, of.Name) {
			continue
		}
		method := chair.MethodByName(of.Name)
		args := []reflect.Value{reflect.ValueOf(b.ctx)}
		for in := range method.Type().Ins() {
			if len(args) < method.Type().NumIn() && in != reflect.TypeFor[[]string]() && in.Kind() != reflect.Interface {
				args = append(args, reflect.Zero(in))
			}
		}
		results := method.Call(args)
		err, _ := results[len(results)-1].Interface().(error)
		if domain.CodeOf(err) != domain.CodeForbidden {
			t.Errorf("%s: %v", of.Name, err)
		}
		refused++
	}
	t.Logf("proof: %d deeds at the other chair, each refused to a clerk", refused)
}

// A trainer shows with test money, and does not touch any other.
func TestATrainerTouchesNoRealMoney(t *testing.T) {
	till.CountHashes(t)
	b := newBench(t, nil)
	as := b.staffed()
	b.Live = true
	for _, d := range domain.Duties {
		if d.Deed == domain.DeedOwnPIN {
			continue
		}
		as(domain.Trainer)
		b.code(b.Allows(b.ctx, till.Intent{}, d.Deed), domain.CodeForbidden)
		as(domain.Manager)
		b.must(b.Allows(b.ctx, till.Intent{}, d.Deed))
	}
}

// thePaymentsAPI is what the Payments API (the first of the systems that the statuses are mapped to) lets its users and its
// admins do, by its own table of calls. Its user is a clerk here and its admin a manager; its other two calls, retrieve
// and list, only look, and that is free.
var thePaymentsAPI = []struct {
	call string
	deed domain.Deed
	may  []domain.Role
}{
	{"pay", domain.DeedPay, []domain.Role{domain.Clerk, domain.Manager}},
	{"update", "payment update", []domain.Role{domain.Clerk, domain.Manager}},
}

// What the Payments API lets its users do a clerk may do here, and what its admins a manager.
func TestTheMarksOfThePaymentsAPI(t *testing.T) {
	for _, call := range thePaymentsAPI {
		for _, r := range call.may {
			if !domain.DutyOf(call.deed).Allows(r, true) {
				t.Errorf("%s: a %s may not %s", call.call, r, domain.DutyOf(call.deed).Does)
			}
		}
	}
}

func TestEveryDutySaysWhy(t *testing.T) {
	seen := map[string]bool{}
	for _, d := range domain.Duties {
		if !strings.HasSuffix(d.Why, ".") || d.Does == "" || len(d.May) == 0 || !slices.Contains(d.May, domain.Manager) {
			t.Errorf("%q: %+v", d.Deed, d)
		}
		for _, of := range []string{string(d.Deed), d.Does} {
			if seen[of] {
				t.Errorf("%q is there twice", of)
			}
			seen[of] = true
		}
	}
	for _, actions := range []struct {
		what string
		of   []domain.Action
	}{{"order", domain.OrderActions}, {"payment", domain.PaymentActions}, {"refund", domain.RefundActions}, {"dispute", domain.DisputeActions}} {
		for _, a := range actions.of {
			if deed := domain.Deed(fmt.Sprint(actions.what, " ", a.Name)); domain.DutyOf(deed) == nil && a.Name != "sync" {
				t.Errorf("nobody has said who may do %q", deed)
			}
		}
	}
}

// What a shop relies on, whatever else is changed in the table: a clerk lets no money go alone, and only a manager says who
// works here.
func TestWhatAClerkMayNeverDo(t *testing.T) {
	for _, deed := range []domain.Deed{
		domain.DeedVoid, "payment reverse", "order receive", "order close_short", domain.DeedPayout, "shift pay_out", "dispute accept", "payment fraud",
		domain.DeedForget, domain.DeedOperators, domain.DeedClock, domain.DeedSandbox, domain.DeedCatalogue, domain.DeedSettings,
	} {
		if domain.DutyOf(deed).Allows(domain.Clerk, false) {
			t.Errorf("a clerk may %s", domain.DutyOf(deed).Does)
		}
	}
	for _, deed := range []domain.Deed{domain.DeedRefund, "refund retry", domain.DeedReturnLate} {
		if !domain.DutyOf(deed).Limits(domain.Clerk) {
			t.Errorf("a clerk may %s without a limit", domain.DutyOf(deed).Does)
		}
	}
	if may := domain.DutyOf(domain.DeedOperators).May; len(may) != 1 || may[0] != domain.Manager {
		t.Errorf("%v may say who works here", may)
	}
}
