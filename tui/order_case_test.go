package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"till/domain"
	"till/domain/till"
)

// raise has the customer's bank open a case about the order's newest payment, which till hears of.
func (d *driver) raise(o *domain.Order, raised domain.Raising) domain.DisputeID {
	d.t.Helper()
	now, err := d.till.Store.Order(d.t.Context(), o.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	raised.Payment = now.Last().ID
	id, err := d.till.Bank.Raise(d.t.Context(), raised)
	if err == nil {
		err = d.till.Listen(d.t.Context())
	}
	if err != nil {
		d.t.Fatal(err)
	}
	d.follow()
	return id
}

// claimed opens the screen of an order over 50 euros about which there is a case.
func (d *driver) claimed(raised domain.Raising) (*order, domain.DisputeID) {
	d.t.Helper()
	o := d.sell(till.NewOrder{})
	d.charge(o, visa)
	id := d.raise(o, raised)
	return d.look(o), id
}

func TestCaseGoldens(t *testing.T) {
	for name, size := range map[string][2]int{"120x40": {120, 40}, "80x24": {80, 24}, "60x18": {60, 18}} {
		d := drive(t, size[0], size[1])
		_, id := d.claimed(domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"})
		d.golden("order-case-" + name)
		d.press("C").golden("order-case-tab-" + name)
		d.press("A").arm().golden("order-case-accept-" + name).press("esc")
		d.press("E").typed("tSigned for on the third.<enter>")
		d.press("E").typed("s").arm().press("y").golden("order-case-sent-" + name)
		d.press("esc", "tab", "tab").golden("order-case-attempts-" + name)
		if err := d.till.Bank.Advance(t.Context(), id, "pre_arbitration"); err != nil {
			t.Fatal(err)
		}
		if err := d.till.Listen(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.follow()
		d.press("C").golden("order-case-prearbitration-" + name)
	}
}

// Giving in is asked once, deaf until it has been seen, with the amounts before and after; then the money is lost.
func TestAcceptCase(t *testing.T) {
	d := drive(t, 120, 40)
	s, _ := d.claimed(domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"})
	d.sees("⚑ dispute: chargeback", "13.1", "A     accept the case")
	d.press("A", "y")
	if s.dispute().State != domain.ChargebackOpen || s.running != "" {
		t.Fatal("an answer was taken before the question could be seen")
	}
	d.arm().sees("give in to the case over €50.00?", "€50.00 is lost", "held by the bank", "€50.00  →").press("y")
	d.sees("the case: chargeback · accepted · lost", "lost €50.00")
	if s.dispute().State != domain.ChargebackAccepted || s.shown.Sums().DisputedLost != 5000 {
		t.Errorf("the case is %s", s.dispute().State)
	}
}

// Evidence is gathered from a text and a file, which is read aside, and sent once.
func TestEvidence(t *testing.T) {
	d := drive(t, 120, 40)
	s, _ := d.claimed(domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"})
	path := filepath.Join(t.TempDir(), "the slip.txt")
	if err := os.WriteFile(path, []byte("signed: Ann"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.press("E").lacks("send it").sees("a text", "a file", "proof of delivery").typed("f").paste("'" + path + "'").hold().press("enter")
	if len(s.dispute().Papers) != 0 || len(d.held) == 0 {
		t.Fatal("the file was not read aside")
	}
	d.release().sees("1 paper not sent yet; E and s send it")
	d.press("E").typed("f"+filepath.Join(t.TempDir(), "none.pdf")+"<enter>").sees("none.pdf is not there", "which file?")
	d.press("esc", "E").typed("tSigned for.<enter>").sees("2 papers not sent yet")
	d.press("E").sees("2 papers, once and for all").typed("s").sees("send the evidence in the case over €50.00?").arm().press("y")
	d.sees("◧ representment · responded", "held by the bank", "their turn, until")
	for _, p := range s.dispute().Papers {
		if !p.Sent {
			t.Errorf("%s was not sent", p.Name)
		}
	}
	d.press("C").sees("the slip.txt (11 bytes, sent)", "statement.txt").press("E").sees("evidence: ")
}

// A path is completed by the tab key, aside, and several files are taken at once as a terminal drops them.
func TestEvidencePaths(t *testing.T) {
	d := drive(t, 120, 40)
	s, _ := d.claimed(domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"})
	dir := t.TempDir()
	for name, text := range map[string]string{"slip one.txt": "signed", "slip two.txt": "sent", "odd.bin": "\x00"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d.press("E").typed("f").paste(dir+"/s").press("tab").sees("slip one.txt", "slip two.txt").typed("o").press("tab").lacks("slip two.txt")
	d.press("enter").sees("1 paper not sent yet")
	d.press("E").typed("f").paste("'" + dir + "/slip one.txt' '" + dir + "/slip two.txt'").press("enter").sees("2 papers not sent yet")
	d.press("E").typed("f").paste(dir+"/odd.bin").press("enter").sees("odd.bin is no PDF, PNG, JPEG or plain text", "which file?", "● enter add it")
	d.typed("x").lacks("is no PDF").press("enter").sees("which file?", "odd.binx", "✗").press("esc").lacks("which file?")
	d.press("E").typed("f").paste(dir + "/none").press("tab").sees("which file?")
	if n := len(s.dispute().Papers); n != 2 {
		t.Errorf("%d papers", n)
	}
}

// An answer that was lost is asked about from the case, and a report of fraud says what ends it.
func TestCaseSaysWhatNow(t *testing.T) {
	d := drive(t, 120, 40)
	s, _ := d.claimed(domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"})
	if err := d.till.Bank.SetFault(t.Context(), domain.Fault{Operation: domain.DisputeEvidence, Name: "timeout_after", Times: 1}); err != nil {
		t.Fatal(err)
	}
	d.press("C", "E").typed("tSigned for.<enter>").press("E").typed("s").arm().press("y")
	d.sees("Nobody knows yet what came of the answer: this asks").lacks("dispute_evidence").press("s").sees("representment · responded").lacks("Nobody knows")
	if s.dispute().State != domain.RepresentmentResponded {
		t.Errorf("the case is %s", s.dispute().State)
	}
	advised := drive(t, 120, 40)
	advised.claimed(domain.Raising{Stage: domain.StageFraudAdvice})
	advised.press("C").sees("To give €50.00 back ends it: no chargeback follows").press("r").arm().press("y").sees("fraud advice · closed")
	warned := drive(t, 120, 40)
	warned.claimed(domain.Raising{Stage: domain.StageChargeback, Announced: true})
	warned.press("C").sees("€50.00 is lost, and the fee that comes once it is taken.")
}

// What cannot be done about a case stays visible with the sentence why, which is the till's.
func TestCaseRefusals(t *testing.T) {
	d := drive(t, 160, 60)
	s, _ := d.claimed(domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"})
	refused := 0
	d.press("C")
	for _, c := range d.till.DisputeActions(s.shown, s.looked(), s.dispute()) {
		if c.Refusal != "" {
			d.sees(c.Refusal)
			refused++
		}
	}
	if refused != 3 {
		t.Errorf("%d actions are refused", refused)
	}
	d.press("D").sees("decline: ")
	if d.app.dialog != nil {
		t.Error("a refused action asked a question")
	}
}

// A case is declined, taken to arbitration by the other side, and given up there.
func TestCaseUpTheLadder(t *testing.T) {
	d := drive(t, 120, 40)
	s, id := d.claimed(domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"})
	d.press("E").typed("tSigned for.<enter>").press("E").typed("s").arm().press("y")
	move := func(outcome string) {
		t.Helper()
		if err := d.till.Bank.Advance(t.Context(), id, outcome); err != nil {
			t.Fatal(err)
		}
		if err := d.till.Listen(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.follow()
	}
	move("pre_arbitration")
	d.press("E").lacks("send it").press("esc").press("D").sees("refuse to give €50.00?").arm().press("y").sees("◧ pre-arbitration · responded")
	d.press("F").sees("take the case over €50.00 to arbitration?", "the loser pays its fees").arm().press("y").sees("⚑ arbitration · open")
	d.press("W").sees("give up the case over €50.00?").arm().press("y").sees("✗ arbitration · lost")
	if s.dispute().State != domain.ArbitrationLost {
		t.Errorf("the case is %s", s.dispute().State)
	}
	d.press("tab").sees("asked to take further the case over €50.00", "giving up: done")
}

// What becomes of a rewound case is that of its time; before there was one, that is said.
func TestCaseRewound(t *testing.T) {
	d := drive(t, 120, 40)
	s, _ := d.claimed(domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"})
	d.press("C").sees("the customer's bank takes the money back").press("[").sees("there was no case yet").press("]").sees("they say")
	if s.tab != caseTab {
		t.Errorf("tab %d", s.tab)
	}
	d.press("esc").sees("accept the case").press("C", "tab").sees("accept the case")
}

// Of several cases one after the other is shown, and the open one first.
func TestSeveralCases(t *testing.T) {
	d := drive(t, 120, 40)
	o := d.sell(till.NewOrder{})
	d.charge(o, visa)
	first := d.raise(o, domain.Raising{Stage: domain.StageChargeback, Reason: "13.1", Amount: 1000})
	second := d.raise(o, domain.Raising{Stage: domain.StageChargeback, Reason: "10.4", Amount: 2000})
	if err := d.till.Bank.Advance(t.Context(), second, "withdrawn"); err != nil {
		t.Fatal(err)
	}
	if err := d.till.Listen(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := d.look(o)
	if s.dispute().ID != first {
		t.Errorf("%s is looked at, not the open one", s.dispute().ID)
	}
	d.press("C").sees("1 of 2, C shows the next", "€10.00").press("C").sees("2 of 2", "✓ chargeback · withdrawn", "€20.00 came back")
	if s.dispute().ID != second {
		t.Error("C does not go on")
	}
}

// A key of an action about cases is there only where there is one.
func TestNoCaseNoKeys(t *testing.T) {
	d := drive(t, 120, 40)
	d.onHold()
	d.lacks("accept the case", " case ").press("A", "C", "E")
	if d.app.dialog != nil || strings.Contains(d.screen(), "they say") {
		t.Error("a case that is not there can be answered")
	}
}
