package tui

import "till/domain"

// seat is where a state sits in a picture: columns from the left, lanes from the top.
type seat struct{ col, lane int }

// picture is how a person would draw a machine: the main way from left to right, branches under it, ends at
// the right. It has a seat for every state; rails are the arrows that are drawn before anybody walks them.
type picture struct {
	machine *domain.Machine
	seats   map[domain.State]seat
	rails   [][2]domain.State
	several domain.State // is only reached where a method captures several times
	seldom  domain.State // an end that is told only where there is room for all

	stages map[string]seat // where the names of its stages stand, if it has any: its states are told shortly then
}

var orderPicture = &picture{
	machine: domain.OrderMachine,
	seats: map[domain.State]seat{
		domain.OrderIssued:     {0, 0},
		domain.OrderViewed:     {1, 0},
		domain.OrderInProgress: {2, 0},
		domain.OrderHold:       {3, 0},
		domain.OrderPartPaid:   {4, 0},
		domain.OrderPaid:       {5, 0},

		domain.OrderDraft:     {0, 1},
		domain.OrderOverdue:   {1, 1},
		domain.OrderFailed:    {2, 1},
		domain.OrderCancelled: {5, 1},

		domain.OrderExpired:  {1, 2},
		domain.OrderReceived: {4, 2},
		domain.OrderRejected: {5, 2},
	},
	rails: [][2]domain.State{
		{domain.OrderDraft, domain.OrderIssued},
		{domain.OrderIssued, domain.OrderViewed},
		{domain.OrderViewed, domain.OrderInProgress},
		{domain.OrderInProgress, domain.OrderHold},
		{domain.OrderHold, domain.OrderPartPaid},
		{domain.OrderPartPaid, domain.OrderPaid},
		{domain.OrderViewed, domain.OrderOverdue},
		{domain.OrderOverdue, domain.OrderExpired},
		{domain.OrderInProgress, domain.OrderFailed},
		{domain.OrderFailed, domain.OrderCancelled},
		{domain.OrderExpired, domain.OrderReceived},
		{domain.OrderFailed, domain.OrderRejected},
	},
}

var paymentPicture = &picture{
	machine: domain.PaymentMachine,
	several: domain.PaymentPartCaptured,
	seldom:  domain.PaymentVerified,
	seats: map[domain.State]seat{
		domain.PaymentCreated:    {0, 0},
		domain.PaymentProcessing: {1, 0},
		domain.PaymentAuthorized: {2, 0},
		domain.PaymentCaptured:   {3, 0},
		domain.PaymentReversed:   {4, 0},

		domain.PaymentNeedsMethod:    {0, 1},
		domain.PaymentNeedsAction:    {1, 1},
		domain.PaymentPartAuthorized: {2, 1},
		domain.PaymentPartCaptured:   {3, 1},
		domain.PaymentVerified:       {4, 1},

		domain.PaymentScheduled: {0, 2},
		domain.PaymentRetryWait: {1, 2},
		domain.PaymentUnknown:   {2, 2},
		domain.PaymentVoided:    {3, 2},

		domain.PaymentCancelled: {0, 3},
		domain.PaymentFailed:    {1, 3},
		domain.PaymentDeclined:  {2, 3},
		domain.PaymentExpired:   {3, 3},
	},
	rails: [][2]domain.State{
		{domain.PaymentCreated, domain.PaymentProcessing},
		{domain.PaymentProcessing, domain.PaymentAuthorized},
		{domain.PaymentAuthorized, domain.PaymentCaptured},
		{domain.PaymentCaptured, domain.PaymentReversed},
		{domain.PaymentCreated, domain.PaymentNeedsMethod},
		{domain.PaymentNeedsMethod, domain.PaymentProcessing},
		{domain.PaymentScheduled, domain.PaymentProcessing},
		{domain.PaymentProcessing, domain.PaymentNeedsAction},
		{domain.PaymentProcessing, domain.PaymentPartAuthorized},
		{domain.PaymentPartAuthorized, domain.PaymentPartCaptured},
		{domain.PaymentPartCaptured, domain.PaymentCaptured},
		{domain.PaymentProcessing, domain.PaymentUnknown},
		{domain.PaymentProcessing, domain.PaymentDeclined},
		{domain.PaymentAuthorized, domain.PaymentVoided},
		{domain.PaymentAuthorized, domain.PaymentExpired},
	},
}

var refundPicture = &picture{
	machine: domain.RefundMachine,
	seats: map[domain.State]seat{
		domain.RefundRequested: {0, 0},
		domain.RefundPending:   {1, 0},
		domain.RefundSucceeded: {2, 0},
		domain.RefundReversed:  {3, 0},

		domain.RefundUnknown:  {0, 1},
		domain.RefundReview:   {1, 1},
		domain.RefundFailed:   {2, 1},
		domain.RefundCanceled: {3, 1},
	},
	rails: [][2]domain.State{
		{domain.RefundRequested, domain.RefundPending},
		{domain.RefundPending, domain.RefundSucceeded},
		{domain.RefundSucceeded, domain.RefundReversed},
		{domain.RefundRequested, domain.RefundUnknown},
		{domain.RefundPending, domain.RefundReview},
		{domain.RefundPending, domain.RefundFailed},
	},
}

var payoutPicture = &picture{
	machine: domain.PayoutMachine,
	seats: map[domain.State]seat{
		domain.PayoutCreated:    {0, 0},
		domain.PayoutProcessing: {1, 0},
		domain.PayoutPaid:       {2, 0},
		domain.PayoutReturned:   {3, 0},

		domain.PayoutNeedsData: {0, 1},
		domain.PayoutFailed:    {1, 1},
		domain.PayoutExpired:   {2, 1},

		domain.PayoutCanceled: {1, 2},
	},
	rails: [][2]domain.State{
		{domain.PayoutCreated, domain.PayoutProcessing},
		{domain.PayoutProcessing, domain.PayoutPaid},
		{domain.PayoutPaid, domain.PayoutReturned},
		{domain.PayoutCreated, domain.PayoutNeedsData},
		{domain.PayoutProcessing, domain.PayoutFailed},
		{domain.PayoutProcessing, domain.PayoutExpired},
		{domain.PayoutNeedsData, domain.PayoutCanceled},
	},
}

// pictures are the machines that are drawn.
var pictures = []*picture{orderPicture, paymentPicture, refundPicture, disputePicture, payoutPicture}
