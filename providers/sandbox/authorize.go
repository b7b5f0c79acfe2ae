package sandbox

import "till/domain"

// How a payment begins, and what it comes to once nothing stands in its way.

// authorize takes a payment for as often as it is asked: only the key keeps a merchant from charging twice.
func (a *account) authorize(r request) reply {
	word := r.issuer
	switch {
	case codes[word.code].end == notTaken:
		return reply{verdict: word.verdict}
	case r.Method != card:
		return begin(r)
	case word.wants != "":
		return asks(r, word.wants)
	case word.code == threeDSBroken && !r.WithoutIt:
		return reply{verdict: word.verdict, facts: []fact{r.withoutThreeDS(false)}}
	case word.code == threeDSBroken:
		r.issuer.verdict = verdict{approvedCode, word.rule}
		return r.decided(nil, r.withoutThreeDS(true))
	case r.ThreeDS:
		return r.decided(threeDS(r.source.Brand, domain.ThreeDSFrictionless))
	}
	return r.decided(nil)
}

// decided is the issuer's word: what it says, after what was found out before.
func (r request) decided(how *domain.ThreeDS, before ...fact) reply {
	out := reply{verdict: r.issuer.verdict, facts: before}
	if codes[r.issuer.code].end == refused {
		out.facts = append(out.facts, fact{event: declined, amount: r.amount, code: r.issuer.code, detail: detail{ThreeDS: how}})
		return out
	}
	first := fact{event: approved, amount: r.amount, detail: detail{
		Multi: r.Capture == string(domain.CaptureMultiple), ThreeDS: how, Source: r.told(), Fraud: r.issuer.screening(),
	}}
	takes := r.takes()
	switch {
	case r.amount == 0:
		first.event, takes = verified, false
	case r.issuer.trait == approvesHalf:
		first.amount, takes = (r.amount+1)/2, false
	case first.Fraud != nil:
		takes = false
	}
	out.facts = append(out.facts, first)
	if takes {
		out.facts = append(out.facts, fact{event: captured, amount: r.amount, detail: detail{Final: true}})
	}
	return out
}

// told is the source as it is kept, where something is.
func (r request) told() *domain.Source {
	if r.source.ID == "" {
		return nil
	}
	return new(r.source)
}

// setUp checks a source by the card's rules and keeps it, for a mandate or for a later payment. The customer is
// not asked for anything: no 3DS.
func setUp(r request) reply {
	switch end := codes[r.issuer.code].end; {
	case r.Method != card:
		return says(unsupported)
	case end == notTaken:
		return reply{verdict: r.issuer.verdict}
	case end == refused:
		return r.refusal(r.issuer.verdict)
	}
	return reply{verdict: r.issuer.verdict, facts: []fact{{event: sourceKept, detail: detail{Source: r.told()}}}}
}

// revoked ends a mandate, or removes a source.
func revoked(r request) reply {
	switch of := r.object; {
	case r.Mandate == "" && !of.known:
		return says(sourceInvalid)
	case r.Mandate == "" && !of.active:
		return says(sourceGone)
	case r.Mandate == "":
		return done(fact{event: sourceRemoved})
	case !of.known:
		return refuse(r, noSuchMandate)
	case !of.active:
		return refuse(r, mandateInactive)
	case r.issuer.trait == failsLater:
		return r.refusal(verdict{mandateStays, r.issuer.rule})
	}
	return done(fact{event: mandateRevoked})
}
