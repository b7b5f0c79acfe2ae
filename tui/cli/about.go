package cli

import (
	"fmt"
	"io"
	"strings"
	"time"

	mango "github.com/muesli/mango-cobra"
	"github.com/spf13/cobra"
)

func (a *app) paths() *cobra.Command {
	return &cobra.Command{
		Use: "paths", Short: "where the till keeps its files", Args: takes(),
		RunE: a.plain(func(*cobra.Command, []string) error {
			paths, err := a.env.Paths(a.placed())
			if err != nil {
				return err
			}
			object := map[string]string{}
			rows := make([][]string, len(paths))
			for i, path := range paths {
				object[path.Name] = path.Path
				rows[i] = []string{path.Name, path.Path}
			}
			return a.say(object, func(p *page) { p.table("", "ll", rows) })
		}),
	}
}

func (a *app) version() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "which till this is", Args: takes(),
		RunE: a.plain(func(*cobra.Command, []string) error {
			return a.say(map[string]string{"version": a.env.Version}, func(p *page) { p.line("till %s", a.env.Version) })
		}),
	}
}

// shells are those that cobra writes completions for.
var shells = map[string]func(*cobra.Command, io.Writer) error{
	"bash":       func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) },
	"fish":       func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) },
	"powershell": (*cobra.Command).GenPowerShellCompletionWithDesc,
	"zsh":        (*cobra.Command).GenZshCompletion,
}

func (a *app) completion() *cobra.Command {
	names := []string{"bash", "fish", "powershell", "zsh"}
	return &cobra.Command{
		Use: "completion SHELL", Short: "a script that completes commands: bash, fish, powershell or zsh",
		Args: takes("SHELL"), ValidArgs: names,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("shell", args[0], names); err != nil {
				return err
			}
			a.running = true
			var script strings.Builder
			if err := shells[args[0]](cmd.Root(), &script); err != nil {
				return err
			}
			return a.sayRaw("script", script.String())
		},
	}
}

func (a *app) man() *cobra.Command {
	return &cobra.Command{
		Use: "man", Short: "the manual page", Args: takes(),
		RunE: a.plain(func(cmd *cobra.Command, _ []string) error {
			page, err := mango.NewManPage(1, cmd.Root())
			if err != nil {
				return err
			}
			return a.sayRaw("man", page.Build(&roff{}))
		}),
	}
}

// sayRaw prints a text for other programs as it is.
func (a *app) sayRaw(name, text string) error {
	if a.json {
		return writeJSON(a.Out, map[string]string{name: text})
	}
	_, err := io.WriteString(a.Out, text)
	return err
}

// roff writes a manual page in the man macros, without the date of the day: the same till has the same page.
type roff struct{ strings.Builder }

func (r *roff) macro(format string, args ...any) {
	if text := r.Builder.String(); text != "" && !strings.HasSuffix(text, "\n") {
		r.WriteByte('\n')
	}
	fmt.Fprintf(r, format+"\n", args...)
}

// roffText escapes what troff would take for its own: backslashes, dashes, and a dot at the beginning of a line. The
// quotes around a flag's value are cobra's.
var roffText = strings.NewReplacer("`", "", `\`, `\e`, "-", `\-`, "\n.", "\n\\&.", "\n'", "\n\\&'")

// Heading begins the page.
func (r *roff) Heading(section uint, title, _ string, _ time.Time) {
	r.macro(`.TH %s %d`, strings.ToUpper(title), section)
}

// Paragraph begins a paragraph.
func (r *roff) Paragraph() { r.macro(".PP") }

// Indent begins a block that stands further in.
func (r *roff) Indent(n int) { r.macro(".RS %d", max(n, 0)) }

// IndentEnd ends it.
func (r *roff) IndentEnd() { r.macro(".RE") }

// TaggedParagraph begins a paragraph whose first line is its name.
func (r *roff) TaggedParagraph(int) { r.macro(".TP") }

// List writes an item of a list.
func (r *roff) List(text string) { r.macro(".IP \\(bu 3\n%s", roffText.Replace(text)) }

// Section begins a section.
func (r *roff) Section(text string) { r.macro(".SH %s", strings.ToUpper(text)) }

// EndSection ends a line.
func (r *roff) EndSection() { r.macro("") }

// Text writes text.
func (r *roff) Text(text string) { r.WriteString(roffText.Replace(text)) }

// TextBold writes it bold.
func (r *roff) TextBold(text string) { r.WriteString(`\fB` + roffText.Replace(text) + `\fP`) }

// TextItalic writes it italic.
func (r *roff) TextItalic(text string) { r.WriteString(`\fI` + roffText.Replace(text) + `\fP`) }
