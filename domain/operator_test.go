package domain

import (
	"strings"
	"testing"
)

// Somebody who could add another stays; whoever is disabled, or no manager, is nobody who could.
func TestTheLastManagerStays(t *testing.T) {
	maria := &Operator{ID: "opr_1", Name: "Maria", Role: Manager, State: OperatorActive}
	bob := &Operator{ID: "opr_2", Name: "Bob", Role: Clerk, State: OperatorActive}
	max := &Operator{ID: "opr_3", Name: "Max", Role: Manager, State: OperatorActive}
	gone := &Operator{ID: "opr_4", Name: "Gone", Role: Manager, State: OperatorDisabled}
	for _, c := range []struct {
		of     *Operator
		action string
		staff  []*Operator
		said   string
	}{
		{maria, "disable", []*Operator{maria, bob, gone}, "Maria is the last manager, and nobody else could add another"},
		{maria, "disable", []*Operator{maria, max}, ""},
		{bob, "disable", []*Operator{maria, bob}, ""},
		{maria, "pin", []*Operator{maria}, ""},
		{gone, "disable", []*Operator{maria, gone}, "not while the operator is disabled"},
		{gone, "add", []*Operator{maria, gone}, ""},
		{bob, "add", []*Operator{maria, bob}, "not while the operator is active"},
	} {
		err := c.of.Refuses(c.action, c.staff)
		if (err == nil) != (c.said == "") || err != nil && (CodeOf(err) != CodeIllegalTransition || !strings.Contains(err.Error(), c.said)) {
			t.Errorf("%s %s: %v", c.action, c.of.Name, err)
		}
	}
}
