package tui

import (
	"fmt"
	"testing"

	"till/domain"
	"till/domain/till"
)

// Where more are known than are read at once, whoever is not among them is found by what is typed; Enter right behind it
// waits for the answer.
func TestSomebodyAmongMany(t *testing.T) {
	d := drive(t, 80, 24)
	add := func(p domain.Person) {
		if _, err := d.till.AddCustomer(t.Context(), till.Intent{}, p); err != nil {
			t.Fatal(err)
		}
	}
	add(domain.Person{FirstName: "Zoe", LastName: "First", Email: "zoe@example.com", Phone: "+44 20 7946 0001"})
	for i := range mostKnown {
		add(domain.Person{FirstName: fmt.Sprint("Ann", i), LastName: "Lee"})
	}
	d.typed("mug<enter>").press("ctrl+b").sees("Ann99").typed("zoe").sees("Zoe First").lacks("Ann99")
	d.press("esc").sees("Ann99").typed("7946").sees("Zoe First")
	d.press("esc").hold().typed("zoe").press("enter").release()
	if got := d.app.sale().basket.Client.Email; got != "zoe@example.com" {
		t.Errorf("the sale is for %q", got)
	}
	d.press("ctrl+b").typed("nobody").sees("none is called that").press("enter").sees("none is called that")
}
