package main

import (
	"context"
	"encoding/json"
	"fmt"
	dice "math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"

	"till/domain"
)

// The points at which a child stops. Those in a commit lie between two writes to the file, or before its sync.
const (
	beforeIntent  = "before the intent"
	inIntent      = "in the intent's commit"
	afterIntent   = "after the intent"
	inGateway     = "in the gateway's commit"
	afterGateway  = "after the gateway did it"
	beforeOutcome = "before the outcome"
	inOutcome     = "in the outcome's commit"
	afterOutcome  = "after the outcome"
	inSweep       = "in the sweep" // what a commit leaves to be done, as forgetting does
	inCopy        = "in the copy"  // of an older file, before it is migrated
	inFile        = "in the file"  // the database itself, under its log: a checkpoint, a vacuum
	acknowledged  = "once it is said"
)

// points is the order of the table.
var points = []string{
	beforeIntent, inIntent, afterIntent, inGateway, afterGateway, beforeOutcome, inOutcome, afterOutcome, inSweep, inCopy, inFile, acknowledged,
}

// trap ends its process at a point.
type trap struct {
	disk  *disk
	rolls *dice.Rand
	cut   bool // the power goes with it

	mu     sync.Mutex
	work   string
	point  string // "": none
	passed int    // how often the point is passed before
	writes int    // in a commit: how many writes are let through
	phase  string // whose commit is running
}

func newTrap(rolls *dice.Rand, cut bool) *trap {
	x := &trap{rolls: rolls, cut: cut}
	x.disk = watchDisk(x.wrote, x.syncs)
	return x
}

// arm has the next work stop at a point.
func (x *trap) arm(work, point string, passed int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.work, x.point, x.passed, x.writes = work, point, passed, x.rolls.IntN(4)
	if work == opening || work == migrating { // all of it is one step
		x.phase = inIntent
	}
}

// reach is at a point.
func (x *trap) reach(point string) {
	if x.isHere(point, true) {
		x.disk.Lock()
		x.die()
	}
}

func (x *trap) isHere(point string, whole bool) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if point == "" || x.point != point {
		return false
	}
	switch {
	case whole && x.passed > 0:
		x.passed--
		return false
	case !whole && x.writes > 0:
		x.writes--
		return false
	}
	return true
}

// die says where and ends the process, as the system ends one: nothing is deferred, nothing closed. The disk is locked.
func (x *trap) die() {
	mouth.Lock() // for good: who reads meanwhile what a power cut leaves has nothing to say of it
	speak(line{At: &cell{x.work, x.point}})
	if x.cut {
		if err := x.disk.cutPower(x.rolls); err != nil {
			speak(line{Wrong: "no power cut: " + err.Error()})
		}
	}
	kill()
}

// kill ends this process by the signal that nobody hears.
func kill() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {}
}

func (x *trap) wrote(path string) {
	if x.isHere(x.place(path), false) {
		x.die()
	}
}

// syncs: all is written and nothing synced. It is the last chance of a commit; what is written after it is no part of it.
func (x *trap) syncs(path string) {
	x.mu.Lock()
	point := x.placed(path)
	last := point != "" && x.point == point
	if point == inIntent && x.work != opening && x.work != migrating {
		x.phase = inSweep
	}
	x.mu.Unlock()
	if last {
		x.die()
	}
}

func (x *trap) place(path string) string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.placed(path)
}

// placed is the point that a write to a file is.
func (x *trap) placed(path string) string {
	switch {
	case strings.Contains(path, ".before-schema-"):
		return inCopy
	case strings.HasSuffix(path, ".sandbox.db-wal"):
		return inGateway
	case strings.HasSuffix(path, ".db-wal"):
		return x.phase
	case strings.HasSuffix(path, ".db") && !strings.HasSuffix(path, ".sandbox.db"):
		return inFile
	}
	return "elsewhere"
}

// commits runs a commit of a phase, and passes the points around it. It may run within a call to the gateway.
func (x *trap) commits(phase string, do func(writing func(phase string)) error) error {
	x.mu.Lock()
	outer := x.phase
	x.mu.Unlock()
	set := func(p string) { x.mu.Lock(); x.phase = p; x.mu.Unlock() }
	wrote := ""
	err := do(func(p string) { wrote = p; x.reach(around[p].before); set(p) })
	set(outer)
	if err == nil && wrote != "" {
		x.reach(around[wrote].after)
	}
	return err
}

var around = map[string]struct{ before, after string }{
	inIntent:  {beforeIntent, afterIntent},
	inOutcome: {beforeOutcome, afterOutcome},
}

// stops is a store whose commits are points.
type stops struct {
	domain.Store
	*trap
}

// outcomes are the entries of what a provider said.
var outcomes = []domain.Kind{domain.KindOperationAnswered, domain.KindFactsReported}

func (s stops) Update(ctx context.Context, decide func(domain.Tx) ([]domain.Entry, error)) (entries []domain.Entry, err error) {
	err = s.commits("", func(writing func(string)) error {
		entries, err = s.Store.Update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
			decided, err := decide(tx)
			if err == nil && len(decided) > 0 {
				phase := inIntent
				if slices.Contains(outcomes, decided[0].Kind) {
					phase = inOutcome
				}
				writing(phase)
			}
			return decided, err
		})
		return err
	})
	return entries, err
}

// Rebuild and Park are a commit that is all intent.
func (s stops) Rebuild(ctx context.Context) error {
	return s.commits("", func(writing func(string)) error { writing(inIntent); return s.Store.Rebuild(ctx) })
}

func (s stops) Park(ctx context.Context, sales ...domain.ParkedSale) error {
	return s.commits("", func(writing func(string)) error { writing(inIntent); return s.Store.Park(ctx, sales...) })
}

// answers is a provider whose answers are a point.
type answers struct {
	domain.Provider
	*trap
}

func (a answers) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	outcome, err := a.Provider.Do(ctx, op)
	a.reach(afterGateway)
	return outcome, err
}

// line is one thing that a child says: one of its fields.
type line struct {
	Begins *deed  `json:",omitempty"` // it sets out to do it
	Done   *deed  `json:",omitempty"` // it was told that it is done
	At     *cell  `json:",omitempty"` // it stops there
	Missed bool   `json:",omitempty"` // the work ended without coming to the point
	Wrong  string `json:",omitempty"`
}

type cell struct{ Work, Point string }

func (p cell) String() string { return p.Work + ", " + p.Point }

// mouth lets one speak at a time.
var mouth sync.Mutex

// say writes a line in one piece, straight to the parent.
func say(l line) {
	mouth.Lock()
	defer mouth.Unlock()
	speak(l)
}

func speak(l line) {
	text, err := json.Marshal(l)
	if err != nil {
		panic(err)
	}
	if _, err := fmt.Fprintf(os.Stdout, "%s\n", text); err != nil {
		panic(err)
	}
}
