package tui

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"till/domain"
)

// filterHelp is what a filter may say.
const filterHelp = "words of number, customer or article; status:hold,paid  from:2026-01-31  to:today  test:yes"

// parseFilter reads what was typed into the filter: pairs such as status:hold narrow, everything else is
// searched for. now is the machine's idea of today.
func parseFilter(text string, now time.Time) (domain.OrderQuery, error) {
	var q domain.OrderQuery
	var words []string
	for _, part := range strings.Fields(text) {
		name, value, pair := strings.Cut(part, ":")
		set, known := filters[strings.ToLower(name)]
		switch {
		case pair && !known && isWord(name):
			return q, fmt.Errorf("%s: is none of %s", Inert(name), strings.Join(slices.Sorted(maps.Keys(filters)), ":, ")+":")
		case !pair || !known:
			words = append(words, part)
		case value != "": // an empty one is still being typed
			if err := set(&q, value, now); err != nil {
				return q, fmt.Errorf("%s: %w", strings.ToLower(name), err)
			}
		}
	}
	q.Text = strings.Join(words, " ")
	return q, nil
}

// isWord tells whether a text could be the name of a filter.
func isWord(text string) bool {
	return text != "" && strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
}

// filters are the pairs that a filter knows.
var filters = map[string]func(*domain.OrderQuery, string, time.Time) error{
	"status": func(q *domain.OrderQuery, value string, _ time.Time) error {
		for status := range strings.SplitSeq(strings.ToLower(value), ",") {
			if status = strings.ReplaceAll(status, "-", "_"); status != "" {
				q.Statuses = append(q.Statuses, status)
			}
		}
		return nil
	},
	"from": func(q *domain.OrderQuery, value string, now time.Time) (err error) {
		q.From, err = parseDay(value, now)
		return err
	},
	"to": func(q *domain.OrderQuery, value string, now time.Time) error {
		day, err := parseDay(value, now)
		if err == nil {
			q.To = day.AddDate(0, 0, 1) // the day itself belongs to it
		}
		return err
	},
	"test": func(q *domain.OrderQuery, value string, _ time.Time) error {
		test := strings.HasPrefix("yes", strings.ToLower(value))
		if !test && !strings.HasPrefix("no", strings.ToLower(value)) {
			return errors.New("say yes or no")
		}
		q.Test = &test
		return nil
	},
}

// parseDay reads the beginning of a day: 2026-01-31, today, yesterday, or 7d for a week ago.
func parseDay(text string, now time.Time) (time.Time, error) {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch text = strings.ToLower(text); text {
	case "today":
		return today, nil
	case "yesterday":
		return today.AddDate(0, 0, -1), nil
	}
	if days, err := strconv.Atoi(strings.TrimSuffix(text, "d")); err == nil && strings.HasSuffix(text, "d") {
		return today.AddDate(0, 0, -days), nil
	}
	day, err := time.ParseInLocation(time.DateOnly, text, now.Location())
	if err != nil {
		return day, errors.New("a day is written 2026-01-31, today, yesterday or 7d")
	}
	return day, nil
}
