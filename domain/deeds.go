package domain

import (
	"slices"
	"strings"
)

// Role is what somebody is at the till; it says what they may do.
type Role string

// The roles.
const (
	Clerk   Role = "clerk"   // sells
	Manager Role = "manager" // answers for the money and for who works here
	Trainer Role = "trainer" // shows how it is done, with test money
)

// Roles are all of them.
func Roles() []Role { return []Role{Clerk, Manager, Trainer} }

// ParseRole reads a role (CodeInvalid).
func ParseRole(text string) (Role, error) {
	if r := Role(text); slices.Contains(Roles(), r) {
		return r, nil
	}
	return "", Invalid("the operator", map[string]string{"role": "must be clerk, manager or trainer"})
}

// Deed is something that a person does at the till and that changes something, by what it is done to: "payment capture".
// To look is free, and so is to ask a provider what it has on record, as the clock does it too.
type Deed string

// The deeds that are no action of an order, a payment, a refund or a case.
const (
	DeedIssue      Deed = "order issue"
	DeedReceipt    Deed = "order receipt"
	DeedReturnLate Deed = "order return_late"
	DeedPay        Deed = "order pay"
	DeedOpen       Deed = "payment open"
	DeedVoid       Deed = "payment void"
	DeedRefund     Deed = "payment refund"
	DeedCustomer   Deed = "customer keep"
	DeedForget     Deed = "customer forget"
	DeedSource     Deed = "source remove"
	DeedSetup      Deed = "mandate setup"
	DeedMandate    Deed = "mandate move"
	DeedPayout     Deed = "payout move"
	DeedOwnPIN     Deed = "operator own_pin"
	DeedOperators  Deed = "operator manage"
	DeedClock      Deed = "clock move"
	DeedSandbox    Deed = "sandbox move"
	DeedCatalogue  Deed = "catalogue keep"
	DeedSettings   Deed = "settings keep"
)

// Duty is a deed, with who may do it.
type Duty struct {
	Deed   Deed
	May    []Role
	Limit  bool   // a clerk only as far as the limit for refunds goes
	Untold bool   // the journal does not tell it: nobody can stand by, as it would be on no record
	Does   string // the deed in words, after "may": capture a payment
	Why    string // one sentence: why these
}

var (
	anybody    = []Role{Clerk, Manager, Trainer}
	notClerks  = []Role{Manager, Trainer}
	onlyBosses = []Role{Manager}
)

// Duties are all deeds. A trainer may do what a manager may, but for the operators, and only where no money is real.
var Duties = []Duty{
	{Deed: DeedIssue, May: anybody, Does: "issue an order", Why: "To sell is what a clerk is there for."},
	{Deed: "order discard", May: anybody, Does: "throw a draft away", Why: "A draft has no number and nobody was asked to pay it."},
	{Deed: DeedPay, May: anybody, Does: "take a payment", Why: "To take money is what a clerk is there for."},
	{Deed: "order view", May: anybody, Does: "note that the customer looks at the form", Why: "The customer does it, and the till only notes it."},
	{Deed: "order reject", May: anybody, Does: "note that the customer rejects an order", Why: "The customer does it, and the till only notes it."},
	{Deed: "order cancel", May: anybody, Does: "cancel an order", Why: "Nothing was paid yet; where money is held, to let go of it is a void."},
	{Deed: "order extend", May: anybody, Does: "give an order more time", Why: "No money moves, and the order stays due."},
	{Deed: "order allow_overdue", May: anybody, Does: "let an order be paid late", Why: "No money moves, and the order stays due."},
	{Deed: "order deny_overdue", May: anybody, Does: "refuse late payment", Why: "No money moves, and it can be allowed again."},
	{Deed: "order receive", May: notClerks, Does: "mark an order as paid outside the till", Why: "It makes an order paid though no money was seen."},
	{Deed: "order unreceive", May: notClerks, Does: "take back that an order was paid outside", Why: "It undoes what somebody answered for."},
	{Deed: "order close_short", May: notClerks, Does: "write off the rest of an order", Why: "The shop gives up money that it is owed."},
	{Deed: "order accept_late", May: notClerks, Does: "keep money that came late", Why: "It is money of a customer for an order that was closed."},
	{Deed: DeedReturnLate, May: anybody, Limit: true, Does: "give back money that came late", Why: "It is a refund, and has the limit of one."},
	{Deed: "order acknowledge", May: anybody, Does: "acknowledge a failure", Why: "Nothing changes but that somebody has seen it."},
	{Deed: DeedReceipt, May: anybody, Does: "print a receipt", Why: "The customer wants one, and a second one says that it is a duplicate."},

	{Deed: DeedOpen, May: anybody, Does: "open a payment", Why: "It is the beginning of taking money."},
	{Deed: "payment capture", May: anybody, Does: "capture a payment", Why: "The customer has agreed to what is held, and it is taken for what was sold."},
	{Deed: "payment increment", May: anybody, Does: "have more set aside", Why: "The customer's bank is asked for it as for a payment."},
	{Deed: DeedVoid, May: notClerks, Does: "void a payment", Why: "Goods may have gone for the money that is let go."},
	{Deed: "payment reverse", May: notClerks, Does: "reverse a payment", Why: "A whole sale goes back at once, as if it had never been."},
	{Deed: DeedRefund, May: anybody, Limit: true, Does: "refund a payment", Why: "A small return should not wait for a manager, and a big one should."},
	{Deed: "payment complete", May: anybody, Does: "bring a customer back from their bank", Why: "The customer does it, and the provider is asked whether it is true."},
	{Deed: "payment cancel", May: anybody, Does: "give an attempt up", Why: "Nothing was taken, and the order can be paid again."},
	{Deed: "payment retry", May: anybody, Does: "send a payment again", Why: "It would be sent by itself a little later."},
	{Deed: "payment update", May: anybody, Does: "change a payment that was not sent", Why: "Until it is sent it is a plan."},
	{Deed: "payment fraud", May: notClerks, Does: "judge a payment that may be fraud", Why: "Whoever sold it should not be the one to clear it."},
	{Deed: "refund cancel", May: notClerks, Does: "stop a refund", Why: "A customer was told that money is on its way to them."},
	{Deed: "refund retry", May: anybody, Limit: true, Does: "make a refund again", Why: "It is a refund, and has the limit of one."},

	{Deed: "dispute accept", May: notClerks, Does: "accept a dispute", Why: "The money is lost for good."},
	{Deed: "dispute evidence", May: anybody, Does: "add evidence", Why: "Who was there knows best, and nothing is sent by it."},
	{Deed: "dispute submit", May: notClerks, Does: "answer a dispute", Why: "A stage is answered once."},
	{Deed: "dispute decline", May: notClerks, Does: "decline a dispute", Why: "A stage is answered once, and what follows may cost fees."},
	{Deed: "dispute withdraw", May: notClerks, Does: "give up a dispute", Why: "The money is lost for good."},
	{Deed: "dispute file", May: notClerks, Does: "take a dispute further", Why: "The next stage costs fees."},

	{Deed: DeedCustomer, May: anybody, Does: "keep a customer", Why: "Customers tell a clerk who they are."},
	{Deed: DeedForget, May: notClerks, Does: "forget somebody", Why: "What they told is gone for good."},
	{Deed: DeedSource, May: anybody, Does: "remove a source", Why: "A customer who wants a card forgotten is told yes at once."},
	{Deed: DeedSetup, May: anybody, Does: "set a mandate up", Why: "The customer stands there and agrees."},
	{Deed: DeedMandate, May: anybody, Does: "pause, resume or revoke a mandate", Why: "The customer asks for it, and it takes no money."},
	{Deed: DeedPayout, May: notClerks, Does: "pay money out", Why: "Money leaves the shop, and for no sale that it came by."},

	{Deed: "shift open", May: anybody, Does: "open a shift", Why: "Whoever begins at the drawer counts it."},
	{Deed: "shift pay_in", May: anybody, Does: "put cash into the drawer", Why: "Nobody takes anything by it."},
	{Deed: "shift pay_out", May: notClerks, Does: "take cash out of the drawer", Why: "Cash leaves the drawer and nobody has sold anything."},
	{Deed: "shift close", May: anybody, Does: "close a shift", Why: "Whoever ends at the drawer counts it, and the report is written for good."},

	{Deed: DeedOwnPIN, May: anybody, Does: "change their own PIN", Why: "A PIN that somebody else has seen is no good."},
	{Deed: DeedOperators, May: onlyBosses, Does: "say who works here", Why: "Whoever gives roles can do everything."},
	{Deed: DeedClock, May: notClerks, Does: "move the clock", Why: "All that falls due happens, and the clock never goes back."},
	{Deed: DeedSandbox, May: notClerks, Untold: true, Does: "act for the gateway", Why: "The other chair is for those who test and show."},
	{Deed: DeedCatalogue, May: notClerks, Untold: true, Does: "change the catalogue", Why: "Prices are the shop's."},
	{Deed: DeedSettings, May: notClerks, Untold: true, Does: "change the settings", Why: "The limits that hold a clerk are among them."},
}

// duties finds a duty by its deed.
var duties = func() map[Deed]*Duty {
	found := make(map[Deed]*Duty, len(Duties))
	for i := range Duties {
		found[Duties[i].Deed] = &Duties[i]
	}
	return found
}()

// DutyOf gives the duty of a deed; nil where nobody has said who may do it, and then nobody may.
func DutyOf(deed Deed) *Duty { return duties[deed] }

// Allows tells whether a role may do it, as far as a limit does not stand against it. real is whether money is.
func (d *Duty) Allows(r Role, real bool) bool {
	return slices.Contains(d.May, r) && (r != Trainer || !real)
}

// Limits tells whether a role may do it only as far as the limit for refunds goes.
func (d *Duty) Limits(r Role) bool { return d.Limit && r == Clerk }

// InFull gives the roles that may do it as far as they like: one of those can stand by for somebody who may not.
func (d *Duty) InFull(real bool) []Role {
	var all []Role
	for _, r := range d.May {
		if d.Allows(r, real) && !d.Limits(r) {
			all = append(all, r)
		}
	}
	return all
}

// AnyOf names roles of which one is enough: "a manager or a trainer".
func AnyOf(roles []Role) string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = "a " + string(r)
	}
	return strings.Join(names, " or ")
}
