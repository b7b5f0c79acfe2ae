package sandbox_test

import (
	"testing"
	"time"

	"till/domain"
)

func threeDS(status domain.State, enrolled, eci, trans string, shift bool) domain.ThreeDS {
	return domain.ThreeDS{Status: status, Enrolled: enrolled, ECI: eci, Version: "2.2.0", TransStatus: trans, LiabilityShift: shift}
}

func TestFrictionless(t *testing.T) {
	for number, eci := range map[string]string{
		visa: "05", "378282246310005": "05", "30123456789019": "05", "6011111111111117": "05", "3530111333300000": "05",
		"5436031030606378": "02", "2223000010479399": "02",
	} {
		op := sale("k", number, 1000)
		op.ThreeDS = true
		got := newDesk(t).do(op).Facts[0]
		if want := threeDS("frictionless_ok", "Y", eci, "Y", true); got.Event != domain.Approved || got.ThreeDS == nil || *got.ThreeDS != want {
			t.Errorf("%s: %+v", number, got.ThreeDS)
		}
	}
	if got := newDesk(t).do(sale("k", visa, 1000)).Facts[0]; got.ThreeDS != nil {
		t.Errorf("not asked for: %+v", got.ThreeDS)
	}
}

// TestDeclinedAfterFrictionless: who pays is known, and the issuer says no all the same.
func TestDeclinedAfterFrictionless(t *testing.T) {
	op := sale("k", visa, 1051)
	op.ThreeDS = true
	got := newDesk(t).do(op)
	if got.Code != "20051" || len(got.Facts) != 1 || got.Facts[0].ThreeDS == nil {
		t.Errorf("%+v", got)
	}
}

func TestChallenges(t *testing.T) {
	passed := []domain.Event{domain.Authenticated, domain.Approved, domain.Captured}
	for _, tc := range []struct {
		number, result, visa, mastercard string
		want                             domain.ThreeDS
		facts                            []domain.Event
		code, class                      string
	}{
		{result: "passed", want: threeDS("challenge_ok", "Y", "05", "Y", true), facts: passed},
		{result: "attempted", want: threeDS("attempted", "Y", "06", "A", true), facts: passed},
		{result: "exempted", want: threeDS("exempted", "Y", "07", "I", false), facts: passed},
		{
			result: "failed", want: threeDS("challenge_failed", "Y", "07", "N", false),
			facts: []domain.Event{domain.AuthenticationFailed}, code: "authentication_failed", class: "authentication",
		},
		{
			result: "rejected", want: threeDS("rejected", "Y", "07", "R", false),
			facts: []domain.Event{domain.AuthenticationFailed}, code: "authentication_rejected", class: "authentication",
		},
		{
			result: "unavailable", want: threeDS("unavailable", "U", "07", "U", false),
			facts: []domain.Event{domain.NoThreeDS, domain.DeclinedIt}, code: "20153", class: "soft",
		},
		{result: "abandoned", want: threeDS("challenge_abandoned", "Y", "07", "N", false), facts: []domain.Event{domain.Abandoned}},
	} {
		t.Run(tc.result, func(t *testing.T) {
			d := newDesk(t)
			first := d.do(sale("k", challengeCard, 1000))
			session := first.Facts[0].Session
			if first.Status != domain.Pending || session == nil || session.Kind != domain.SessionChallenge ||
				!session.Until.Equal(noon.Add(15*time.Minute)) || session.URL != "https://sandbox.till.invalid/challenge/"+session.ID {
				t.Fatalf("%+v, session %+v", first, session)
			}
			if want := threeDS("challenge_pending", "Y", "", "C", false); *first.Facts[0].ThreeDS != want {
				t.Errorf("%+v", first.Facts[0].ThreeDS)
			}
			d.pass(time.Minute)
			d.complete(tc.result)
			told := d.since(1, tc.facts...)
			if told[0].ThreeDS == nil || *told[0].ThreeDS != tc.want || told[0].Code != tc.code || told[0].Class != tc.class {
				t.Errorf("%+v with %+v", told[0], told[0].ThreeDS)
			}
			if !told[0].At.Equal(noon.Add(time.Minute)) {
				t.Errorf("at %v", told[0].At)
			}
			if took := d.books("pay_1").Captured; (took == 1000) != (len(tc.facts) == 3) {
				t.Errorf("captured %d", took)
			}
			d.fails(d.Customer(t.Context(), "pay_1", tc.result), domain.CodeIllegalTransition)
		})
	}
}

func TestDecoupled(t *testing.T) {
	d := newDesk(t)
	d.do(hold("k", 6510)) // declined: step up
	op := hold("k2", 6510)
	op.Card, op.ThreeDS, op.Follows = nil, true, true
	if got := d.do(op); got.Status != domain.Pending || got.Rule != "amount ending 6510" {
		t.Fatalf("%+v", got)
	}
	d.complete("decoupled")
	d.complete("passed")
	all := d.facts()
	want := []domain.Event{domain.DeclinedIt, domain.ActionRequired, domain.ActionRequired, domain.Authenticated, domain.Approved}
	for i, f := range all {
		if f.Event != want[i] || f.ThreeDS != nil && f.Event == domain.ActionRequired && i == 2 && f.ThreeDS.Status != "decoupled" {
			t.Errorf("%d: %+v", i, f)
		}
	}
	if s := all[len(all)-1].Source; s == nil || s.Last4 != "4242" || s.ID == "" {
		t.Errorf("the source of the first try is %+v", s)
	}
}

func TestLookups(t *testing.T) {
	asks := domain.ActionRequired
	for _, tc := range []struct {
		number, name string
		without      bool
		results      []string
		facts        []domain.Event
	}{
		{"4000000000003220", "approved", false, []string{"passed", "passed"}, []domain.Event{asks, asks, domain.Authenticated, domain.Approved, domain.Captured}},
		{"4000008400001629", "declined", false, []string{"passed", "passed"}, []domain.Event{asks, asks, domain.Authenticated, domain.DeclinedIt}},
		{"4000000000003220", "attempted", false, []string{"attempted"}, []domain.Event{asks, domain.Authenticated, domain.Approved, domain.Captured}},
		{"4000008400001280", "broken", false, []string{"passed"}, []domain.Event{asks, domain.NoThreeDS, domain.DeclinedIt}},
		{"4000008400001280", "broken, and without", true, []string{"passed"}, []domain.Event{asks, domain.NoThreeDS, domain.Approved, domain.Captured}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := newDesk(t)
			op := sale("k", tc.number, 1000)
			op.WithoutIt = tc.without
			if first := d.do(op).Facts[0]; first.Session.Kind != domain.SessionLookup || first.ThreeDS.Status != "lookup" {
				t.Fatalf("%+v", first)
			}
			for _, result := range tc.results {
				d.complete(result)
			}
			told := d.since(0, tc.facts...)
			if tc.without && !told[1].ThreeDS.Downgraded {
				t.Errorf("%+v", told[1].ThreeDS)
			}
		})
	}
}

// TestBroken3DS: the amount says that 3DS is out of order, and the merchant whether that matters.
func TestBroken3DS(t *testing.T) {
	op := sale("k", visa, 5000)
	op.ThreeDS = true
	got := newDesk(t).do(op)
	if got.Status != domain.Declined || got.Code != "20153" || got.Rule != "amount ending 5000" ||
		len(got.Facts) != 1 || got.Facts[0].Event != domain.NoThreeDS || got.Facts[0].Code != "20153" || got.Facts[0].ThreeDS.Downgraded {
		t.Errorf("%+v", got)
	}
	op.WithoutIt = true
	got = newDesk(t).do(op)
	want := threeDS("unavailable", "U", "07", "U", false)
	want.Downgraded = true
	if got.Status != domain.Succeeded || got.Facts[0].Event != domain.NoThreeDS || *got.Facts[0].ThreeDS != want ||
		got.Facts[1].Event != domain.Approved || got.Facts[2].Event != domain.Captured {
		t.Errorf("%+v", got)
	}
}

// TestTheChallengeIsEnough: a card with a way of its own with 3DS is not asked for it once more by the amount.
func TestTheChallengeIsEnough(t *testing.T) {
	for _, amount := range []domain.Amount{5000, 6510} {
		d := newDesk(t)
		op := sale("k", challengeCard, amount)
		op.ThreeDS = true
		d.do(op)
		d.complete("passed")
		d.since(0, domain.ActionRequired, domain.Authenticated, domain.Approved, domain.Captured)
	}
}

func TestResultsThatAreNotAnyOfTheSession(t *testing.T) {
	d := newDesk(t)
	d.fails(d.Customer(t.Context(), "pay_1", "passed"), domain.CodeNotFound)
	d.do(sale("k", challengeCard, 1000))
	d.fails(d.Customer(t.Context(), "pay_1", "paid"), domain.CodeInvalid)
	d.complete("passed")
}

func TestVerifiedReturns(t *testing.T) {
	d := newDesk(t)
	session := d.do(sale("k", challengeCard, 1000)).Facts[0].Session
	d.complete("passed")
	op := change(domain.VerifyRedirect, "v", 0)
	op.Session = session.ID
	for range 2 { // the same key tells all again
		got := d.do(op)
		if got.Status != domain.Succeeded || len(got.Facts) != 5 || got.Facts[4].Event != domain.RedirectVerified || got.Facts[4].Key != "v" {
			t.Errorf("%+v", got)
		}
	}
	op.Key, op.Session = "v2", "sid_other"
	if got := d.do(op); got.Status != domain.NotSent || got.Code != "session_invalid" {
		t.Errorf("%+v", got)
	}
}
