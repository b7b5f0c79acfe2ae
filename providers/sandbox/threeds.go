package sandbox

import "till/domain"

// The states of an authentication (EMV 3-D Secure) that the sandbox knows.
const (
	lookingUp       = "lookup"
	frictionless    = "frictionless_ok"
	challenged      = "challenge_pending"
	challengePassed = "challenge_ok"
	challengeFailed = "challenge_failed"
	challengeLeft   = "challenge_abandoned"
	attempted       = "attempted"
	exempted        = "exempted"
	rejected        = "rejected"
	unavailable     = "unavailable"
	decoupled       = "decoupled"
)

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
var authentications = map[string]struct {
	status string
	eci    eci
	shift  bool
}{
	lookingUp:       {"", noECI, false},
	frictionless:    {"Y", fullECI, true},
	challenged:      {"C", noECI, false},
	challengePassed: {"Y", fullECI, true},
	challengeFailed: {"N", noneECI, false},
	challengeLeft:   {"N", noneECI, false},
	attempted:       {"A", attemptECI, true},
	exempted:        {"I", exemptECI, false},
	rejected:        {"R", noneECI, false},
	unavailable:     {"U", noneECI, false},
	decoupled:       {"D", noECI, false},
}

// threeDS tells of an authentication of a card of a brand.
func threeDS(brand domain.Brand, state string) *domain.ThreeDS {
	means := authentications[state]
	mastercard := brand == domain.Mastercard || brand == domain.Maestro
	enrolled := "Y"
	if state == unavailable {
		enrolled = "U"
	}
	return &domain.ThreeDS{
		Status: state, Enrolled: enrolled, ECI: ecis[mastercard][means.eci], Version: "2.2.0",
		TransStatus: means.status, LiabilityShift: means.shift,
	}
}

// withoutThreeDS: there is no authentication to be had. Either the payment goes on without, or that is its end.
func (r request) withoutThreeDS(goesOn bool) fact {
	f := fact{event: noThreeDS, amount: r.amount, detail: detail{ThreeDS: threeDS(r.source.Brand, unavailable)}}
	if f.ThreeDS.Downgraded = goesOn; !goesOn {
		f.code = threeDSBroken
	}
	return f
}
