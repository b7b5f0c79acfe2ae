package tui

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"till/domain"
)

// walk is a life that went through states, one after the other.
func walk(next map[domain.State]string, states ...domain.State) life {
	l := life{at: states[len(states)-1], next: next}
	var before domain.State
	for i, to := range states {
		l.walked = append(l.walked, domain.Step{Seq: domain.Seq(i + 1), From: before, To: to})
		before = to
	}
	return l
}

// histories are lives worth drawing.
var histories = []struct {
	name    string
	picture *picture
	life    life
}{
	{"order-issued", orderPicture, walk(map[domain.State]string{"in_progress": "⏎", "cancelled": "x", "received": "m"}, "issued")},
	{"order-hold", orderPicture, walk(map[domain.State]string{"paid": "c", "part_paid": "c", "cancelled": "v"}, "issued", "in_progress", "hold")},
	{"order-retried", orderPicture, walk(nil, "issued", "viewed", "in_progress", "failed", "in_progress", "paid")},
	{"order-voided", orderPicture, walk(nil, "issued", "in_progress", "hold", "cancelled")},
	{"payment-authorized", paymentPicture, walk(map[domain.State]string{"captured": "c", "part_captured": "c", "voided": "v"}, "created", "processing", "authorized")},
	{"payment-unknown", paymentPicture, walk(nil, "created", "processing", "unknown")},
	{"payment-needs-action", paymentPicture, walk(map[domain.State]string{"processing": "b", "declined": "b", "expired": "b", "cancelled": "X"}, "created", "processing", "needs_action")},
	{"payment-scheduled", paymentPicture, walk(map[domain.State]string{"cancelled": "X"}, "created", "scheduled")},
	{"payment-retry-wait", paymentPicture, walk(map[domain.State]string{"processing": "t", "cancelled": "X"}, "created", "processing", "retry_wait")},
	{"payment-reversed", paymentPicture, walk(nil, "created", "processing", "authorized", "captured", "reversed")},
	{"dispute-chargeback", disputePicture, walk(map[domain.State]string{"chargeback/accepted": "A", "representment/responded": "E"}, "chargeback/open")},
	{"dispute-won", disputePicture, walk(map[domain.State]string{"pre_arbitration/accepted": "A", "pre_arbitration/responded": "D"}, "fraud_advice/open", "chargeback/open", "representment/responded", "representment/won", "pre_arbitration/open")},
	{"dispute-arbitration", disputePicture, walk(map[domain.State]string{"arbitration/lost": "W", "arbitration/responded": "E"}, "chargeback/open", "representment/responded", "pre_arbitration/open", "pre_arbitration/responded", "arbitration/open")},
	{"dispute-favour", disputePicture, walk(map[domain.State]string{"good_faith/closed": "W"}, "chargeback/open", "chargeback/expired", "good_faith/responded")},
	{"dispute-rule", disputePicture, walk(map[domain.State]string{"compliance/responded": "E"}, "pre_compliance/open", "pre_compliance/responded", "compliance/open")},
	{"payout-created", payoutPicture, walk(map[domain.State]string{"processing": "c", "canceled": "x", "failed": "b", "needs_data": "b"}, "created")},
	{"payout-given", payoutPicture, walk(map[domain.State]string{"paid": "b", "failed": "b", "expired": "b"}, "created", "needs_data", "processing")},
	{"payout-returned", payoutPicture, walk(nil, "created", "processing", "paid", "returned")},
	{"refund-reversed", refundPicture, walk(nil, "requested", "pending", "succeeded", "reversed")},
}

func goldenText(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	var trimmed strings.Builder
	for line := range strings.Lines(text + "\n") {
		trimmed.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	if *update {
		if err := os.WriteFile(path, []byte(trimmed.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if trimmed.String() != string(want) {
		t.Errorf("not as in %s:\n%s\nwanted:\n%s", path, trimmed.String(), want)
	}
}

func TestDrawings(t *testing.T) {
	st := newStyles(true)
	for _, h := range histories {
		var all strings.Builder
		for _, size := range [][2]int{{116, h.picture.height()}, {76, 9}, {56, 4}, {56, 1}} {
			fmt.Fprintf(&all, "%d columns\n%s\n\n", size[0], ansi.Strip(drawMachine(st, h.picture, h.life, size[0], size[1]).text()))
		}
		goldenText(t, "drawing-"+h.name, all.String())
	}
}

// Every state has a seat of its own, every seat is a state of the machine, and every rail is one of its arrows.
func TestPicturesAreTheirMachines(t *testing.T) {
	for _, p := range pictures {
		states, taken := p.machine.States(), map[seat]domain.State{}
		for _, state := range states {
			where, seated := p.seats[state]
			if !seated {
				t.Errorf("%s: %q has no seat", p.machine.Name, state)
			}
			if other, used := taken[where]; used {
				t.Errorf("%s: %q sits on %q", p.machine.Name, state, other)
			}
			taken[where] = state
		}
		for state := range p.seats {
			if !slices.Contains(states, state) {
				t.Errorf("%s: there is no state %q", p.machine.Name, state)
			}
		}
		for _, rail := range p.rails {
			if !slices.ContainsFunc(p.machine.Rows(), func(t domain.Transition) bool { return t.From == rail[0] && t.To == rail[1] }) {
				t.Errorf("%s: no arrow leads from %q to %q", p.machine.Name, rail[0], rail[1])
			}
		}
	}
}

// Whole, every state is told by its glyph and its word; whatever its size, a drawing keeps to it and shows where
// the thing stands.
func TestDrawingsFit(t *testing.T) {
	st := newStyles(false)
	for _, h := range histories {
		whole := ansi.Strip(drawMachine(st, h.picture, h.life, 116, h.picture.height()).text())
		for _, state := range h.picture.machine.States() {
			if !strings.Contains(whole, h.picture.short(state)) {
				t.Errorf("%s: %s is not told:\n%s", h.name, state, whole)
			}
		}
		for columns := 20; columns <= 200; columns += 7 {
			for lines := 1; lines <= h.picture.height()+2; lines++ {
				drawn := drawMachine(st, h.picture, h.life, columns, lines).text()
				rows := strings.Split(drawn, "\n")
				if len(rows) > lines || slices.ContainsFunc(rows, func(row string) bool { return width(row) > columns }) {
					t.Fatalf("%s does not fit %dx%d:\n%s", h.name, columns, lines, drawn)
				}
				if columns >= 40 && !strings.Contains(ansi.Strip(drawn), h.picture.text(h.life.at)) && !isWhole(h.picture, drawn) {
					t.Fatalf("%s at %dx%d does not say where it stands:\n%s", h.name, columns, lines, drawn)
				}
			}
		}
	}
}

// isWhole tells whether a drawing has the names of the stages, under which a state is told shortly.
func isWhole(p *picture, drawn string) bool {
	for stage := range p.stages {
		if !strings.Contains(ansi.Strip(drawn), domain.State(stage).Words()+" ") {
			return false
		}
	}
	return p.stages != nil
}

// Without any colour the walked way is heavy, the present state stands in a heavy box, what can come is dashed
// and has its key, and everything else has no box.
func TestDrawingsNeedNoColour(t *testing.T) {
	drawn := ansi.Strip(drawMachine(newStyles(true), orderPicture, histories[1].life, 116, 14).text())
	for _, part := range []string{"━━ ◎ viewed ━━", "┫ ◈ hold ┠╌", "┏━━━", "╭╌ c ╌", "╎", "│ ○ issued ┝━", "   ◌ draft  "} {
		if !strings.Contains(drawn, part) {
			t.Errorf("%q is not in\n%s", part, drawn)
		}
	}
}

// The newest arrow is lit bit by bit, and looks like any other once it has arrived.
func TestSpark(t *testing.T) {
	st, l := newStyles(true), histories[1].life
	still := drawMachine(st, orderPicture, l, 116, 14).text()
	lit := func() int { return strings.Count(ansi.Strip(drawMachine(st, orderPicture, l, 116, 14).text()), "━") }
	before := -1
	for l.spark = sparkFrames; l.spark > 0; l.spark-- {
		if now := lit(); now < before {
			t.Errorf("the arrow goes back at %d", l.spark)
		} else {
			before = now
		}
	}
	if drawMachine(st, orderPicture, l, 116, 14).text() != still || lit() <= before-1 {
		t.Error("the arrow does not arrive")
	}
}

// On one line things are whole or left out.
func TestPathsAreWhole(t *testing.T) {
	st := newStyles(true)
	for _, h := range histories {
		for columns := 24; columns <= 100; columns++ {
			drawn := strings.TrimRight(ansi.Strip(drawPath(st, h.picture, h.life, columns).text()), " ")
			end := drawn[strings.LastIndexByte(drawn, ' ')+1:]
			if width(drawn) > columns || strings.HasSuffix(end, "…") && end != "…" {
				t.Errorf("%s at %d: %s", h.name, columns, drawn)
			}
		}
	}
}

// height is where the whole picture has room, whatever of it is lit.
func (p *picture) height() int {
	if p.stages != nil {
		return 24
	}
	return 14
}
