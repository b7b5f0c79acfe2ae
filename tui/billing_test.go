package tui

import (
	"fmt"
	"testing"

	"till/domain"
)

func TestBillingIsMadeForTheCountry(t *testing.T) {
	d := drive(t, 120, 40).typed("mug<enter>").press("ctrl+b", "ctrl+n", "ctrl+y")
	d.typed("united st<enter>").sees("State *", "ZIP code", "E-mail")
	d.burst("Ada<tab>Lovelace<tab>ada@example.com<tab>+1 555 1234<tab>1 Main St<tab><tab>Springfield<tab>oreg<tab>97477<enter>")
	want := domain.Person{
		FirstName: "Ada", LastName: "Lovelace", Email: "ada@example.com", Phone: "+1 555 1234",
		Address: domain.Address{Line1: "1 Main St", City: "Springfield", Area: "OR", Postcode: "97477", Country: "US"},
	}
	if got := d.app.sale().basket.Client; got != want {
		t.Errorf("%+v\n%s", got, d.screen())
	}
	d.sees("for Ada Lovelace")
}

// The shop's country is filled in and the name comes first; another country makes other fields, and loses nothing that was
// typed. A country that nobody chose is no address.
func TestBillingBeginsAtHome(t *testing.T) {
	d := drive(t, 80, 24)
	d.till.Country = "DE"
	d.typed("mug<enter>").press("ctrl+b", "ctrl+n").sees("Germany", "› First name", "Postcode *").typed("Ada<tab>Lovelace<tab>a@b.example<tab><tab>Main 1")
	d.press("ctrl+y").sees("where does the customer live?").press("esc").sees("Germany", "Main 1")
	d.press("ctrl+y").typed("united st<enter>").sees("ZIP code", "Ada", "Lovelace", "a@b.example", "Main 1").press("f9", "f9")
	if got := d.app.sale().basket.Client; got.Address != (domain.Address{Line1: "Main 1", Country: "US"}) || got.Name() != "Ada Lovelace" {
		t.Errorf("%+v", got)
	}
	d.press("ctrl+b", "ctrl+x", "ctrl+b", "ctrl+n").sees("Germany").typed("Bo<tab><tab>b@c.example").press("f9").sees("for Bo")
	if got := d.app.sale().basket.Client; got.Address != (domain.Address{}) {
		t.Errorf("an address that nobody gave: %+v", got)
	}
}

// TestBillingWarnsOnce lets what does not fit the format stay.
func TestBillingWarnsOnce(t *testing.T) {
	d := drive(t, 80, 24).typed("mug<enter>").press("ctrl+b", "ctrl+n", "ctrl+y").typed("germany<enter><tab><tab>ada@example.com<tab>")
	d.press("shift+tab", "shift+tab", "shift+tab")
	for range 6 {
		d.press("tab")
	}
	d.press("shift+tab", "shift+tab").typed("Hauptstr. 1").press("f9").sees("!", "F9 keeps it as it is")
	d.press("f9").sees("enamel mug")
	if got := d.app.sale().basket.Client.Address.Line1; got == "" {
		t.Error("the address was lost")
	}
}

func TestBillingErrorsStayUnderTheField(t *testing.T) {
	d := drive(t, 80, 24).typed("mug<enter>").press("ctrl+b", "ctrl+n")
	d.typed("<tab><tab>ada<tab>").sees("must be like name@example.com")
	d.typed("@example.com<tab>").lacks("must be like").press("shift+tab").sees("› E-mail")
	d.press("f9").sees("enamel mug", "for ada@example.com").press("ctrl+b").sees("ada@example.com").press("ctrl+e").sees("› First name")
	d.press("esc", "ctrl+x").sees("no customer")
}

func TestBillingNeedsAWayToReachThem(t *testing.T) {
	d := drive(t, 80, 24).typed("mug<enter>").press("ctrl+b", "ctrl+n").typed("Ada<tab>").press("f9")
	d.sees("this or a phone number is needed").typed("a@b.example").press("f9").sees("for Ada")
}

// TestBackFromAWrongField is always possible, and the form goes on.
func TestBackFromAWrongField(t *testing.T) {
	d := toPay(t, 80, 24).press("c").typed("42<tab>").sees("is not a card number", "› Card number")
	d.typed("42424242424242<tab>99<tab>").sees("must be MM/YY").press("shift+tab").sees("› Card number").press("tab").sees("› Expiry")
	d.press("ctrl+u").typed("1230<tab>").sees("› Security code", "12/30")
}

// TestBurstOnEveryPage types a whole page in one go, line end and all.
func TestBurstOnEveryPage(t *testing.T) {
	d := toPay(t, 120, 40).press("c").burst("4242 4242 4242 4242<tab>1226<tab>123<tab>Ada")
	typed := d.app.sale().payment.card.typed
	if typed.number != "4242 4242 4242 4242" || typed.expiry != "12/26" || typed.cvv != "123" || typed.holder != "Ada" {
		t.Errorf("%+v", *typed)
	}
	d.press("esc").burst("a20").sees("20", "change")
	d = drive(t, 120, 40).typed("mug<enter>").press("ctrl+b", "ctrl+n").burst("<ctrl+y>germ<enter>A<tab>B<tab>a@b.example<tab>030 1<tab>C 1<tab><tab>")
	if p := d.app.sale().billing.person; p.Email != "a@b.example" || p.Phone != "030 1" || p.LastName != "B" || p.Address.Line1 != "C 1" || p.Address.Country != "DE" {
		t.Errorf("%+v", *p)
	}
}

func TestBillingGoldens(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		at := fmt.Sprintf("-%dx%d", size[0], size[1])
		d := drive(t, size[0], size[1]).typed("mug<enter>").press("ctrl+b", "ctrl+n", "ctrl+y").typed("un").golden("country" + at)
		d.press("ctrl+u").typed("japan<enter>Ada<tab><tab>ada@<tab>").golden("billing" + at)
	}
}
