package tui

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// all are the settings in the order of the page.
func (s *settings) all() []setting {
	return slices.Concat(s.ofConsole(), s.ofTill(), s.ofVariants(), s.ofFiles())
}

func (s *settings) ofConsole() []setting {
	a := s.desk.app
	return []setting{
		{part: "the console", name: "theme", value: string(a.opts.Theme), turns: true, note: a.opts.Theme.means(), change: func(by int) tea.Cmd {
			at := slices.Index(themes, a.opts.Theme)
			return a.setTheme(themes[(at+by+len(themes))%len(themes)])
		}},
		{name: "motion", toEyes: true, value: onOff(s.desk.Motion), turns: true, note: "whether things may move", change: func(int) tea.Cmd {
			s.desk.Motion = !s.desk.Motion
			return a.keep("motion", change{value: s.desk.Motion})
		}},
	}
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// pricesKept is what the configuration calls it.
const pricesKept = "prices_include_tax"

func (s *settings) ofTill() []setting {
	t, a := s.desk.Till, s.desk.app
	name, role := a.who()
	who, whoElse := cmp.Or(name, "–")+role, "said at the start: --operator"
	if t.Present() != nil {
		whoElse = consoleKeys.change.Help().Key + " lets somebody else sign in"
	}
	return []setting{
		{part: "the till", name: "shop", value: t.Shop, note: "the name on the receipts", change: func(int) tea.Cmd {
			return s.askText("shop", "it is the name on the receipts", t.Shop, shopName)
		}},
		{name: "currency", value: string(t.Currency), note: "where an order names none", change: func(int) tea.Cmd {
			return s.askText("currency", "for orders that name none", string(t.Currency), currencyCode)
		}},
		{name: "country", value: cmp.Or(t.Country, "–"), note: "cash is rounded as it is there", change: func(int) tea.Cmd {
			return s.askText("country", "its two letters: cash is rounded as it is there. with none nothing is", t.Country, countryCode)
		}},
		{name: "prices", kept: pricesKept, value: taxOf(t.TaxIn), turns: true, note: "where an order does not say", change: func(int) tea.Cmd {
			within := t.TaxIn
			if to, changed := a.wanted(pricesKept); changed {
				within, _ = to.value.(bool)
			}
			return s.keep(pricesKept, taxOf(!within), !within)
		}},
		{name: "money", value: realMoney(t.Live), note: "as the journal began, for good", where: "another journal is another till: --db"},
		{name: "operator", value: who, note: "who stands in the journal", where: whoElse},
		{name: "operators", value: working(len(a.working())), note: "who works here", where: "kept in the journal, for good", change: func(int) tea.Cmd {
			return s.desk.Push(newOperators(s.desk))
		}},
	}
}

// working says how many sign in.
func working(n int) string {
	if n == 0 {
		return "nobody signs in"
	}
	return strconv.Itoa(n) + " sign in"
}

func shopName(text string) (string, error) {
	if text = strings.TrimSpace(Inert(text)); text == "" {
		return "", errors.New("a shop has a name")
	}
	return text, nil
}

func currencyCode(text string) (string, error) {
	c, err := domain.ParseCurrency(strings.ToUpper(strings.TrimSpace(text)))
	return string(c), err
}

func countryCode(text string) (string, error) {
	if text = strings.TrimSpace(text); text == "" {
		return "", nil
	}
	return domain.ParseCountry(text)
}

func taxOf(within bool) string {
	if within {
		return "include tax"
	}
	return "tax is added"
}

func realMoney(live bool) string {
	if live {
		return "LIVE: real money"
	}
	return "SANDBOX: test money"
}

// ofVariants are the ways to reach the providers. What a provider is reached with is not among what a till knows.
func (s *settings) ofVariants() []setting {
	var all []setting
	for _, v := range s.desk.Till.Variants {
		info := v.Provider.Info()
		kind := "test"
		if info.Live {
			kind = "LIVE"
		}
		one := setting{
			name: v.Name, value: info.Name + " · " + kind, more: []string{methodsOf(v, info), termsOf(v, info)},
			where: "under [variants." + v.Name + "] in the configuration",
		}
		if v.Title != "" {
			one.value = v.Title + " · " + one.value
		}
		all = append(all, one)
	}
	if len(all) > 0 {
		all[0].part = "ways to pay"
	}
	return all
}

func methodsOf(v till.Variant, info domain.ProviderInfo) string {
	var names []string
	for _, m := range info.Methods {
		if len(v.Methods) == 0 || slices.Contains(v.Methods, m.Name) {
			names = append(names, m.Title)
		}
	}
	return strings.Join(names, ", ")
}

// termsOf are the merchant's own terms, in words.
func termsOf(v till.Variant, info domain.ProviderInfo) string {
	terms := []string{"any amount"}
	switch {
	case v.Min != "" && v.Max != "":
		terms[0] = v.Min + " to " + v.Max
	case v.Min != "":
		terms[0] = "at least " + v.Min
	case v.Max != "":
		terms[0] = "at most " + v.Max
	}
	switch v.Capture {
	case domain.CaptureManual:
		terms = append(terms, "captured later")
	case domain.CaptureMultiple:
		terms = append(terms, "captured in parts")
	default:
		terms = append(terms, "captured at once")
	}
	if v.HoldFor > 0 && slices.ContainsFunc(info.Methods, func(m domain.Method) bool { return m.Can.ManualCapture }) {
		terms = append(terms, fmt.Sprintf("held %s at most", plural(int(v.HoldFor/(24*time.Hour)), "day")))
	}
	if v.Timeout > 0 {
		terms = append(terms, fmt.Sprintf("%s for an answer", v.Timeout))
	}
	return strings.Join(terms, " · ")
}

func (s *settings) ofFiles() []setting {
	setup := s.desk.app.opts.Setup
	all := []setting{{part: "files", name: "configuration", value: setup.Config, where: "--config, or TILL_CONFIG"}}
	for _, f := range setup.Files {
		all = append(all, setting{name: f.Name, value: f.Path, where: "--db, or TILL_DB"})
	}
	return append(all, setting{name: "till", value: setup.Version, where: "the version that runs"})
}
