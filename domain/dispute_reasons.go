package domain

import (
	"slices"
	"strings"
)

// Reason is one of a card network's reasons for a dispute.
type Reason struct {
	Code     string
	Network  string // as Brand names it
	Category string // one of the categories
	Means    string // a sentence for a clerk: what the other side says
	Defence  string // what wins it, as a sentence
}

// The categories of reasons, as gateways name them (S2).
const (
	CategoryFraud        = "fraudulent"
	CategoryUnrecognized = "unrecognized"
	CategoryCancelled    = "canceled_recurring"
	CategoryDuplicate    = "duplicate"
	CategoryNotReceived  = "product_service_not_received"
	CategoryNotDescribed = "not_as_described"
	CategoryNotCredited  = "credit_not_issued"
	CategoryIncorrect    = "incorrect_amount"
	CategoryGeneral      = "general"
)

// What wins a case, where several reasons ask for the same.
const (
	proofOfPresence  = "The signed slip or the chip's record of the sale, with the terminal's data."
	proofOfPerson    = "A successful 3DS check, or earlier undisputed orders with the same device, address and account."
	proofOfApproval  = "The approval code of this very payment, given before the goods were."
	proofOfDelivery  = "The carrier's proof of delivery to the customer's address, or a log that shows the service was used."
	proofOfQuality   = "The description that the customer saw, photographs of what was sent, and what was written about it since."
	proofOfCredit    = "The record of the refund, or the terms that the customer agreed to and that rule one out."
	proofOfTwoSales  = "Receipts that show two different sales, each with its own date, amount and approval."
	proofOfAmount    = "The receipt or the order with the amount that the customer agreed to."
	proofOfTerms     = "The terms of cancelling that the customer agreed to, and that they did not cancel in time."
	proofOfPunctual  = "The record that the sale was sent for settlement within the network's time."
	proofOfTellers   = "The machine's journal, which shows that the cash was given out."
	proofOfTestimony = "The full invoice, the contract, and everything that was written between you and the customer."
)

// Reasons gives the reasons of a network, in their order; all of them for "".
func Reasons(network string) []Reason {
	return slices.DeleteFunc(slices.Clone(reasons), func(r Reason) bool {
		return network != "" && !strings.EqualFold(r.Network, network)
	})
}

// ReasonOf finds a reason by its network, in any case of letters, and its code.
func ReasonOf(network, code string) (Reason, bool) {
	i := slices.IndexFunc(reasons, func(r Reason) bool {
		return strings.EqualFold(r.Network, network) && strings.EqualFold(r.Code, code)
	})
	if i < 0 {
		return Reason{}, false
	}
	return reasons[i], true
}

// Fraud tells whether the reason says that the cardholder did not take part: what a liability shift answers. That a
// card was present, and no chip was read, is another matter.
func (r Reason) Fraud() bool { return slices.Contains(byShift, r.Code) }

// byShift are the reasons that a liability shift by 3DS takes off the merchant: fraud with the card absent.
var byShift = []string{"10.4", "4837", "F29", "UA02", "546"}

// Shifted tells whether somebody else is liable for what the case claims: it says so itself, or it claims that the
// cardholder took no part in a payment for which 3DS has shown that they did.
func (d *Dispute) Shifted(p *Payment) bool {
	reason, known := ReasonOf(d.Network, d.ReasonCode)
	return d.LiabilityShift || p.ThreeDS.LiabilityShift && known && reason.Fraud()
}

// Liability says who is liable where that is somebody else; "" where it is the merchant.
func (d *Dispute) Liability(p *Payment) string {
	if d.Shifted(p) {
		return "the customer was authenticated: somebody else is liable"
	}
	return ""
}

var reasons = slices.Concat(visaReasons, mastercardReasons, amexReasons, discoverReasons("Discover"), discoverReasons("Diners"), jcbReasons)

var visaReasons = []Reason{
	{"10.1", "Visa", CategoryFraud, "A counterfeit chip card was paid with where the chip was not read.", proofOfPresence},
	{"10.2", "Visa", CategoryFraud, "A lost or stolen chip card was paid with and no PIN was asked for.", proofOfPresence},
	{"10.3", "Visa", CategoryFraud, "The cardholder says that somebody else paid with their card in the shop.", proofOfPresence},
	{"10.4", "Visa", CategoryFraud, "The cardholder says that somebody else paid with their card from afar.", proofOfPerson},
	{"10.5", "Visa", CategoryFraud, "The payment was named by the network's programme that watches for fraud.", "Proof that the payment was refunded, or is not the one that was named."},
	{"11.1", "Visa", CategoryGeneral, "The card was on the list of stopped cards when it was charged.", proofOfApproval},
	{"11.2", "Visa", CategoryGeneral, "The bank had declined the payment and it was taken all the same.", proofOfApproval},
	{"11.3", "Visa", CategoryGeneral, "The payment was taken without asking the bank first.", proofOfApproval},
	{"12.1", "Visa", CategoryGeneral, "The payment was sent for settlement too late.", proofOfPunctual},
	{"12.2", "Visa", CategoryGeneral, "A refund was sent as a sale, or a sale as a refund.", "The receipt, which shows which of the two it was."},
	{"12.3", "Visa", CategoryIncorrect, "The payment was sent in another currency than was agreed to.", "Proof that the customer chose the currency."},
	{"12.4", "Visa", CategoryGeneral, "The payment was charged to another account than the customer's.", "The record of the card that was read, with the approval."},
	{"12.5", "Visa", CategoryIncorrect, "Another amount was charged than was agreed to.", proofOfAmount},
	{"12.6", "Visa", CategoryDuplicate, "The same thing was charged twice, or had been paid in another way.", proofOfTwoSales},
	{"12.7", "Visa", CategoryGeneral, "What was told about the payment when it was authorized was wrong.", proofOfApproval},
	{"13.1", "Visa", CategoryNotReceived, "The customer says that the goods or the service never came.", proofOfDelivery},
	{"13.2", "Visa", CategoryCancelled, "The customer was charged again after cancelling.", proofOfTerms},
	{"13.3", "Visa", CategoryNotDescribed, "What came was not what had been described, or did not work.", proofOfQuality},
	{"13.4", "Visa", CategoryNotDescribed, "The goods are said to be counterfeit.", "Invoices from the brand's own supply chain, or an expert's word that they are genuine."},
	{"13.5", "Visa", CategoryNotDescribed, "The terms of the sale are said to have been misleading.", proofOfTestimony},
	{"13.6", "Visa", CategoryNotCredited, "A refund was promised and did not come.", proofOfCredit},
	{"13.7", "Visa", CategoryNotCredited, "The customer sent the goods back or cancelled, and got no money.", proofOfTerms},
	{"13.8", "Visa", CategoryGeneral, "Money that was sent to the card was not accepted.", proofOfCredit},
	{"13.9", "Visa", CategoryNotReceived, "The machine did not give out the cash.", proofOfTellers},
}

var mastercardReasons = []Reason{
	{"4808", "Mastercard", CategoryGeneral, "The payment was taken without the bank's approval.", proofOfApproval},
	{"4834", "Mastercard", CategoryDuplicate, "Something went wrong at the till: charged twice, another amount, too late, or cash that did not come.", proofOfTwoSales},
	{"4837", "Mastercard", CategoryFraud, "The cardholder says that they did not authorize the payment.", proofOfPerson},
	{"4849", "Mastercard", CategoryFraud, "The merchant is on the network's list for questionable sales.", "Proof that the payment lies outside the time or the reason of the listing."},
	{"4853", "Mastercard", CategoryNotDescribed, "The customer is not content: nothing came, or something else, or a refund is missing.", proofOfTestimony},
	{"4863", "Mastercard", CategoryUnrecognized, "The cardholder does not recognise the payment.", "The receipt, with the name that stands on the customer's statement."},
	{"4870", "Mastercard", CategoryFraud, "A counterfeit chip card was paid with where the chip was not read.", proofOfPresence},
	{"4871", "Mastercard", CategoryFraud, "A lost or stolen chip card was paid with and no PIN was asked for.", proofOfPresence},
}

var amexReasons = []Reason{
	{"A01", "Amex", CategoryGeneral, "More was charged than was authorized.", proofOfApproval},
	{"A02", "Amex", CategoryGeneral, "The payment was taken without a valid authorization.", proofOfApproval},
	{"A08", "Amex", CategoryGeneral, "The authorization had run out when the payment was sent.", proofOfApproval},
	{"C02", "Amex", CategoryNotCredited, "A refund was promised and did not come.", proofOfCredit},
	{"C04", "Amex", CategoryNotCredited, "Goods were sent back or refused, and no money came.", proofOfCredit},
	{"C05", "Amex", CategoryNotCredited, "The goods or the service were cancelled.", proofOfTerms},
	{"C08", "Amex", CategoryNotReceived, "The goods or the service never came, or only a part.", proofOfDelivery},
	{"C14", "Amex", CategoryDuplicate, "It had been paid in another way.", proofOfTwoSales},
	{"C18", "Amex", CategoryNotCredited, "The customer did not come, or cancelled a booking of a room.", proofOfTerms},
	{"C28", "Amex", CategoryCancelled, "The customer was charged again after cancelling.", proofOfTerms},
	{"C31", "Amex", CategoryNotDescribed, "What came was not what had been described.", proofOfQuality},
	{"C32", "Amex", CategoryNotDescribed, "The goods came damaged or did not work.", proofOfQuality},
	{"F10", "Amex", CategoryFraud, "The imprint of the card is missing.", proofOfPresence},
	{"F24", "Amex", CategoryFraud, "The cardholder took no part in the payment.", proofOfPerson},
	{"F29", "Amex", CategoryFraud, "The cardholder says that somebody else paid with their card from afar.", proofOfPerson},
	{"F30", "Amex", CategoryFraud, "A counterfeit chip card was paid with where the chip was not read.", proofOfPresence},
	{"F31", "Amex", CategoryFraud, "A lost or stolen chip card was paid with and no PIN was asked for.", proofOfPresence},
	{"P05", "Amex", CategoryIncorrect, "Another amount was charged than was agreed to.", proofOfAmount},
	{"P07", "Amex", CategoryGeneral, "The payment was sent for settlement too late.", proofOfPunctual},
	{"P08", "Amex", CategoryDuplicate, "The same thing was charged twice.", proofOfTwoSales},
	{"P23", "Amex", CategoryIncorrect, "The payment was sent in another currency than was agreed to.", proofOfAmount},
}

// discoverReasons are those of Discover and of Diners Club, which are one network.
func discoverReasons(network string) []Reason {
	return []Reason{
		{"AP", network, CategoryCancelled, "The customer was charged again after cancelling.", proofOfTerms},
		{"AT", network, CategoryGeneral, "The payment was taken without a valid authorization.", proofOfApproval},
		{"AW", network, CategoryIncorrect, "Another amount was charged than was agreed to.", proofOfAmount},
		{"DP", network, CategoryDuplicate, "The same thing was charged twice.", proofOfTwoSales},
		{"LP", network, CategoryGeneral, "The payment was sent for settlement too late.", proofOfPunctual},
		{"PM", network, CategoryDuplicate, "It had been paid in another way.", proofOfTwoSales},
		{"RG", network, CategoryNotReceived, "The goods, the service or the cash never came.", proofOfDelivery},
		{"RM", network, CategoryNotDescribed, "What came was not what had been described.", proofOfQuality},
		{"RN2", network, CategoryNotCredited, "A refund was promised and did not come.", proofOfCredit},
		{"UA01", network, CategoryFraud, "The cardholder says that somebody else paid with their card in the shop.", proofOfPresence},
		{"UA02", network, CategoryFraud, "The cardholder says that somebody else paid with their card from afar.", proofOfPerson},
		{"UA05", network, CategoryFraud, "A counterfeit chip card was paid with where the chip was not read.", proofOfPresence},
		{"UA06", network, CategoryFraud, "A lost or stolen chip card was paid with and no PIN was asked for.", proofOfPresence},
	}
}

var jcbReasons = []Reason{
	{"502", "JCB", CategoryNotDescribed, "The customer is not content with the goods or the service.", proofOfQuality},
	{"512", "JCB", CategoryDuplicate, "The same thing was charged twice.", proofOfTwoSales},
	{"513", "JCB", CategoryNotCredited, "A refund was promised and did not come.", proofOfCredit},
	{"522", "JCB", CategoryGeneral, "The bank had declined the payment and it was taken all the same.", proofOfApproval},
	{"546", "JCB", CategoryFraud, "The cardholder took no part in the payment.", proofOfPerson},
}
