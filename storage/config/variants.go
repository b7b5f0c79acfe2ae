package config

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2/unstable"

	"till/domain"
)

// Variant is a [variants.NAME] of the file: a way to reach a provider, with the merchant's own terms.
type Variant struct {
	Name     string
	Provider string
	Title    string
	Capture  domain.CaptureMode // "" is as the order says
	Timeout  time.Duration      // of one call
	HoldFor  time.Duration      // after which what is held is let go
	Methods  []string           // none: all that the provider has

	domain.Limits
}

// variant is how it stands in the file.
type variant struct {
	Provider string             `toml:"provider"`
	Title    string             `toml:"title"`
	Capture  domain.CaptureMode `toml:"capture"`
	Timeout  string             `toml:"timeout"`
	Min      string             `toml:"min"`
	Max      string             `toml:"max"`
	HoldDays *int               `toml:"hold_days"`
	Methods  []string           `toml:"methods"`
}

const day = 24 * time.Hour

// A hold is let go after four weeks, and no bank holds money for longer than a year.
const (
	usualHold = 28
	mostHold  = 365
)

// usual are the variants of a file that names none.
func usual(timeout time.Duration) []Variant {
	return []Variant{
		{Name: "sandbox", Provider: "sandbox", Timeout: timeout, HoldFor: usualHold * day},
		{Name: "cash", Provider: "cash", Timeout: timeout, HoldFor: usualHold * day},
	}
}

var (
	variantName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)
	captures    = []domain.CaptureMode{"", domain.CaptureAuto, domain.CaptureManual, domain.CaptureMultiple}
)

// read makes what is meant of what stands in the file; wrong is told what cannot be meant.
func (v variant) read(name string, timeout time.Duration, wrong map[string]string) Variant {
	at := "variants." + name
	if !variantName.MatchString(name) {
		wrong[at] = "must be named with letters, digits, - and _"
	}
	meant := Variant{
		Name: name, Provider: v.Provider, Title: domain.Inert(v.Title), Capture: v.Capture, Timeout: timeout,
		HoldFor: usualHold * day, Methods: v.Methods, Limits: domain.Limits{Min: v.Min, Max: v.Max},
	}
	if v.Provider == "" {
		wrong[at+".provider"] = "is missing"
	}
	if !slices.Contains(captures, v.Capture) {
		wrong[at+".capture"] = "must be auto, manual or multiple"
	}
	if v.Timeout != "" {
		limit, err := parseTimeout(v.Timeout)
		if err != nil {
			wrong[at+".timeout"] = err.Error()
		}
		meant.Timeout = limit
	}
	if v.HoldDays != nil {
		if *v.HoldDays < 1 || *v.HoldDays > mostHold {
			wrong[at+".hold_days"] = fmt.Sprintf("must be 1 to %d", mostHold)
		}
		meant.HoldFor = time.Duration(*v.HoldDays) * day
	}
	if v.Methods != nil && len(v.Methods) == 0 {
		wrong[at+".methods"] = "must name a method, or be left out"
	}
	for field, sentence := range meant.Problems() {
		wrong[at+"."+field] = sentence
	}
	return meant
}

// readVariants gives the variants in the order of the file: the first is the default.
func readVariants(text []byte, tables map[string]variant, timeout time.Duration, wrong map[string]string) []Variant {
	if len(tables) == 0 {
		return usual(timeout)
	}
	places := placesOf(text)
	names := slices.SortedFunc(maps.Keys(tables), func(a, b string) int {
		if places[a] != places[b] {
			return places[a] - places[b]
		}
		return strings.Compare(a, b)
	})
	variants := make([]Variant, len(names))
	for i, name := range names {
		variants[i] = tables[name].read(name, timeout, wrong)
	}
	return variants
}

// placesOf tells where the table of each variant first stands in the file, which a map does not.
func placesOf(text []byte) map[string]int {
	places := map[string]int{}
	var p unstable.Parser
	p.Reset(text)
	for p.NextExpression() { // what could be decoded has a key in each
		var path []string
		for key := p.Expression().Key(); key.Next(); {
			path = append(path, string(key.Node().Data))
		}
		if len(path) < 2 || path[0] != "variants" {
			continue
		}
		if _, known := places[path[1]]; !known {
			places[path[1]] = len(places) + 1
		}
	}
	return places
}
