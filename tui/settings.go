package tui

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// Setup is what main knows of how this till was set up, and how a setting is kept.
type Setup struct {
	Version string
	Config  string // the configuration file, whether or not there is one yet
	Files   []File // the others

	// Keep writes a setting of the console or of the till into the configuration; nil where nothing can be kept.
	Keep func(name string, value any) error
}

// File is where something lies.
type File struct{ Name, Path string }

// setting is a line of the page: what it is called, what it is now, and how it is changed.
type setting struct {
	part, name, value string
	kept              string   // what it is called in the configuration, where that is another name
	toEyes            bool     // it is about what is seen: who reads in words is not asked
	more              []string // what else there is to say, in lines of their own
	note              string   // what it is for
	where             string   // where it is changed that is not changed here
	turns             bool     // from one value to the next; else it is written
	change            func(by int) tea.Cmd
}

// settings show how the till is set up; what belongs to the console is changed at once, what belongs to the till
// holds from the next start.
type settings struct {
	desk          *Desk
	at, top       int // the chosen one, and the first line that is seen
	width, height int
}

func newSettings(d *Desk) *settings { return &settings{desk: d} }

func (s *settings) Init() tea.Cmd            { return nil }
func (s *settings) Resize(width, height int) { s.width, s.height = width, height }
func (s *settings) Title() string            { return "settings" }
func (s *settings) Typing() bool             { return false }

var settingKeys = struct{ change, before, walk, ends key.Binding }{
	change: key.NewBinding(key.WithKeys("enter", "right", "space"), key.WithHelp("enter", "change")),
	before: key.NewBinding(key.WithKeys("left"), key.WithHelp("←", "the one before")),
	walk:   key.NewBinding(key.WithKeys("up", "down", "k", "j"), key.WithHelp("↑↓", "select")),
	ends:   key.NewBinding(key.WithKeys("home", "end"), key.WithHelp("home/end", "first, last")),
}

// Keys are those that count here.
func (s *settings) Keys() []key.Binding {
	k := settingKeys
	k.change.SetEnabled(s.chosen().change != nil)
	k.before.SetEnabled(s.chosen().turns)
	return []key.Binding{k.change, k.walk, k.before, k.ends}
}

// WhyOff says where else a setting is changed.
func (s *settings) WhyOff(key.Binding) string { return s.chosen().where }

// Update takes keys and the mouse.
func (s *settings) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.MouseWheelMsg:
		s.move(wheelBy(msg))
	case tea.MouseClickMsg:
		return s.click(msg)
	}
	return nil
}

func (s *settings) press(msg tea.KeyPressMsg) tea.Cmd {
	by := map[string]int{"up": -1, "k": -1, "down": 1, "j": 1, "home": -1 << 10, "end": 1 << 10}[msg.String()]
	change := s.chosen().change
	switch {
	case by != 0:
		s.move(by)
	case change == nil:
	case key.Matches(msg, settingKeys.change):
		return change(1)
	case key.Matches(msg, settingKeys.before):
		return change(-1)
	}
	return nil
}

func (s *settings) move(by int) { s.at = max(0, min(s.at+by, len(s.all())-1)) }

func (s *settings) chosen() setting { return s.all()[s.at] }

// keep changes a setting in the configuration; it holds from the next start.
func (s *settings) keep(name, shown string, value any) tea.Cmd {
	return s.desk.app.keep(name, change{value, Inert(shown)})
}

// change is what a setting is to become, and how that is shown until the next start; "" where it holds at once.
type change struct {
	value any
	shown string
}

// keep has a setting written. One is written after the other, and of one that was changed several times meanwhile
// only what it came to.
func (a *App) keep(name string, to change) tea.Cmd {
	if a.opts.Setup.Keep == nil {
		return nil
	}
	a.unkept[name] = to
	return a.keepNext()
}

func (a *App) keepNext() tea.Cmd {
	if len(a.writing) > 0 || len(a.unkept) == 0 {
		return nil
	}
	name := slices.Sorted(maps.Keys(a.unkept))[0]
	to, write := a.unkept[name], a.opts.Setup.Keep
	delete(a.unkept, name)
	a.writing = map[string]change{name: to}
	return asking(a.desk, func(ctx context.Context, t *till.Till) (struct{}, error) {
		if to.shown != "" { // what only changes how the console looks is anybody's
			if err := t.Allows(ctx, till.Intent{}, domain.DeedSettings); err != nil {
				return struct{}{}, err
			}
		}
		return struct{}{}, write(name, to.value)
	}, func(_ struct{}, err error) tea.Cmd {
		a.writing = nil
		if err != nil {
			a.fail(err)
		} else {
			a.kept[name] = to
			a.say("%s is kept in %s", strings.ReplaceAll(name, "_", " "), a.opts.Setup.Config)
		}
		return a.keepNext()
	})
}

// wanted is what was last asked of a setting, whether or not it is written yet.
func (a *App) wanted(name string) (change, bool) {
	for _, to := range []map[string]change{a.unkept, a.writing, a.kept} {
		if c, there := to[name]; there {
			return c, true
		}
	}
	return change{}, false
}

// askText changes a setting that is a text, from the next start on.
func (s *settings) askText(name, note, now string, read func(string) (string, error)) tea.Cmd {
	if to, changed := s.desk.app.wanted(name); changed {
		now, _ = to.value.(string)
	}
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "change the " + name + "?" },
		Note:     note + ". it holds from the next start.", Yes: "keep it", No: "leave it",
		Deed: domain.DeedSettings,
		Line: &Line{
			Label: name, Start: now, Limit: 60,
			Read: func(text string) (string, error) { _, err := read(text); return "", err },
			Do: func(text string) tea.Cmd {
				value, _ := read(text) // it was read before
				return s.keep(name, cmp.Or(value, "none"), value)
			},
		},
	})
}
