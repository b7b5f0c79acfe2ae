package tui

import (
	"fmt"
	"slices"
	"strings"

	"till/domain"
	"till/domain/story"
)

// flightWidth is how wide a line is that is read at a glance.
const flightWidth = 66

// View says what is going on, in the middle of the page; a link stands beside its QR code.
func (f *flight) View() string {
	if f.width < 1 {
		return ""
	}
	code := f.code()
	columns := min(f.width-2*margin, flightWidth)
	if code != nil {
		columns = min(f.width-2*margin-gap-width(code[0]), flightWidth)
	}
	lines := strings.Split(wrapped(strings.Join(f.told(columns), "\n"), columns), "\n")
	left := max(margin, (f.width-columns)/2)
	above := max(0, (f.height-len(lines))/3)
	if code != nil {
		left = max(margin, (f.width-columns-gap-width(code[0]))/2)
		above = max(0, (f.height-max(len(lines), len(code)))/3)
		lines = strings.Split(beside(strings.Join(lines, "\n"), strings.Join(code, "\n"), columns+gap), "\n")
	}
	return strings.Repeat("\n", above) + indented(lines, left)
}

// flightLine is how wide what is told is where the key that copies the link stands beside the time that is left.
const flightLine = 52

// leastTold is how many columns what is told needs beside a QR code.
const leastTold = 32

// code is the QR code of the customer's link, where there is room for it.
func (f *flight) code() []string {
	session := f.session()
	if !f.ended || session == nil {
		return nil
	}
	return f.coded.code(f.desk.Styles, session.URL, f.width-2*margin-gap-leastTold, f.height)
}

// told is what is going on, in lines.
func (f *flight) told(columns int) []string {
	switch p := f.payment(); {
	case !f.ended:
		return f.waiting()
	case f.isLost():
		return f.unknown()
	case f.isOver():
		return f.over(p)
	case f.session() != nil:
		return f.turn(columns)
	}
	return f.unsettled()
}

// dots move while something is waited for, where things may move.
var dots = []string{"●○○", "○●○", "○○●", "○●○"}

func (f *flight) waiting() []string {
	st := f.desk.Styles
	sign := dots[0]
	if f.desk.Motion {
		sign = dots[f.frames%len(dots)]
	}
	deed := "take"
	if f.holds {
		deed = "hold"
	}
	return []string{
		st.Active.Render(sign) + "  " + st.Strong.Render(fmt.Sprintf("asking %s to %s %s", f.wish.Variant, deed, f.bill.display())),
		"     " + st.Text.Render("from "+f.source),
		"",
		"     " + st.Faint.Render(f.lasting()),
		"",
		"     " + st.Faint.Render("esc steps away: the result finds you."),
	}
}

func (f *flight) lasting() string {
	text := fmt.Sprintf("for %d s", int(f.passed.Seconds()))
	for _, v := range f.desk.Till.Variants {
		if v.Name == f.wish.Variant && v.Timeout > 0 {
			text += fmt.Sprintf(" of at most %d s", int(v.Timeout.Seconds()))
		}
	}
	return text
}

func (f *flight) subject() string {
	return f.desk.Styles.Strong.Render("order " + Inert(f.order.Number) + ", " + f.bill.display())
}

// turn is the customer's turn: where they go, how long they have, and at a test gateway what they do there.
func (f *flight) turn(columns int) []string {
	st, session := f.desk.Styles, f.session()
	lines := []string{
		st.bold[warn].Render("◔  THE CUSTOMER'S TURN"), f.subject(), "",
		st.Text.Render(story.Turn(session.Kind)),
	}
	if !session.Until.IsZero() {
		copies := ""
		if session.URL != "" && columns >= flightLine {
			copies = " · ctrl+y copies the link"
		}
		lines = append(lines, st.Text.Render(strings.TrimPrefix(untilWords(session.Until, f.clock), " · "))+st.Faint.Render(copies))
	}
	if session.Code != "" {
		lines = append(lines, st.Text.Render("the code is ")+st.Title.Render(Inert(session.Code)))
	}
	if session.URL != "" {
		lines = append(lines, st.Accent.Render(Inert(session.URL)))
	}
	if picks := f.choices(); len(picks) > 0 {
		said := "what do they do?"
		if f.asking {
			said = "asking " + f.wish.Variant + " …"
		}
		taken := strings.Count(wrapped(strings.Join(lines, "\n"), columns), "\n") + 1
		lines = append(append(lines, "", st.Sandbox.Render(said)), f.pickLines(picks, columns, f.height-taken-2)...)
		if f.height-taken-2-len(picks) < 2 {
			return lines
		}
	}
	return append(lines, "", st.Faint.Render("esc steps away: the result finds you."))
}

// pickWidth is how wide a choice is without what it means.
const pickWidth = 16

// pickLines are the customer's choices: one a line with what it means where there is room, else two.
func (f *flight) pickLines(picks []Pick, columns, room int) []string {
	st := f.desk.Styles
	style := st.Title
	if f.asking {
		style = st.KeyOff
	}
	var out []string
	if len(picks) <= room {
		whole := !slices.ContainsFunc(picks, func(p Pick) bool { return pickWidth+width(p.Note) > columns })
		for _, p := range picks {
			line := style.Render(pad(p.Key, 3)) + st.Text.Render(pad(p.Label, pickWidth-3))
			if whole {
				line += st.Faint.Render(p.Note)
			}
			out = append(out, line)
		}
		return out
	}
	for i := 0; i < len(picks); i += 2 {
		var line string
		for _, p := range picks[i:min(i+2, len(picks))] {
			line += style.Render(pad(p.Key, 3)) + st.Text.Render(pad(p.Label, pickWidth-3))
		}
		out = append(out, cut(line, columns))
	}
	return out
}

// unknown is a payment of which nobody knows what came of it: what is done about that, and when.
func (f *flight) unknown() []string {
	st := f.desk.Styles
	next := "till has asked often enough: look at the provider's own books, then ask with ctrl+s."
	for _, timer := range f.order.Timers() {
		if timer.Asks && !timer.ByItself() {
			next = "till asks by itself " + inWords(timer.At.Sub(f.clock)) + ", at " + timer.At.Format("15:04:05") + ", and goes on asking until it knows."
			break
		}
	}
	return []string{
		st.bold[warn].Render("?  UNKNOWN"), "", f.subject(), "",
		st.Text.Render(f.wish.Variant + " was asked, and its answer was lost. nobody knows yet whether the money has moved."), "",
		st.Text.Render(next + " it never charges a second time. until then nothing else can be done with this payment."),
	}
}

// over is a payment that has come to nothing.
func (f *flight) over(p *domain.Payment) []string {
	st, sign := f.desk.Styles, badgeOf("payment", p.State)
	lines := []string{
		st.bold[sign.hue].Render(sign.glyph + "  " + strings.ToUpper(sign.word)), "", f.subject(), "",
	}
	if said := joined([]string{p.Code, p.Message, domain.State(p.Detail).Words()}); said != "" {
		lines = append(lines, st.Text.Render(said), "")
	}
	if f.payable {
		return append(lines, st.Text.Render("no money was taken. enter: pay it in another way."))
	}
	return append(lines, st.Text.Render("no money was taken, and the order is "+badgeOf("order", f.order.State).word+". enter goes on to the next sale."))
}

// unsettled is a payment that is not decided yet, or that waits for its day.
func (f *flight) unsettled() []string {
	st, p := f.desk.Styles, f.payment()
	word, text := "PENDING", f.wish.Variant+" has taken it and not decided yet. this page follows by itself; enter goes on to the next sale, and the order tells when it is decided."
	switch p.State {
	case domain.PaymentScheduled:
		word, text = "SCHEDULED", "it is sent by itself "+sentAt(p.Date, f.clock)+". until then it can be put off, paused or given up from the order."
	case domain.PaymentRetryWait:
		word = "DECLINED FOR NOW"
		text = joined([]string{p.Code, p.Message}) + ". it is tried again by itself " + sentAt(p.RetryAt, f.clock) + "; t on the order tries at once."
	}
	sign := badgeOf("payment", p.State)
	return []string{st.bold[active].Render(sign.glyph + "  " + word), "", f.subject(), "", st.Text.Render(text)}
}
