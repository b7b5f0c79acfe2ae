package tui

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Times as people type them and as they read them. All are UTC.

const day = 24 * time.Hour

// units are how long a time is told: 90m, 12h, 3d, 2w.
var units = map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour, "d": day, "w": 7 * day}

var spanText = regexp.MustCompile(`^\+?(\d{1,6})\s*([smhdw])$`)

// parseSpan reads a duration such as 90m or 3d.
func parseSpan(text string) (time.Duration, error) {
	parts := spanText.FindStringSubmatch(strings.ToLower(strings.TrimSpace(text)))
	if parts == nil {
		return 0, errors.New("for example 15m, 2h, 3d or 1w")
	}
	n, err := strconv.Atoi(parts[1])
	unit := units[parts[2]]
	if err == nil && time.Duration(n) > longest/unit {
		return 0, errors.New("at most a hundred years")
	}
	return time.Duration(n) * unit, err
}

// longest is how long a span may be: some more would not fit into a Duration, and come out as the past.
const longest = 100 * 365 * day

// dateLayouts are how a time is written; without a time of day it is the beginning of the day.
var dateLayouts = []string{"2006-01-02", "2006-01-02 15:04", "2006-01-02 15:04:05", time.RFC3339, "2 Jan 2006", "2 Jan 2006 15:04"}

// parseWhen reads a time to come: a date, or how long from now.
func parseWhen(text string, now time.Time) (time.Time, error) {
	text = strings.TrimSpace(text)
	at := time.Time{}
	if span, err := parseSpan(text); err == nil {
		at = now.Add(span)
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			at = t.UTC()
		}
	}
	switch {
	case at.IsZero():
		return at, errors.New("for example 3d, 2h, " + now.AddDate(0, 0, 1).Format("2006-01-02") + " or " + now.AddDate(0, 0, 1).Format("2006-01-02 15:04"))
	case !at.After(now):
		return at, errors.New(dated(at) + " has passed")
	}
	return at, nil
}

// readWhen is parseWhen as a dialog's line wants it: what was typed means this time.
func readWhen(now func() time.Time) func(string) (string, error) {
	return func(text string) (string, error) {
		at, err := parseWhen(text, now())
		if err != nil {
			return "", err
		}
		return dated(at) + ", " + inWords(at.Sub(now())), nil
	}
}

// dated is a time with its day.
func dated(t time.Time) string { return t.UTC().Format("2 Jan 2006 15:04") }

// inWords is how far off something is: "in 22 days", "in 14 min".
func inWords(d time.Duration) string {
	switch {
	case d < 0:
		return "now"
	case d >= 2*day:
		return "in " + plural(int((d+day/2)/day), "day")
	case d >= 2*time.Hour:
		return "in " + plural(int((d+time.Hour/2)/time.Hour), "hour")
	case d >= time.Minute:
		return fmt.Sprintf("in %d min", int((d+time.Minute/2)/time.Minute))
	}
	return fmt.Sprintf("in %d s", int(d/time.Second))
}

// spanOf is how long something goes on, never less: "40 s", "5 min".
func spanOf(d time.Duration) string {
	up := func(unit time.Duration) int { return int((d + unit - 1) / unit) }
	switch {
	case d >= 2*time.Hour:
		return plural(up(time.Hour), "hour")
	case d >= 2*time.Minute:
		return fmt.Sprintf("%d min", up(time.Minute))
	}
	return fmt.Sprintf("%d s", up(time.Second))
}

// countdown is what is left of a short time, to the second: 14:32.
func countdown(d time.Duration) string {
	d = max(0, d).Round(time.Second)
	if d >= day {
		return plural(int(d/day), "day") + fmt.Sprintf(" %d:%02d h", int(d%day/time.Hour), int(d%time.Hour/time.Minute))
	}
	if d >= time.Hour {
		return fmt.Sprintf("%d:%02d:%02d", int(d/time.Hour), int(d%time.Hour/time.Minute), int(d%time.Minute/time.Second))
	}
	return fmt.Sprintf("%d:%02d", int(d/time.Minute), int(d%time.Minute/time.Second))
}
