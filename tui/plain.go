package tui

import (
	"bufio"
	"context"
	"io"
	"os"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// The console in words, for a screen reader, a simple terminal or a pipe: lines in, lines out, and nothing is ever
// drawn over. It drives the same screens as the other one does, with the same keys, so that whatever can be done there
// can be done here.

// RunPlain talks to the person line by line until they quit, the input ends or ctx does.
func RunPlain(ctx context.Context, t *till.Till, in io.Reader, out io.Writer, opts Options) error {
	// What is under way is not cut off when ctx ends: a moment is left for it to come to its end.
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	p := newPlain(work, t, out, opts)
	if f, ok := in.(*os.File); ok {
		p.quiet = func() func() { return unechoed(f.Fd()) }
		defer p.hide(false)
	}
	go p.read(in)
	go p.watch(t)
	return p.run(ctx)
}

// plain is that conversation.
type plain struct {
	app   *App
	ctx   context.Context // of the work; the readers end with it
	out   *bufio.Writer
	lines chan string
	cut   error // why the lines ended before the input did; set before lines is closed
	heard chan heard
	busy  int // commands that have not come back
	over  bool

	patience time.Duration
	quiet    func() (undo func()) // has the terminal show nothing of what is typed; nil: there is none
	loud     func()               // shows it again; nil: it is shown

	page    plainPage // as it was said last
	screen  plainPage // that of the screen, under a dialog
	from    int       // the first row that is listed
	tried   bool      // what stands in the field was an answer
	settled *Dialog   // its amount was given: now it is yes or no
	status  string    // as it was said last
	notes   []string  // to be said next
}

// heard is what a command brought, or what came by itself.
type heard struct {
	msg   tea.Msg
	ended bool // a command has come back with it
}

// The pages are laid out for so many columns and lines; below wideEnough nothing stands beside anything.
const (
	plainWidth  = wideEnough - 1
	plainHeight = 400
)

// lastMoment is how long something that is under way is waited for when ctx has ended.
const lastMoment = 2 * time.Second

func newPlain(ctx context.Context, t *till.Till, out io.Writer, opts Options) *plain {
	opts.Motion = false
	p := &plain{
		app: newApp(ctx, t, opts), ctx: ctx, out: bufio.NewWriter(out),
		lines: make(chan string), heard: make(chan heard), patience: opts.Patience,
	}
	p.app.desk.tick = func(wait time.Duration, then func(time.Time) tea.Msg) tea.Cmd {
		return func() tea.Msg { return alarm{wait, then} }
	}
	p.app.resize(plainWidth, plainHeight)
	return p
}

// alarm asks for a message in a while. Nobody waits for it, as one waits for other commands.
type alarm struct {
	wait time.Duration
	then func(time.Time) tea.Msg
}

func (p *plain) run(ctx context.Context) error {
	p.perform(p.app.Init())
	p.settle(ctx)
	p.greet()
	for p.say(true); !p.over; {
		select {
		case <-ctx.Done():
			p.finish(time.After(lastMoment))
			return ctx.Err()
		case line, open := <-p.lines:
			if !open {
				p.finish(nil)
				return p.end()
			}
			p.answer(line)
			p.settle(ctx)
			p.say(true)
		case h := <-p.heard:
			p.take(h)
			if p.busy == 0 {
				p.say(false)
			}
		}
	}
	return p.out.Flush()
}

// end says how it ended, where the input did.
func (p *plain) end() error {
	p.say(false)
	if err := p.out.Flush(); err != nil {
		return err
	}
	return p.cut
}

// settle waits for what an answer has led to, so that the next page tells it; where there is somebody to wait, not for
// long. What is shown is then read again: others may have written.
func (p *plain) settle(ctx context.Context) {
	var late <-chan time.Time
	if p.patience > 0 {
		late = time.After(p.patience)
	}
	for again := true; ; again = false {
		for p.busy > 0 {
			select {
			case h := <-p.heard:
				p.take(h)
			case <-late:
				return
			case <-ctx.Done():
				return
			}
		}
		if !again || p.over {
			return
		}
		p.update(storeChanged{})
	}
}

// finish waits for what is under way, at most until late.
func (p *plain) finish(late <-chan time.Time) {
	for p.busy > 0 {
		select {
		case h := <-p.heard:
			p.take(h)
		case <-late:
			return
		}
	}
}

func (p *plain) update(msg tea.Msg) {
	_, cmd := p.app.Update(msg)
	p.perform(cmd)
}

func (p *plain) perform(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	p.busy++
	go func() { p.tell(heard{cmd(), true}) }()
}

func (p *plain) tell(h heard) {
	select {
	case p.heard <- h:
	case <-p.ctx.Done():
	}
}

func (p *plain) take(h heard) {
	if h.ended {
		p.busy--
	}
	switch msg := h.msg.(type) {
	case nil:
	case tea.QuitMsg:
		p.over = true
	case tea.BatchMsg:
		for _, cmd := range msg {
			p.perform(cmd)
		}
	case alarm:
		go p.wait(msg)
	default:
		if text, ok := clipped(msg); ok {
			p.copied(text)
			return
		}
		p.update(msg)
	}
}

func (p *plain) wait(a alarm) {
	timer := time.NewTimer(a.wait)
	defer timer.Stop()
	select {
	case at := <-timer.C:
		p.tell(heard{msg: a.then(at)})
	case <-p.ctx.Done():
	}
}

// watch tells when the journal has moved, whoever wrote.
func (p *plain) watch(t *till.Till) {
	for seq := range t.Store.Changed(p.ctx) {
		_ = t.ReadClock(p.ctx) // what cannot be read is said by the next tending
		p.tell(heard{msg: storeChanged{int64(seq)}})
	}
}

// longestLine is how long a line may be, in bytes.
const longestLine = 1 << 20

func (p *plain) read(in io.Reader) {
	defer close(p.lines)
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, longestLine)
	for scanner.Scan() {
		select {
		case p.lines <- strings.ToValidUTF8(scanner.Text(), ""):
		case <-p.ctx.Done():
			return
		}
	}
	if err := scanner.Err(); err != nil {
		p.cut = domain.Errorf(domain.CodeInvalid, "the input cannot be read: %s", err)
	}
}
