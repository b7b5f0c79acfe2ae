package tui

import (
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// Deeds that need somebody else to stand by. Nothing in the screens knows of them: a question about a deed that the role of
// whoever is here is not enough for asks for a name and a PIN beside, and what the till refuses for that reason, also
// where it was not known before, is asked about here and done again once somebody has allowed it.

// owing marks what is asked while do runs as questions about a deed.
func (d *Desk) owing(deed domain.Deed, do func() tea.Cmd) tea.Cmd {
	was := d.deed
	d.deed = deed
	defer func() { d.deed = was }()
	return do()
}

// standing has somebody stand by for what do sets going, and for nothing else.
func (d *Desk) standing(by *till.Badge, do func() tea.Cmd) tea.Cmd {
	alone := d.Ctx
	d.Ctx = till.StandBy(alone, by)
	defer func() { d.Ctx = alone }()
	return do()
}

// guard says in a question why whoever is here may not do it alone, and makes the answer of one that takes no other a name
// and a PIN of somebody who may.
func (a *App) guard(q *Dialog) {
	if q.Deed == "" {
		q.Deed = a.desk.deed
	}
	why := a.desk.Till.Refuses(q.Deed)
	if why == nil {
		return
	}
	q.Why = why.Words()
	if why.Alone || q.Currency != "" || q.Line != nil || q.Sheet != nil || q.Picks != nil || q.Do == nil {
		return // nobody can; and what is typed or picked first is asked about when it is known
	}
	a.standIn(q, why, func() tea.Cmd { return q.Do(q.Start) })
}

// standIn puts a name and a PIN into a question; the right ones take it away and do what was asked for.
func (a *App) standIn(q *Dialog, why *till.Refusal, do func() tea.Cmd) {
	p := newCredentials(a.desk, a.working(why.Roles...))
	p.let = func(b *till.Badge) tea.Cmd {
		a.lift(q)
		return a.desk.standing(b, do)
	}
	if a.height < roomForAll {
		q.Note, p.who.rows = "", 2
	}
	leave := q.Leave
	q.Sheet = &p.sheet
	q.Leave = func() tea.Cmd {
		p.left = true
		p.wipe()
		if leave == nil {
			return nil
		}
		return leave()
	}
}

// roomForAll is how many lines a question with everything needs.
const roomForAll = 24

// allowed is what an answer leads to, unless it is that whoever is here may not: then somebody else is asked, and it is
// done again, or whoever is here signs in.
func (d *Desk) allowed(asked *Dialog, err error, again, otherwise func() tea.Cmd) tea.Cmd {
	a := d.app
	why, refused := errors.AsType[*till.Refusal](err)
	switch {
	case !refused:
		return otherwise()
	case len(why.Roles) == 0:
		return tea.Batch(otherwise(), a.shut(why.Error()))
	}
	q := &Dialog{
		Question: func(domain.Amount) string { return "who allows it?" },
		Why:      why.Words(), Yes: "allow it", No: "leave it", Leave: otherwise, under: a.dialog,
	}
	if asked != nil {
		question, changes, _ := asked.outlook()
		q.Question = func(domain.Amount) string { return question }
		q.Changes = func(domain.Amount) []Change { return changes }
		if asked.Yes != "" {
			q.Yes, q.No = asked.Yes, asked.No
		}
		if asked.Currency != "" && a.dialog == nil { // what was typed is still there for who turns back
			q.under = asked
		}
	}
	a.standIn(q, why, func() tea.Cmd {
		if asked != nil && a.dialog == asked && asked.Currency != "" {
			a.dialog = asked.under
		}
		return again()
	})
	return a.ask(q)
}

// lift takes a dialog away, wherever among them it is.
func (a *App) lift(q *Dialog) {
	if a.dialog == q {
		a.dialog = q.under
		return
	}
	for over := a.dialog; over != nil; over = over.under {
		if over.under == q {
			over.under = q.under
		}
	}
}

// turnAway takes all questions away, as Esc does.
func (a *App) turnAway() tea.Cmd {
	var cmds []tea.Cmd
	for a.dialog != nil {
		q := a.dialog
		if a.dialog = q.under; q.Leave != nil {
			cmds = append(cmds, q.Leave())
		}
	}
	return tea.Batch(cmds...)
}

// working are those who can sign in, of some roles; of none named: all of them.
func (a *App) working(roles ...domain.Role) []*domain.Operator {
	return slices.DeleteFunc(slices.Clone(a.staff), func(o *domain.Operator) bool {
		return !o.IsActive() || len(roles) > 0 && !slices.Contains(roles, o.Role)
	})
}
