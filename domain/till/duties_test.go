package till_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

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

// things are something of everything that a deed can be done to.
type things struct {
	order, draft *domain.Order
	paid, held   till.Result
	refund       domain.RefundID
	dispute      domain.DisputeID
	customer     *domain.Customer
	source       string
	mandate      *domain.Mandate
	payout       *domain.Payout
}

func (b *bench) things() things {
	b.Helper()
	x := things{order: b.issue(2000), held: b.hold(b.issue(2000)), mandate: b.mandate(goodCard), payout: b.payout()}
	x.customer = b.customer(domain.Person{FirstName: "Cleo", Email: "cleo@c.example"})
	saved := b.saved(ann, goodCard)
	x.source = saved.Source.ID
	var err error
	x.draft, err = b.Draft(b.ctx, till.Intent{}, wanted(700))
	b.must(err)
	x.paid, err = b.pay(b.issue(2000), goodCard, nil)
	b.must(err)
	r, err := b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: x.paid.Payment.ID, Amount: 100})
	b.must(err)
	x.refund = r.Refund.ID
	disputed, err := b.pay(b.issue(2000), goodCard, nil)
	b.must(err)
	x.dispute, err = b.bank.Raise(b.ctx, domain.Raising{Payment: disputed.Payment.ID, Stage: domain.StageChargeback, Reason: "13.1"})
	b.must(err)
	b.must(b.Listen(b.ctx))
	return x
}

// deedDone is a deed by the method of the till that does it; several may be one deed.
type deedDone struct {
	deed   domain.Deed
	method string
	do     func(b *bench, x things, in till.Intent) error
}

// second drops a result.
func second[T any](_ T, err error) error { return err }

func move(action string) deedDone {
	return deedDone{domain.Deed("order " + action), "Move", func(b *bench, x things, in till.Intent) error {
		return second(b.Move(b.ctx, in, x.order.ID, action, till.Moving{Due: b.clock.now.Add(time.Hour)}))
	}}
}

var deedsDone = []deedDone{
	{domain.DeedIssue, "Issue", func(b *bench, _ things, in till.Intent) error { return second(b.Issue(b.ctx, in, wanted(100))) }},
	{domain.DeedIssue, "Draft", func(b *bench, _ things, in till.Intent) error { return second(b.Draft(b.ctx, in, wanted(100))) }},
	{domain.DeedIssue, "Resume", func(b *bench, x things, in till.Intent) error { return second(b.Resume(b.ctx, in, x.draft.ID)) }},
	move("discard"), move("view"), move("reject"), move("cancel"), move("extend"), move("allow_overdue"), move("deny_overdue"), move("receive"),
	move("unreceive"), move("close_short"), move("accept_late"), move("acknowledge"),
	{domain.DeedVoid, "Move", func(b *bench, x things, in till.Intent) error {
		return second(b.Move(b.ctx, in, x.held.Order.ID, "cancel", till.Moving{}))
	}},
	{domain.DeedReturnLate, "ReturnLate", func(b *bench, x things, in till.Intent) error { return second(b.ReturnLate(b.ctx, in, x.order.ID)) }},
	{domain.DeedReceipt, "Printed", func(b *bench, x things, in till.Intent) error {
		return second(b.Printed(b.ctx, in, x.order.ID, "text"))
	}},
	{domain.DeedPay, "Pay", func(b *bench, x things, in till.Intent) error {
		return second(b.Pay(b.ctx, in, till.Payable{Order: x.order.ID, Method: "cash"}))
	}},
	{domain.DeedPay, "PayGroup", func(b *bench, x things, in till.Intent) error {
		_, _, err := b.PayGroup(b.ctx, in, []domain.OrderID{x.order.ID, x.draft.ID}, till.Payable{Method: "card", Card: b.card(goodCard)})
		return err
	}},
	{domain.DeedOpen, "OpenPayment", func(b *bench, x things, in till.Intent) error {
		return second(b.OpenPayment(b.ctx, in, x.order.ID, 0, "", false))
	}},
	{"payment capture", "Capture", func(b *bench, x things, in till.Intent) error {
		return second(b.Capture(b.ctx, in, till.Capturing{Payment: x.paid.Payment.ID}))
	}},
	{"payment increment", "Increment", func(b *bench, x things, in till.Intent) error {
		return second(b.Increment(b.ctx, in, till.Incrementing{Payment: x.paid.Payment.ID, By: 1}))
	}},
	{domain.DeedVoid, "Void", func(b *bench, x things, in till.Intent) error {
		return second(b.Void(b.ctx, in, x.paid.Payment.ID, ""))
	}},
	{domain.DeedRefund, "Refund", func(b *bench, x things, in till.Intent) error {
		return second(b.Refund(b.ctx, in, till.Refunding{Payment: x.paid.Payment.ID, Amount: 1}))
	}},
	{"payment reverse", "Reverse", func(b *bench, x things, in till.Intent) error { return second(b.Reverse(b.ctx, in, x.paid.Payment.ID)) }},
	{"payment complete", "Complete", func(b *bench, x things, in till.Intent) error {
		return second(b.Complete(b.ctx, in, x.paid.Payment.ID, "passed"))
	}},
	{"payment cancel", "CancelPayment", func(b *bench, x things, in till.Intent) error {
		return second(b.CancelPayment(b.ctx, in, x.paid.Payment.ID))
	}},
	{"payment retry", "RetryPayment", func(b *bench, x things, in till.Intent) error {
		return second(b.RetryPayment(b.ctx, in, x.paid.Payment.ID))
	}},
	{"payment update", "UpdatePayment", func(b *bench, x things, in till.Intent) error {
		return second(b.UpdatePayment(b.ctx, in, x.paid.Payment.ID, till.Editing{}))
	}},
	{"payment fraud", "Judge", func(b *bench, x things, in till.Intent) error {
		return second(b.Judge(b.ctx, in, x.paid.Payment.ID, domain.Screening{Status: domain.FraudReview}))
	}},
	{"refund cancel", "CancelRefund", func(b *bench, x things, in till.Intent) error { return second(b.CancelRefund(b.ctx, in, x.refund)) }},
	{"refund retry", "RetryRefund", func(b *bench, x things, in till.Intent) error { return second(b.RetryRefund(b.ctx, in, x.refund)) }},
	{"dispute evidence", "AddEvidence", func(b *bench, x things, in till.Intent) error {
		return second(b.AddEvidence(b.ctx, in, x.dispute, text("it was signed for")))
	}},
	{"dispute submit", "SubmitEvidence", func(b *bench, x things, in till.Intent) error {
		return second(b.SubmitEvidence(b.ctx, in, x.dispute, text("it was signed for")))
	}},
	{"dispute decline", "DeclineDispute", func(b *bench, x things, in till.Intent) error {
		return second(b.DeclineDispute(b.ctx, in, x.dispute, till.Evidence{}))
	}},
	{"dispute withdraw", "WithdrawDispute", func(b *bench, x things, in till.Intent) error { return second(b.WithdrawDispute(b.ctx, in, x.dispute)) }},
	{"dispute file", "FileDispute", func(b *bench, x things, in till.Intent) error {
		return second(b.FileDispute(b.ctx, in, x.dispute, ""))
	}},
	{"dispute accept", "AcceptDispute", func(b *bench, x things, in till.Intent) error { return second(b.AcceptDispute(b.ctx, in, x.dispute)) }},
	{domain.DeedCustomer, "AddCustomer", func(b *bench, _ things, in till.Intent) error {
		return second(b.AddCustomer(b.ctx, in, domain.Person{FirstName: "Dora"}))
	}},
	{domain.DeedCustomer, "UpdateCustomer", func(b *bench, x things, in till.Intent) error {
		return second(b.UpdateCustomer(b.ctx, in, x.customer.ID, map[string]string{"phone": "123"}))
	}},
	{domain.DeedForget, "Forget", func(b *bench, x things, in till.Intent) error {
		_, _, err := b.Forget(b.ctx, in, x.customer.ID)
		return err
	}},
	{domain.DeedForget, "ForgetClient", func(b *bench, x things, in till.Intent) error { return second(b.ForgetClient(b.ctx, in, x.order.ID)) }},
	{domain.DeedForget, "ForgetRecipient", func(b *bench, x things, in till.Intent) error {
		return second(b.ForgetRecipient(b.ctx, in, x.payout.ID))
	}},
	{domain.DeedSource, "RemoveSource", func(b *bench, x things, in till.Intent) error { return second(b.RemoveSource(b.ctx, in, x.source)) }},
	{domain.DeedSetup, "SetupMandate", func(b *bench, x things, in till.Intent) error {
		return second(b.SetupMandate(b.ctx, in, till.Agreeing{Customer: x.mandate.Customer, Card: b.card(goodCard)}))
	}},
	{domain.DeedMandate, "PauseMandate", func(b *bench, x things, in till.Intent) error { return second(b.PauseMandate(b.ctx, in, x.mandate.ID)) }},
	{domain.DeedMandate, "ResumeMandate", func(b *bench, x things, in till.Intent) error {
		return second(b.ResumeMandate(b.ctx, in, x.mandate.ID))
	}},
	{domain.DeedMandate, "RevokeMandate", func(b *bench, x things, in till.Intent) error {
		return second(b.RevokeMandate(b.ctx, in, x.mandate.ID))
	}},
	{domain.DeedPayout, "CreatePayout", func(b *bench, _ things, in till.Intent) error { return second(b.CreatePayout(b.ctx, in, b.paying())) }},
	{domain.DeedPayout, "ConfirmPayout", func(b *bench, x things, in till.Intent) error {
		return second(b.ConfirmPayout(b.ctx, in, x.payout.ID, till.Missing{}))
	}},
	{domain.DeedPayout, "CancelPayout", func(b *bench, x things, in till.Intent) error { return second(b.CancelPayout(b.ctx, in, x.payout.ID)) }},
	{"shift open", "OpenShift", func(b *bench, _ things, in till.Intent) error { return second(b.OpenShift(b.ctx, in, 100)) }},
	{"shift pay_in", "PayIn", func(b *bench, _ things, in till.Intent) error { return second(b.PayIn(b.ctx, in, 100, "coins")) }},
	{"shift pay_out", "PayOut", func(b *bench, _ things, in till.Intent) error { return second(b.PayOut(b.ctx, in, 1, "milk")) }},
	{"shift close", "CloseShift", func(b *bench, _ things, in till.Intent) error { return second(b.CloseShift(b.ctx, in, 100)) }},
	{domain.DeedOwnPIN, "SetPIN", func(b *bench, _ things, in till.Intent) error {
		return second(b.SetPIN(b.ctx, in, b.Present().Name(), domain.NewSecret("998877")))
	}},
	{domain.DeedOperators, "SetPIN", func(b *bench, _ things, in till.Intent) error {
		return second(b.SetPIN(b.ctx, in, "nobody", domain.NewSecret("998877")))
	}},
	{domain.DeedOperators, "AddOperator", func(b *bench, _ things, in till.Intent) error {
		return second(b.AddOperator(b.ctx, in, "Bob", domain.Clerk, domain.NewSecret("998877")))
	}},
	{domain.DeedOperators, "DisableOperator", func(b *bench, _ things, in till.Intent) error {
		return second(b.DisableOperator(b.ctx, in, "nobody"))
	}},
	{domain.DeedClock, "Advance", func(b *bench, _ things, in till.Intent) error { return second(b.Advance(b.ctx, in, time.Second)) }},
	{domain.DeedClock, "AdvanceTo", func(b *bench, _ things, in till.Intent) error {
		return second(b.AdvanceTo(b.ctx, in, b.Env.Now().Add(time.Second)))
	}},
	{domain.DeedClock, "AdvanceNext", func(b *bench, _ things, in till.Intent) error { return second(b.AdvanceNext(b.ctx, in)) }},
	{domain.DeedCatalogue, "Shelve", func(b *bench, _ things, _ till.Intent) error { return b.Shelve(b.ctx, nil) }},
	{domain.DeedSettings, "Allows", func(b *bench, _ things, in till.Intent) error { return b.Allows(b.ctx, in, domain.DeedSettings) }},
	{domain.DeedSandbox, "Bank", func(b *bench, x things, _ till.Intent) error { return b.Till.Bank.HoldBack(b.ctx, true) }},
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

// What the Payments API lets its users do a clerk may do here, and what its admins a manager.
func TestTheMarksOfThePaymentsAPI(t *testing.T) {
	for _, call := range domain.ThePaymentsAPI {
		for _, r := range call.May {
			if !domain.DutyOf(call.Deed).Allows(r, true) {
				t.Errorf("%s: a %s may not %s", call.Call, r, domain.DutyOf(call.Deed).Does)
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
