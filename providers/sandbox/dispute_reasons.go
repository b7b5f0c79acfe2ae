package sandbox

import "till/domain"

// reason is why a cardholder's bank wants the money: a network's code, and Checkout.com's word for its kind.
type reason struct{ code, category string }

// The kinds of reasons.
const (
	fraudulent   = "fraudulent"
	unrecognized = "unrecognized"
	general      = "general"
	duplicate    = "duplicate"
	wrongSum     = "incorrect_amount"
	notReceived  = "product_service_not_received"
	notAsSold    = "not_as_described"
	noCredit     = "credit_not_issued"
	recurring    = "canceled_recurring"
)

// reasons are those of each network; the first of each is what is claimed unless somebody says otherwise.
var reasons = map[string][]reason{
	string(domain.Visa): {
		{"10.4", fraudulent},
		{"10.1", fraudulent},
		{"10.2", fraudulent},
		{"10.3", fraudulent},
		{"10.5", fraudulent},
		{"11.1", general},
		{"11.2", general},
		{"11.3", general},
		{"12.1", general},
		{"12.2", general},
		{"12.3", general},
		{"12.4", general},
		{"12.5", wrongSum},
		{"12.6", duplicate},
		{"12.7", general},
		{"13.1", notReceived},
		{"13.2", recurring},
		{"13.3", notAsSold},
		{"13.4", notAsSold},
		{"13.5", notAsSold},
		{"13.6", noCredit},
		{"13.7", noCredit},
		{"13.8", noCredit},
		{"13.9", notReceived},
	},
	string(domain.Mastercard): {
		{"4837", fraudulent},
		{"4849", fraudulent},
		{"4863", unrecognized},
		{"4870", fraudulent},
		{"4871", fraudulent},
		{"4808", general},
		{"4834", general},
		{"4853", notAsSold},
	},
	string(domain.Amex): {
		{"F29", fraudulent},
		{"F24", fraudulent},
		{"F30", fraudulent},
		{"F31", fraudulent},
		{"A02", general},
		{"C02", noCredit},
		{"C04", noCredit},
		{"C08", notReceived},
		{"C28", recurring},
		{"C31", notAsSold},
		{"P05", wrongSum},
		{"P08", duplicate},
	},
	string(domain.Discover): discoverReasons,
	string(domain.Diners):   discoverReasons,
	string(domain.JCB): {
		{"546", fraudulent},
		{"512", duplicate},
		{"544", recurring},
		{"554", notReceived},
		{"556", notAsSold},
	},
	string(domain.UnionPay): {{"4514", fraudulent}},
	sepa:                    {{"MD01", fraudulent}, {"MD06", general}},
	paypal:                  {{"UNAUTHORISED", fraudulent}, {"MERCHANDISE_OR_SERVICE_NOT_RECEIVED", notReceived}, {"MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED", notAsSold}},
}

// discoverReasons are Discover's, and Diners Club's, which it owns.
var discoverReasons = []reason{
	{"UA02", fraudulent},
	{"UA01", fraudulent},
	{"AA", unrecognized},
	{"AP", recurring},
	{"DP", duplicate},
	{"RG", notReceived},
	{"RM", notAsSold},
	{"RN2", noCredit},
}
