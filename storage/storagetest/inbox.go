package storagetest

import (
	"fmt"
	"time"

	"till/domain"
)

func notice(variant, id, position string, orphan bool) domain.Received {
	return domain.Received{
		Notice: domain.Notice{
			ID: id, Position: position, Type: "payment_captured", At: Start.Add(time.Minute), Payment: "pay_1", Body: `{"a":1}`, Signature: "t=1,v1=ab",
			Facts: []domain.Fact{{Event: domain.Captured, Action: "act_1", Amount: 100, Currency: "EUR"}},
		},
		Variant: variant, On: Start.Add(time.Hour), Orphan: orphan,
	}
}

func (b *bench) receive(notices ...domain.Received) {
	b.Helper()
	b.must(b.Receive(b.Context(), notices))
}

func (b *bench) read(variant, want string) {
	b.Helper()
	got, err := b.Received(b.Context(), variant)
	b.must(err)
	b.equal(got, want)
}

func (b *bench) orphans(want ...domain.Received) {
	b.Helper()
	got, err := b.Orphans(b.Context())
	b.must(err)
	b.equal(got, want)
}

// Each event is kept once; its position, and whether its payment is known, follow the newest delivery.
func testInbox(b *bench) {
	b.read("sandbox", "")
	b.orphans()
	b.receive()
	one, two := notice("sandbox", "evt_1", "1", true), notice("sandbox", "evt_2", "2", false)
	b.receive(one, two)
	b.read("sandbox", "2")
	b.orphans(one)
	other := notice("other", "evt_1", "9", true)
	b.receive(other)
	b.read("sandbox", "2")
	b.read("other", "9")
	b.orphans(one, other)

	changed := notice("sandbox", "evt_1", "3", true)
	changed.Body, changed.Payment = "not as it came first", "pay_2"
	b.receive(changed)
	b.read("sandbox", "3")
	one.Position = "3"
	b.orphans(one, other)

	b.receive(notice("sandbox", "evt_3", "4", false))
	one.Orphan = false
	b.receive(one) // its payment is known now: that was no delivery
	b.read("sandbox", "4")
	b.orphans(other)
	b.testSame()
	b.orphans(other)
}

// Of notices that come together all are kept, or none.
func testInboxAtOnce(b *bench) {
	var all []domain.Received
	for i := range 50 {
		all = append(all, notice("sandbox", fmt.Sprint("evt_", i%40), fmt.Sprint(i), i%2 == 0))
	}
	b.receive(all...)
	b.read("sandbox", "49")
	got, err := b.Orphans(b.Context())
	b.must(err)
	b.equal(len(got), 20)
	b.equal(got[0].ID+got[0].Position, "evt_040")
}
