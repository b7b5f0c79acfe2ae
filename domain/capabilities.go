package domain

import "time"

// Capabilities is what a method can do, named as in lifecycle §16. What is false is refused before it is sent.
type Capabilities struct {
	CreateOrder    bool          `json:"create_order"` // the provider knows of an order before there is a method
	ManualCapture  bool          `json:"manual_capture"`
	PartialCapture bool          `json:"partial_capture"`
	MultiCapture   bool          `json:"multi_capture"`
	Increment      bool          `json:"increment"` // an operation carries what is added and what it comes to: an adapter sends its provider's
	PartialAuth    bool          `json:"partial_auth"`
	Void           bool          `json:"void"`
	PartialVoid    bool          `json:"partial_void"` // the rest after a capture
	Reverse        bool          `json:"reverse"`
	Refund         bool          `json:"refund"`
	PartialRefund  bool          `json:"partial_refund"`
	RefundCancel   bool          `json:"refund_cancel"`
	Sync           bool          `json:"sync"`
	Verify         bool          `json:"verify"`   // an amount of 0 checks the source
	Redirect       bool          `json:"redirect"` // the customer goes elsewhere, and their return is verified
	ThreeDS        bool          `json:"3ds"`
	Recurring      bool          `json:"recurring"`       // sources can be kept, mandates set up and charged
	Payout         bool          `json:"payout"`          // money can be sent to somebody who did not pay it
	Immediate      bool          `json:"immediate"`       // answers from this machine, in no time: asked and taken in one commit
	KeepsKeys      time.Duration `json:"idempotency_ttl"` // how long a key is remembered; 0: not at all
	HoldsFor       time.Duration `json:"auth_validity"`   // how long the provider holds money; 0: not told
}

// OperationSupport tells whether an operation is possible with a method.
type OperationSupport struct {
	Kind      OperationKind
	Name      string // system 3's
	Supported bool
}

// Operations are the ten of a payment service (system 3), by its names, and whether each is possible.
func (c Capabilities) Operations() []OperationSupport {
	all := []OperationSupport{
		{Kind: CreateOrder, Supported: c.CreateOrder},
		{Kind: Authorize, Supported: true}, // else it were no way to pay
		{Kind: Capture, Supported: c.ManualCapture},
		{Kind: Sync, Supported: c.Sync},
		{Kind: Void, Supported: c.Void},
		{Kind: Reverse, Supported: c.Reverse},
		{Kind: RefundMoney, Supported: c.Refund},
		{Kind: Increment, Supported: c.Increment},
		{Kind: VerifyRedirect, Supported: c.Redirect},
		{Kind: SetupRecurring, Supported: c.Recurring},
	}
	for i, op := range all {
		all[i].Name = prismName(op.Kind)
	}
	return all
}
