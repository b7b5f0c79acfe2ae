package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// The door: where operators are set up nobody sees or does anything before they have said who they are. What was on the
// counter stays there, and the next person goes on with it.

// readStaff reads who works here.
func (a *App) readStaff() tea.Cmd {
	ctx, t := a.desk.Ctx, a.desk.Till
	return func() tea.Msg {
		all, err := t.Operators(ctx)
		if err != nil { // what cannot be read is said by the next tending
			return nil
		}
		return staffRead{all}
	}
}

// staffRead brings who was ever set up to work here.
type staffRead struct{ all []*domain.Operator }

// seeStaff notes who works here. Where somebody does, and nobody has signed in, the door shuts.
func (a *App) seeStaff(all []*domain.Operator) tea.Cmd {
	a.staff = all
	switch {
	case len(all) == 0 || a.desk.Till.Present() != nil:
		return nil
	case a.door != nil:
		a.door.who.offer(a.working())
		return nil
	}
	return a.shut("")
}

// operatorChanged is sent when somebody else has signed in: what is judged by who is here is stale.
type operatorChanged struct{}

// door is the question who is here.
type door struct {
	*credentials
	asks *Dialog
}

// shut has whoever is next sign in; why says what that is for, where there is something to say.
func (a *App) shut(why string) tea.Cmd {
	if a.door != nil {
		return nil
	}
	a.desk.Till.Enter(nil)
	a.palette, a.help, a.status, a.about, a.digits = nil, false, "", "", 0
	p := newCredentials(a.desk, a.working())
	p.who.alone = true
	if named := domain.OperatorNamed(a.working(), a.desk.Till.Operator); named != nil && a.width == 0 { // by --operator
		p.name = named.Name
		p.who.narrow()
		p.form.to("pin")
	}
	q := &Dialog{
		Title:    "sign in",
		Question: func(domain.Amount) string { return "who is here?" },
		Note:     "choose your name, then give your PIN.", Why: why,
		Yes: "sign in", Sheet: &p.sheet, Leave: p.restart, stays: true, under: a.dialog,
	}
	p.let = func(b *till.Badge) tea.Cmd {
		a.desk.Till.Enter(b)
		p.left, a.door = true, nil
		a.lift(q)
		a.say("%s is here", b.Name())
		return a.tell(operatorChanged{})
	}
	a.door, a.dialog = &door{p, q}, q
	return tea.Batch(q.open(a.desk), p.look())
}

// changeOperator lets somebody else go on, or nobody for a while.
func (a *App) changeOperator() tea.Cmd {
	if len(a.staff) == 0 {
		a.say("nobody has to sign in here: operators are set up in the settings")
		return nil
	}
	return a.shut("")
}

// idle counts the tendings, a second apart, since anybody has touched anything, and shuts the door after as many as the
// configuration says.
func (a *App) idle() tea.Cmd {
	a.quiet += tending
	if a.opts.LockAfter <= 0 || a.quiet < a.opts.LockAfter || a.door != nil || a.desk.Till.Present() == nil {
		return nil
	}
	return a.shut("nobody has touched anything for " + spanOf(a.opts.LockAfter))
}

// who is the name of whoever is here, with their role where they have one.
func (a *App) who() (name, role string) {
	if b := a.desk.Till.Present(); b != nil {
		return Inert(b.Name()), " · " + string(b.Role())
	}
	return Inert(a.desk.Till.Operator), ""
}

// whoInHeader is who as far as it is seen there.
func (a *App) whoInHeader() (name, role string) {
	name, role = a.who()
	if a.width >= roomyHeader && a.width < wideEnough && !a.opts.Clock && !a.shifted && !a.walking() {
		return cut(name, whoLeast), role
	}
	return cut(name, whoMost), role
}

// doorstep is the page behind the door: nothing.
func (a *App) doorstep() string {
	st := a.desk.Styles
	top := blanks(margin) + spread(st.Title.Render("till"), a.money(), a.width-2*margin)
	quit := consoleKeys.quit.Help()
	foot := blanks(margin) + st.Key.Render(quit.Key) + " " + st.Faint.Render(quit.Desc)
	return top + "\n" + st.Rule.Render(strings.Repeat("─", a.width)) + strings.Repeat("\n", a.height-headerLines) + foot
}
