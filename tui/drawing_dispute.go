package tui

import (
	"strings"

	"till/domain"
)

// disputePicture is the ladder: a column for each stage, its states under its name. What does not climb it (a broken
// rule, a favour) has a lane of its own below.
var disputePicture = &picture{
	machine: domain.DisputeMachine,
	stages: map[string]seat{
		domain.StageFraudAdvice:    {0, 0},
		domain.StageRetrieval:      {1, 0},
		domain.StageChargeback:     {2, 0},
		domain.StageRepresentment:  {3, 0},
		domain.StagePreArbitration: {4, 0},
		domain.StageArbitration:    {5, 0},
		domain.StagePreCompliance:  {0, 7},
		domain.StageCompliance:     {0, 8},
		domain.StageGoodFaith:      {0, 9},
	},
	seats: map[domain.State]seat{
		domain.FraudAdviceOpen:        {0, 1},
		domain.RetrievalOpen:          {1, 1},
		domain.ChargebackOpen:         {2, 1},
		domain.RepresentmentResponded: {3, 1},
		domain.PreArbitrationOpen:     {4, 1},
		domain.ArbitrationOpen:        {5, 1},

		domain.FraudAdviceClosed:       {0, 2},
		domain.RetrievalResponded:      {1, 2},
		domain.ChargebackResolved:      {2, 2},
		domain.RepresentmentWithdrawn:  {3, 2},
		domain.PreArbitrationResponded: {4, 2},
		domain.ArbitrationResponded:    {5, 2},

		domain.RetrievalClosed:     {1, 3},
		domain.ChargebackWithdrawn: {2, 3},
		domain.RepresentmentWon:    {3, 3},
		domain.PreArbitrationWon:   {4, 3},
		domain.ArbitrationWon:      {5, 3},

		domain.RetrievalExpired:   {1, 4},
		domain.ChargebackAccepted: {2, 4},
		domain.RepresentmentLost:  {3, 4},
		domain.PreArbitrationLost: {4, 4},
		domain.ArbitrationLost:    {5, 4},

		domain.ChargebackExpired:      {2, 5},
		domain.PreArbitrationAccepted: {4, 5},
		domain.PreArbitrationExpired:  {4, 6},

		domain.PreComplianceOpen:      {1, 7},
		domain.PreComplianceResponded: {2, 7},
		domain.PreComplianceWithdrawn: {3, 7},
		domain.PreComplianceAccepted:  {4, 7},
		domain.PreComplianceExpired:   {5, 7},

		domain.ComplianceOpen:      {1, 8},
		domain.ComplianceResponded: {2, 8},
		domain.ComplianceWon:       {3, 8},
		domain.ComplianceLost:      {4, 8},

		domain.GoodFaithOpen:      {1, 9},
		domain.GoodFaithResponded: {2, 9},
		domain.GoodFaithWon:       {3, 9},
		domain.GoodFaithAccepted:  {4, 9},
		domain.GoodFaithClosed:    {5, 9},
	},
	rails: [][2]domain.State{
		{domain.FraudAdviceOpen, domain.RetrievalOpen},
		{domain.RetrievalOpen, domain.ChargebackOpen},
		{domain.ChargebackOpen, domain.RepresentmentResponded},
		{domain.RepresentmentResponded, domain.PreArbitrationOpen},
		{domain.PreArbitrationOpen, domain.PreArbitrationResponded},
		{domain.PreArbitrationResponded, domain.ArbitrationOpen},
		{domain.ArbitrationOpen, domain.ArbitrationResponded},
		{domain.PreComplianceOpen, domain.PreComplianceResponded},
		{domain.ComplianceOpen, domain.ComplianceResponded},
		{domain.GoodFaithResponded, domain.GoodFaithWon},
	},
}

// short is how a state is told under the name of its stage; where the machine has no stages it is told in full.
func (p *picture) short(state domain.State) string {
	_, status, staged := strings.Cut(string(state), "/")
	if p.stages == nil || !staged {
		return p.text(state)
	}
	found := badgeOf(p.machine.Name, domain.State(status))
	return found.glyph + " " + found.word
}

// signs are the names of the stages in their seats; that of one where the case has been is lit.
func (p *picture) signs(l life) []node {
	var signs []node
	for _, state := range p.machine.States() {
		stage, _, _ := strings.Cut(string(state), "/")
		where, staged := p.stages[stage]
		if !staged {
			continue
		}
		with := inkFar
		if l.been(stage) {
			with = inkLit
		}
		signs = append(signs, node{text: domain.State(stage).Words(), ink: with, seat: where, sign: true})
	}
	return signs
}

// been tells whether the way that was walked has led through a stage.
func (l life) been(stage string) bool {
	for _, state := range l.way() {
		if at, _, _ := strings.Cut(string(state), "/"); at == stage {
			return true
		}
	}
	return false
}
