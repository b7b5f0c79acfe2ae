package tui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"
)

// command is something that can be done from here, by its name.
type command struct {
	name, key string
	part      string // of the console that it belongs to
	off       string // why it does nothing now; "" where it does
	do        func() tea.Cmd
}

// refuser is a screen that can say why a key of its own does nothing now: "" where it does not know.
type refuser interface{ WhyOff(k key.Binding) string }

// payer is a screen on which a key takes money: Pays is how much, "" where the key takes none. The palette says it with the
// name, as it may lie over the amount on the page.
type payer interface{ Pays(k key.Binding) string }

// notNow is why a key does nothing where nobody knows better.
const notNow = "not now"

// commands are the screen's own keys, the main screens, and what belongs to the whole console.
func (a *App) commands() []command {
	all := a.ownCommands()
	for _, p := range a.places() {
		if !p.at(a.top()) {
			all = append(all, command{name: p.key.Help().Desc, key: p.key.Help().Key, part: "go to", do: func() tea.Cmd { return a.visit(p) }})
		}
	}
	for _, p := range lesserPlaces {
		if !p.at(a.top()) && !slices.ContainsFunc(all, func(c command) bool { return c.name == p.name }) {
			all = append(all, command{name: p.name, part: "go to", do: func() tea.Cmd { return a.visit(p.place) }})
		}
	}
	for _, k := range append([]key.Binding{consoleKeys.help}, a.consoleKeys()...) {
		all = append(all, command{name: k.Help().Desc, key: k.Help().Key, part: "everywhere", do: func() tea.Cmd { return a.pressFor(k) }})
	}
	return append(all, command{name: "theme", part: "everywhere", do: a.askTheme})
}

func (a *App) ownCommands() []command {
	var all []command
	for _, k := range a.top().Keys() {
		if !a.oneKey(k) || walks(k) {
			continue
		}
		one := command{
			name: Inert(k.Help().Desc), key: k.Help().Key, part: Inert(a.top().Title()), off: a.whyOff(k),
			do: func() tea.Cmd { return a.pressFor(k) },
		}
		if s, ok := a.top().(payer); ok && s.Pays(k) != "" {
			one.name += " · " + s.Pays(k)
		}
		same := slices.IndexFunc(all, func(c command) bool { return c.name == one.name && c.off == one.off })
		if same < 0 {
			all = append(all, one)
		} else { // two keys for one thing are one thing
			all[same].key += " or " + one.key
		}
	}
	return all
}

// walks tells whether a key only walks about the page: nobody looks that up by its name.
func walks(k key.Binding) bool {
	switch k.Keys()[0] {
	case "up", "down", "pgup", "pgdown", "home", "end":
		return true
	}
	return false
}

// whyOff says why a key of the screen does nothing now; "" where it does something.
func (a *App) whyOff(k key.Binding) string {
	if k.Enabled() {
		return ""
	}
	if s, ok := a.top().(refuser); ok {
		if why := s.WhyOff(k); why != "" {
			return Inert(why)
		}
	}
	return notNow
}

// palette finds what can be done by a part of its name, and does it.
type palette struct {
	app   *App
	input textinput.Model
	all   []command
	found []command
	at    int
}

func newPalette(a *App) *palette {
	p := &palette{app: a, input: newInput(a.desk.Styles)}
	p.input.Placeholder = "type what you want to do"
	p.input.CharLimit = 60
	p.refresh()
	p.first()
	return p
}

// first chooses what can be done, as long as nobody has said what is wanted.
func (p *palette) first() {
	p.at = max(0, slices.IndexFunc(p.found, func(c command) bool { return p.input.Value() != "" || c.off == "" }))
}

// refresh looks anew at what can be done: the page under the palette goes on living.
func (p *palette) refresh() {
	p.all = p.app.commands()
	p.find()
}

// find chooses among what can be done by what was typed.
func (p *palette) find() {
	p.found = p.all
	if text := p.input.Value(); text != "" {
		p.found = nil
		for _, m := range fuzzy.FindFrom(text, commandNames(p.all)) {
			p.found = append(p.found, p.all[m.Index])
		}
	}
	p.at = max(0, min(p.at, len(p.found)-1))
}

type commandNames []command

func (c commandNames) String(i int) string { return c[i].name }
func (c commandNames) Len() int            { return len(c) }

// press takes a key. What was chosen is done on the page, after the palette has gone.
func (p *palette) press(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "esc", "ctrl+k":
		p.app.palette = nil
	case "enter":
		return p.do()
	case "up", "ctrl+p", "shift+tab":
		p.move(-1)
	case "down", "ctrl+n", "tab":
		p.move(1)
	case "pgup":
		p.move(-p.rows())
	case "pgdown":
		p.move(p.rows())
	default:
		p.edit(msg)
	}
	return nil
}

func (p *palette) move(by int) { p.at = max(0, min(p.at+by, len(p.found)-1)) }

// do does what is chosen; what is not possible stays, and its reason is read.
func (p *palette) do() tea.Cmd {
	if len(p.found) == 0 || p.found[p.at].off != "" {
		return nil
	}
	p.app.palette = nil
	return p.found[p.at].do()
}

// edit gives a key or a paste to the text.
func (p *palette) edit(msg tea.Msg) {
	was := p.input.Value()
	if p.input, _ = p.input.Update(msg); p.input.Value() != was {
		p.find()
		p.first()
	}
}
