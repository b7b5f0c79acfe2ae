// Package cli is the command line: what the till can do, as commands; their answers as text for people and
// as JSON for programs.
package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// IO is where a command reads and writes, and what surrounds it.
type IO struct {
	In       io.Reader
	Out, Err io.Writer
	Terminal bool                   // stdin and stdout are a terminal
	Unseen   func() (string, error) // reads a line from the terminal without showing it; nil: stdin is none
	Watched  bool                   // stderr is a terminal: long work says there how far it is
	Env      func(string) string    // the environment; nil: the process's
	Folder   string                 // what the names of files are relative to; empty: the process's folder
}

// Standard is what the program itself reads and writes.
func Standard() IO {
	std := IO{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Watched: term.IsTerminal(os.Stderr.Fd())}
	if term.IsTerminal(os.Stdin.Fd()) {
		std.Terminal = term.IsTerminal(os.Stdout.Fd())
		std.Unseen = func() (string, error) {
			text, err := term.ReadPassword(os.Stdin.Fd())
			return string(text), err
		}
	}
	return std
}

// Wiring is what the commands are given by main.
type Wiring struct {
	Open    func(ctx context.Context, s Settings) (*till.Till, func() error, error) // a till, and how to close it
	Console func(ctx context.Context, s Settings) error
	Paths   func(s Settings) ([]Path, error)
	Version string

	// Examine looks at a till's files, and as far as they allow it at the till itself, without making or changing any.
	Examine func(ctx context.Context, s Settings) []domain.Check

	// Copy copies a till's files, while others write: the database to a name, and the sandbox's beside it. It tells both names.
	Copy func(ctx context.Context, s Settings, to string) (database, gateway string, err error)

	// Rehearsal opens a till on copies of another's files, where time stands still, and says how to close it.
	Rehearsal func(ctx context.Context, s Settings, now time.Time) (till.Rehearsal, func() error, error)
}

// Settings is what the global flags and the environment say. What is empty has its default.
type Settings struct {
	DB, Config string
	Demo       bool
	Operator   string
	Override   string // who stands by
	Accessible bool   // the console talks in lines instead of drawing

	Tell func(line string) // hears what is done that takes long, before anything is answered
}

// Path is a place in the file system that the till uses.
type Path struct{ Name, Path string }

// app is one run of the command line.
type app struct {
	IO
	env       Wiring
	settings  Settings
	json      bool
	lens      domain.System // whose words are wanted beside ours; empty: nobody's
	key       string
	ifVersion int64
	standby   *till.Badge // of --override
	running   bool        // flags and arguments were right, the command has begun
	performed bool        // a scenario runs this command
}

// Execute runs one command line and gives its exit code.
func Execute(ctx context.Context, args []string, io IO, env Wiring) int {
	if io.Env == nil {
		io.Env = os.Getenv
	}
	if io.In != nil {
		io.In = bufio.NewReader(io.In) // the one that all who read a line of it share
	}
	return (&app{IO: io, env: env}).execute(ctx, args)
}

func (a *app) execute(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(append([]string{}, args...)) // cobra takes nil for the program's own arguments
	cmd, err := root.ExecuteContextC(ctx)
	if err != nil && !a.running {
		// Flags may not have been read yet, as with an unknown command.
		a.json = a.json || asksForJSON(args)
		err = wrongUsage(cmd, err)
	}
	return a.end(ctx, err)
}

func asksForJSON(args []string) bool {
	if i := slices.Index(args, "--"); i >= 0 {
		args = args[:i]
	}
	return slices.Contains(args, "--json") || slices.Contains(args, "--json=true")
}

// wrongUsage gives cobra's own errors their code; what it suggests becomes the hint.
func wrongUsage(cmd *cobra.Command, err error) error {
	if domain.CodeOf(err) != domain.CodeInternal {
		return err
	}
	message, suggestion, _ := strings.Cut(plainly(err), "\n\n")
	usage := domain.Errorf(domain.CodeUsage, "%s", message).WithHint("see: %s --help", cmd.CommandPath())
	if suggestion != "" {
		usage.Hint = strings.Join(strings.Fields(suggestion), " ")
	}
	return usage
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "till",
		Short: "a checkout and an order console in a terminal",
		Long: "till sells, takes payments and gives refunds. Alone it opens the console; everything that the " +
			"console does, a command does too.\n\nTILL_DB, TILL_CONFIG, TILL_DEMO=true and TILL_ACCESSIBLE=true stand for --db, --config, --demo and --accessible. " +
			"TILL_PIN and TILL_OVERRIDE_PIN hold the PINs of --operator and --override: no flag takes a PIN.",
		SilenceErrors: true, SilenceUsage: true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE:              func(cmd *cobra.Command, _ []string) error { return a.console(cmd) },
	}
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return domain.Errorf(domain.CodeUsage, "%s", plainly(err)).WithHint("see: %s --help", cmd.CommandPath())
	})
	a.globalFlags(root)
	a.consoleFlags(root)
	root.SetHelpCommand(a.help())
	usual := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) { a.sayHelp(cmd, func() { usual(cmd, args) }) })
	root.AddCommand(
		a.orders(), a.pay(), a.payments(), a.refunds(), a.disputes(), a.receipt(), a.methods(),
		a.customers(), a.sources(), a.mandates(), a.payouts(), a.shifts(), a.operators(),
		a.machine(), a.lenses(), a.journal(), a.catalog(), a.imports(), a.sandbox(), a.clock(), a.run(),
		a.doctor(), a.backup(), a.paths(), a.version(), a.completion(), a.man(),
	)
	return root
}

// plainly takes out of an error about a flag what only a Go programmer understands.
func plainly(err error) string {
	text := err.Error()
	if i := strings.Index(text, ": strconv."); i >= 0 {
		text = text[:i] + ": it must be a whole number"
	}
	if _, flags, found := strings.Cut(text, "in the group ["); found {
		names, rest, _ := strings.Cut(flags, "]")
		named := "--" + strings.Join(strings.Fields(names), ", --")
		switch {
		case strings.Contains(rest, "none of the others can be"):
			text = "only one can be given of " + named
		case strings.Contains(text, "at least one"):
			text = "one is needed of " + named
		}
	}
	return text
}

func (a *app) globalFlags(root *cobra.Command) {
	f := root.PersistentFlags()
	demo, _ := strconv.ParseBool(a.Env("TILL_DEMO")) // anything else is no
	f.StringVar(&a.settings.DB, "db", a.Env("TILL_DB"), "the database `file`")
	f.StringVar(&a.settings.Config, "config", a.Env("TILL_CONFIG"), "the configuration `file`")
	f.BoolVar(&a.settings.Demo, "demo", demo, "fix clock, identifiers and dice, on a fresh database where --db names none")
	f.StringVar(&a.settings.Operator, "operator", "", "who is at the till: `name`; the PIN is in TILL_PIN, typed, or a line of standard input")
	f.StringVar(&a.settings.Override, "override", "", "who stands by where that one may not: `name`; the PIN is in TILL_OVERRIDE_PIN, typed, or a line")
	f.BoolVar(&a.json, "json", false, "answer with one JSON document")
	f.StringVar(&a.key, "idempotency-key", "", "the same `key` again answers the first result and does nothing")
	f.Int64Var(&a.ifVersion, "if-version", 0, "only if the order is still at this `version`")
	for name, value := range map[string]string{"db": "", "config": "", "demo": "false"} {
		f.Lookup(name).DefValue = value // the environment is nobody's default: help and man page are the same everywhere
	}
}

// file is where a file lies that somebody named.
func (a *app) file(name string) string {
	if name == "" || a.Folder == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(a.Folder, name)
}

// placed is the settings with their files where they lie.
func (a *app) placed() Settings {
	s := a.settings
	s.DB, s.Config = a.file(s.DB), a.file(s.Config)
	s.Tell = func(line string) { _, _ = fmt.Fprintln(a.Err, "till: "+safe(line)) } // who cannot hear it goes without
	return s
}

// consoleFlags are those of the console alone.
func (a *app) consoleFlags(root *cobra.Command) {
	wanted, _ := strconv.ParseBool(a.Env("TILL_ACCESSIBLE")) // anything else is no
	root.Flags().BoolVar(&a.settings.Accessible, "accessible", wanted, "talk in plain lines with numbered choices, and draw nothing")
	root.Flags().Lookup("accessible").DefValue = "false"
}

// console opens the console. Where nothing can be drawn it talks in lines; without a terminal it does so only where that
// was asked for: lines that were not meant for it could sell.
func (a *app) console(cmd *cobra.Command) error {
	if a.Terminal && a.Env("TERM") == "dumb" {
		a.settings.Accessible = true
	}
	if !a.Terminal && !a.settings.Accessible {
		return domain.Errorf(domain.CodeUsage, "the console needs a terminal; without one there are --accessible, which talks in lines, and commands: %s", names(cmd))
	}
	a.running = true
	return a.env.Console(cmd.Context(), a.placed())
}

// group is a command that only has others below it.
func (a *app) group(use, short string, commands ...*cobra.Command) *cobra.Command {
	group := &cobra.Command{
		Use: use + " COMMAND", Short: short,
		FParseErrWhitelist:         cobra.FParseErrWhitelist{UnknownFlags: true}, // the wrong command is the error, not its flags
		SuggestionsMinimumDistance: 2,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return domain.Errorf(domain.CodeUsage, "%s needs a command", cmd.CommandPath()).WithHint("one of: %s", names(cmd))
			}
			return unknownCommand(cmd, args[0])
		},
	}
	group.AddCommand(commands...)
	return group
}

func unknownCommand(cmd *cobra.Command, name string) error {
	err := domain.Errorf(domain.CodeUsage, "unknown command %q for %q", name, cmd.CommandPath())
	if like := cmd.SuggestionsFor(name); len(like) > 0 {
		return err.WithHint("did you mean: %s", strings.Join(like, ", "))
	}
	return err.WithHint("one of: %s", names(cmd))
}

// names lists the commands below one.
func names(cmd *cobra.Command) string {
	var all []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			all = append(all, c.Name())
		}
	}
	return strings.Join(all, ", ")
}

// help is cobra's, but an unknown topic is an error.
func (a *app) help() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: "help for a command",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			switch {
			case err != nil:
				return err
			case len(rest) > 0:
				return unknownCommand(about, rest[0])
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}

// sayHelp prints what cobra writes about a command, as JSON where that is asked for.
func (a *app) sayHelp(cmd *cobra.Command, write func()) {
	var text strings.Builder
	cmd.SetOut(&text)
	write()
	cmd.SetOut(a.Out)
	_ = a.sayRaw("help", text.String()) // cobra has no way to be told
}
