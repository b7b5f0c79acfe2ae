// Package config is what a person may set: the TOML file, and where everything lies.
package config

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/adrg/xdg"
	"github.com/pelletier/go-toml/v2"

	"till/domain"
)

// Config is the TOML file. Without one the defaults hold.
type Config struct {
	Shop             string `toml:"shop"`
	Currency         string `toml:"currency"`
	Country          string `toml:"country"` // of the shop, ISO 3166-1: by it cash is rounded; "" rounds nothing
	PricesIncludeTax bool   `toml:"prices_include_tax"`
	RefundLimit      string `toml:"refund_limit"` // how much of an order a clerk may give back alone, in the currency; "" is usualLimit
	LockAfter        string `toml:"lock_after"`   // without a key until somebody has to sign in at the console again, such as 10m; "" is never
	Timeout          string `toml:"timeout"`      // of one call to a provider
	Motion           bool   `toml:"motion"`       // whether the console may move things
	Theme            string `toml:"theme"`        // auto, dark, light or contrast

	Variants []Variant `toml:"-"` // never none; the first that offers a method is the default
}

// file is all that may stand in the file.
type file struct {
	Config
	Variants map[string]variant `toml:"variants"`
}

// defaults are what holds where the file says nothing.
var defaults = Config{Shop: "till", Currency: "EUR", Timeout: "30s", Motion: true, Theme: "auto"}

var themes = []string{"auto", "dark", "light", "contrast"}

// Paths are where everything lies.
type Paths struct {
	Config   string
	Database string
	Sandbox  string
	Pepper   string // the secret of the PINs
}

// Locate finds the paths, absolute: what was asked for, else the environment, else the XDG folders.
func Locate(database, config string, env func(string) string) (Paths, error) {
	p := Paths{
		Database: firstOf(database, env("TILL_DB"), filepath.Join(xdg.DataHome, "till", "till.db")),
		Config:   firstOf(config, env("TILL_CONFIG"), filepath.Join(xdg.ConfigHome, "till", "config.toml")),
	}
	var errs [2]error
	p.Database, errs[0] = filepath.Abs(p.Database)
	p.Config, errs[1] = filepath.Abs(p.Config)
	p.Sandbox = strings.TrimSuffix(p.Database, ".db") + ".sandbox.db"
	p.Pepper = filepath.Join(filepath.Dir(p.Config), pepperName)
	return p, errors.Join(errs[:]...)
}

func firstOf(choices ...string) string {
	for _, c := range choices {
		if c != "" {
			return c
		}
	}
	return ""
}

// Load reads the file; none is needed, but one that was asked for must be there. CodeInvalid names what is wrong.
func Load(path string, asked bool) (Config, error) {
	c := defaults
	text, err := os.ReadFile(path)
	if err != nil && (asked || !errors.Is(err, fs.ErrNotExist)) {
		return c, domain.Errorf(domain.CodeInvalid, "the configuration %s cannot be read", path).
			WithHint("name another with --config, or none").Because(err)
	}
	f, err := parse(text)
	if err != nil {
		return c, domain.Errorf(domain.CodeInvalid, "the configuration %s is not right", path).Because(detail(err))
	}
	fields := map[string]string{}
	c = f.Config
	if _, err := domain.ParseCurrency(c.Currency); err != nil {
		fields["currency"] = err.Error()
	}
	if !slices.Contains(themes, c.Theme) {
		fields["theme"] = "must be auto, dark, light or contrast"
	}
	if c.Country != "" {
		if c.Country, err = domain.ParseCountry(c.Country); err != nil {
			fields["country"] = err.Error()
		}
	}
	if _, err := c.limit(); err != nil {
		fields["refund_limit"] = err.Error()
	}
	if _, err := c.lock(); err != nil {
		fields["lock_after"] = err.Error()
	}
	timeout, err := parseTimeout(c.Timeout)
	if err != nil {
		fields["timeout"] = err.Error()
	}
	c.Variants = readVariants(text, f.Variants, timeout, fields)
	return c, domain.Invalid("the configuration "+path, fields)
}

// parse reads what stands in a file, with the defaults where it says nothing.
func parse(text []byte) (file, error) {
	f := file{Config: defaults}
	return f, toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields().Decode(&f)
}

// usualLimit is how much of an order a clerk may give back alone where nothing else is said, in minor units: 50 euro,
// 5,000 yen.
const usualLimit = 5_000

func (c Config) limit() (domain.Amount, error) {
	if c.RefundLimit == "" {
		return usualLimit, nil
	}
	return domain.Currency(c.Currency).Parse(c.RefundLimit)
}

// Limit is how much of an order a clerk may give back alone, in minor units of the currency.
func (c Config) Limit() domain.Amount {
	limit, _ := c.limit() // Load has looked
	return limit
}

func (c Config) lock() (time.Duration, error) {
	if c.LockAfter == "" {
		return 0, nil
	}
	after, err := time.ParseDuration(c.LockAfter)
	if err != nil || after < time.Minute {
		return 0, errors.New("must be a minute at least, such as 10m")
	}
	return after, nil
}

// Lock is how long nobody may touch the console until somebody has to sign in again; 0: for ever.
func (c Config) Lock() time.Duration {
	after, _ := c.lock() // Load has looked
	return after
}

// parseTimeout reads how long one call to a provider may take.
func parseTimeout(text string) (time.Duration, error) {
	limit, err := time.ParseDuration(text)
	if err != nil || limit <= 0 {
		return 0, errors.New("must be a duration such as 30s")
	}
	return limit, nil
}

// detail is what the TOML reader has to say, with the line.
func detail(err error) error {
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok {
		return errors.New("unknown: " + strings.ReplaceAll(strict.String(), "\n", " "))
	}
	return err
}
