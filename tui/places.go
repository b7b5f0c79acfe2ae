package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// place is a main screen: one that a function key leads to from everywhere, and a click on its name at the top.
type place struct {
	key   key.Binding
	at    func(Screen) bool
	fresh func(*Desk) Screen // nil: the sale, which is always there
	there func(*App) bool    // nil: always
}

// places are the main screens in the order of their names at the top.
var places = []place{
	{key: placeKey("2", "sale"), at: is[*sale]},
	{key: placeKey("3", "orders", "ctrl+o"), at: is[*orders], fresh: func(d *Desk) Screen { return newOrders(d) }},
	{key: placeKey("4", "disputes"), at: is[*disputes], fresh: func(d *Desk) Screen { return newDisputes(d) }},
	{key: placeKey("5", "shift"), at: is[*drawer], fresh: func(d *Desk) Screen { return newDrawer(d) }},
	{
		key: placeKey("6", "sandbox"), at: is[*chair], fresh: func(d *Desk) Screen { return newChair(d) },
		there: func(a *App) bool { return a.desk.Till.Bank != nil },
	},
	{key: placeKey("7", "settings"), at: is[*settings], fresh: func(d *Desk) Screen { return newSettings(d) }},
}

// payoutsPlace is entered from the orders and from the shift.
var payoutsPlace = place{at: is[*payouts], fresh: func(d *Desk) Screen { return newPayouts(d) }}

// salesPlace too.
var salesPlace = place{at: is[*sales], fresh: func(d *Desk) Screen { return newSales(d) }}

// lesserPlaces have no key of their own: the palette leads there, as the pages do that they belong to.
var lesserPlaces = []struct {
	name string
	place
}{
	{"payouts", payoutsPlace},
	{"operators", place{at: is[*operators], fresh: func(d *Desk) Screen { return newOperators(d) }}},
}

// placeKey is a function key, and its digit where no text field has the focus.
func placeKey(number, name string, more ...string) key.Binding {
	return key.NewBinding(key.WithKeys(append([]string{"f" + number, number}, more...)...), key.WithHelp("F"+number, name))
}

func is[S Screen](s Screen) bool { _, ok := s.(S); return ok }

// places are those that this till has, and not to be changed.
func (a *App) places() []place {
	missing := func(p place) bool { return p.there != nil && !p.there(a) }
	if !slices.ContainsFunc(places, missing) {
		return places
	}
	return slices.DeleteFunc(slices.Clone(places), missing)
}

// visit leads to a main screen, and back to it where it is open already, with everything above it closed.
func (a *App) visit(p place) tea.Cmd {
	if i := slices.IndexFunc(a.stack, p.at); i >= 0 {
		a.stack = a.stack[:i+1]
		a.fit(a.top())
		return nil
	}
	return a.push(p.fresh(a.desk))
}

// here is the main screen that the top one belongs to.
func (a *App) here() place {
	for _, s := range slices.Backward(a.stack) {
		for _, p := range places {
			if p.at(s) {
				return p
			}
		}
	}
	return places[0]
}

// tab is a main screen's name in the header.
type tab struct {
	place       place
	key         string // its function key, where there is room to say it
	name, inner string // inner is what is open in it
	lit         bool   // the person is there
	from, to    int    // its columns in the line
}

const tabsAt = margin + 4 + 2 // after the name of the program

// tabs are the names of the main screens as they stand in the header: with their keys where there is room, closer
// together where there is less, and where there is little only that of where the person is.
func (a *App) tabs() []tab {
	all := a.places()
	for _, how := range []struct {
		named bool
		gap   int
	}{{true, 3}, {false, 3}, {false, 2}} {
		tabs := a.setTabs(all, how.named, how.gap)
		if tabs[len(tabs)-1].to+2+width(a.mode()) <= a.width-margin {
			return tabs
		}
	}
	return a.setTabs([]place{a.here()}, false, 0)
}

func (a *App) setTabs(of []place, named bool, gap int) []tab {
	tabs := make([]tab, 0, len(of))
	at, here := tabsAt, a.here().key.Help()
	for _, p := range of {
		t := tab{place: p, name: p.key.Help().Desc, from: at, lit: p.key.Help() == here}
		if named {
			t.key = p.key.Help().Key + " "
		}
		if t.lit && !p.at(a.top()) {
			t.inner = Inert(a.top().Title())
		}
		t.to = at + width(t.key+t.name)
		if t.inner != "" {
			t.to += width(inside + t.inner)
		}
		at = t.to + gap
		tabs = append(tabs, t)
	}
	return tabs
}

const inside = " › "

// tabLine draws them. Where the person is stands out without colours too.
func (a *App) tabLine(tabs []tab) string {
	st, at := a.desk.Styles, tabsAt
	var b strings.Builder
	for _, t := range tabs {
		name := st.Faint
		if t.lit {
			name = st.Here
		}
		b.WriteString(blanks(t.from-at) + st.Rule.Render(t.key) + name.Render(t.name))
		if t.inner != "" {
			b.WriteString(st.Rule.Render(inside) + st.Text.Render(t.inner))
		}
		at = t.to
	}
	return b.String()
}

// clickHeader goes to the main screen whose name was clicked; at the name of whoever is here, the operator changes.
func (a *App) clickHeader(msg tea.MouseClickMsg) tea.Cmd {
	for _, t := range a.tabs() {
		if msg.X >= t.from && msg.X < t.to {
			return a.visit(t.place)
		}
	}
	name, role := a.whoInHeader()
	if a.width < wideEnough { // it is not seen there
		role = ""
	}
	if len(a.staff) > 0 && msg.X >= a.width-margin-width(name+role) {
		return a.changeOperator()
	}
	return nil
}
