package domain

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// Sessions stand in the order in which they end, and a lookup before what it leads to, whenever they are told of.
func TestSessionsStandInTheirOrder(t *testing.T) {
	quarter := noon.Add(15 * time.Minute)
	sessions := []Session{
		{ID: "sid_0", Kind: SessionDelivery},
		{ID: "sid_9", Kind: SessionLookup, Until: quarter},
		{ID: "sid_2", Kind: SessionChallenge, Until: quarter},
		{ID: "sid_3", Kind: SessionChallenge, Until: quarter},
		{ID: "sid_1", Kind: SessionVoucher, Until: noon.Add(3 * day)},
	}
	var want []string
	for _, s := range sessions {
		want = append(want, s.ID)
	}
	permute(sessions, func(order []Session) {
		p := &Payment{State: PaymentNeedsAction}
		for _, s := range append(order, order...) {
			p.book(s)
		}
		if got := p.SessionIDs(); !slices.Equal(got, want) || p.Session().ID != "sid_1" {
			t.Fatalf("told as %v they stand as %v", order, got)
		}
	})
}

func TestASourceIsAsItsProviderKeepsIt(t *testing.T) {
	given := Source{Type: "card", Brand: "visa", Last4: "4242", ExpiryMonth: 12, ExpiryYear: 2030, Fields: map[string]string{"bic": "INGBNL2A"}}
	saved := given.kept(Source{ID: "src_1", Customer: "cus_1", Country: "NL"})
	if saved.ID != "src_1" || saved.Customer != "cus_1" || saved.Country != "NL" || saved.Type != "card" || saved.Last4 != "4242" || saved.Fields["bic"] == "" || !saved.Stored() {
		t.Errorf("%+v", saved)
	}
	renewed := saved.kept(Source{ExpiryYear: 2035})
	if renewed.ID != "src_1" || renewed.ExpiryYear != 2035 || renewed.ExpiryMonth != 12 || renewed.Customer != "cus_1" {
		t.Errorf("%+v", renewed)
	}
}

// Of what is told twice and differently the newest by the provider's clock counts.
func TestTheNewestDetailCounts(t *testing.T) {
	earlier, later := noon, noon.Add(time.Minute)
	facts := []Fact{
		{Event: Accepted, At: earlier, Provider: "one", Code: "10100", Source: &Source{ID: "src_1"}, ThreeDS: &ThreeDS{Status: "lookup", Downgraded: true}},
		{Event: Accepted, At: later, Provider: "two", Code: "10000", Source: &Source{ID: "src_2"}, ThreeDS: &ThreeDS{Status: "challenge_ok"}},
	}
	permute(facts, func(order []Fact) {
		l := newLife(t, Document{})
		p := l.open(1000, Opening{})
		l.tell(p, order[0])
		l.tell(p, order[1])
		if p.Provided != "two" || p.Code != "10000" || p.Source.ID != "src_2" || p.ThreeDS.Status != "challenge_ok" || !p.ThreeDS.Downgraded {
			t.Errorf("told as %v: %q %q %+v %+v", order, p.Provided, p.Code, p.Source, p.ThreeDS)
		}
	})
}

// An attempt that goes on by itself, or waits for the customer, is no error to those who asked for it.
func TestWhatAPaymentCameToForThoseWhoAsked(t *testing.T) {
	for name, c := range map[string]struct {
		live func(*life)
		code Code
		says string
	}{
		"approved":                {approvedThen(1000), "", ""},
		"at the bank":             {challenged, "", ""},
		"to be tried again":       {softlyDeclined, "", ""},
		"waiting for its group":   {waiting, "", ""},
		"declined":                {answered(Declined), CodeDeclined, "refused"},
		"unknown":                 {answered(Unknown), CodeUnknownOutcome, "not known"},
		"not sent":                {answered(NotSent), CodeFailed, "not sent"},
		"a part that is let go":   {approvedThen(400), CodeDeclined, "only a part"},
		"its group has fallen":    {fellWaiting, CodeDeclined, "another payment of the group"},
		"late, its group fell":    {func(l *life) { lateInGroup(l, 1000) }, CodeDeclined, "another payment of the group"},
		"the group fell with it":  {func(l *life) { declinedInGroup(l) }, CodeDeclined, "refused"},
		"late, the group fell by": {func(l *life) { l.tell(declinedInGroup(l), approvedFact) }, CodeDeclined, "another payment of the group"},
	} {
		l := newLife(t, Document{})
		c.live(l)
		err := l.order.Last().Err(l.order.Last().Charge())
		if CodeOf(err) != c.code || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %s %q", name, err, c.code, c.says)
		}
	}
}

func declinedInGroup(l *life) *Payment {
	p := member(l, Terms{})
	l.declines(p.Charge(), "20005", "hard")
	l.does(p, Move{Event: GroupFell})
	return p
}

// Each try has a key of its own, and the bank's wish for 3DS is heeded by all that follow.
func TestTheNextTryFollowsFromTheLast(t *testing.T) {
	l := newLife(t, Document{})
	p := l.open(1000, Opening{Terms: Terms{CanThreeDS: true, Retries: 2, Source: Source{Type: "card", Last4: "4242"}}})
	keys := []string{p.Charge().Key}
	for _, code := range []string{stepUp, "20068", "20068"} {
		l.declines(p.Charge(), code, "soft")
		op := Operation{Source: p.Source}
		p.FollowUp(&op)
		if slices.Contains(keys, op.Key) || !OwnKey(op.Key) || !op.ThreeDS || !op.Follows {
			t.Errorf("after %s: %+v", code, op)
		}
		keys = append(keys, op.Key)
		l.charge(p)
	}
}
