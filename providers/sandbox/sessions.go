package sandbox

import (
	"fmt"
	"hash/fnv"
	"time"

	"till/domain"
)

// Sessions: what the customer has to do elsewhere, and what comes of it.

const (
	sessionTakes = 15 * time.Minute   // links and challenges
	voucherTakes = 3 * 24 * time.Hour // there is a way to the counter
	website      = "https://sandbox.till.invalid/"
)

// asks sends the customer elsewhere; nobody waits for a delivery that has not come.
func asks(r request, kind domain.SessionKind) reply {
	session := domain.Session{Kind: kind}
	switch kind {
	case domain.SessionDelivery:
	case domain.SessionVoucher:
		session.Until = r.at.Add(voucherTakes)
	default:
		session.Until = r.at.Add(sessionTakes)
	}
	f := fact{event: actionNeeded, amount: r.amount, detail: detail{Session: &session}}
	switch kind {
	case domain.SessionDelivery:
		f.event = pending
	case domain.SessionLookup:
		f.ThreeDS = threeDS(r.source.Brand, domain.ThreeDSLookup)
	case domain.SessionChallenge:
		f.ThreeDS = threeDS(r.source.Brand, domain.ThreeDSChallenge)
	}
	return reply{
		verdict: verdict{waitsForCustomer, r.issuer.rule}, facts: []fact{f},
		waits: []wait{{step: step(kind), at: session.Until}},
	}
}

// nameSession gives a new session its id, its link, and a voucher the code that is shown at the counter.
func nameSession(session *domain.Session, id string) {
	session.ID = id
	if session.Kind != domain.SessionDelivery {
		session.URL = website + string(session.Kind) + "/" + id
	}
	if session.Kind == domain.SessionVoucher {
		h := fnv.New32a()
		_, _ = h.Write([]byte(id)) // a hash never fails
		session.Code = fmt.Sprintf("%010d", h.Sum32())
	}
}

// goOnFrom is what becomes of a payment by what the customer did, or let pass, at a session.
func (r request) goOnFrom(kind domain.SessionKind, result string) reply {
	if kind == domain.SessionLookup || kind == domain.SessionChallenge {
		return r.authenticated(kind, result)
	}
	var f fact
	switch result {
	case "paid":
		return r.decided(nil)
	case "cancelled":
		f = fact{event: givenUp}
	case "expired":
		f = fact{event: abandoned}
	default:
		f = fact{event: declined, code: notPaid}
	}
	f.amount = r.amount
	return reply{facts: []fact{f}}
}

// authenticated goes on after 3DS: to the issuer, to another session, or to an end.
func (r request) authenticated(kind domain.SessionKind, result string) reply {
	brand := r.source.Brand
	end := func(event string, state domain.State, code string) reply {
		return reply{facts: []fact{{event: event, amount: r.amount, code: code, detail: detail{ThreeDS: threeDS(brand, state)}}}}
	}
	proven := func(state domain.State) reply {
		return r.decided(nil, fact{event: authenticated, amount: r.amount, detail: detail{ThreeDS: threeDS(brand, state)}})
	}
	if kind == domain.SessionLookup && result == "passed" {
		if r.issuer.trait == lookupBreaks {
			result = "unavailable"
		} else {
			return asks(r, domain.SessionChallenge)
		}
	}
	switch result {
	case "passed":
		return proven(domain.ThreeDSPassed)
	case "attempted":
		return proven(domain.ThreeDSAttempted)
	case "exempted":
		return proven(domain.ThreeDSExempted)
	case "failed":
		return end(authFailed, domain.ThreeDSFailed, notAuthenticated)
	case "rejected":
		return end(authFailed, domain.ThreeDSRejected, authRejected)
	case "decoupled":
		again := asks(r, domain.SessionChallenge)
		again.facts[0].ThreeDS = threeDS(brand, domain.ThreeDSDecoupled)
		return again
	case "unavailable":
		if !r.WithoutIt {
			return reply{facts: []fact{r.withoutThreeDS(false), {event: declined, amount: r.amount, code: threeDSBroken}}}
		}
		return r.decided(nil, r.withoutThreeDS(true))
	}
	return end(abandoned, domain.ThreeDSAbandoned, "")
}
