package tui

import (
	"fmt"
	"reflect"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// seenOf is what of a page decides how it is drawn: what is kept to draw faster is left out.
func seenOf(page any) map[string]string {
	seen := map[string]string{}
	v := reflect.ValueOf(page).Elem()
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.Int, reflect.Bool, reflect.String, reflect.Slice:
			if name := v.Type().Field(i).Name; name != "told" && name != "choices" && name != "visible" {
				seen[name] = fmt.Sprint(f)
			}
		}
	}
	return seen
}

// Drawing changes nothing: however far a page is scrolled, in whatever size, it is as it was.
func TestDrawingChangesNothing(t *testing.T) {
	for name, open := range map[string]func(*driver){
		"order": func(d *driver) { d.onHold() },
		"timeline": func(d *driver) {
			d.onHold()
			d.press("tab")
		},
		"sales": func(d *driver) {
			d.trade()
			d.press("f3", "g")
		},
		"shift": func(d *driver) { d.openShift("100").trade(); d.press("f5") },
		"payout": func(d *driver) {
			d.payTo(1)
			d.press("f5", "p", "enter")
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := drive(t, 120, 40)
			open(d)
			d.app.Update(tea.WindowSizeMsg{Width: 60, Height: 18})
			d.press("down", "down", "pgdown", "pgdown", "down")
			atEnd := d.screen()
			if seenOf(d.app.top())["offset"] == "0" {
				t.Fatalf("it was not scrolled:\n%s", atEnd)
			}
			if d.press("pgdown", "down"); d.screen() != atEnd {
				t.Errorf("it goes on below the end:\n%s", d.screen())
			}
			for _, size := range [][2]int{{120, 40}, {60, 18}} {
				d.app.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				before := seenOf(d.app.top())
				d.screen()
				if after := seenOf(d.app.top()); !reflect.DeepEqual(before, after) {
					t.Errorf("drawing has changed %v into %v", before, after)
				}
			}
		})
	}
}
