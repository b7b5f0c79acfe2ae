package domain

import (
	"strings"
	"unicode"
)

// Crossing is a row of the crosswalk: something that till does, and by what each system does it.
type Crossing struct {
	Name   string // in our words
	Kinds  []OperationKind
	Theirs map[System]string // what is called; a system that cannot do it is not there
}

// crossings are the crosswalk of operations (lifecycle §16).
var crossings = []Crossing{
	cross("create order", ask(CreateOrder), "create, then get_form", "", "payment link or hosted page", "CreateOrder", "POST /orders/", "PaymentIntent"),
	cross("authorize", ask(Authorize), "capture=False, and the form", "pay", "POST /payments with capture: false", "Authorize MANUAL", "skip_capture", "capture_method manual"),
	cross("sale", ask(Authorize, ChargeRecurring), "the form", "pay", "POST /payments", "Authorize AUTOMATIC", "the payform", "capture_method automatic"),
	cross("increment", ask(Increment), "", "", "/authorizations, by what is added", "IncrementalAuthorization, to the new total", "", "increment_authorization, to the new total"),
	cross("capture", ask(Capture), "capture(amount), once", "", "/captures, several", "Capture, several with MANUAL_MULTIPLE", "/capture/, once", "capture, several where asked for"),
	cross("void", ask(Void), "release()", "", "/voids", "Void", "/cancel/ on a hold", "cancel"),
	cross("reverse", ask(Reverse), "", "", "/reversals", "Reverse", "/reverse/", ""),
	cross("refund", ask(RefundMoney), "refund(amount)", "", "/refunds", "Refund", "/refund/", "refunds"),
	cross("sync", ask(Sync), "process_data", "retrieve", "GET /payments", "Get", "GET /orders/", "retrieve"),
	cross("verify return", ask(VerifyRedirect), "the process view", "", "GET /payments by sid_", "VerifyRedirectResponse", "a webhook", "retrieve"),
	cross("save method", ask(SetupRecurring), "", "the id of a payment_method", "src_ and cus_", "SetupRecurring", "save_card, setup_future_use", "SetupIntent"),
	cross("cancel unpaid", nil, "cancel()", "active=false", "cancel of the link or the retry", "Void", "/cancel/", "cancel"),
}

func ask(kinds ...OperationKind) []OperationKind { return kinds }

// cross makes a row of what the systems call it, in the order of Systems.
func cross(name string, kinds []OperationKind, theirs ...string) Crossing {
	row := Crossing{name, kinds, map[System]string{}}
	for i, what := range theirs {
		if what != "" {
			row.Theirs[Systems[i]] = what
		}
	}
	return row
}

// Crossings are the crosswalk of operations: what till does, and by what each system does it.
func Crossings() []Crossing { return crossings }

// prismName is what prism calls the operation by which something is done, as a name in snake_case.
func prismName(kind OperationKind) string {
	for _, row := range crossings {
		for _, k := range row.Kinds {
			if k == kind {
				name, _, _ := strings.Cut(row.Theirs[Prism], " ")
				return snake(strings.TrimSuffix(name, ","))
			}
		}
	}
	return ""
}

// snake writes a name such as IncrementalAuthorization as incremental_authorization.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
