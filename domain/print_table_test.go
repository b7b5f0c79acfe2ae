package domain

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPrintMarkdown(t *testing.T) {
	text := RefundMachine.Markdown(RefundPending, refundWay)
	contains(
		t, text,
		"# The machine of the refund\n\nIt stands at **pending**.\n\n| id | from | event | to | guard | why | walked | here |\n| --- |",
		"| **Rf1** |  | refund_requested | requested | ", " | ✓ 7 |  |\n",
		" | ✓ 9 | ● you are here |\n",
	)
	if strings.Contains(text, "Rf12") {
		t.Error("what takes things out of their order is shown although it was not walked")
	}
	bare := RefundMachine.Markdown("", nil)
	contains(t, bare, "| id | from | event | to | guard | why |\n")
	if strings.ContainsAny(bare, "●✓") || strings.Contains(bare, "stands") {
		t.Error("the bare machine has marks")
	}
}

// A table has a line for each row, as many cells in each as its head.
func TestPrintCSV(t *testing.T) {
	eachMachine(t, func(t *testing.T, m *Machine) {
		for _, at := range []State{"", m.States()[0]} {
			lines, err := csv.NewReader(strings.NewReader(m.CSV(at, nil))).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			if len(lines) != len(m.Rows())+1 || slices.Contains(lines[0], "walked") != (at != "") {
				t.Errorf("%d lines with %v for %d rows", len(lines), lines[0], len(m.Rows()))
			}
		}
	})
	contains(t, RefundMachine.CSV(RefundPending, refundWay), ",7,\n", ",9,yes\n")
}

// A dispute has many states: they come stage by stage, and no line of them is broken.
func TestPrintASCIIUpTheLadder(t *testing.T) {
	text := DisputeMachine.ASCII("", nil, 80)
	contains(
		t, text,
		"  received, evidence_required, debited → chargeback/open   D7, D8\n",
		"○ chargeback/accepted\n○ chargeback/expired\n  filed → good_faith/responded   D26\n\n",
		"○ good_faith/accepted (final)\n○ good_faith/closed (final)\n○ good_faith/won (final)\n",
	)
	var stages []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "      ") || utf8.RuneCountInString(line) > 80 {
			t.Errorf("broken: %q", line)
		}
		if state, is := strings.CutPrefix(line, "○ "); is && strings.Contains(state, "/") {
			stages = append(stages, stageOf(State(state)))
		}
	}
	if once := slices.Compact(slices.Clone(stages)); len(once) != 9 || len(stages) != len(disputeStates) {
		t.Errorf("%d states, and the stages come as %v", len(stages), once)
	}
}
