package config

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"till/domain"
)

func TestVariants(t *testing.T) {
	c, err := Load(write(t, `
timeout = "5s"
[variants.web]
provider = "sandbox"
title = "Web shop"
capture = "manual"
timeout = "10s"
min = "1.00"
max = "500.00"
hold_days = 7
methods = ["card", "ideal"]

[variants.counter]
provider = "sandbox"

[variants.cash]
provider = "cash"
`), true)
	if err != nil {
		t.Fatal(err)
	}
	want := []Variant{
		{
			Name: "web", Provider: "sandbox", Title: "Web shop", Capture: domain.CaptureManual, Timeout: 10 * time.Second,
			HoldFor: 7 * day, Methods: []string{"card", "ideal"}, Limits: domain.Limits{Min: "1.00", Max: "500.00"},
		},
		{Name: "counter", Provider: "sandbox", Timeout: 5 * time.Second, HoldFor: 28 * day},
		{Name: "cash", Provider: "cash", Timeout: 5 * time.Second, HoldFor: 28 * day},
	}
	if !reflect.DeepEqual(c.Variants, want) {
		t.Errorf("got  %+v\nwant %+v", c.Variants, want)
	}
}

func TestTheFirstVariantInTheFileIsTheFirst(t *testing.T) {
	for text, want := range map[string]string{
		"": "sandbox cash",
		"[variants.b]\nprovider = 'cash'\n[variants.a]\nprovider = 'cash'":              "b a",
		"variants.z.provider = 'cash'\nvariants.a.provider = 'cash'":                    "z a",
		"[variants]\nb = {provider = 'cash'}\na = {provider = 'cash'}":                  "a b", // by name: they are of one table
		"[variants.'x-1']\nprovider = 'cash'\n['variants'.x_2]\nprovider = \"sandbox\"": "x-1 x_2",
	} {
		c, err := Load(write(t, text), true)
		var names []string
		for _, v := range c.Variants {
			names = append(names, v.Name)
		}
		if got := strings.Join(names, " "); err != nil || got != want {
			t.Errorf("%q: %s, %v", text, got, err)
		}
	}
}

func TestWrongVariantsAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"[variants.a]":            "variants.a.provider is missing",
		"[variants.a]\nextra = 1": "extra",
		"[variants.a]\nprovider = 'cash'\ncapture = 'later'":            "variants.a.capture must be",
		"[variants.a]\nprovider = 'cash'\ntimeout = '-1s'":              "variants.a.timeout must be",
		"[variants.a]\nprovider = 'cash'\nmin = 'one'":                  "variants.a.min must be",
		"[variants.a]\nprovider = 'cash'\nmin = 1.0":                    "not right",
		"[variants.a]\nprovider = 'cash'\nmin = '2'\nmax = '1'":         "variants.a.max must not",
		"[variants.a]\nprovider = 'cash'\nhold_days = 0":                "variants.a.hold_days must be 1 to 365",
		"[variants.a]\nprovider = 'cash'\nhold_days = 366":              "variants.a.hold_days",
		"[variants.a]\nprovider = 'cash'\nmethods = []":                 "variants.a.methods",
		"[variants.'a b']\nprovider = 'cash'":                           "must be named",
		"[variants.a]\nprovider = 'cash'\n[variants.a]\nprovider = 'x'": "not right",
		"[[variants]]\nprovider = 'cash'":                               "not right",
		"variants = 3":                                                  "not right",
	} {
		_, err := Load(write(t, text), true)
		if domain.CodeOf(err) != domain.CodeInvalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// FuzzLoad: whatever stands in the file, it is read or refused, and what is read can be used.
func FuzzLoad(f *testing.F) {
	for _, text := range []string{
		"", "shop = 'x'", "[variants.a]\nprovider = 'cash'\nmin = '1'", "variants.a.provider='x'", "[variants]\n", "[variants.a.b]", "[[variants.a]]",
		"[variants.\"\"]\nprovider='x'", "variants = {a = {provider = 'x', hold_days = 9223372036854775807}}", "[variants.a]\nprovider='x'\nmethods=['']",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Load(write(t, text), true)
		if err != nil {
			if domain.CodeOf(err) != domain.CodeInvalid {
				t.Fatal(err)
			}
			return
		}
		if len(c.Variants) == 0 {
			t.Fatal("no variants")
		}
		for _, v := range c.Variants {
			if v.Name == "" || v.Provider == "" || v.Timeout <= 0 || v.HoldFor <= 0 || len(v.Problems()) > 0 {
				t.Fatalf("%+v", v)
			}
		}
	})
}
