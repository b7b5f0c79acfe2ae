package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// Options is how the console is to look.
type Options struct {
	Motion bool
	Dark   *bool // nil: as the terminal says
	Clock  bool  // show the clock also where it is not ahead of the machine's

	// Patience is how long RunPlain waits for what an answer has led to before it asks for the next one; 0: as long as it takes.
	Patience time.Duration
}

// Run shows the console until the person quits or ctx ends.
func Run(ctx context.Context, t *till.Till, opts Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	app := newApp(ctx, t, opts)
	app.changes = t.Store.Changed(ctx)
	_, err := tea.NewProgram(app, tea.WithContext(ctx), tea.WithFPS(120)).Run()
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

	width, height int
	stack         []Screen
	dialog        *Dialog
	help          bool
	busy          int
	status        string
	failed        bool           // the status is an error
	about         domain.OrderID // the status tells that this order's outcome is unknown
	lost          lost
	trouble       string // what tending last complained of
	clock         time.Time
	shifted       bool // the clock is ahead of the machine's
	onShift       bool // a shift of the drawer is open
}

func newApp(ctx context.Context, t *till.Till, opts Options) *App {
	dark := opts.Dark == nil || *opts.Dark
	a := &App{opts: opts, clock: t.Env.Now(), shifted: t.Shifted(), lost: lost{}}
	a.desk = &Desk{
		Ctx: ctx, Till: t, Styles: NewStyles(dark), Motion: opts.Motion, Now: t.Env.Now,
		app: a, tick: tea.Tick,
	}
	a.stack = []Screen{newSale(a.desk)}
	return a
}

// Init starts the first screens and the watch over the journal.
func (a *App) Init() tea.Cmd {
	cmds := []tea.Cmd{a.top().Init(), a.watch(), a.readShift()}
	if a.opts.Dark == nil {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	return tea.Batch(append(cmds, a.tend())...)
}

// Update gives keys and paste to the dialog, else to the top screen; what the program tells itself goes to all.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	a.clock, a.shifted = a.desk.Now(), a.desk.Till.Shifted()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.resize(msg.Width, msg.Height)
		return a, nil
	case tea.BackgroundColorMsg:
		return a, a.paint(msg.IsDark())
	case tea.KeyPressMsg:
		return a, a.press(msg)
	case tea.PasteMsg, tea.MouseMsg:
		return a, a.hand(msg)
	case dialogArmed:
		msg.dialog.armed = true
		return a, nil
	case tended:
		if msg.err != nil && msg.err.Error() != a.trouble { // said once, not every second
			a.fail(msg.err)
		}
		a.trouble = textOf(msg.err)
		return a, a.desk.After(tending, tendAgain{})
	case tendAgain:
		return a, a.tend()
	case actionDone: // finds its screen also when the person has left it
		return a, msg.by.done(msg)
	case outcomeAsked: // so does what was asked about a payment
		return a, msg.flight.asked(msg)
	case settled: // and what came of anything else
		return a, msg.take()
	case shiftSeen:
		a.onShift = msg.open
		return a, nil
	case storeChanged:
		return a, tea.Batch(a.tell(msg), a.readLost(), a.readShift(), a.watch())
	case lostRead:
		a.found(msg)
		return a, nil
	}
	return a, a.tell(msg)
}

// tell gives a message to every screen of the stack as it is now; one that leaves meanwhile still hears it.
func (a *App) tell(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range slices.Clone(a.stack) {
		cmds = append(cmds, s.Update(msg))
	}
	return tea.Batch(cmds...)
}

// hand gives paste and mouse to the top screen, the mouse in the screen's own coordinates.
func (a *App) hand(msg tea.Msg) tea.Cmd {
	if text, pasted := msg.(tea.PasteMsg); pasted && a.dialog != nil {
		a.dialog.paste(text)
	}
	if a.dialog != nil || a.help || a.tooSmall() {
		return nil
	}
	switch m := msg.(type) {
	case tea.MouseClickMsg:
		if m.Y < headerLines {
			return a.clickHeader(m)
		}
		m.Y -= headerLines
		msg = m
	case tea.MouseWheelMsg:
		m.Y -= headerLines
		msg = m
	case tea.MouseMotionMsg, tea.MouseReleaseMsg:
		return nil
	}
	return a.top().Update(msg)
}

// paint changes the theme in place: every screen holds the same desk.
func (a *App) paint(dark bool) tea.Cmd {
	if a.opts.Dark != nil || dark == a.desk.Styles.Dark {
		return nil
	}
	a.desk.Styles = NewStyles(dark)
	return a.tell(themeChanged{})
}

func (a *App) resize(width, height int) {
	a.width, a.height = width, height
	for _, s := range a.stack {
		a.fit(s)
	}
}

func (a *App) fit(s Screen) {
	if !a.tooSmall() {
		s.Resize(a.width, a.height-frameLines)
	}
}

// consoleKeys are the keys that count everywhere, beside those of the places.
var consoleKeys = struct{ help, quit, back key.Binding }{
	help: key.NewBinding(key.WithKeys("f1", "?"), key.WithHelp("F1", "help")),
	back: key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "back")),
	quit: key.NewBinding(key.WithKeys("ctrl+c"), key.WithHelp("ctrl+c", "quit")),
}

// press takes a key. A page that cannot be seen takes none.
func (a *App) press(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, consoleKeys.quit):
		return a.quit()
	case a.tooSmall():
		return nil
	case a.help:
		a.help = false
		return nil
	case a.dialog != nil:
		return a.answer(msg)
	}
	a.status, a.about = "", ""
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
		a.help = true
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
	cmd, done := asked.update(msg)
	if done && a.dialog == asked { // the answer may have asked the next question
		a.dialog = nil
	}
	return cmd
}

// quit asks first where something would be left in the air; the key pressed twice asks nothing.
func (a *App) quit() tea.Cmd {
	if a.dialog != nil && a.dialog.Yes == quitWord {
		return tea.Quit
	}
	note := a.sale().Unsaved()
	if a.busy > 0 {
		note = "a payment is in flight. it goes on without you; the next start asks what came of it."
	}
	if note == "" {
		return tea.Quit
	}
	return a.ask(Confirm("quit now?", note, quitWord, "stay", func() tea.Cmd { return tea.Quit }))
}

const quitWord = "quit"

// sale is the screen at the bottom of the stack.
func (a *App) sale() *sale { return a.stack[0].(*sale) }

func (a *App) top() Screen { return a.stack[len(a.stack)-1] }

func (a *App) push(s Screen) tea.Cmd {
	a.stack = append(a.stack, s)
	a.fit(s)
	return s.Init()
}

func (a *App) back() tea.Cmd {
	if len(a.stack) > 1 {
		a.stack = a.stack[:len(a.stack)-1]
	}
	return nil
}

func (a *App) replace(s Screen) tea.Cmd { return a.swap(a.top(), s) }

// swap puts a screen in another's place, or on top where that one has gone. The sale at the bottom stays.
func (a *App) swap(old, s Screen) tea.Cmd {
	i := slices.Index(a.stack, old)
	if i < 1 {
		return a.push(s)
	}
	a.stack[i] = s
	a.fit(s)
	return s.Init()
}

// shows tells whether a screen is still on the stack.
func (a *App) shows(s Screen) bool { return slices.Index(a.stack, s) >= 0 }

func (a *App) drop(s Screen) {
	if i := slices.Index(a.stack, s); i > 0 {
		a.stack = slices.Delete(slices.Clone(a.stack), i, i+1)
	}
}

func (a *App) ask(q *Dialog) tea.Cmd {
	a.dialog = q
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
	if e, ok := errors.AsType[*domain.Error](err); ok && e.Hint != "" {
		a.status += " · " + Inert(e.Hint)
	}
}
