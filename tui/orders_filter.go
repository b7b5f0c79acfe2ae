package tui

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"till/domain"
)

// filterHelp is what a filter may say.
const filterHelp = "words of number, customer or article; status:hold,paid  unpaid or open  amount:>50  from:7d  to:2026-01-31  test:yes  attention:yes  sort:oldest or total"

// parseFilter reads what was typed into the filter: pairs such as status:hold narrow, everything else is
// searched for. now says what today is, and an amount is in the currency where it names no other.
func parseFilter(text string, now time.Time, currency domain.Currency) (domain.OrderQuery, error) {
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
			if err := set(&q, value, today{now, currency}); err != nil {
				return q, fmt.Errorf("%s: %w", strings.ToLower(name), err)
			}
		}
	}
	if len(words) == 1 { // of several, each is searched for: open sandwich
		if meant := statusWords[strings.ToLower(words[0])]; meant != nil {
			q.Statuses, words = append(q.Statuses, meant...), nil
		}
	}
	q.Text = strings.Join(words, " ")
	return q, nil
}

// statusWords are words for several statuses at once, where people ask for those.
var statusWords = map[string][]string{
	"unpaid": {
		string(domain.OrderIssued), string(domain.OrderViewed), string(domain.OrderInProgress), string(domain.OrderPartPaid),
		string(domain.OrderFailed), string(domain.OrderOverdue),
	},
	"open": {
		string(domain.OrderDraft), string(domain.OrderIssued), string(domain.OrderViewed), string(domain.OrderInProgress),
		string(domain.OrderPartPaid), string(domain.OrderFailed), string(domain.OrderOverdue), string(domain.OrderHold),
	},
	"paid": {string(domain.OrderPaid)},
}

// isWord tells whether a text could be the name of a filter.
func isWord(text string) bool {
	return text != "" && strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
}

// today is what a filter's values go by.
type today struct {
	now      time.Time
	currency domain.Currency
}

// filters are the pairs that a filter knows.
var filters = map[string]func(*domain.OrderQuery, string, today) error{
	"status": filterStatus,
	"amount": func(q *domain.OrderQuery, value string, t today) error { return filterAmount(q, value, t.currency) },
	"from": func(q *domain.OrderQuery, value string, t today) (err error) {
		q.From, err = parseDay(value, t.now)
		return err
	},
	"to": func(q *domain.OrderQuery, value string, t today) error {
		day, err := parseDay(value, t.now)
		if err == nil {
			q.To = day.AddDate(0, 0, 1) // the day itself belongs to it
		}
		return err
	},
	"test": func(q *domain.OrderQuery, value string, _ today) error {
		test, err := parseYes(value)
		q.Test = &test
		return err
	},
	"sort": func(q *domain.OrderQuery, value string, _ today) error {
		for _, way := range sortings {
			if strings.HasPrefix(way.name, strings.ToLower(value)) {
				q.Sort = way.sort
				return nil
			}
		}
		return errors.New("say newest, oldest or total")
	},
	"attention": func(q *domain.OrderQuery, value string, t today) error {
		wanted, err := parseYes(value)
		if wanted {
			q.Cares = t.now
		}
		return err
	},
}

// sortings are the ways in which a list can be sorted, in the order in which a key goes through them.
var sortings = []struct{ name, sort string }{{"newest", ""}, {"oldest", "created_at"}, {"total", "-total"}}

// careFilter lists what wants care.
const careFilter = "attention:yes"

func parseYes(value string) (bool, error) {
	value = strings.ToLower(value)
	yes := strings.HasPrefix("yes", value)
	if !yes && !strings.HasPrefix("no", value) {
		return false, errors.New("say yes or no")
	}
	return yes, nil
}

// filterStatus takes names of statuses with commas between them; the beginning of a name means all that begin so.
func filterStatus(q *domain.OrderQuery, value string, _ today) error {
	for part := range strings.SplitSeq(strings.ToLower(value), ",") {
		if part = strings.ReplaceAll(part, "-", "_"); part == "" {
			continue
		}
		known := domain.FlatStatuses()
		meant := slices.DeleteFunc(slices.Clone(known), func(name string) bool { return !strings.HasPrefix(name, part) })
		switch {
		case statusWords[part] != nil:
			meant = statusWords[part]
		case slices.Contains(known, part):
			meant = []string{part}
		case len(meant) == 0:
			return fmt.Errorf("no status begins with %s; hold, paid, refunded, declined are some", Inert(part))
		}
		q.Statuses = append(q.Statuses, meant...)
	}
	return nil
}

var amountText = regexp.MustCompile(`^(>=|<=|>|<|=)?([^a-z<>=]*)([a-z]{3})?$`)

// filterAmount reads 50, >50, <=20 or 10..20, with the code of a currency behind it or without.
func filterAmount(q *domain.OrderQuery, value string, currency domain.Currency) error {
	parts := amountText.FindStringSubmatch(strings.ToLower(value))
	if parts == nil {
		return errAmount
	}
	sign, number := parts[1], parts[2]
	if parts[3] != "" {
		currency = domain.Currency(strings.ToUpper(parts[3]))
	}
	if number == "" || number == ".." { // it is still being typed
		return nil
	}
	low, high, isRange := strings.Cut(number, "..")
	least, most := domain.Amount(0), domain.Amount(0)
	for _, end := range []struct {
		text string
		into *domain.Amount
	}{{low, &least}, {high, &most}} {
		a, err := currency.Parse(end.text)
		switch {
		case end.text == "":
		case err != nil:
			return errAmount
		default:
			*end.into = a
		}
	}
	switch {
	case isRange && sign != "":
		return errAmount
	case isRange:
	case sign == ">":
		least++
	case sign == "<":
		least, most = 0, least-1
	case sign == "<=":
		least, most = 0, least
	case sign != ">=":
		most = least
	}
	if least <= 0 && most <= 0 {
		return errors.New("an amount is more than nothing")
	}
	if most > 0 && least > most {
		return errors.New("from the smaller amount to the larger one")
	}
	q.Currency, q.Least, q.Most = currency, least, most
	return nil
}

var errAmount = errors.New("an amount is written 50, >50, <=20 or 10..20, in another currency 50usd")

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
		if days < 0 || days > int(longest/day) {
			return today, errors.New("at most a hundred years back")
		}
		return today.AddDate(0, 0, -days), nil
	}
	day, err := time.ParseInLocation(time.DateOnly, text, now.Location())
	if err != nil {
		return day, errors.New("a day is written 2026-01-31, today, yesterday or 7d")
	}
	return day, nil
}
