package tui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"till/domain"
	"till/domain/till"
)

// Options is how the console is to look.
type Options struct {
	Motion     bool
	Theme      Theme // "" is Auto
	Colourless bool  // no colours, whatever the terminal can
	Clock      bool  // show the clock also where it is not ahead of the machine's
	Setup      Setup
	LockAfter  time.Duration // without a key until whoever is here must sign in again; 0: never

	// Patience is how long RunPlain waits for what an answer has led to before it asks for the next one; 0: as long as it takes.
	Patience time.Duration
}

// Run shows the console until the person quits or ctx ends.
func Run(ctx context.Context, t *till.Till, opts Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	app := newApp(ctx, t, opts)
	app.changes = t.Store.Changed(ctx)
	how := []tea.ProgramOption{tea.WithContext(ctx), tea.WithFPS(120), tea.WithInput(&keyboard{File: os.Stdin})}
	if opts.Colourless {
		how = append(how, tea.WithColorProfile(colorprofile.ASCII))
	}
	_, err := tea.NewProgram(app, how...).Run()
	if errors.Is(err, tea.ErrInterrupted) {
		return nil
	}
	return err
}

// App is the root: the size, the stack of screens, the dialog and the status line. The sale is always at the
// bottom of the stack, so what must find somebody finds it.
type App struct {
	desk    *Desk
	opts    Options
	changes <-chan domain.Seq

	dark, colourless bool // what the terminal's ground is, and whether it has no colours
	width, height    int
	stack            []Screen
	dialog           *Dialog
	staff            []*domain.Operator // who was ever set up to work here
	door             *door              // somebody has to sign in; nil: nobody
	quiet            time.Duration      // since anybody has touched anything
	palette          *palette
	help             bool
	digits           int      // that came one after the other where no text field has the focus
	helpAt           int      // the first line of the help that is seen
	helpLines        []string // of which it is one
	under            string   // the page, while the palette or the help lies over it
	busy             int
	status           string
	failed           bool           // the status is an error
	about            domain.OrderID // the status tells that this order's outcome is unknown
	lost             lost
	chair            *chair // something is asked of it, wherever the person is; nil: nothing
	trouble          string // what tending last complained of
	clock            time.Time
	shifted          bool      // the clock is ahead of the machine's
	onShift          bool      // a shift of the drawer is open
	early            []tea.Msg // typed before the size of the terminal was known
	stale            time.Time // since when the journal cannot be read or watched; zero: it can
	ended            bool      // the watch over the journal has ended

	unkept  map[string]change // settings that are to be written into the configuration
	writing map[string]change // the one that is being written
	kept    map[string]change // those that were, and hold from the next start
}

func newApp(ctx context.Context, t *till.Till, opts Options) *App {
	opts.Theme = cmp.Or(opts.Theme, Auto)
	a := &App{opts: opts, dark: true, colourless: opts.Colourless, clock: t.Env.Now(), shifted: t.Shifted(), lost: lost{}, unkept: map[string]change{}, kept: map[string]change{}}
	a.desk = &Desk{
		Ctx: ctx, Till: t, Styles: a.styles(), Motion: opts.Motion, Now: t.Env.Now,
		app: a, tick: tea.Tick,
	}
	a.stack = []Screen{newSale(a.desk)}
	all, err := t.Operators(ctx) // before anything is seen
	if err != nil {
		a.fail(err)
		a.stale = a.clock // so the first tending that can has it read again
	}
	a.seeStaff(all)
	return a
}

// Init starts the first screens and the watch over the journal.
func (a *App) Init() tea.Cmd {
	var look, ground tea.Cmd
	if a.door != nil {
		look = a.door.look()
	}
	if !a.opts.Colourless { // else nothing comes of the answer
		ground = tea.RequestBackgroundColor
	}
	return tea.Batch(a.top().Init(), a.watch(), a.readShift(), ground, a.tend(), look)
}

// Update gives keys and paste to what is on top; what the program tells itself goes to all screens.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	a.clock, a.shifted = a.desk.Now(), a.desk.Till.Shifted()
	read := a.reads() // a key for what lies over the page changes nothing under it
	cmd := a.take(msg)
	if _, key := msg.(tea.KeyPressMsg); !key || !read || !a.reads() {
		a.lay()
	}
	return a, cmd
}

// reads tells whether the palette or the help lies over the page and has the keys.
func (a *App) reads() bool { return a.dialog == nil && (a.palette != nil || a.help) }

// lay draws the page once for as long as it lies under the palette or the help, which are made of what it can do now.
func (a *App) lay() {
	a.under, a.helpLines = "", nil
	if a.palette != nil {
		a.palette.refresh()
	}
	if !a.reads() || a.tooSmall() {
		return
	}
	a.under = a.page()
	if a.help {
		a.helpLines = a.helpFlow(a.width - a.desk.Styles.Tight.GetHorizontalFrameSize())
	}
}

func (a *App) take(msg tea.Msg) tea.Cmd {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseMsg:
		a.quiet = 0
	}
	if a.width == 0 && a.waits(msg) {
		return nil
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.resize(msg.Width, msg.Height)
		return a.catchUp()
	case tea.BackgroundColorMsg:
		a.dark = msg.IsDark()
		return a.paint()
	case tea.ColorProfileMsg:
		a.colourless = a.opts.Colourless || msg.Profile <= colorprofile.ASCII
		return a.paint()
	case tea.KeyPressMsg:
		return a.press(msg)
	case tea.PasteMsg:
		return a.paste(msg)
	case tea.MouseMsg:
		return a.mouse(msg)
	case breathed:
		if msg.digits == a.digits {
			a.digits = 0
		}
		return nil
	case dialogArmed:
		msg.dialog.armed = true
		return nil
	case tended:
		return a.tendedTo(msg)
	case watchEnded:
		a.ended = true
		return a.judge(false)
	case settled: // finds its screen also when the person has left it
		return msg.take()
	case staffRead:
		return a.seeStaff(msg.all)
	case shiftSeen:
		a.onShift = msg.open
		return nil
	case storeChanged:
		return tea.Batch(a.tell(msg), a.readLost(), a.readShift(), a.readStaff(), a.watch())
	case lostRead:
		a.found(msg)
		return nil
	}
	return a.tell(msg)
}

// tell gives a message to every screen of the stack as it is now; one that leaves meanwhile still hears it.
func (a *App) tell(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range slices.Clone(a.stack) {
		cmds = append(cmds, s.Update(msg))
	}
	return tea.Batch(cmds...)
}

// paste gives a pasted text to what is on top.
func (a *App) paste(msg tea.PasteMsg) tea.Cmd {
	switch {
	case a.tooSmall():
	case a.dialog != nil:
		a.dialog.paste(msg)
	case a.palette != nil:
		a.palette.edit(tea.PasteMsg{Content: Inert(msg.Content)})
	case !a.help:
		return a.top().Update(msg)
	}
	return nil
}

func (a *App) resize(width, height int) {
	a.width, a.height = width, height
	for _, s := range a.stack {
		a.fit(s)
	}
	a.dialog.fit(width)
}

func (a *App) fit(s Screen) {
	if !a.tooSmall() {
		s.Resize(a.width, a.height-frameLines)
	}
}

// consoleKeys are the keys that count everywhere, beside those of the places.
var consoleKeys = struct{ help, palette, quit, back, change key.Binding }{
	help: key.NewBinding(key.WithKeys("f1", "?"), key.WithHelp("F1", "help")),
	back: key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "back")),
	quit: key.NewBinding(key.WithKeys("ctrl+c"), key.WithHelp("ctrl+c", "quit")),

	palette: key.NewBinding(key.WithKeys("ctrl+k"), key.WithHelp("ctrl+k", "actions")),
	change:  key.NewBinding(key.WithKeys("ctrl+q"), key.WithHelp("ctrl+q", "change the operator")),
}

// press takes a key. A page that cannot be seen takes none.
func (a *App) press(msg tea.KeyPressMsg) tea.Cmd {
	msg = enterOf(msg)
	switch {
	case deadKeys[msg.String()]:
		return nil
	case key.Matches(msg, consoleKeys.quit):
		return a.quit()
	case a.tooSmall():
		return nil
	case a.dialog != nil:
		return a.answer(msg)
	case a.palette != nil:
		return a.palette.press(msg)
	case a.help && !digit(msg): // a scan goes through it
		a.readHelp(msg)
		return nil
	}
	a.help, a.status, a.about = false, "", ""
	if a.astray(msg) {
		return nil
	}
	if a.digits > 0 {
		return tea.Batch(a.act(msg), a.desk.After(breath, breathed{a.digits}))
	}
	return a.act(msg)
}

// act does what a key is for on the page.
func (a *App) act(msg tea.KeyPressMsg) tea.Cmd {
	if msg.Text != "" && a.top().Typing() { // letters and digits are text
		return a.top().Update(msg)
	}
	return a.steer(msg)
}

func (a *App) steer(msg tea.KeyPressMsg) tea.Cmd {
	for _, p := range a.places() {
		if key.Matches(msg, p.key) {
			return a.visit(p)
		}
	}
	switch {
	case key.Matches(msg, consoleKeys.help):
		a.help, a.helpAt = true, 0
	case key.Matches(msg, consoleKeys.palette):
		a.palette = newPalette(a)
	case key.Matches(msg, consoleKeys.change):
		return a.changeOperator()
	case key.Matches(msg, consoleKeys.back):
		if s, ok := a.top().(stepper); !ok || !s.StepBack() {
			return a.back()
		}
	default:
		return a.top().Update(msg)
	}
	return nil
}

func (a *App) answer(msg tea.KeyPressMsg) tea.Cmd {
	asked := a.dialog
	a.desk.asked = asked
	defer func() { a.desk.asked = nil }()
	var done bool
	cmd := a.desk.owing(asked.Deed, func() (cmd tea.Cmd) {
		cmd, done = asked.update(msg)
		return cmd
	})
	if done && a.dialog == asked { // the answer may have asked the next question
		a.dialog = asked.under
	}
	return cmd
}

func (a *App) ask(q *Dialog) tea.Cmd {
	a.guard(q)
	if a.door != nil && !q.quits { // it is for who comes in
		q.under, a.door.asks.under = a.door.asks.under, q
	} else {
		a.dialog = q
	}
	return q.open(a.desk)
}

func (a *App) say(format string, args ...any) {
	a.status, a.failed, a.about = Inert(fmt.Sprintf(format, args...)), false, ""
}

func (a *App) fail(err error) {
	if err == nil {
		return
	}
	a.status, a.failed, a.about = Inert(err.Error()), true, ""
	if r, refused := errors.AsType[*till.Refusal](err); refused {
		a.status = Inert(r.Words())
		return
	}
	if e, ok := errors.AsType[*domain.Error](err); ok && e.Hint != "" {
		a.status += " · " + Inert(e.Hint)
	}
}
