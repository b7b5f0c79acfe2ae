package domain

import "time"

// Session is what the customer has to do elsewhere before a payment can go on: at their bank, in a wallet, at a
// counter. Its link is the provider's.
type Session struct {
	ID    string      `json:"id"` // sid_
	Kind  SessionKind `json:"kind"`
	URL   string      `json:"url,omitempty"`
	Code  string      `json:"code,omitempty"` // of a voucher: what the customer shows where they pay
	Until time.Time   `json:"until,omitzero"` // UTC; after it the provider gives up
}

// SessionKind is what the customer is to do.
type SessionKind string

// The kinds of sessions.
const (
	SessionLookup    SessionKind = "lookup"    // 3DS: the bank looks at the device first
	SessionChallenge SessionKind = "challenge" // 3DS: the bank asks who they are
	SessionRedirect  SessionKind = "redirect"  // they confirm at their bank or wallet
	SessionVoucher   SessionKind = "voucher"   // they pay a code somewhere else, later
	SessionDelivery  SessionKind = "delivery"  // they pay the one who brings the goods
)

// Results are what can become of a session of the kind: what `payment complete --result` takes (spec: S2, S3).
func (k SessionKind) Results() []string {
	switch k {
	case SessionLookup, SessionChallenge:
		return []string{"passed", "failed", "abandoned", "attempted", "unavailable", "rejected", "decoupled", "exempted"}
	case SessionDelivery:
		return []string{"paid", "failed"}
	}
	return []string{"paid", "cancelled", "failed", "expired"}
}

// ThreeDS is what is known of the customer's authentication (EMV 3-D Secure).
type ThreeDS struct {
	Status         State  `json:"status"`
	Enrolled       string `json:"enrolled"` // Y, N, U; "" where nobody asked
	ECI            string `json:"eci"`
	Version        string `json:"version"`
	TransStatus    string `json:"trans_status,omitempty"` // Y, A, C, D, N, R, U, I
	Downgraded     bool   `json:"downgraded"`
	LiabilityShift bool   `json:"liability_shift"`
}

// The states of an authentication (lifecycle §10).
const (
	ThreeDSNotRequested State = "not_requested"
	ThreeDSLookup       State = "lookup"
	ThreeDSFrictionless State = "frictionless_ok"
	ThreeDSAttempted    State = "attempted"
	ThreeDSChallenge    State = "challenge_pending"
	ThreeDSPassed       State = "challenge_ok"
	ThreeDSFailed       State = "challenge_failed"
	ThreeDSAbandoned    State = "challenge_abandoned"
	ThreeDSUnavailable  State = "unavailable"
	ThreeDSRejected     State = "rejected"
	ThreeDSDecoupled    State = "decoupled"
	ThreeDSExempted     State = "exempted"
)

// Asked tells whether anybody asked for an authentication.
func (d ThreeDS) Asked() bool { return d.Status != "" && d.Status != ThreeDSNotRequested }

// Screening is what somebody who looks for fraud says of a payment.
type Screening struct {
	Status  string `json:"status"` // unknown, accept, reject, review
	Message string `json:"message,omitempty"`
}

// The statuses of a screening (system 0).
const (
	FraudUnknown = "unknown"
	FraudAccept  = "accept"
	FraudReject  = "reject"
	FraudReview  = "review"
)

// Said tells whether screening has said anything.
func (s Screening) Said() bool { return s.Status != FraudUnknown }

// Holds tells whether the money is not to be taken as it stands: screening is against it, or somebody has to look first.
func (s Screening) Holds() bool { return s.Against() || s.Waits() }

// Against tells whether screening says that it is fraud.
func (s Screening) Against() bool { return s.Status == FraudReject }

// Waits tells whether somebody has to look at it first.
func (s Screening) Waits() bool { return s.Status == FraudReview }
