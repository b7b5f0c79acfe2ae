package domain

// ReasonMeaning is what a network's reason code says of a case, in plain words.
type ReasonMeaning struct {
	Category string // fraud, authorization, processing, consumer
	Means    string // what the other side says
	Helps    string // what evidence answers it
}

// What the other side says by its reason codes. Mastercard has one code for all that consumers complain of.
var reasonMeanings = map[string]struct{ category, means string }{
	"10.1": {"fraud", "The card was copied, and its chip was not read."},
	"10.2": {"fraud", "The card was stolen or lost, and its chip was not read."},
	"10.3": {"fraud", "Somebody else used the card, at the counter."},
	"10.4": {"fraud", "The cardholder took no part in the payment, which was made from a distance."},
	"10.5": {"fraud", "The network's fraud monitoring has singled the payment out."},
	"11.1": {"authorization", "The card was on the list of those not to be taken."},
	"11.2": {"authorization", "The payment was taken after the bank had declined it."},
	"11.3": {"authorization", "The bank was never asked for the payment, or for that amount."},
	"12.1": {"processing", "The payment was presented too late."},
	"12.2": {"processing", "The payment was booked as another kind of transaction."},
	"12.3": {"processing", "The payment was booked in another currency."},
	"12.4": {"processing", "The payment was booked on another account."},
	"12.5": {"processing", "Another amount was taken than was agreed."},
	"12.6": {"processing", "It was paid twice, or in another way already."},
	"12.7": {"processing", "The payment was presented with wrong data."},
	"13.1": {"consumer", "The goods never came, or the service was never given."},
	"13.2": {"consumer", "A subscription was charged after it had been cancelled."},
	"13.3": {"consumer", "What came was broken, or not what had been described."},
	"13.4": {"consumer", "The goods are counterfeit."},
	"13.5": {"consumer", "The customer was misled about what was sold."},
	"13.6": {"consumer", "A refund was promised and never came."},
	"13.7": {"consumer", "It was cancelled or sent back, and the money was not returned."},
	"13.8": {"consumer", "A payout to the cardholder was not accepted."},
	"13.9": {"consumer", "The machine gave no cash, or too little."},
	"4808": {"authorization", "The bank was never asked for the payment, or had declined it."},
	"4834": {"processing", "It was charged twice, late, or at another amount than was agreed."},
	"4837": {"fraud", "The cardholder did not authorize the payment."},
	"4849": {"fraud", "The network has the shop on record for fraud."},
	"4853": {"consumer", "The customer did not get what was agreed: nothing, something else, or no refund."},
	"4863": {"fraud", "The cardholder does not recognise the payment."},
	"4870": {"fraud", "The card was copied, and its chip was not read."},
	"4871": {"fraud", "The card was stolen, and neither chip nor PIN was used."},
}

// helpful says what evidence answers each category of reasons.
var helpful = map[string]string{
	"fraud":         "proof that the cardholder took part: 3DS, a signed slip, an address they confirmed, earlier orders that they paid",
	"authorization": "the bank's approval, with its code, date and amount",
	"processing":    "the receipt, and the record of each payment and refund of the order",
	"consumer":      "proof of delivery, what was agreed and described, what was written between you, a refund if there was one",
}

// MeaningOfReason says in plain words what a reason code stands for. One of no table has the category that is given,
// and no sentence.
func MeaningOfReason(code, category string) ReasonMeaning {
	known := reasonMeanings[code]
	if known.category == "" {
		known.category = category
	}
	return ReasonMeaning{Category: known.category, Means: known.means, Helps: helpful[known.category]}
}
