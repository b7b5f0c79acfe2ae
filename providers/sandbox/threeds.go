package sandbox

import "till/domain"

// eci is the scheme's number for how sure it is who pays.
type eci int

const (
	noECI eci = iota
	fullECI
	attemptECI
	noneECI
	exemptECI
)

// ecis: Mastercard and its Maestro count from the other end than everybody else.
var ecis = map[bool]map[eci]string{
	true:  {fullECI: "02", attemptECI: "01", noneECI: "00", exemptECI: "06"},
	false: {fullECI: "05", attemptECI: "06", noneECI: "07", exemptECI: "07"},
}

// authentications are what each state says: the message's transStatus, the ECI, and who bears the risk.
var authentications = map[domain.State]struct {
	status string
	eci    eci
	shift  bool
}{
	domain.ThreeDSLookup:       {"", noECI, false},
	domain.ThreeDSFrictionless: {"Y", fullECI, true},
	domain.ThreeDSChallenge:    {"C", noECI, false},
	domain.ThreeDSPassed:       {"Y", fullECI, true},
	domain.ThreeDSFailed:       {"N", noneECI, false},
	domain.ThreeDSAbandoned:    {"N", noneECI, false},
	domain.ThreeDSAttempted:    {"A", attemptECI, true},
	domain.ThreeDSExempted:     {"I", exemptECI, false},
	domain.ThreeDSRejected:     {"R", noneECI, false},
	domain.ThreeDSUnavailable:  {"U", noneECI, false},
	domain.ThreeDSDecoupled:    {"D", noECI, false},
}

// threeDS tells of an authentication of a card of a brand.
func threeDS(brand domain.Brand, state domain.State) *domain.ThreeDS {
	means := authentications[state]
	mastercard := brand == domain.Mastercard || brand == domain.Maestro
	enrolled := "Y"
	if state == domain.ThreeDSUnavailable {
		enrolled = "U"
	}
	return &domain.ThreeDS{
		Status: state, Enrolled: enrolled, ECI: ecis[mastercard][means.eci], Version: "2.2.0",
		TransStatus: means.status, LiabilityShift: means.shift,
	}
}

// withoutThreeDS: there is no authentication to be had. Either the payment goes on without, or that is its end.
func (r request) withoutThreeDS(goesOn bool) fact {
	f := fact{event: noThreeDS, amount: r.amount, detail: detail{ThreeDS: threeDS(r.source.Brand, domain.ThreeDSUnavailable)}}
	if f.ThreeDS.Downgraded = goesOn; !goesOn {
		f.code = threeDSBroken
	}
	return f
}
