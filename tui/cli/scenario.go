package cli

import (
	"context"
	"embed"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"till/domain"
)

// scenario is a text of commands and of what is expected of them.
type scenario struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	text  string
}

// shipped are the scenarios that are part of the program: every file of the folder is one.
//
//go:embed scenarios/*.txtar
var shipped embed.FS

func (a *app) run() *cobra.Command {
	var list, verbose bool
	var show string
	cmd := &cobra.Command{
		Use: "run SCENARIO...", Short: "run scenarios: texts of commands and of what is expected of them",
		Long: "A scenario is a file, or the name of one that ships with till. Each runs in a folder of its own, with a fresh " +
			"database, and fixed clock, identifiers and dice. It is written in the language of testscript, with the commands " +
			"till, code, json, save and input besides.",
		Example:   "till run --list\ntill run --verbose lost-answer\ntill run mine.txtar",
		ValidArgs: shippedNames(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if given := len(args) > 0; given == (list || show != "") {
				return domain.Errorf(domain.CodeUsage, "%s takes scenarios, or --list, or --show", cmd.CommandPath()).
					WithHint("those that ship with till: till run --list")
			}
			a.running = true
			switch {
			case a.performed:
				return domain.Errorf(domain.CodeUsage, "a scenario runs no scenarios")
			case list:
				return a.listScenarios()
			case show != "":
				return a.showScenario(show)
			}
			return a.runScenarios(cmd.Context(), args, verbose)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&list, "list", false, "list the scenarios that ship with till")
	f.StringVar(&show, "show", "", "print the text of a `SCENARIO`")
	f.BoolVarP(&verbose, "verbose", "v", false, "tell all that is said, not only how it ends")
	cmd.MarkFlagsMutuallyExclusive("list", "show", "verbose")
	return cmd
}

func (a *app) listScenarios() error {
	var all []scenario
	var rows [][]string
	for _, name := range shippedNames() {
		s, err := a.scenario(name)
		if err != nil {
			return err
		}
		all = append(all, s)
		rows = append(rows, []string{s.Name, s.Title})
	}
	return a.say(listOf(all, ""), func(p *page) { p.table("", "ll", rows) })
}

func (a *app) showScenario(name string) error {
	s, err := a.scenario(name)
	if err != nil {
		return err
	}
	return a.say(map[string]string{"scenario": s.text}, func(p *page) { p.lines(s.text) })
}

// runScenarios reads all scenarios before it runs the first, and then runs each to its end.
func (a *app) runScenarios(ctx context.Context, names []string, verbose bool) error {
	var scenarios []scenario
	for _, name := range names {
		s, err := a.scenario(name)
		if err != nil {
			return err
		}
		scenarios = append(scenarios, s)
	}
	verdicts := make([]verdict, 0, len(scenarios))
	for _, s := range scenarios {
		v, err := a.perform(ctx, s, verbose)
		if err != nil {
			return err
		}
		if err := a.tell(v, verbose); err != nil {
			return err
		}
		verdicts = append(verdicts, v)
	}
	if a.json {
		if err := writeJSON(a.Out, map[string][]verdict{"scenarios": verdicts}); err != nil {
			return err
		}
	}
	return unmet(verdicts)
}

// widestLine is where a line is cut for a room that looks on: nobody reads a whole document there.
const widestLine = 160

// tell prints how a scenario ended: on stdout in one line, after its log if that was asked for. Else there is a log
// only of one that failed, and it is on stderr.
func (a *app) tell(v verdict, verbose bool) error {
	if a.json {
		return nil
	}
	if !verbose {
		_, _ = io.WriteString(a.Err, v.Log) // the verdict is what matters
	}
	return a.say(nil, func(p *page) {
		if verbose {
			for line := range strings.Lines(v.Log) {
				p.line("%s", ansi.Truncate(strings.TrimRight(line, "\n"), widestLine, "…"))
			}
		}
		switch {
		case !v.OK:
			p.line("✗ %s  %s", v.where(), v.Message)
		case v.Message != "":
			p.line("– %s  %s", v.Name, v.Message)
		default:
			p.line("✓ %s  %s", v.Name, v.Title)
		}
	})
}

// unmet is the error of those that did not hold.
func unmet(verdicts []verdict) error {
	var where []string
	message := ""
	for _, v := range verdicts {
		if !v.OK {
			where = append(where, v.where())
			message = v.Message
		}
	}
	switch len(where) {
	case 0:
		return nil
	case 1:
		return domain.Errorf(codeUnmet, "%s: %s", where[0], message)
	}
	return domain.Errorf(codeUnmet, "%d of %d scenarios did not hold: %s", len(where), len(verdicts), strings.Join(where, "; "))
}

func shippedNames() []string {
	files, _ := fs.Glob(shipped, "scenarios/*.txtar") // the pattern is right
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = strings.TrimSuffix(path.Base(file), ".txtar")
	}
	return names
}

// scenario finds one by the name that it ships with, else by its file.
func (a *app) scenario(name string) (scenario, error) {
	text, err := shipped.ReadFile("scenarios/" + name + ".txtar")
	if err != nil {
		text, err = a.readFile(name)
	}
	if err != nil {
		return scenario{}, domain.Errorf(domain.CodeInvalid, "the scenario %s cannot be read", name).Because(err).
			WithHint("those that ship with till: till run --list")
	}
	return readScenario(name, string(text))
}

// readScenario refuses what would hold only because it says nothing.
func readScenario(name, text string) (scenario, error) {
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return scenario{}, domain.Errorf(domain.CodeInvalid, "the scenario %s is not a text", name)
	}
	s := scenario{Name: name, text: strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")}
	first, _, _ := strings.Cut(s.text, "\n")
	if title, ok := strings.CutPrefix(first, "#"); ok {
		s.Title = strings.TrimSpace(title)
	}
	if !slices.ContainsFunc(s.script(), says) {
		return scenario{}, domain.Errorf(domain.CodeInvalid, "the scenario %s has no commands", name)
	}
	return s, nil
}

// says tells a command from a comment and an empty line.
func says(line string) bool {
	line = strings.TrimSpace(line)
	return line != "" && !strings.HasPrefix(line, "#")
}
