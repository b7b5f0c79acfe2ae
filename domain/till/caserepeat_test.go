package till_test

import (
	"till/domain"
	"till/domain/till"
)

// The use cases of disputes, for TestEveryUseCaseIsRepeatedByItsKey.
func init() {
	lost := func(b *bench) till.Result {
		r := raised(b, notReceived)
		b.does(r.Dispute.ID, "accept")
		return r
	}
	atTheScheme := func(b *bench) till.Result {
		r := raised(b, notReceived)
		b.does(r.Dispute.ID, "submit")
		b.does(r.Dispute.ID, "arbitration")
		return r
	}
	for name, use := range map[string]struct {
		live func(*bench) till.Result
		do   func(*bench, till.Intent, domain.DisputeID, till.Evidence) (till.Result, error)
		with bool // evidence
	}{
		"accept a dispute": {
			func(b *bench) till.Result { return raised(b, notReceived) },
			func(b *bench, in till.Intent, id domain.DisputeID, _ till.Evidence) (till.Result, error) {
				return b.AcceptDispute(b.ctx, in, id)
			}, false,
		},
		"add evidence": {
			func(b *bench) till.Result { return raised(b, notReceived) },
			func(b *bench, in till.Intent, id domain.DisputeID, e till.Evidence) (till.Result, error) {
				return b.AddEvidence(b.ctx, in, id, e)
			}, true,
		},
		"submit evidence": {
			func(b *bench) till.Result { return raised(b, notReceived) },
			func(b *bench, in till.Intent, id domain.DisputeID, e till.Evidence) (till.Result, error) {
				return b.SubmitEvidence(b.ctx, in, id, e)
			}, true,
		},
		"decline a dispute": {
			func(b *bench) till.Result { return raised(b, breach) },
			func(b *bench, in till.Intent, id domain.DisputeID, e till.Evidence) (till.Result, error) {
				return b.DeclineDispute(b.ctx, in, id, e)
			}, true,
		},
		"withdraw from a dispute": {
			atTheScheme,
			func(b *bench, in till.Intent, id domain.DisputeID, _ till.Evidence) (till.Result, error) {
				return b.WithdrawDispute(b.ctx, in, id)
			}, false,
		},
		"file a dispute": {
			lost,
			func(b *bench, in till.Intent, id domain.DisputeID, _ till.Evidence) (till.Result, error) {
				return b.FileDispute(b.ctx, in, id, domain.StageGoodFaith)
			}, false,
		},
	} {
		repeatables[name] = func(b *bench) repeatable {
			id := use.live(b).Dispute.ID
			with := func(said string) func(till.Intent) (till.Result, error) {
				return func(in till.Intent) (till.Result, error) { return use.do(b, in, id, text(said)) }
			}
			r := repeatable{do: with("delivered")}
			if use.with {
				r.other = with("never ordered")
			}
			return r
		}
	}
}
