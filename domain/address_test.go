package domain

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/bojanz/address"
)

func TestCountriesAreThoseOfISO(t *testing.T) {
	countries := Countries()
	if len(countries) != 249 {
		t.Errorf("%d countries, ISO 3166-1 has 249", len(countries))
	}
	if first, last := countries[0].Name, countries[len(countries)-1].Name; first != "Afghanistan" || last != "Zimbabwe" {
		t.Errorf("from %s to %s", first, last)
	}
	if countries[1] != (Area{"AX", "Åland Islands"}) {
		t.Errorf("Åland is not sorted as an A: %v", countries[1])
	}
	for _, c := range countries {
		if code, err := ParseCountry(" " + strings.ToLower(c.Code) + " "); err != nil || code != c.Code {
			t.Errorf("%s is read as %q, %v", c.Code, code, err)
		}
	}
}

func TestParseCountryRefuses(t *testing.T) {
	for _, code := range []string{"", "D", "DEU", "ZZ", "XX", "UK", "EU", "AC", "CP", "CQ", "DG", "EA", "IC", "TA", "XK"} {
		if got, err := ParseCountry(code); err == nil {
			t.Errorf("%q is taken for %q", code, got)
		}
	}
}

func TestAddressFormIsTheCountrysOwn(t *testing.T) {
	for country, want := range map[string]string{
		"de": "Address*, Address, line 2, Postcode*, City*",
		"US": "Address*, Address, line 2, City*, State*, ZIP code*",
		"AU": "Address*, Address, line 2, Suburb*, State*, Postcode*",
		"JP": "Address*, Address, line 2, City, Prefecture*, Postcode*",
		"GB": "Address*, Address, line 2, Town or city*, Postcode*",
		"IE": "Address*, Address, line 2, City*, County, Eircode",
		"BO": "Address*, Address, line 2, City*",
		"":   "", "XX": "", "IC": "",
	} {
		var labels []string
		for _, f := range AddressForm(country) {
			labels = append(labels, f.Label+map[bool]string{true: "*"}[f.Required])
		}
		if got := strings.Join(labels, ", "); got != want {
			t.Errorf("%q asks for %s, not for %s", country, got, want)
		}
	}
}

func TestAddressFormsAreWhole(t *testing.T) {
	for _, country := range Countries() {
		for _, f := range AddressForm(country.Code) {
			if f.Key == "" || f.Label == "" {
				t.Errorf("%s has a field without a name: %+v", country.Name, f)
			}
			if f.Key == "postcode" && !fitsPostcode(f.Example, country.Code) {
				t.Errorf("%s: %q is no postcode of it", country.Name, f.Example)
			}
			for _, a := range f.Areas {
				if wrong := f.misfit(strings.ToUpper(a.Name), country.Code); a.Code == "" || wrong != "" {
					t.Errorf("%s: %v %s", country.Name, a, wrong)
				}
			}
		}
		if pattern := address.GetFormat(country.Code).PostalCodePattern; pattern != "" && fitsPostcode("#", country.Code) {
			t.Errorf("%s: %s takes anything", country.Name, pattern)
		}
	}
}

func TestAddressWarnings(t *testing.T) {
	fits := Address{Line1: "1 Infinite Loop", City: "Cupertino", Postcode: "95014", Area: "CA", Country: "US"}
	with := func(change func(*Address)) Address {
		a := fits
		change(&a)
		return a
	}
	for name, test := range map[string]struct {
		address Address
		want    string
	}{
		"everything fits":                 {fits, ""},
		"no address":                      {Address{}, ""},
		"a country is no address":         {Address{Country: "PT"}, ""},
		"no country":                      {with(func(a *Address) { a.Country = "" }), ""},
		"an unknown country":              {with(func(a *Address) { a.Country = "XX" }), ""},
		"an area by name, folded":         {with(func(a *Address) { a.Area = "california" }), ""},
		"an area by code, folded":         {with(func(a *Address) { a.Area = " ca " }), ""},
		"a country, folded":               {with(func(a *Address) { a.Country = "us"; a.Postcode = "1" }), "billing_address.postcode"},
		"junk behind the postcode":        {with(func(a *Address) { a.Postcode = "950140" }), "billing_address.postcode"},
		"a wrong area":                    {with(func(a *Address) { a.Area = "Bavaria" }), "billing_address.country_area"},
		"blanks are empty":                {with(func(a *Address) { a.City = "  " }), "billing_address.city"},
		"a field that nobody there needs": {Address{Line1: "a", City: "b", Postcode: "1016 AB", Area: "VV", Country: "NL"}, ""},
		"British, in lower case":          {Address{Line1: "a", City: "b", Postcode: "sw1v 3en", Country: "GB"}, ""},
		"British, with junk":              {Address{Line1: "a", City: "b", Postcode: "SW1V 3EN x", Country: "GB"}, "billing_address.postcode"},
		"British, with junk before":       {Address{Line1: "a", City: "b", Postcode: "x BFPO 12", Country: "GB"}, "billing_address.postcode"},
		"all at once": {
			Address{Postcode: "x", Area: "y", Country: "US"},
			"billing_address.address_1 billing_address.city billing_address.country_area billing_address.postcode",
		},
	} {
		warnings := AddressWarnings(test.address)
		if got := strings.Join(slices.Sorted(maps.Keys(warnings)), " "); got != test.want || got == "" && warnings != nil {
			t.Errorf("%s: %v", name, warnings)
		}
	}
}

func TestAddressWarningsAreSentences(t *testing.T) {
	got := AddressWarnings(Address{Line1: "1", Postcode: "2113", Area: "Bavaria", Country: "US"})
	want := map[string]string{
		"billing_address.city":         "is empty, the format of United States asks for it",
		"billing_address.postcode":     "does not fit the format of United States (it is like 12345)",
		"billing_address.country_area": "is no state that the format of United States knows",
	}
	if !maps.Equal(got, want) {
		t.Errorf("%v", got)
	}
}
