package domain

import (
	"fmt"
	"slices"
	"testing"
)

// lensStates are all states that each aspect can have.
var lensStates = map[Aspect][]State{
	OfOrder: allOrder, OfHostedPage: allOrder, OfPayment: allPayment, OfDispute: disputeStates, OfDisputeStage: disputeStates,
	OfRefund: RefundMachine.States(), OfOperation: OperationMachine.States(), OfIncrement: OperationMachine.States(), OfReversal: OperationMachine.States(),
	OfMandate: MandateMachine.States(),
	OfThreeDS: {
		ThreeDSNotRequested, ThreeDSLookup, ThreeDSFrictionless, ThreeDSAttempted, ThreeDSChallenge, ThreeDSPassed,
		ThreeDSFailed, ThreeDSAbandoned, ThreeDSUnavailable, ThreeDSRejected, ThreeDSDecoupled, ThreeDSExempted,
	},
	OfFraud:      {FraudUnknown, FraudAccept, FraudReject, FraudReview},
	OfInstrument: {SourceActive, SourceRemoved},
	OfPayout:     {PayoutCreated, PayoutNeedsData, PayoutProcessing, PayoutPaid, PayoutFailed, PayoutCanceled, PayoutExpired, PayoutReturned},
	OfAction:     {State(Authorize), State(Capture), State(Void), State(RefundMoney), State(Increment), PayoutReturned},
}

// TestEveryStateHasAWord: of every state every system has a word, or says why not; and every row means a state that
// there is.
func TestEveryStateHasAWord(t *testing.T) {
	for _, system := range Systems {
		rows := Wordings(system)
		for _, of := range Aspects {
			for _, state := range lensStates[of] {
				sure := func(w Wording) bool { return w.Of == of && w.Has(state) && w.If.Holds == nil && !w.Alias }
				if !slices.ContainsFunc(rows, sure) {
					t.Errorf("%s: no word for %s %s, and no reason", system, of, state)
				}
			}
		}
		for _, w := range rows {
			if w.System != system || w.Theirs == "" && (w.Note == "" || w.Alias) {
				t.Errorf("%s has no word for %s, and no reason", system, w.Of)
			}
			for _, state := range w.Ours {
				if w.Of != OfAction && !slices.Contains(lensStates[w.Of], state) {
					t.Errorf("%s: %s %s means %q, which is no state", system, w.Of, w.Theirs, state)
				}
			}
		}
	}
	if Word("nobody", OfOrder, Subject{Order: &Order{State: OrderPaid}}) != "" {
		t.Error("a word of nobody's")
	}
}

// TestCrosswalk: every operation of the crosswalk has a name where most can be done, and prism's names are the ten that the
// methods are told by.
func TestCrosswalk(t *testing.T) {
	for _, row := range Crossings() {
		if row.Name == "" || row.Theirs[Checkout] == "" || row.Theirs[Prism] == "" {
			t.Errorf("%+v", row)
		}
		for system := range row.Theirs {
			if !slices.Contains(Systems, system) {
				t.Errorf("%s: nobody is called %s", row.Name, system)
			}
		}
	}
	var names []string
	for _, op := range (Capabilities{}).Operations() {
		names = append(names, op.Name)
	}
	want := "[create_order authorize capture get void reverse refund incremental_authorization verify_redirect_response setup_recurring]"
	if fmt.Sprint(names) != want {
		t.Errorf("%v", names)
	}
}
