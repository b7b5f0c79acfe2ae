package domain

import "strings"

// CodeMeaning is what a gateway's response code stands for, in plain words.
type CodeMeaning struct {
	Code   string `json:"code"`
	Class  string `json:"class"` // soft, hard, risk, stop, authentication
	Means  string `json:"means"`
	Advice string `json:"advice"` // what to do now
}

// codeMeanings are the response codes of declines (system 2): their class, and what they mean to somebody at a counter.
var codeMeanings = map[string]struct{ class, means string }{
	"20005": {"soft", "The bank refuses and does not say why."},
	"20012": {"soft", "The bank does not allow this kind of payment with the card."},
	"20014": {"soft", "The bank does not know the card number."},
	"20051": {"soft", "There is not enough money on the account."},
	"20054": {"soft", "The card has expired."},
	"20057": {"soft", "The cardholder is not permitted to pay like this."},
	"20059": {"soft", "The bank suspects a fraud."},
	"20061": {"soft", "The card's limit is used up."},
	"20062": {"soft", "The card is restricted: by country, by kind of shop, or by its owner."},
	"20063": {"soft", "The bank found something wrong with the security of the payment."},
	"20068": {"soft", "The bank answered too late or not at all."},
	"20078": {"soft", "The card is new and has not been activated."},
	"20087": {"soft", "The security code or another detail of the card was wrong."},
	"20150": {"soft", "The card takes no part in 3DS."},
	"20153": {"soft", "3DS did not work, so nobody could ask who is paying."},
	"20154": {"soft", "The bank wants the customer authenticated first."},
	"20179": {"soft", "The card is closed or was replaced."},
	"20182": {"soft", "A policy of the bank forbids the payment."},
	"20183": {"soft", "The bank has security concerns."},
	"30033": {"hard", "The card has expired, and the bank wants it kept."},
	"30041": {"hard", "The card was reported lost."},
	"30043": {"hard", "The card was reported stolen."},
	"40101": {"risk", "The gateway's rules against fraud blocked it."},
	"40108": {"risk", "The postcode is not the one that the bank has."},
	"200R1": {"stop", "The customer has told the bank to stop this series of payments."},
	"200R3": {"stop", "The customer has told the bank to stop all series of payments."},
}

// families are the classes of codes that stand in no table, by how they begin; of two that fit the first counts.
var families = []struct{ begins, class, means string }{
	{"200R", "stop", "The customer has told the bank to stop it."},
	{"20", "soft", "The bank refuses this time."},
	{"30", "hard", "The bank refuses this card for good."},
	{"40", "risk", "The rules against fraud blocked it."},
}

// advices say what to do about each class of declines.
var advices = map[string]string{
	"soft":           "it may pass later: take another card or another way, or have the clock try again (retries)",
	"hard":           "do not try this card again: ask for another one, or for another way to pay",
	"risk":           "do not try again as it was: ask for another way to pay",
	"stop":           "charge it no more: the customer has to agree anew",
	"authentication": "the customer can try again, or pay in another way",
}

// adviceOf are where one code asks for something else than its class.
var adviceOf = map[string]string{
	"20014": "type the number again, or take another card",
	"20054": "ask for the new card",
	"20087": "type the card again, its security code too",
	"20150": "pay again without --3ds",
	"20153": "try again; --attempt-n3d goes on without 3DS, at your own risk",
	"20154": "pay again with --3ds",
	"40108": "ask for the address that the bank has",
}

// MeaningOf tells what the code of a decline means; ok is false for an approval and for what is no such code.
func MeaningOf(code string) (meaning CodeMeaning, ok bool) {
	found, ok := codeMeanings[code]
	for _, f := range families {
		if !ok && len(code) == 5 && strings.HasPrefix(code, f.begins) {
			found, ok = struct{ class, means string }{f.class, f.means}, true
		}
	}
	if !ok {
		return CodeMeaning{}, false
	}
	meaning = CodeMeaning{Code: code, Class: found.class, Means: found.means, Advice: advices[found.class]}
	if special := adviceOf[code]; special != "" {
		meaning.Advice = special
	}
	return meaning, true
}

// Decline tells why the payment was declined, in plain words; nil if it was not, or if its code says nothing.
func (p *Payment) Decline() *CodeMeaning {
	if p.State != PaymentDeclined && p.State != PaymentRetryWait {
		return nil
	}
	if meaning, ok := MeaningOf(p.Code); ok {
		return &meaning
	}
	if p.Detail == "authentication" {
		return &CodeMeaning{Code: p.Code, Class: p.Detail, Means: "The customer could not show who they are.", Advice: advices[p.Detail]}
	}
	return nil
}
