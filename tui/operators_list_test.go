package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// A click chooses the row that is seen there, also where the first ones have gone off the top.
func TestAClickChoosesTheOperatorWhoIsSeen(t *testing.T) {
	d := staffed(t, 60, 18).as("Maria", mariasPIN)
	for i := range 12 {
		if _, err := d.till.AddOperator(t.Context(), till.Intent{}, fmt.Sprintf("Clerk no %02d", i), domain.Clerk, domain.NewSecret(bobsPIN)); err != nil {
			t.Fatal(err)
		}
	}
	d.run(d.app.push(newOperators(d.app.desk)))
	for range 13 {
		d.press("down")
	}
	d.lacks("Maria  ").sees("› Clerk no 11", "  Clerk no 09").click("Clerk no 09").sees("› Clerk no 09")
	d.click("Clerk no 04").sees("› Clerk no 04")
}

// A click beside the name of whoever is here changes nothing, where there is no room for their role.
func TestAClickBesideTheOperatorsName(t *testing.T) {
	d := staffed(t, 80, 24).as("Maria", mariasPIN).click("SANDBOX").lacks("who is here?")
	d.send(tea.MouseClickMsg{X: 80 - margin - 1, Button: tea.MouseLeft}).sees("who is here?")
}

// Somebody who is locked out is told so whole, drawn and in words.
func TestTheOperatorsTellWhoIsLockedOut(t *testing.T) {
	d := staffed(t, 60, 18).as("Maria", mariasPIN)
	for range domain.TriesAtOnce {
		if _, err := d.till.SignIn(t.Context(), "Bob", domain.NewSecret("000111")); err == nil {
			t.Fatal("a wrong PIN is taken")
		}
	}
	d.run(d.app.push(newOperators(d.app.desk)))
	d.sees("! locked out for 60 s").press("up").sees("! locked out for 60 s")
	var words []string
	for _, r := range d.app.top().(*operators).plainRows().rows {
		words = append(words, r.text)
	}
	if told := strings.Join(words, "\n"); !strings.Contains(told, "Bob, clerk, locked out for 60 s, since") {
		t.Error(told)
	}
}
