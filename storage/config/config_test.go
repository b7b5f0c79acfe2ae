package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"till/domain"
)

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoad(t *testing.T) {
	c, err := Load(write(t, "shop = \"Corner\"\ncurrency = \"CHF\"\ncountry = \"ch\"\nprices_include_tax = true\ntimeout = \"5s\"\n"), true)
	if err != nil {
		t.Fatal(err)
	}
	if c.Shop != "Corner" || c.Currency != "CHF" || c.Country != "CH" || !c.PricesIncludeTax || c.Variants[0].Timeout != 5*time.Second {
		t.Errorf("got %+v", c)
	}
}

func TestNoFileIsNeeded(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "none.toml")
	if c, err := Load(missing, false); err != nil || c.Currency != "EUR" || len(c.Variants) != 2 || c.Variants[1].Timeout != 30*time.Second {
		t.Errorf("got %+v, %v", c, err)
	}
	if _, err := Load(missing, true); domain.CodeOf(err) != domain.CodeInvalid {
		t.Errorf("a file that was asked for and is missing: %v", err)
	}
}

func TestWrongFilesAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"currency = \"XYZ\"":       "currency",
		"timeout = \"soon\"":       "timeout",
		"country = \"XX\"":         "country",
		"colour = \"blue\"":        "colour",
		"theme = \"blue\"":         "theme",
		"refund_limit = \"a lot\"": "refund_limit",
		"refund_limit = \"1.234\"": "refund_limit",
		"lock_after = \"soon\"":    "lock_after",
		"lock_after = \"1s\"":      "lock_after",
		"shop = ":                  "not right",
	} {
		_, err := Load(write(t, text), true)
		if domain.CodeOf(err) != domain.CodeInvalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestLocate(t *testing.T) {
	env := map[string]string{"TILL_DB": "/e/shop.db"}
	p, err := Locate("", "/c.toml", func(name string) string { return env[name] })
	if err != nil || p.Database != "/e/shop.db" || p.Sandbox != "/e/shop.sandbox.db" || p.Config != "/c.toml" {
		t.Errorf("got %+v", p)
	}
	if p, err = Locate("/asked.db", "", func(name string) string { return env[name] }); err != nil || p.Database != "/asked.db" {
		t.Errorf("a flag comes before the environment: %+v", p)
	}
}

// The README's example is one that can be used.
func TestTheExampleOfTheREADME(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(readme), "## Configuration")
	var example strings.Builder
	for line := range strings.Lines(section) {
		if strings.HasPrefix(line, "## ") {
			break
		}
		if code, indented := strings.CutPrefix(line, "    "); indented {
			example.WriteString(code)
		}
	}
	c, err := Load(write(t, example.String()), true)
	if err != nil || !found || len(c.Variants) != 2 || c.Variants[1].HoldFor != 7*day || c.Shop != "The Corner" {
		t.Errorf("%v: %+v of\n%s", err, c, example.String())
	}
}
