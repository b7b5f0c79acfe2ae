package main

import (
	"bytes"
	"errors"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/term"
)

// saidTo gives lines to a program, and what it said.
func saidTo(t *testing.T, cmd *exec.Cmd, lines ...string) string {
	t.Helper()
	var out, complaint bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(strings.Join(lines, "\n")), &out, &complaint
	if err := cmd.Run(); err != nil || complaint.Len() > 0 {
		t.Fatalf("%v: %s\n%s", err, complaint.String(), out.String())
	}
	if strings.ContainsRune(out.String(), '\x1b') {
		t.Errorf("an escape sequence was written: %q", out.String())
	}
	return out.String()
}

// Lines in, lines out: a pipe sells, and what it left on the counter is there the next time. The end of the input is
// no error.
func TestAccessibleSellsThroughAPipe(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	if out := saidTo(t, s.command("--accessible"), "flat", "pay", "cash", "10", "espresso"); !strings.Contains(out, "change €6.00") {
		t.Error(out)
	}
	again := s.command()
	again.Env = append(again.Env, "TILL_ACCESSIBLE=1")
	if out := saidTo(t, again, "quit"); !strings.Contains(out, "line 1: 1 × Espresso") {
		t.Error(out)
	}
	s.intact()
}

// A demonstration says where its files are, which is not where the usual ones would be, and takes them away.
func TestADemonstrationNamesItsOwnFiles(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	cmd := s.command("--accessible", "--demo")
	cmd.Args = append(cmd.Args[:1], cmd.Args[3:]...) // without --db
	cmd.Env = append(cmd.Env, "TMPDIR="+s.home)
	out := saidTo(t, cmd, "settings", "quit")
	if found := regexp.MustCompile(`(?m)^(database|sandbox): .*/till-demo-\d+/till.*\.db`).FindAllString(out, -1); len(found) != 2 {
		t.Errorf("%q in\n%s", found, out)
	}
	if made := s.made(); len(made) > 0 {
		t.Errorf("it left %v", made)
	}
}

// What was not asked to talk in lines takes none: they could sell.
func TestAPipeIsNoConsole(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	cmd := s.command()
	cmd.Stdin = strings.NewReader("flat\npay\ncash\n\n")
	out, err := cmd.CombinedOutput()
	if left, ok := errors.AsType[*exec.ExitError](err); !ok || left.ExitCode() != 2 || !strings.Contains(string(out), "--accessible") {
		t.Errorf("%v: %s", err, out)
	}
}

// On a terminal nothing of it is changed: neither how it reads keys nor what it shows.
func TestAccessibleLeavesTheTerminalAlone(t *testing.T) {
	pty := openShell(t, 100, 50, programs)
	pty.sees(prompt)
	on := pty.modes()
	before, err := term.GetState(pty.pty.Fd())
	if err != nil {
		t.Fatal(err)
	}
	pty.send("till --accessible; echo \"left $?\"\r")
	pty.sees(`sale: a number, or an article:`)
	if during, err := term.GetState(pty.pty.Fd()); err != nil || *during != *before {
		t.Error("the terminal's modes were changed", err)
	}
	pty.send("flat\rpay\rcash\r5\r")
	pty.sees(`change €1\.00`)
	pty.send("quit\r")
	pty.sees(`(?m)^left 0$`)
	if len(on) > 0 {
		t.Errorf("switched on: %v", on)
	}
}

// Ctrl+C ends it as it ends a command; the sale on the counter stays.
func TestAccessibleIsInterrupted(t *testing.T) {
	pty := openShell(t, 100, 50, programs)
	pty.sees(prompt)
	pty.send("till --accessible; echo \"left $?\"\r")
	pty.sees(`an article:`)
	pty.send("flat\r")
	pty.sees(`line 1: 1 × Flat white`)
	pty.send("\x03")
	pty.sees(`(?s)till: interrupted.*left 130`)
	pty.send("clear; echo quit | till --accessible\r")
	pty.sees(`line 1: 1 × Flat white`)
}

// A terminal that can draw nothing is spoken to.
func TestADumbTerminalIsSpokenTo(t *testing.T) {
	pty := openShell(t, 100, 50, programs)
	pty.sees(prompt)
	on := pty.modes()
	pty.send("TERM=dumb till\r")
	pty.sees(`till, in words`)
	pty.send("quit\r")
	pty.sees(prompt)
	if len(on) > 0 {
		t.Errorf("switched on: %v", on)
	}
}

// NO_COLOR leaves the console as it is drawn, without any colour.
func TestNoColor(t *testing.T) {
	pty := openShell(t, 100, 30, programs)
	pty.sees(prompt)
	pty.send("NO_COLOR=1 till\r")
	pty.sees(`ready for the next customer`)
	for y := range 30 {
		for x := range 100 {
			if cell := pty.screen.CellAt(x, y); cell != nil && (cell.Style.Fg != nil || cell.Style.Bg != nil) {
				t.Fatalf("%q at %d,%d has a colour", cell.Content, x, y)
			}
		}
	}
	pty.answers()
	pty.send("\x03")
	pty.sees(prompt)
}

// A card's number and its CVV are typed unseen, and nothing else is; the terminal is left as it was, whether they are
// given or Ctrl+C comes.
func TestAccessibleShowsNoCardAsItIsTyped(t *testing.T) {
	pty := openShell(t, 100, 80, programs)
	pty.sees(prompt)
	before, err := term.GetState(pty.pty.Fd())
	if err != nil {
		t.Fatal(err)
	}
	as := func(want bool, what string) {
		t.Helper()
		if now, err := term.GetState(pty.pty.Fd()); err != nil || (*now == *before) != want {
			t.Errorf("the terminal shows what is typed of %s: %v, %v", what, want == false, err)
		}
	}
	pty.send("till --accessible; echo \"left $?\"\r")
	pty.sees(`an article:`)
	pty.send("flat\rpay\rcard\r")
	pty.sees(`(?im)^(card )?number[^\n]*:\s*\z`)
	as(false, "the number")
	pty.send("4242424242424242\r")
	pty.sees(`(?im)^(expiry|until|good)[^\n]*:\s*\z`)
	as(true, "the expiry")
	pty.send("12/34\r")
	pty.sees(`(?im)^security code[^\n]*:\s*\z`)
	as(false, "the CVV")
	pty.send("917\r")
	pty.sees(`(?im)^name[^\n]*:\s*\z`)
	as(true, "the name")
	if text := pty.text(); strings.Contains(text, "42424242") || strings.Contains(text, "917") || !strings.Contains(text, "12/34") {
		t.Errorf("it shows\n%s", text)
	}
	pty.send("\r")
	pty.sees(`paid`)
	pty.send("flat\rpay\rcard\r")
	pty.sees(`(?im)^(card )?number[^\n]*:\s*\z`)
	pty.send("\x03")
	pty.sees(`left 130`)
	as(true, "what follows")
}
