package till_test

import (
	"time"

	"till/domain"
	"till/domain/till"
)

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
	{domain.DeedPay, "Sell", func(b *bench, _ things, in till.Intent) error {
		return second(b.Sell(b.ctx, in, wanted(100), in, till.Payable{Method: "cash"}))
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
