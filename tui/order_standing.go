package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/story"
)

// Where a payment stands beside its state: what it waits for, until when, and what is known of it.

// orderTicked is a second while something runs out.
type orderTicked struct{ by *order }

// now is the present, or the time of the entry that is shown.
func (s *order) now() time.Time {
	if !s.live() {
		return s.shown.LastAt
	}
	return s.clock
}

// tick lets the countdown of a session be seen to run.
func (s *order) tick() tea.Cmd {
	if s.ticking || s.shown == nil || !slices.ContainsFunc(s.full.Payments, runsOut) {
		return nil
	}
	s.ticking = true
	return s.desk.After(time.Second, orderTicked{s})
}

func (s *order) ticked() tea.Cmd {
	s.ticking, s.clock, s.page = false, s.desk.Now(), nil
	return s.tick()
}

func runsOut(p *domain.Payment) bool { return p.Session() != nil && !p.Session().Until.IsZero() }

// standing is a line about a payment, and how it is coloured.
type standing struct {
	text string
	hue  hue
}

// waits are what a payment waits for, and what of it somebody should know before doing anything.
func (s *order) waits(p *domain.Payment) []standing {
	var lines []standing
	add := func(h hue, format string, args ...any) {
		lines = append(lines, standing{domain.Inert(fmt.Sprintf(format, args...)), h})
	}
	now, sign := s.now(), badgeOf("payment", p.State)
	if session := p.Session(); session != nil {
		until := untilWords(session.Until, now)
		if s.width < 80 {
			until, _, _ = strings.Cut(until, ", ")
		}
		add(warn, "◔ the customer: %s%s", story.Turn(session.Kind), until)
		if session.Code != "" {
			add(neutral, "  the code is %s", session.Code)
		}
		if session.URL != "" && s.height >= roomy { // the attempts tell it too
			add(neutral, "%s", session.URL)
		}
	}
	switch wait, at := p.Waits(); wait {
	case domain.WaitsPaused:
		add(warn, "%s paused: it is not sent on %s", sign.glyph, dated(at))
	case domain.WaitsForDate:
		add(active, "%s sent by itself %s", sign.glyph, sentAt(at, now))
	case domain.WaitsForRetry:
		add(active, "%s tried again by itself %s, try %d of at most %d", sign.glyph, sentAt(at, now), p.Retried+1, p.Retries+1)
	case domain.WaitsToBeVoided:
		add(warn, "! nobody has a use for this approval: it is voided by itself")
	case domain.WaitsForGroup:
		add(active, "◧ waits until every payment of its group has answered")
	}
	if warns := p.HoldWarns(); !warns.IsZero() && !now.Before(warns) {
		add(warn, "! the hold ends %s, on %s: capture it, or it is let go", inWords(p.HoldEnds().Sub(now)), dated(p.HoldEnds()))
	}
	if p.Sums.Held() > 0 && p.Fraud.Holds() {
		add(warn, "! screening for fraud says %s: accept it, or void it", joined([]string{p.Fraud.Status, p.Fraud.Message}))
	}
	return append(append(lines, s.inDispute()...), s.goingBack(p)...)
}

func untilWords(until, now time.Time) string {
	if until.IsZero() {
		return ""
	}
	if !until.After(now) {
		return " · their time is over"
	}
	if until.Sub(now) > day {
		return " · " + countdown(until.Sub(now)) + " left, until " + dated(until)
	}
	return " · " + countdown(until.Sub(now)) + " left, until " + until.Format("15:04:05")
}

// factLabel is how wide the names of the facts are.
const factLabel = 9

// facts are what is known of a payment beside its amounts, and what the merchant was told of the order's attempts.
func (s *order) facts(p *domain.Payment, columns int) []string {
	st := s.desk.Styles
	var lines []string
	for _, f := range []struct{ label, text string }{
		{"3DS", threeDSWords(p)},
		{"fraud", fraudWords(p)},
		{"hold", s.holdWords(p)},
		{"group", groupWords(p)},
		{"retries", retryWords(p)},
		{"source", p.Source.ID},
		{"told", s.noticeWords(p)},
	} {
		if f.text != "" {
			lines = append(lines, st.Faint.Render(pad(f.label, factLabel))+st.Text.Render(cut(domain.Inert(f.text), columns-factLabel)))
		}
	}
	return lines
}

func threeDSWords(p *domain.Payment) string {
	d := p.ThreeDS
	if !d.Asked() && !d.Downgraded {
		return ""
	}
	risk := "the risk is the merchant's"
	if d.LiabilityShift {
		risk = "the bank bears the risk"
	}
	parts := []string{d.Status.Words(), "version " + d.Version, "ECI " + d.ECI, "enrolled " + d.Enrolled, risk}
	if d.Downgraded {
		parts[0] = "went on without it"
	}
	return joined(slices.DeleteFunc(parts, func(part string) bool { return strings.HasSuffix(part, " ") }))
}

func fraudWords(p *domain.Payment) string {
	if !p.Fraud.Said() {
		return ""
	}
	return joined([]string{p.Fraud.Status, p.Fraud.Message})
}

// holdWords tell when a hold ends while there is no reason to warn.
func (s *order) holdWords(p *domain.Payment) string {
	ends := p.HoldEnds()
	if ends.IsZero() || !s.now().Before(p.HoldWarns()) {
		return ""
	}
	return "ends " + inWords(ends.Sub(s.now())) + ", on " + dated(ends)
}

func groupWords(p *domain.Payment) string {
	switch {
	case p.Group == "":
		return ""
	case p.Fallen:
		return string(p.Group) + " · fallen"
	case p.Waiting:
		return string(p.Group) + " · not decided"
	}
	return string(p.Group) + " · stands"
}

func retryWords(p *domain.Payment) string {
	if p.Retries == 0 {
		return ""
	}
	return fmt.Sprintf("%d of at most %d", p.Retried, p.Retries)
}

// noticeWords are what the merchant was told of the payment (system 4).
func (s *order) noticeWords(p *domain.Payment) string {
	var told []string
	for _, n := range s.shown.Notices() {
		if n.Payment == p.ID {
			told = append(told, n.Event+" "+n.At.Format("15:04:05"))
		}
	}
	return joined(told)
}
