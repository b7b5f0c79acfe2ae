package tui

import (
	"strings"
	"testing"
	"time"
)

func TestParseWhen(t *testing.T) {
	now := time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"3d": "2026-11-24T09:30:00Z", "+2w": "2026-12-05T09:30:00Z", "90m": "2026-11-21T11:00:00Z", " 2 h ": "2026-11-21T11:30:00Z",
		"2026-12-01": "2026-12-01T00:00:00Z", "2026-12-01 15:04": "2026-12-01T15:04:00Z", "1 Dec 2026": "2026-12-01T00:00:00Z",
		"2026-12-01T15:04:05+02:00": "2026-12-01T13:04:05Z",
		"":                          "for example", "soon": "for example", "3x": "for example", "-3d": "for example", "2026-11-21": "has passed", "0d": "has passed",
	} {
		at, err := parseWhen(text, now)
		got := at.Format(time.RFC3339)
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, want) {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

func TestTimesInWords(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second: "now", 4 * time.Second: "in 4 s", 90 * time.Second: "in 2 min", 119 * time.Minute: "in 119 min",
		47 * time.Hour: "in 47 hours", 22 * day: "in 22 days", 28*day - 5*time.Second: "in 28 days",
	} {
		if got := inWords(d); got != want {
			t.Errorf("%s is %q, want %q", d, got, want)
		}
	}
	for d, want := range map[time.Duration]string{
		-time.Second: "0:00", 872 * time.Second: "14:32", time.Hour + time.Second: "1:00:01", 2*day + 90*time.Minute: "2 days 1:30 h",
	} {
		if got := countdown(d); got != want {
			t.Errorf("%s is %q, want %q", d, got, want)
		}
	}
}

// A QR code is whole or not there, and as wide as high.
func TestQRCodeFits(t *testing.T) {
	st, link := newStyles(true), "https://sandbox.till.invalid/challenge/sid_01JD9Z3K4M5N6P7Q8R9S0T1V2W"
	for columns := range 60 {
		for lines := range 30 {
			code := qrCode(st, link, columns, lines)
			if code == nil {
				continue
			}
			if len(code) > lines || width(code[0]) > columns || len(code) != (width(code[0])+1)/2 {
				t.Fatalf("%dx%d in %dx%d", width(code[0]), len(code), columns, lines)
			}
		}
	}
	if qrCode(st, link, 37, 19) == nil || qrCode(st, "", 99, 99) != nil {
		t.Error("a link has no code, or nothing has one")
	}
}
