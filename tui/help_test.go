package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
)

// manual is all that the help tells, scrolled to its end, with single blanks.
func (d *driver) manual() string {
	d.t.Helper()
	var pages []string
	d.press("f1").sees("closes this")
	for seen := ""; seen != d.screen(); d.press("down") {
		seen = d.screen()
		pages = append(pages, strings.FieldsFunc(seen, func(r rune) bool { return strings.ContainsRune(" \n│", r) })...)
		if strings.Contains(seen, closesHelp) { // it is seen whole, and Down would close it
			break
		}
	}
	d.press("f1").lacks("closes this")
	return strings.Join(pages, " ")
}

// Every key of a page is told whole in its help, also on the smallest screen.
func TestHelpIsWhole(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 30}, {60, 18}, {200, 60}} {
		d := drive(t, size[0], size[1])
		whole := func(page string) {
			t.Helper()
			seen := d.manual()
			for _, k := range slices.Concat(d.app.top().Keys(), []key.Binding{consoleKeys.palette, consoleKeys.quit}) {
				if h := k.Help(); !strings.Contains(seen, h.Key+" "+h.Desc) {
					t.Errorf("%s at %v does not tell %q:\n%s", page, size, h, seen)
				}
			}
		}
		whole("the empty sale")
		d.press("f1").golden(fmt.Sprintf("help-%dx%d", size[0], size[1])).press("f1")
		d.typed("mug<enter>")
		whole("the sale")
		d.typed("wh")
		whole("the suggestions")
		d.onHold()
		whole("the order")
		d.press("f7")
		whole("the settings")
	}
}

// F9 pays with an empty entry line too, and the help says so.
func TestPayKeyIsTold(t *testing.T) {
	d := drive(t, 80, 24)
	d.typed("mug<enter>").press("f1").sees("F9").lacks("pay (not now)").press("f1", "f9").sees("how is it paid")
}
