package cli_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"till/storage/storagetest"
	"till/tui/cli"
)

// usual is how each command is used, so that it does what it is for. Names in braces are what the shop of the test has
// (canaryShop). A command that is not here fails; a question mark before it says that it may be refused as things stand.
var usual = map[string]string{
	"": "?", "help": "pay", "version": "", "paths": "", "man": "", "completion": "bash", "doctor": "?", "methods": "", "lens": "stripe",
	"catalog import": "{articles}", "catalog list": "", "import": "{orders}", "run": "{scenario}",
	"clock advance": "1h", "clock ahead": "1h", "clock set": "2099-01-01T12:00:00Z", "clock show": "",
	"customer add": "--email bob@quay.example", "customer forget": "{customer}", "customer list": "ann", "customer show": "{customer}",
	"customer update": "{customer} --city Bonn",
	"dispute accept":  "{dispute}", "dispute decline": "?{dispute}", "dispute evidence": "{dispute} --text delivered", "dispute withdraw": "?{dispute}",
	"dispute file": "?{dispute} --stage good_faith", "dispute list": "", "dispute show": "{dispute}",
	"journal export": "", "journal list": "", "journal rebuild": "", "journal tail": "", "journal verify": "",
	"machine dispute": "", "machine mandate": "", "machine operation": "", "machine order": "", "machine payment": "", "machine payout": "",
	"machine refund": "", "machine shift": "",
	"mandate charge": "{mandate} {order}", "mandate list": "", "mandate pause": "{mandate}", "mandate resume": "?{mandate}", "mandate revoke": "{mandate}",
	"mandate setup": "{customer} --card 4543474002249996 --expiry 12/34 --cvv 907", "mandate sync": "{mandate}",
	"order accept-late": "?{order}", "order acknowledge": "?{order}", "order allow-overdue": "?{order}", "order deny-overdue": "?{order}",
	"order cancel": "{order} --reason no", "order close-short": "?{order}", "order discard": "{draft}", "order resume": "{draft}",
	"order draft": "--email a@b.example --item Tea@20", "order issue": "--email a@b.example --item Tea@20", "order extend": "?{order} --due 2098-01-01",
	"order list": "", "order receive": "?{order}", "order reject": "?{order}", "order return-late": "?{order}", "order show": "{order}",
	"order unreceive": "?{order}", "order view": "{order}",
	"pay":             "{order} --card 4543474002249996 --expiry 12/34 --cvv 907",
	"payment actions": "{sale}", "payment cancel": "{challenge}", "payment capture": "{held}", "payment complete": "{challenge} --result passed",
	"payment fraud": "{held} review", "payment increment": "{held} --by 1", "payment list": "", "payment open": "{order}", "payment refund": "{sale}",
	"payment retry": "?{sale}", "payment reverse": "?{sale}", "payment show": "{sale}", "payment sync": "{sale}", "payment update": "{opened} --method paypal",
	"payment void":  "{held}",
	"payout cancel": "{payout}", "payout confirm": "{payout}", "payout create": "--amount 5 --name Ann --iban DE89370400440532013000",
	"payout list": "", "payout show": "{payout}", "payout sync": "{payout}",
	"receipt": "{paid}", "refund cancel": "?{refund}", "refund retry": "?{refund}", "refund show": "{refund}",
	"sandbox advance": "{dispute} --outcome withdrawn", "sandbox books": "{sale}", "sandbox cards": "", "sandbox cases": "",
	"sandbox delay": "{notice} --by 1h", "sandbox deliver": "{notice}", "sandbox drop": "{notice}", "sandbox duplicate": "{notice}",
	"sandbox dispute": "{sale}", "sandbox fault clear": "", "sandbox fault list": "", "sandbox fault set": "capture declined", "sandbox hold": "on",
	"sandbox notices": "", "sandbox payout": "?{payout} --outcome paid", "sandbox permute": "{sale}", "sandbox profile": "stripe",
	"sandbox refund": "{refund} --outcome failed", "sandbox settle": "?{sale} --outcome succeeded", "sandbox swap": "{notice} {notice2}", "sandbox timers": "",
	"sandbox token": "--card 4543474002249996 --expiry 12/34 --cvv 907",
	"shift close":   "--counted 50", "shift list": "", "shift open": "?--float 50", "shift pay-in": "5 --reason change", "shift pay-out": "5 --reason change",
	"shift show": "{shift}", "shift x": "",
	"source list": "{customer}", "source remove": "{source}",
	"backup": "copy.db", "catalog add": "b --title tea --price 1", "catalog update": "?b --title cup",
	"machine operator": "", "operator add": "?ann --role clerk", "operator disable": "?ann", "operator duties": "", "operator list": "", "operator pin": "?ann",
}

// canaryShop is a folder with a little of everything, and the names of what there is.
func canaryShop(t *testing.T) (folder string, named map[string]string) {
	folder, named = t.TempDir(), map[string]string{}
	does := func(name, path, line string) {
		t.Helper()
		for from, to := range named {
			line = strings.ReplaceAll(line, "{"+from+"}", to)
		}
		out, said, code := runIn(t, folder, append(strings.Fields(line), "--json"), "")
		if code != 0 {
			t.Fatalf("%s: exit %d, %s", line, code, said)
		}
		if name == "" {
			return
		}
		value, err := cli.LookUp(out, path)
		if err != nil {
			t.Fatalf("%s: %v in %s", line, err, out)
		}
		named[name] = cli.AsText(value)
	}
	card := " --expiry 12/34 --cvv 907 --card "
	does("shift", "id", "shift open --float 50")
	does("customer", "id", "customer add --email ann@quay.example --first-name Ann")
	for _, order := range []string{"order", "sold", "holding", "asked", "begun", "later"} {
		does(order, "id", "order issue --email ann@quay.example --item Tea@20")
	}
	does("draft", "id", "order draft --email a@b.example --item Tea@20")
	does("sale", "id", "pay {sold} --save"+card+"4543474002249996")
	named["paid"] = named["sold"]
	does("held", "id", "pay {holding} --capture manual"+card+"4543474002249996")
	does("challenge", "id", "pay {asked}"+card+"4000002760003184")
	does("opened", "id", "payment open {begun} --form")
	does("mandate", "id", "mandate setup {customer}"+card+"4543474002249996")
	does("refunded", "id", "pay {later}"+card+"4000000000007726")
	does("refund", "refunds[0].id", "payment refund {refunded} --amount 1")
	does("dispute", "id", "sandbox dispute {refunded}")
	does("payout", "id", "payout create --amount 5 --name Ann --iban DE89370400440532013000")
	does("source", "items[0].id", "source list")
	does("", "", "sandbox hold on")
	does("", "", "payment refund {sale} --amount 1")
	does("", "", "payment refund {sale} --amount 2")
	does("notice", "items[0].id", "sandbox notices --pending")
	does("notice2", "items[1].id", "sandbox notices --pending")
	for name, text := range map[string]string{
		"articles": `{"sku":"a","title":"tea","price":1}`,
		"orders":   `{"reference":"r","client":{"email":"a@b.example"},"products":[{"title":"tea","price":3}]}`,
		"scenario": "till order list\n",
	} {
		named[name] = name + ".txt"
		if err := os.WriteFile(filepath.Join(folder, name+".txt"), []byte(text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder, named
}

// untilItSpeaks is an output that ends what writes to it: of a command that would go on for ever.
type untilItSpeaks struct {
	text strings.Builder
	end  context.CancelFunc
}

func (u *untilItSpeaks) Write(p []byte) (int, error) { u.end(); return u.text.Write(p) }

// runIn runs a command in a folder.
func runIn(t *testing.T, folder string, args []string, in string) (out, said string, code int) {
	t.Helper()
	ctx, end := context.WithTimeout(t.Context(), 10*time.Second)
	defer end()
	var stderr strings.Builder
	stdout := &untilItSpeaks{end: func() {}}
	if strings.HasPrefix(strings.Join(args, " "), "journal tail") {
		stdout.end = end
	}
	env := func(name string) string { return map[string]string{"TILL_DB": filepath.Join(folder, "till.db")}[name] }
	code = cli.Execute(ctx, args, cli.IO{In: strings.NewReader(in), Out: stdout, Err: &stderr, Env: env, Folder: folder}, wiring())
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		t.Errorf("%q never ends", args)
	}
	return stdout.text.String(), stderr.String(), code
}

// flock is a text with all numbers of cards.
func flock() string {
	text := ""
	for i, bird := range storagetest.Cards {
		text += fmt.Sprintf("%c:%s, ", 'a'+i, bird)
	}
	return text
}

// Every command with card numbers in each of its arguments and flags: whatever it does or says, they are nowhere.
func TestNoCardWhereverItIsTypedOnTheCommandLine(t *testing.T) {
	shop, named := canaryShop(t)
	var runs, commands atomic.Int64
	t.Run("commands", func(t *testing.T) {
		seen := map[string]bool{}
		eachCommand(cli.Commands(wiring()), func(path string, c *cobra.Command) {
			seen[path] = true
			line, known := usual[path]
			if !known {
				t.Errorf("nobody has said how %q is used", path)
				return
			}
			if testing.Short() && commands.Load()%5 > 0 {
				commands.Add(1)
				return
			}
			commands.Add(1)
			flags := flagsOf(path, c) // before the walks begin: cobra gathers them as it is asked, in what the commands share
			t.Run(path, func(t *testing.T) {
				t.Parallel()
				w := &canaryWalk{T: t, shop: shop}
				w.command(path, line, named, flags)
				runs.Add(int64(w.runs))
			})
		})
		for path := range usual {
			if !seen[path] {
				t.Errorf("there is no %q", path)
			}
		}
	})
	t.Logf("proof: %d card numbers in every argument and flag of %d commands, %d runs, none in a file or an output", len(storagetest.Cards), commands.Load(), runs.Load())
}

// eachCommand goes through all that can be run.
func eachCommand(c *cobra.Command, call func(path string, c *cobra.Command)) {
	if c.Runnable() && (!c.HasSubCommands() || !c.HasParent()) {
		call(strings.TrimPrefix(strings.TrimPrefix(c.CommandPath(), "till"), " "), c)
	}
	for _, below := range c.Commands() {
		eachCommand(below, call)
	}
}

// flagsOf are those of a command that a card is given to; of what every command keeps, at one command only.
func flagsOf(path string, c *cobra.Command) (flags []*pflag.Flag) {
	c.LocalFlags().VisitAll(func(f *pflag.Flag) { flags = append(flags, f) })
	c.InheritedFlags().VisitAll(func(f *pflag.Flag) {
		if path == "order issue" || f.Name == "operator" || f.Name == "idempotency-key" {
			flags = append(flags, f)
		}
	})
	return flags
}

type canaryWalk struct {
	*testing.T
	shop string
	runs int
}

// command runs one as it is used, and then with a card in the place of each argument, and in each flag.
func (w *canaryWalk) command(path, line string, named map[string]string, flags []*pflag.Flag) {
	line, mayFail := strings.CutPrefix(line, "?")
	args := strings.Fields(line)
	for i, arg := range args {
		if name := strings.Trim(arg, "{}"); name != arg {
			args[i] = named[name]
		}
	}
	args = append(strings.Fields(path), args...)
	if said, code := w.run(args); code != 0 && !mayFail && path != "journal tail" {
		w.Errorf("%v: exit %d, %s", args, code, said)
	}
	begin := len(strings.Fields(path))
	for i := begin; i < len(args); i++ {
		if !strings.HasPrefix(args[i-1], "--") && !strings.HasPrefix(args[i], "--") { // a flag's value has its turn below
			w.flies(func(bird string) []string { return slices.Concat(args[:i], []string{bird}, args[i+1:]) })
		}
	}
	w.flies(func(bird string) []string { return slices.Concat(args, []string{bird}) })
	w.run(append(slices.Clone(args), "--"+flock()))
	for _, f := range flags {
		w.flag(args, f)
	}
}

// flies has all the birds in one place of a command; where that is refused, one alone may not be.
func (w *canaryWalk) flies(command func(bird string) []string) {
	w.Helper()
	if _, code := w.run(command(flock())); code == 2 {
		w.run(command(storagetest.Cards[0]))
	}
}

func (w *canaryWalk) flag(args []string, f *pflag.Flag) {
	w.Helper()
	switch with := append(slices.Clone(args), "--"+f.Name); {
	case f.Value.Type() == "bool":
	case f.Name == "db" || f.Name == "config" || f.Name == "out": // what a person calls a file is its name
		w.run(append(slices.Clone(with), filepath.Join("nowhere", flock())))
		if f.Name == "out" {
			w.run(append(with, storagetest.Cards[0]))
		}
	default:
		w.flies(func(bird string) []string { return append(slices.Clone(with), bird) })
	}
}

// run runs a command on a copy of the shop, and looks through all that it says and leaves.
func (w *canaryWalk) run(args []string) (said string, code int) {
	w.Helper()
	w.runs++
	folder := w.TempDir()
	if err := os.CopyFS(folder, os.DirFS(w.shop)); err != nil {
		w.Fatal(err)
	}
	out, said, code := runIn(w.T, folder, args, "")
	if code == 1 && strings.Contains(said, "internal") {
		w.Errorf("%q: exit %d, %s", args, code, said)
	}
	for place, text := range map[string]string{"stdout": out, "stderr": said} {
		if found := storagetest.Leak([]byte(text)); found != "" {
			w.Errorf("%q says on %s %q", args, place, found)
		}
	}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if found := storagetest.Leak(text); found != "" {
			w.Errorf("%q leaves in %s %q", args, filepath.Base(path), found)
		}
		return err
	})
	if err != nil {
		w.Error(err)
	}
	if err := os.RemoveAll(folder); err != nil {
		w.Error(err)
	}
	return said, code
}
