package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/story"
	"till/domain/till"
)

// What can be done about a case. Each is asked once, with the amount in the question and what it costs.

// caseStake is what a way to go on with a case costs, in a sentence.
func (s *order) caseStake(d *domain.Dispute, action string) string {
	stakes := d.Stakes(s.shown.Cart.Currency)
	switch action {
	case "accept":
		return stakes.GiveIn
	case "withdraw":
		return stakes.Withdraw
	case "file":
		return stakes.Further
	case "evidence":
		if !answersAlone(d) {
			return "Gathered here, it goes along with the answer."
		}
	}
	return stakes.Defend
}

// answersAlone tells whether evidence is an answer by itself where the case stands.
func answersAlone(d *domain.Dispute) bool {
	return slices.Contains(domain.DisputeMachine.AllowedIn(domain.DisputeEvidenceSent), d.State)
}

// caseIs says where a case stands after something was done about it.
func caseIs(r till.Result, err error) (string, error) {
	if err != nil || r.Dispute == nil {
		return "", err
	}
	return "the case: " + joined([]string{badgeOf("dispute", r.Dispute.State).word, story.Holder(r.Dispute.Money)}), nil
}

// caseAct makes the question of an answer that can be given to a case.
func (s *order) caseAct(action, question, yes, no string, lost bool, do func(*till.Till, context.Context, till.Intent, domain.DisputeID) (till.Result, error)) tea.Cmd {
	d, in := s.dispute(), s.intent()
	note := s.caseStake(d, action)
	if n := len(d.Unsent()); n > 0 && !lost {
		note += " " + plural(n, "paper") + " of evidence " + either(n == 1, "goes", "go") + " along."
	}
	if by := d.AnswerBy(); !by.IsZero() {
		note += " " + timeLeft(s.now(), by).word + ", until " + dated(by) + "."
	}
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return fmt.Sprintf(question, s.money(d.Amount)) },
		Note:     note, Money: true, Yes: yes, No: no,
		Changes: func(domain.Amount) []Change { return s.caseChanges(d, lost) },
		Do: func(domain.Amount) tea.Cmd {
			return s.run(action+" the case", func(ctx context.Context, t *till.Till) (string, error) {
				return caseIs(do(t, ctx, in, d.ID))
			})
		},
	})
}

// caseChanges are the sums before and after: an answer that is no giving in moves nothing until it is decided.
func (s *order) caseChanges(d *domain.Dispute, lost bool) []Change {
	sums := s.looked().Sums
	after := sums
	if lost {
		if d.Money == domain.MoneyHeld {
			after.DisputedHeld -= d.Amount
		}
		if d.Money != domain.MoneyLost {
			after.DisputedLost += d.Amount
		}
	}
	return []Change{
		s.change("held by the bank", sums.DisputedHeld, after.DisputedHeld),
		s.change("lost", sums.DisputedLost, after.DisputedLost),
		s.change("kept", sums.Net(), after.Net()),
	}
}

func (s *order) askAccept() tea.Cmd {
	return s.caseAct("accept", "give in to the case over %s?", "give in", "not yet", true, (*till.Till).AcceptDispute)
}

func (s *order) askWithdraw() tea.Cmd {
	return s.caseAct("withdraw", "give up the case over %s?", "give it up", "go on", true, (*till.Till).WithdrawDispute)
}

func (s *order) askDecline() tea.Cmd {
	return s.caseAct("decline", "refuse to give %s?", "refuse", "not yet", false,
		func(t *till.Till, ctx context.Context, in till.Intent, id domain.DisputeID) (till.Result, error) {
			return t.DeclineDispute(ctx, in, id, till.Evidence{})
		})
}

func (s *order) askFile() tea.Cmd {
	leads := s.dispute().FilingLeads()
	return s.caseAct("file", "take the case over %s to "+domain.State(leads).Words()+"?", "take it there", "not yet", false,
		func(t *till.Till, ctx context.Context, in till.Intent, id domain.DisputeID) (till.Result, error) {
			return t.FileDispute(ctx, in, id, leads)
		})
}

// askEvidence offers to gather what helps, and to send it where that is an answer by itself.
func (s *order) askEvidence() tea.Cmd {
	d := s.dispute()
	waiting := d.Unsent()
	q := &Dialog{
		Question: func(domain.Amount) string { return "evidence in the case over " + s.money(d.Amount) },
		Note:     strings.TrimSpace(d.Meaning().Defence), No: "nothing now",
		Picks: []Pick{
			{Key: "t", Label: "a text", Note: fmt.Sprintf("a statement of at most %d letters", domain.StatementLimit), Do: s.askStatement},
			{Key: "f", Label: "a file", Note: fmt.Sprintf("PDF, PNG, JPEG or text, at most %d MB", domain.PaperLimit>>20), Do: s.askPaper},
		},
	}
	if answersAlone(d) && len(waiting) > 0 {
		q.Picks = append(q.Picks, Pick{Key: "s", Label: "send it", Note: plural(len(waiting), "paper") + ", once and for all", Do: s.askSend})
	}
	return s.desk.Ask(q)
}

func (s *order) askStatement() tea.Cmd {
	d, in := s.dispute(), s.intent()
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "what speaks for you?" },
		Note:     "it is kept with the case and goes with the next answer.", Yes: "add it", No: "leave it",
		Line: &Line{Label: "text", Example: "Signed for on the third.", Limit: domain.StatementLimit, Do: func(text string) tea.Cmd {
			return s.addEvidence(in, d.ID, till.Evidence{Text: text})
		}},
	})
}

// addEvidence keeps it with a case; nobody is asked.
func (s *order) addEvidence(in till.Intent, id domain.DisputeID, given till.Evidence) tea.Cmd {
	return s.run("evidence", func(ctx context.Context, t *till.Till) (string, error) {
		r, err := t.AddEvidence(ctx, in, id, given)
		if err != nil {
			return "", err
		}
		said := "kept with the case: " + plural(len(r.Dispute.Unsent()), "paper") + " not sent yet"
		if answersAlone(r.Dispute) {
			said += "; E and s send it"
		}
		return said, nil
	})
}

// askSend answers with all that was gathered. A stage is answered once.
func (s *order) askSend() tea.Cmd {
	return s.caseAct("evidence", "send the evidence in the case over %s?", "send it", "not yet", false,
		func(t *till.Till, ctx context.Context, in till.Intent, id domain.DisputeID) (till.Result, error) {
			return t.SubmitEvidence(ctx, in, id, till.Evidence{})
		})
}
