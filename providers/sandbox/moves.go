package sandbox

import (
	"slices"
	"time"
)

// What can be done with a payment that is on record.

// increment adds to a hold, if the issuer likes what is added.
func (a *account) increment(r request) reply {
	switch v := byAmount(r); {
	case r.amount == 0:
		return says(amountInvalid)
	case a.held() == 0:
		return refuse(r, incrementNotAllowed)
	case v.code != "":
		return r.refusal(v)
	}
	return done(fact{event: incremented, amount: r.amount})
}

// capture is possible once, unless several were agreed on; the last one lets go of the rest.
func (a *account) capture(r request) reply {
	switch {
	case r.amount == 0:
		return says(amountInvalid)
	case a.held() == 0:
		return refuse(r, captureNotAllowed)
	case r.amount > a.held():
		return refuse(r, captureTooLarge)
	case a.multi && !r.Final && r.amount < a.held():
		return done(fact{event: captured, amount: r.amount})
	}
	return done(fact{event: captured, amount: r.amount, released: a.held() - r.amount, detail: detail{Final: true}})
}

// void lets go of the whole hold, or of what captures left of it; an amount may be named if it is that.
func (a *account) void(r request) reply {
	switch {
	case a.held() == 0:
		return refuse(r, voidNotAllowed)
	case r.amount != 0 && r.amount != a.held():
		return refuse(r, voidAmountInvalid)
	}
	return done(fact{event: voided, amount: a.held(), released: a.held()})
}

// reverse undoes what was captured, whole and before it is settled: at the end of the first capture's day, UTC.
func (a *account) reverse(r request) reply {
	whole := r.amount == 0 || r.amount == a.captured
	if a.captured == 0 || a.held() > 0 || a.reversed > 0 || a.goneBack() > 0 || a.disputed() > 0 || !whole || !r.at.Before(nextDay(a.firstTake)) {
		return refuse(r, reverseNotAllowed)
	}
	return done(fact{event: reversed, amount: a.captured})
}

func nextDay(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, time.UTC)
}

// refund gives back what was captured, in as many parts as are asked for.
func (a *account) refund(r request) reply {
	switch {
	case r.amount == 0:
		return says(amountInvalid)
	case a.captured == 0:
		return refuse(r, refundNotAllowed)
	case r.amount > a.refundable():
		return refuse(r, refundTooLarge)
	}
	out := done(fact{event: refunded, amount: r.amount, refund: r.refund})
	switch r.issuer.trait {
	case refundsLate:
		out = reply{verdict: verdict{waitsForGateway, r.issuer.rule}, facts: []fact{{event: refundPending, amount: r.amount, refund: r.refund}}}
		out.waits = []wait{{step: refundArrives, at: r.at.Add(refundTakes)}}
	case refundsFail:
		out.rule = r.issuer.rule
		out.waits = []wait{{step: refundBounces, at: r.at.Add(bounceTakes)}}
	}
	return out
}

// cancelRefund stops a refund whose money has not left.
func (a *account) cancelRefund(r request) reply {
	if back := a.refunds[r.refund]; back == nil || !back.waits() {
		return refuse(r, refundNotCancelable)
	}
	return done(fact{event: refundCanceled, amount: r.amount, refund: r.refund})
}

// moves are what can become of a refund at the customer's bank: from where, and what it is then.
var moves = map[string]struct {
	from  []string
	event string
	code  string
}{
	"pending":       {[]string{refundReview}, refundPending, ""},
	"succeeded":     {[]string{refundPending, refundReview, refundFailed, refundCanceled}, refunded, ""},
	"failed":        {[]string{refundPending, refundReview, refunded, givenBack}, refundFailed, refundSentBack},
	"reversed":      {[]string{refunded, givenBack}, refundReversed, ""},
	"manual_review": {[]string{refundPending}, refundReview, ""},
}

// verifyReturn confirms that the customer came back from where they were sent. What they did there is on record.
func (a *account) verifyReturn(r request) reply {
	if !a.session(r.Session) {
		return says(sessionInvalid)
	}
	return done(fact{event: returned, amount: r.amount})
}

// moveRefund is what becomes of a refund; nothing where it is past that. What was given up or stopped may have left all
// the same, but nothing arrives twice. What goes on after somebody has looked at it takes its time.
func (a *account) moveRefund(r request, outcome string) reply {
	back, move := a.refunds[r.refund], moves[outcome]
	if back == nil || !slices.Contains(move.from, back.state) || move.event == refunded && back.arrived {
		return reply{}
	}
	amount := back.amount
	if !back.waits() && move.event == refunded {
		amount = back.was
	}
	out := reply{facts: []fact{{event: move.event, amount: amount, refund: r.refund, code: move.code, key: back.key}}}
	if move.event == refundPending {
		out.waits = []wait{{step: refundArrives, at: r.at.Add(refundTakes)}}
	}
	return out
}
