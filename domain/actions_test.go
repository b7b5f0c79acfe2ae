package domain

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// Lives that lead to each line of the tables of what is permitted (lifecycle §12).
var (
	newOrder = func(l *life) {}
	moved    = func(on ...Event) func(*life) {
		return func(l *life) {
			for _, e := range on {
				l.move(e)
			}
		}
	}
	opened   = func(l *life) { l.begin(1000, Opening{}) }
	askedFor = func(l *life) { l.open(1000, Opening{}) }
	answered = func(status Status, facts ...Fact) func(*life) {
		return func(l *life) {
			p := l.open(1000, Opening{})
			l.reply(p.Operations[0], status, facts...)
		}
	}
	approvedThen = func(amount Amount, then ...Fact) func(*life) {
		return func(l *life) {
			answered(Succeeded, Fact{Event: Approved, Amount: amount})(l)
			for _, f := range then {
				l.tell(l.order.Last(), f)
			}
		}
	}
	sold         = answered(Succeeded, Fact{Event: Approved, Amount: 1000}, Fact{Event: Captured, Amount: 1000, Final: true})
	refundFailed = func(l *life) {
		sold(l)
		l.reply(l.ask(l.order.Last(), RefundMoney, 1000), Declined)
	}
	partSold     = approvedThen(1000, Fact{Event: Captured, Amount: 400, Released: 600, Final: true})
	partGoneBack = func(l *life) {
		partSold(l)
		op := l.ask(l.order.Last(), RefundMoney, 400)
		l.reply(op, Succeeded, Fact{Event: RefundDone, Amount: 400})
	}
	challenged = func(l *life) {
		l.reply(l.open(1000, Opening{}).Charge(), Pending, actionRequired(SessionChallenge, l.at.Add(15*time.Minute)))
	}
	waiting = func(l *life) {
		l.approves(l.open(1000, Opening{Group: "grp_1"}).Charge())
	}
	lateForCancelled = func(l *life) {
		answered(Declined)(l)
		l.move(Cancel)
		l.tell(l.order.Last(), Fact{Event: Approved, Amount: 1000}, Fact{Event: Captured, Amount: 1000, Final: true})
	}
)

var permittedOrders = []struct {
	name  string
	life  func(*life)
	state State
	may   string
}{
	{"issued", newOrder, OrderIssued, "pay view cancel reject receive extend allow_overdue deny_overdue"},
	{"viewed", moved(View), OrderViewed, "pay view cancel reject receive extend allow_overdue deny_overdue"},
	{"failed", answered(Declined), OrderFailed, "pay view cancel reject receive extend allow_overdue deny_overdue"},
	{"overdue", moved(DueReached), OrderOverdue, "pay view cancel reject receive extend deny_overdue"},
	{"expired", moved(DueReached, DenyOverdue), OrderExpired, "view cancel receive extend allow_overdue"},
	{"the form is open", opened, OrderInProgress, "pay view cancel reject"},
	{"the customer is at the bank", challenged, OrderInProgress, "view cancel reject"},
	{"waiting for its group", waiting, OrderInProgress, "view"},
	{"sent", askedFor, OrderInProgress, "view"},
	{"unknown", answered(Unknown), OrderInProgress, "view"},
	{"waiting to be voided", approvedThen(400), OrderInProgress, "view"},
	{"on hold", approvedThen(1000), OrderHold, "view cancel"},
	{"part paid, rest held", approvedThen(1000, Fact{Event: Captured, Amount: 400}), OrderPartPaid, "view extend allow_overdue deny_overdue"},
	{"part paid", partSold, OrderPartPaid, "pay view extend allow_overdue deny_overdue close_short"},
	{"part paid, gone back", partGoneBack, OrderPartPaid, "pay view cancel extend allow_overdue deny_overdue"},
	{"paid", sold, OrderPaid, "view"},
	{"paid, its refund failed", refundFailed, OrderPaid, "view acknowledge"},
	{"cancelled", moved(Cancel), OrderCancelled, "view"},
	{"rejected", moved(Reject), OrderRejected, "view"},
	{"received", moved(MarkReceived), OrderReceived, "view cancel unreceive"},
	{"cancelled, with late money", lateForCancelled, OrderCancelled, "view accept_late"},
}

func TestPermittedOnAnOrder(t *testing.T) {
	for _, c := range permittedOrders {
		l := newLife(t, Document{})
		c.life(l)
		f := &Facts{Order: l.order, Now: l.at, Can: everything}
		if l.order.State != c.state {
			t.Errorf("%s: the order is %s", c.name, l.order.State)
		}
		if may := strings.Join(Permitted(OrderActions, f), " "); may != c.may {
			t.Errorf("%s permits %s\nwant %s", c.name, may, c.may)
		}
		everySentence(t, c.name, OrderActions, f)
	}
}

// What was received outside and then paid late as well can be taken back: the money decides where it stands.
func TestUndoneReceiptWithLateMoney(t *testing.T) {
	l := newLife(t, Document{})
	answered(Declined)(l)
	l.move(MarkReceived)
	l.tell(l.order.Last(), Fact{Event: Approved, Amount: 1000})
	f := &Facts{Order: l.order, Now: l.at}
	if refusal := FindAction(OrderActions, "unreceive").Refusal(f); refusal != nil {
		t.Fatal(refusal)
	}
	l.move(UndoReceived)
	l.stands(OrderHold, PaymentAuthorized)
}

func TestPermittedOnADraft(t *testing.T) {
	o := &Order{State: OrderDraft, Document: Document{Contact: true, Cart: Cart{Lines: []Line{{Price: 1}}}, Totals: Totals{Total: 1}}}
	if may := strings.Join(Permitted(OrderActions, &Facts{Order: o, Now: noon}), " "); may != "issue discard" {
		t.Errorf("a draft permits %s", may)
	}
}

// everySentence checks that what is not permitted is refused with a sentence, a code and what is possible instead.
func everySentence(t *testing.T, name string, of []Action, f *Facts) {
	t.Helper()
	may, refused := Permitted(of, f), Refused(of, f)
	for _, a := range of {
		if slices.Contains(may, a.Name) == (refused[a.Name] != "") {
			t.Errorf("%s: %s is possible or refused, and not both: %q", name, a.Name, refused[a.Name])
		}
		ask := a.Usual(*f)
		refusal := a.Refusal(&ask)
		if refusal == nil {
			continue
		}
		if refusal.Code != CodeIllegalTransition || refusal.Message != refused[a.Name] || refusal.Event != a.Name || !slices.Equal(refusal.Permitted, may) {
			t.Errorf("%s: %s is refused with %+v", name, a.Name, refusal)
		}
	}
}
