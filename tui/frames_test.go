package tui

import "testing"

// mostOfAFrame is what a key and its frame may allocate, in bytes.
const mostOfAFrame = 60_000

// dearer are the screens that draw more than themselves at the key: the help and the palette have a page under them,
// an entry further on or back the machines of an order are drawn anew, and a shift and a payout are measured before
// they are scrolled.
var dearer = map[string]float64{"help": 90_000, "palette": 70_000, "rewind": 90_000, "settings": 65_000, "shift": 80_000, "payout": 80_000}

// A key and its frame at 120x40 allocate little, on whatever screen: what is allocated is also collected, while the
// next key waits.
func TestFramesAllocateLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("some of the screens are long in the making")
	}
	worst, where := 0.0, ""
	for _, screen := range benchedScreens {
		t.Run(screen.name, func(t *testing.T) {
			d := drive(t, 120, 40)
			screen.open(d)
			bytes := allocated(screen.frames(d))
			if most := max(mostOfAFrame, dearer[screen.name]); bytes > most {
				t.Errorf("%.1f kB a frame, and %.0f are enough", bytes/1000, most/1000)
			}
			if bytes > worst {
				worst, where = bytes, screen.name
			}
		})
	}
	t.Logf("proof: %d screens, the dearest frame allocates %.0f kB (%s)", len(benchedScreens), worst/1000, where)
}
