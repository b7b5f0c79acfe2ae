package domain

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

var refundWay = []Step{
	{Seq: 7, At: noon, Machine: "refund", Row: "Rf1", From: "", On: RefundAsked, To: RefundRequested},
	{Seq: 8, At: noon, Machine: "payment", Row: "P40", From: PaymentCaptured, On: RefundFact, To: PaymentCaptured},
	{Seq: 9, At: noon, Machine: "refund", Row: "Rf2", From: RefundRequested, On: RefundAccepted, To: RefundPending},
}

func contains(t *testing.T, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%q is missing in\n%s", w, text)
		}
	}
}

func TestPrintASCII(t *testing.T) {
	text := RefundMachine.ASCII(RefundPending, refundWay, 0)
	contains(
		t, text,
		"○ (new)\n  requested → requested   Rf1 ✓\n",
		"✓ requested\n",
		"  pending → pending   Rf2 ✓\n",
		"● pending\n",
		"  no_such_refund → failed (not_found)   Rf8\n",
		"○ canceled (final)\n",
	)
	for _, absent := range []string{"Rf12", "Rf14"} {
		if strings.Contains(text, absent) {
			t.Errorf("%s keeps the state or comes late, yet it is drawn", absent)
		}
	}
}

func TestPrintASCIIMergesArrows(t *testing.T) {
	text := OrderMachine.ASCII("", nil, 0)
	contains(t, text, "  due_reached → overdue, expired   O20\n", "  voided → cancelled (voided)   O17\n")
	if strings.ContainsAny(text, "●✓") {
		t.Error("the bare machine has marks")
	}
}

func TestPrintASCIIKeepsToItsWidth(t *testing.T) {
	eachMachine(t, func(t *testing.T, m *Machine) {
		for _, width := range []int{40, 80, 120} {
			for line := range strings.Lines(m.ASCII("", nil, width)) {
				if utf8.RuneCountInString(strings.TrimRight(line, "\n")) > width {
					t.Errorf("wider than %d: %q", width, line)
				}
			}
		}
		if m.ASCII("", nil, 1) == "" {
			t.Error("nothing at width 1")
		}
	})
}

// A way that was walked is drawn although it came out of its order.
func TestPrintShowsWhatWasWalkedLate(t *testing.T) {
	late := []Step{{Machine: "refund", Row: "Rf12", From: RefundFailed, On: RefundDone, To: RefundSucceeded}}
	contains(t, RefundMachine.ASCII(RefundSucceeded, late, 0), "  payment_refunded → succeeded   Rf12 ✓\n")
}

func TestPrintMermaid(t *testing.T) {
	text := RefundMachine.Mermaid(RefundPending, refundWay)
	contains(
		t, text,
		"stateDiagram-v2\n",
		"    state \"● pending\" as pending\n",
		"    state \"✓ requested\" as requested\n",
		"    [*] --> requested : refund_requested Rf1 ✓\n",
		"    requested --> failed : refund_not_sent (not_sent) Rf9\n",
		"    failed --> [*]\n",
		"    classDef now",
		"    class pending now\n",
		"    class requested walked\n",
	)
}

func TestPrintMermaidNamesStatesLegally(t *testing.T) {
	text := DisputeMachine.Mermaid("", nil)
	contains(t, text, "    state \"chargeback/open\" as chargeback_open\n", "    [*] --> chargeback_open : ")
	ids := map[string]State{}
	for _, s := range DisputeMachine.States() {
		id := mermaidID(s)
		if ids[id] != "" || strings.Contains(id, "/") {
			t.Errorf("%s and %s are both %s", ids[id], s, id)
		}
		ids[id] = s
	}
}

func TestPrintDOT(t *testing.T) {
	contains(
		t, DisputeMachine.DOT(ChargebackOpen, nil),
		"digraph dispute {\n",
		`    "chargeback/open" [label="● chargeback/open", penwidth=3]`,
		`    "compliance/won" [label="compliance/won", peripheries=2]`,
		`    "chargeback/open" -> "chargeback/accepted" [label="dispute_accepted\nD10"]`,
		"\n}\n",
	)
	contains(t, RefundMachine.DOT("", refundWay), `    "requested" -> "pending" [label="refund_pending\nRf2 ✓", penwidth=3]`)
}

func TestPrintJSON(t *testing.T) {
	text, err := json.Marshal(RefundMachine.JSON(RefundPending, refundWay))
	if err != nil {
		t.Fatal(err)
	}
	contains(
		t, string(text),
		`{"machine":"refund","states":[{"name":"requested","final":false}`,
		`{"name":"failed","final":true}`,
		`"transitions":[{"id":"Rf1","from":"","event":"refund_requested","to":"requested","guard":"captured; `,
		`"at":"pending","walked":[{"seq":7,"at":"2026-03-02T12:00:00Z","id":"Rf1","from":"","event":"refund_requested","to":"requested"},{"seq":9,`,
	)
	bare, err := json.Marshal(OperationMachine.JSON("", nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, absent := range []string{`"at"`, `"walked"`} {
		if strings.Contains(string(bare), absent) {
			t.Errorf("%s without a thing to show", absent)
		}
	}
}
