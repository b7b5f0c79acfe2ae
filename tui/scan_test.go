package tui

import (
	"testing"

	"till/domain"
	"till/domain/till"
)

// A scan that lands on a page about money moves none, on whatever page it is.
func TestScansMoveNoMoney(t *testing.T) {
	const ean = "4006381333931<enter>"
	for name, one := range map[string]struct {
		open func(d *driver)
		scan string
	}{
		"a question":              {func(d *driver) { d.setAside(visa); d.press("v").arm() }, ean},
		"another":                 {func(d *driver) { d.setAside(visa); d.press("x").arm() }, ean},
		"a reversal":              {func(d *driver) { d.taken(visa); d.press("z").arm() }, ean},
		"letters at a refund":     {func(d *driver) { d.taken(visa); d.press("r").arm() }, "TEE-XL<enter>"},
		"letters and a digit":     {func(d *driver) { d.taken(visa); d.press("r").arm() }, "BAG-1<enter>"},
		"digits at a refund":      {func(d *driver) { d.taken(visa); d.press("r").arm() }, ean},
		"letters at a capture":    {func(d *driver) { d.setAside(visa); d.press("c").arm() }, "TEE-XL<enter>"},
		"two of them":             {func(d *driver) { d.taken(visa) }, "jazz<enter>0040063<enter>"},
		"a voucher":               {func(d *driver) { d.typed("mug<enter>").press("enter", "v") }, ean},
		"cash on delivery":        {func(d *driver) { d.typed("mug<enter>").press("enter", "o") }, ean},
		"the methods":             {func(d *driver) { d.typed("mug<enter>").press("enter") }, "art-0050<enter>"},
		"the methods, a voucher":  {func(d *driver) { d.typed("mug<enter>").press("enter") }, "vase-12<enter>"},
		"cash, letters":           {func(d *driver) { d.typed("mug<enter>").press("enter", "a") }, "ABC<enter>"},
		"cash, letters and money": {func(d *driver) { d.typed("mug<enter>").press("enter", "a") }, "AB-0050<enter>"},
		"cash, nothing before":    {func(d *driver) { d.typed("mug<enter>").press("enter", "a") }, "0000000000123<enter>"},
		"a tip":                   {func(d *driver) { d.typed("mug<enter>").press("ctrl+t") }, "5449000000996<enter>"},
		"delivery":                {func(d *driver) { d.typed("mug<enter>").press("ctrl+l") }, "0000000000123<enter>"},
		"start over":              {func(d *driver) { d.typed("mug<enter>").press("ctrl+x") }, ean},
	} {
		t.Run(name, func(t *testing.T) {
			d := drive(t, 80, 24)
			one.open(d)
			before, sale := d.entries(), d.app.sale().sums.Total
			d.typed(one.scan)
			if d.app.dialog != nil && !d.app.dialog.armed {
				d.arm()
			}
			if after := d.entries(); after != before {
				t.Errorf("the journal went on from %d to %d:\n%s", before, after, d.screen())
			}
			if d.app.sale().sums.Total != sale {
				t.Errorf("the sale was %d, and is %d", sale, d.app.sale().sums.Total)
			}
		})
	}
}

// entries is how long the journal is.
func (d *driver) entries() domain.Seq {
	d.t.Helper()
	d.follow()
	return d.seen
}

// taken and setAside look at an order that was paid, and at one whose money is held.
func (d *driver) taken(card string) {
	o := d.sell(till.NewOrder{})
	d.charge(o, card)
	d.look(o)
}

func (d *driver) setAside(card string) {
	o := d.sell(till.NewOrder{SkipCapture: true})
	d.charge(o, card)
	d.look(o)
}

// After a scan was refused the same page answers to a person.
func TestAPersonGoesOnAfterAScan(t *testing.T) {
	d := drive(t, 80, 24)
	d.taken(visa)
	d.press("r").arm().typed("TEE-XL<enter>").sees(scanned).typed("5<enter>").sees("refunded")
	drive(t, 80, 24).typed("mug<enter>").press("enter", "a").typed("AB-0050<enter>").sees(scanned).press("enter").sees("paid")
	d = drive(t, 80, 24).typed("mug<enter>").press("enter", "v").typed("123456<enter>").sees(scanned).press("enter").lacks(scanned)
	if len(d.orders()) != 1 {
		t.Error("the second Enter did not ask for the voucher")
	}
}

// What is scanned while a payment is under way, or over the help, is the next sale's.
func TestScansFindTheNextSale(t *testing.T) {
	d := toPay(t, 80, 24).payBy(visa).hold().press("enter").typed("4006381333931<enter>5000112637922<enter>")
	d.release().sees("paid").press("enter").sees("espresso", "flat white")
	drive(t, 80, 24).press("f1").typed("4006381333931<enter>").sees("espresso").lacks("closes this")
	drive(t, 80, 24).typed("4006381333931<tab>5000112637922").press("ctrl+j").sees("espresso", "flat white")
}

// A scan on a page without a text field leads at most to another page, and changes nothing there.
func TestAScanDoesNotWalk(t *testing.T) {
	d := drive(t, 80, 24).press("f3").typed("7006381333107<enter>")
	if d.app.opts.Theme != Dark {
		t.Error("the theme was changed")
	}
	d.sees("settings", scanned)
	d.press("f3", "3", "enter") // one digit and Enter are a person's
}

// The keys on which the text field of bubbles panics reach none.
func TestDeadKeys(t *testing.T) {
	for _, open := range [][]string{nil, {"ctrl+b"}, {"ctrl+k"}, {"f3", "/"}, {"ctrl+f"}} {
		for key := range deadKeys {
			drive(t, 80, 24).press(open...).press("a", "left", key).lacks("panic")
		}
	}
}
