package domain

import (
	"slices"
	"testing"
	"time"
)

func TestDeadlinesAreTheCasesOwn(t *testing.T) {
	by := noon.Add(3 * day)
	named := told(0, DisputeEvidenceRequired, ChargebackOpen, func(f *Fact) { f.Dispute.RespondBy = by })
	usual := told(0, DisputeEvidenceRequired, ChargebackOpen)
	undated := usual
	undated.At = time.Time{}
	for i, c := range []struct {
		fact Fact
		want time.Time
	}{
		{named, by},
		{usual, noon.Add(40 * day)},
		{undated, noon.Add(time.Hour + 40*day)},
		{told(0, DisputeEvidenceRequired, ChargebackOpen, visa("13.1")), noon.Add(18 * day)},
		{told(0, DisputeReceived, ChargebackOpen, announced), time.Time{}},
		{told(0, DisputeReinstated, RepresentmentResponded, provisional), time.Time{}},
		{told(0, DisputeDebited, ChargebackOpen), noon.Add(40 * day)},
		{told(0, DisputeAccepted, ChargebackAccepted), time.Time{}},
	} {
		before := *c.fact.Dispute
		p := capturedPayment()
		p.Source.Brand = Mastercard
		d := p.bookDispute(p.WithDeadlines([]Fact{c.fact}, noon.Add(time.Hour))[0], noon.Add(time.Hour))
		if !d.RespondBy.Equal(c.want) || *c.fact.Dispute != before || len(p.Disputes) != 1 {
			t.Errorf("%d: until %s, want %s", i, d.RespondBy, c.want)
		}
	}
	d := &Dispute{Claim: Claim{RespondBy: by}, State: ChargebackOpen}
	if days, counts := d.DaysLeft(noon.Add(time.Hour)); days != 3 || !counts || !d.AnswerBy().Equal(by) || !d.DecideBy().IsZero() {
		t.Errorf("%d days, %v", days, counts)
	}
	d.State, d.Status = RepresentmentResponded, StatusResponded
	if _, counts := d.DaysLeft(noon); counts || !d.AnswerBy().IsZero() || !d.DecideBy().Equal(by) {
		t.Error("the issuer's time is taken for ours")
	}
}

// What the provider names comes before what is usual, of that the newest and of this the oldest, whatever comes first
// and however many come together.
func TestADeadlineDoesNotDependOnWhatComesFirst(t *testing.T) {
	until := func(by time.Time) func(*Fact) { return func(f *Fact) { f.Dispute.RespondBy = by } }
	asked, early, late := noon.Add(day), noon.Add(7*day), noon.Add(9*day)
	for name, c := range map[string]struct {
		facts []Fact
		want  time.Time
	}{
		"named, then told again": {[]Fact{
			told(0, DisputeEvidenceRequired, ChargebackOpen, until(early)), told(9, DisputeEvidenceRequired, ChargebackOpen),
		}, early},
		"told, then named": {[]Fact{
			told(0, DisputeEvidenceRequired, ChargebackOpen), told(9, DisputeEvidenceRequired, ChargebackOpen, until(early)),
		}, early},
		"named twice": {[]Fact{
			told(0, DisputeEvidenceRequired, ChargebackOpen, until(early)), told(9, DisputeEvidenceRequired, ChargebackOpen, until(late)),
		}, late},
		"told twice": {[]Fact{
			told(0, DisputeEvidenceRequired, ChargebackOpen), told(9, DisputeReceived, ChargebackOpen),
		}, noon.Add(40 * day)},
		"announced, then debited": {[]Fact{
			told(0, DisputeReceived, ChargebackOpen, announced), told(24*60, DisputeDebited, ChargebackOpen),
		}, asked.Add(40 * day)},
		"announced with its end, then debited": {[]Fact{
			told(0, DisputeReceived, ChargebackOpen, announced, until(early)), told(9, DisputeDebited, ChargebackOpen),
		}, early},
		"credited, then debited again": {[]Fact{
			told(0, DisputeEvidenceRequired, ChargebackOpen), told(5, DisputeReinstated, ChargebackOpen, provisional), told(9, DisputeDebited, ChargebackOpen),
		}, noon.Add(40 * day)},
	} {
		permute(c.facts, func(order []Fact) {
			for _, together := range []bool{true, false} {
				p := capturedPayment()
				p.Source.Brand = Mastercard
				batches := [][]Fact{order}
				if !together {
					batches = slices.Collect(slices.Chunk(order, 1))
				}
				for _, batch := range batches {
					for _, f := range p.WithDeadlines(batch, noon.Add(30*day)) {
						p.bookDispute(f, noon)
					}
				}
				if d := p.Disputes[0]; !d.RespondBy.Equal(c.want) {
					t.Errorf("%s, as %s, together %v: until %s, want %s", name, names(order), together, d.RespondBy, c.want)
				}
			}
		})
	}
}

// Facts of one answer are dated as if each had come by itself: the second knows what the first one said.
func TestFactsOfOneAnswerKnowOfEachOther(t *testing.T) {
	facts := []Fact{
		told(0, DisputeEvidenceRequired, ChargebackOpen, visa("10.4")),
		told(1, DisputeEvidenceSent, RepresentmentResponded),
	}
	if by := capturedPayment().WithDeadlines(facts, noon)[1].Dispute.UsualBy; !by.Equal(noon.Add(time.Minute + 45*day)) {
		t.Errorf("until %s: not by Visa's allocation", by)
	}
}
