package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// A till of the sandbox reaches nobody: for a day it lives behind a wall where the kernel kills who asks for a socket, or
// starts another program.

// walled is the variable that has this program, started anew, become another one behind the wall.
const walled = "TILL_TEST_WALLED"

func init() {
	if program := os.Getenv(walled); program != "" {
		err := wall()
		if err == nil {
			err = syscall.Exec(program, append([]string{program}, os.Args[1:]...), os.Environ())
		}
		fmt.Fprintln(os.Stderr, "no wall:", err)
		os.Exit(97)
	}
}

// wall has the kernel end this process, and what it becomes, at its first call of socket, and at a clone that is no thread
// (seccomp(2)).
func wall() error {
	const (
		noNewPrivileges, setSeccomp, byFilter = 38, 22, 2
		load, equal, hasBits, answer          = 0x20, 0x15, 0x45, 0x06 // of a packet filter
		number, firstArgument                 = 0, 16                  // where they lie
		kill, allow, unknown                  = 0x80000000, 0x7fff0000, 0x50000 | uint32(syscall.ENOSYS)
		clone3                                = 435 // whose arguments no filter sees: who is told that there is none takes clone
	)
	type step struct {
		code    uint16
		yes, no uint8 // how many steps are passed over
		value   uint32
	}
	steps := []step{
		{load, 0, 0, number},
		{equal, 4, 0, syscall.SYS_SOCKET},
		{equal, 5, 0, clone3},
		{equal, 0, 3, syscall.SYS_CLONE},
		{load, 0, 0, firstArgument},
		{hasBits, 1, 0, syscall.CLONE_THREAD},
		{answer, 0, 0, kill},
		{answer, 0, 0, allow},
		{answer, 0, 0, unknown},
	}
	filter := struct {
		length uint16
		steps  *step
	}{uint16(len(steps)), &steps[0]}
	if _, _, err := syscall.RawSyscall(syscall.SYS_PRCTL, noNewPrivileges, 1, 0); err != 0 {
		return err
	}
	if _, _, err := syscall.RawSyscall(syscall.SYS_PRCTL, setSeccomp, byFilter, uintptr(unsafe.Pointer(&filter))); err != 0 {
		return err
	}
	return nil
}

// behindTheWall is a folder with a till that lives there, for a shell and for commands.
func behindTheWall(t *testing.T, program string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\n%s='%s' exec '%s' \"$@\"\n", walled, program, self)
	if err := os.WriteFile(filepath.Join(folder, "till"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestASandboxReachesNobody(t *testing.T) {
	s := newShop(t)
	real := programs
	t.Cleanup(func() { programs = real })
	programs = behindTheWall(t, filepath.Join(real, "till"))
	commands := 0
	must := func(args ...string) string {
		commands++
		return s.must(args...)
	}
	card := []string{"--card", "4242424242424242", "--expiry", "12/34", "--cvv", "100", "--json"}
	pay := func(n int, more ...string) payment {
		must("order", "issue", "--email", "ann@quay.example", "--item", "Tea@30")
		return parsed[payment](s, must(append(append([]string{"pay", strconv.Itoa(n)}, card...), more...)...))
	}
	must("shift", "open", "--float", "50")
	must("payment", "refund", pay(1).ID, "--amount", "10")
	held := pay(2, "--capture", "manual")
	must("sandbox", "fault", "set", "capture", "timeout_after")
	s.run("payment", "capture", held.ID)
	must("payment", "sync", held.ID)
	must("sandbox", "dispute", pay(3).ID)
	must("payout", "create", "--amount", "5", "--name", "Ann", "--iban", "DE89370400440532013000")
	must("order", "issue", "--email", "ann@quay.example", "--item", "Tea@30")
	must("pay", "4", "--method", "ideal", "--bic", "INGBNL2A")
	must("clock", "advance", "24h")
	for _, args := range []string{"sandbox notices", "shift close --counted 50", "receipt 1", "order list", "journal verify", "methods", "paths", "version", "help", "man"} {
		must(strings.Fields(args)...)
	}
	s.run("doctor")
	term := openShell(t, 100, 30, programs)
	term.sees(prompt)
	term.send("till; echo left $?\r")
	term.sees("SANDBOX")
	term.send(flatWhite)
	term.sees(`1 × Flat white`)
	for _, key := range []string{"\r", "a", right, "\r"} {
		term.send(key)
	}
	term.sees(`(?s)receipt.*paid`)
	term.send("\x03")
	term.sees(`(?m)^left 0$`)
	t.Logf("proof: %d commands and a console in a day of a sandbox, 0 sockets and 0 programs started", commands+1)
}
