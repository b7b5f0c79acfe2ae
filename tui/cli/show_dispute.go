package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"till/domain"
	"till/domain/story"
	"till/domain/till"
)

// How disputes look to people, and what they are told to do next.

// disputeLine is a dispute in one line.
func disputeLine(t *till.Till, o *domain.Order, d *domain.Dispute) string {
	parts := []string{"dispute " + string(d.ID), d.State.Words(), o.Cart.Currency.Display(d.Amount), story.Holder(d.Money)}
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
	p.line("  %s", story.Stage(d.Stage))
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
		[2]string{"3DS", d.Liability(payment)}, [2]string{"fee", fee}, [2]string{"raised by", raised},
		[2]string{"opened", when(d.OpenedAt)},
	)
	showEvidence(p, d)
	choices := t.DisputeActions(o, payment, d)
	permitted, _ := sorted(choices)
	showDisputeNext(p, o, d, payment.Answering(d.ID), permitted, reason)
	showChoices(p, choices)
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
		rows = append(rows, []string{paper.Title(), paper.Type, paper.SizeInWords(), when(paper.At), sent})
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

// way is an action for people: what it is, what it costs, and the command.
type way struct{ does, costs, command string }

// waysOf are the ways to go on with a case, by their actions.
func waysOf(o *domain.Order, d *domain.Dispute) map[string]way {
	id, leads, stakes := string(d.ID), d.FilingLeads(), d.Stakes(o.Cart.Currency)
	ways := map[string]way{
		"accept":   {"give in", stakes.GiveIn, "accept " + id},
		"evidence": {"answer, once and for all, with what helps", stakes.Defend, "evidence " + id + " --file FILE... --submit"},
		"decline":  {"refuse, with what helps", stakes.Defend, "decline " + id + " --file FILE..."},
		"withdraw": {"give it up", stakes.Withdraw, "withdraw " + id},
		"file":     {"take it further", stakes.Further, "file " + id + " --stage " + leads},
	}
	if !slices.Contains(domain.DisputeMachine.AllowedIn(domain.DisputeEvidenceSent), d.State) { // evidence is no answer by itself here
		ways["evidence"] = way{"gather what helps, to decline with", "", "evidence " + id + " --file FILE..."}
	}
	return ways
}

// showDisputeNext tells what can be done about a case, how, and what that costs; of one that is over, how it ended.
func showDisputeNext(p *page, o *domain.Order, d *domain.Dispute, answering *domain.Operation, permitted []string, reason domain.Reason) {
	p.line("")
	stakes := d.Stakes(o.Cart.Currency)
	switch {
	case answering != nil:
		p.line("  what now")
		p.line("    nobody knows yet what came of the answer: ask, and do not give another")
		p.line("      till payment sync %s", d.Payment)
	case d.TheirTurn():
		p.line("  it is the other side's turn%s", decides(d.DecideBy()))
	case !d.IsOpen():
		p.line("  it is over: %s", d.State.Words())
	case len(permitted) > 0 || stakes.Refund != "":
		p.line("  what now")
	}
	if d.OurTurn() && reason.Defence != "" {
		p.line("    what wins it: %s", reason.Defence)
	}
	ways := waysOf(o, d)
	for _, action := range permitted {
		w := ways[action]
		p.line("    %s", strings.TrimSuffix(w.does+": "+w.costs, ": "))
		p.line("      till dispute %s", w.command)
	}
	if stakes.Refund != "" {
		p.line("    give the money back: %s", stakes.Refund)
		p.line("      till payment refund %s --amount %s", d.Payment, o.Cart.Currency.Format(d.Amount))
	}
	if stakes.Silence != "" {
		p.line("    say nothing: %s", stakes.Silence)
	}
}
