package tui

import "testing"

// The pictures of the README are the screens as they are.
func TestPictures(t *testing.T) {
	d := drive(t, 100, 30).typed("flat<enter>2*mug<enter>cro<enter>10%<enter>").typed("esp").picture("sale")
	_ = d
}
