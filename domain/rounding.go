package domain

import "slices"

// CashRule is how a country rounds what is paid in cash, where its small coins are gone. Cards and the like are never
// rounded.
type CashRule struct {
	Country  string // ISO 3166-1, two letters
	Currency Currency
	Step     Amount // the smallest that can be paid, in minor units
	Tie      Tie    // what becomes of an amount just between two steps; with 5 there is none
	Source   string // who says so, and since when
}

// Tie says which of its two neighbours an amount is rounded to.
type Tie uint8

// The ways of rounding.
const (
	HalfUp     Tie = iota // to the nearest, a half up
	HalfDown              // to the nearest, a half down
	AlwaysDown            // to the one below, whatever is nearest
)

// CashRules are the countries that round cash, by law or because their central bank gives out no smaller coins.
var CashRules = []CashRule{
	{"AU", "AUD", 5, HalfUp, "Reserve Bank of Australia: 1 and 2 cents withdrawn from 1992; ACCC on rounding"},
	{"BE", "EUR", 5, HalfUp, "Code of Economic Law VI.7/1, compulsory since 1 December 2019"},
	{"CA", "CAD", 5, HalfUp, "Department of Finance: the penny no longer given out since 4 February 2013"},
	{"CH", "CHF", 5, HalfUp, "Coinage Ordinance SR 941.101: 5 centimes the smallest coin since 1 January 2007"},
	{"CZ", "CZK", 100, HalfUp, "Czech National Bank: 50 hellers no tender since 1 September 2008"},
	{"DK", "DKK", 50, HalfUp, "Danmarks Nationalbank: 25 øre no tender since 1 October 2008"},
	{"EE", "EUR", 5, HalfUp, "Eesti Pank: by law since 1 January 2025, refunds in cash too"},
	{"FI", "EUR", 5, HalfUp, "Act 890/2000 on rounding cash payments in euro, since 1 January 2002"},
	{"HU", "HUF", 500, HalfUp, "Act III of 2008: 1 and 2 forint withdrawn on 1 March 2008"},
	{"IE", "EUR", 5, HalfUp, "Central Bank of Ireland: by custom since 28 October 2015"},
	{"IL", "ILS", 10, HalfUp, "Bank of Israel: 5 agorot no tender since 1 January 2008"},
	{"IT", "EUR", 5, HalfUp, "Decree-law 50/2017, article 13-quater, since 1 January 2018"},
	{"LI", "CHF", 5, HalfUp, "currency treaty with Switzerland: its coins"},
	{"LT", "EUR", 5, HalfUp, "Law on the rounding of cash payments, since 1 May 2025"},
	{"MY", "MYR", 5, HalfUp, "Bank Negara Malaysia: rounding mechanism since 1 April 2008"},
	{"NL", "EUR", 5, HalfUp, "De Nederlandsche Bank: by custom since 1 September 2004"},
	{"NO", "NOK", 100, HalfUp, "Norges Bank: 50 øre no tender since 1 May 2012"},
	{"NZ", "NZD", 10, HalfDown, "Reserve Bank of New Zealand: 5 cents withdrawn in 2006; the half is the shop's, most give it to the customer"},
	{"SE", "SEK", 100, HalfUp, "Act 1970:1029 on rounding öre; 50 öre no tender since 1 October 2010"},
	{"SK", "EUR", 5, HalfUp, "Act 18/1996 on prices as amended, since 1 July 2022"},
	{"ZA", "ZAR", 10, AlwaysDown, "South African Reserve Bank: 5 cents no longer made since 2012; in the customer's favour"},
}

// CashRounding is what rounding adds to an amount paid in cash in a country, or takes off it, in minor units; 0 where
// nobody rounds, and for a currency that is not the country's. What is owed never becomes nothing: it is one step
// at least.
func CashRounding(country string, c Currency, a Amount) Amount {
	i := slices.IndexFunc(CashRules, func(r CashRule) bool { return r.Country == country && r.Currency == c })
	if i < 0 || a <= 0 {
		return 0
	}
	rule := CashRules[i]
	over := a % rule.Step
	up := 2*over > rule.Step || 2*over == rule.Step && rule.Tie == HalfUp
	switch {
	case over == 0:
		return 0
	case a < rule.Step, up && rule.Tie != AlwaysDown:
		return rule.Step - over
	}
	return -over
}

// Cash is what the payment brought into the drawer, in minor units: its amount as it was rounded.
func (p *Payment) Cash() Amount { return p.Amount + p.Rounded }

// Change is what the customer got back of the cash they gave, in minor units.
func (p *Payment) Change() Amount {
	if p.Tendered == 0 {
		return 0
	}
	return p.Tendered - p.Cash()
}

// RoundingBack is what rounding adds to a refund in cash, in minor units. All refunds of a payment are rounded
// together, and the last one gives back what was taken: nobody gains by taking things back one by one.
func (p *Payment) RoundingBack(country string, c Currency, a Amount) Amount {
	back, given := a, Amount(0)
	for _, r := range p.Refunds {
		if r.IsOpen() || r.succeeded() && !r.returned() {
			back += r.Amount
			given += r.Rounded
		}
	}
	rounding := CashRounding(country, c, back)
	if back == p.Sums.Captured {
		rounding = p.Rounded
	}
	return max(rounding-given, -a)
}
