package cli

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"till/domain"
	"till/domain/till"
)

// How disputes look to people, and what they are told to do next.

// moneyWords say who has the money.
var moneyWords = map[string]string{
	domain.MoneyNone: "not taken", domain.MoneyHeld: "held by the bank", domain.MoneyReturned: "came back", domain.MoneyLost: "lost",
}

// stageWords say what a stage is to somebody who has never met it.
var stageWords = map[string]string{
	domain.StageFraudAdvice:    "the bank reports the payment as fraud; it asks for nothing yet",
	domain.StageRetrieval:      "the bank asks what was sold; no money has moved",
	domain.StageChargeback:     "the customer's bank takes the money back",
	domain.StageRepresentment:  "we have defended ourselves, and the bank looks at it",
	domain.StagePreArbitration: "the last round between the banks",
	domain.StageArbitration:    "the card network decides; the loser pays its fees",
	domain.StagePreCompliance:  "another bank says that a rule was broken and cost it money",
	domain.StageCompliance:     "the card network rules on a broken rule; the loser pays its fees",
	domain.StageGoodFaith:      "a favour outside the rules; nobody has to agree",
}

// disputeLine is a dispute in one line.
func disputeLine(t *till.Till, o *domain.Order, d *domain.Dispute) string {
	parts := []string{"dispute " + string(d.ID), d.State.Words(), o.Cart.Currency.Display(d.Amount), moneyWords[d.Money]}
	if d.Announced {
		parts = append(parts, "announced: it is about to be taken")
	}
	if by := deadline(t.Env.Now(), d.AnswerBy()); by != "" {
		parts = append(parts, by)
	}
	return strings.Join(parts, " · ")
}

// deadline is until when we have to answer, and how many days that is; empty where nobody waits for us.
func deadline(now, by time.Time) string {
	if by.IsZero() {
		return ""
	}
	const day = 24 * time.Hour
	left := fmt.Sprintf("%d days left", (by.Sub(now)+day-1)/day) // a begun one too
	switch {
	case !by.After(now):
		left = "the time is over"
	case by.Sub(now) <= day:
		left = "1 day left"
	}
	return "answer by " + when(by) + ", " + left
}

func showDispute(p *page, t *till.Till, o *domain.Order, payment *domain.Payment, d *domain.Dispute) {
	show := o.Cart.Currency.Display
	reason := d.Meaning()
	p.line("%s", disputeLine(t, o, d))
	p.line("")
	p.line("  %s", stageWords[d.Stage])
	if reason.Means != "" {
		p.line("  %s", reason.Means)
	}
	p.line("")
	fee, raised := "", ""
	if d.Fee > 0 {
		fee = show(d.Fee)
	}
	if d.RaisedBy == domain.RaisedByMerchant {
		raised = "us"
	}
	p.facts("  ",
		[2]string{"order", strings.Join([]string{orDash(o.Number), o.HumanID, cmp.Or(o.Client.Name(), "nobody named"), show(o.Total())}, " · ")},
		[2]string{"payment", payment.HumanID + " · " + payment.Source.String() + " · " + show(payment.Sums.Captured) + " captured"},
		[2]string{"reason", strings.Trim(d.Network+" "+d.ReasonCode+" · "+domain.State(cmp.Or(d.Category, reason.Category)).Words(), " ·")},
		[2]string{"3DS", shifted(payment, d)}, [2]string{"fee", fee}, [2]string{"raised by", raised},
		[2]string{"opened", when(d.OpenedAt)},
	)
	showEvidence(p, d)
	choices := t.DisputeActions(o, payment, d)
	permitted, _ := sorted(choices)
	showDisputeNext(p, o, d, permitted, reason)
	showChoices(p, choices)
}

func shifted(payment *domain.Payment, d *domain.Dispute) string {
	if d.Shifted(payment) {
		return "the customer was authenticated: somebody else is liable"
	}
	return ""
}

func showEvidence(p *page, d *domain.Dispute) {
	var rows [][]string
	for _, paper := range d.Papers {
		sent := "not sent yet"
		if paper.Sent {
			sent = "sent"
		}
		if paper.Gone {
			sent += ", forgotten"
		}
		rows = append(rows, []string{paper.Name, paper.Type, size(paper.Size), when(paper.At), sent})
	}
	if len(rows) > 0 {
		p.line("")
		p.line("  evidence")
	}
	p.table("    ", "llrll", rows)
}

// decides is until when the other side has time; empty where that has no end.
func decides(by time.Time) string {
	if by.IsZero() {
		return ""
	}
	return ", until " + when(by)
}

// size is a number of bytes for people.
func size(bytes int64) string {
	switch {
	case bytes < 1<<10:
		return fmt.Sprintf("%d bytes", bytes)
	case bytes < 1<<20:
		return fmt.Sprintf("%d kB", (bytes+1<<9)>>10)
	}
	return fmt.Sprintf("%d.%d MB", bytes>>20, bytes%(1<<20)*10>>20)
}

// showDisputeNext tells what can be done about a case, and how; of one that is over, how it ended.
func showDisputeNext(p *page, o *domain.Order, d *domain.Dispute, permitted []string, reason domain.Reason) {
	command := func(rest string) string { return "till dispute " + fmt.Sprintf(rest, d.ID) }
	gives := "give in"
	if d.Money != domain.MoneyLost {
		gives += ", and let the customer have " + o.Cart.Currency.Display(d.Amount)
	}
	ways := map[string][2]string{
		"accept":   {gives, command("accept %s")},
		"evidence": {"answer, once and for all, with what helps", command("evidence %s --file FILE... --submit")},
		"decline":  {"refuse, with what helps", command("decline %s --file FILE...")},
		"withdraw": {"give it up", command("withdraw %s")},
		"file":     {"take it further: " + strings.ReplaceAll(d.FilingLeads(), "_", " "), command("file %s --stage " + d.FilingLeads())},
	}
	if d.Stage == domain.StagePreArbitration || d.Stage == domain.StagePreCompliance || d.Stage == domain.StageGoodFaith {
		ways["evidence"] = [2]string{"gather what helps, to decline with", command("evidence %s --file FILE...")}
	}
	var rows [][]string
	for _, action := range permitted {
		rows = append(rows, []string{ways[action][0], ways[action][1]})
	}
	p.line("")
	switch {
	case d.Status == domain.StatusResponded:
		p.line("  it is the other side's turn%s", decides(d.DecideBy()))
	case !d.IsOpen():
		p.line("  it is over: %s", d.State.Words())
	case len(rows) > 0:
		p.line("  what now")
	}
	if d.Status == domain.StatusOpen && reason.Defence != "" {
		p.line("    what wins it: %s", reason.Defence)
	}
	for _, row := range rows {
		p.line("    %s", row[0])
		p.line("      %s", row[1])
	}
}
