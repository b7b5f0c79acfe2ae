package domain

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/bojanz/address"
)

// AddressField is one question of a country's address form.
type AddressField struct {
	Key      string // address_1, address_2, city, postcode, country_area
	Label    string // as the country calls it: State, Postcode, Prefecture, Suburb
	Required bool   // by the country's format; till itself asks for none
	Areas    []Area // of country_area, where the format knows them all
	Example  string // of a postcode that fits the format
}

// Area is a country, or a part of one.
type Area struct{ Code, Name string }

// notISO are the codes that CLDR has and ISO 3166-1 has not assigned.
var notISO = map[string]bool{
	"AC": true, "CP": true, "CQ": true, "DG": true, "EA": true, "IC": true, "TA": true, "XK": true,
}

// plainLetters lets Åland stand beside Albania, and not behind Zimbabwe.
var plainLetters = strings.NewReplacer("Å", "A", "ã", "a", "ç", "c", "é", "e", "ô", "o", "ü", "u")

// Countries lists the countries of ISO 3166-1 by their two-letter codes and English names, sorted by name.
func Countries() []Area {
	countries := make([]Area, 0, 249)
	for code, name := range address.GetCountryNames() {
		if !notISO[code] {
			countries = append(countries, Area{code, name})
		}
	}
	slices.SortFunc(countries, func(a, b Area) int {
		return cmp.Compare(plainLetters.Replace(a.Name), plainLetters.Replace(b.Name))
	})
	return countries
}

// ParseCountry reads a two-letter code of ISO 3166-1 in any case, with blanks around it. It fails on a code
// that ISO does not have.
func ParseCountry(s string) (string, error) {
	code := strings.ToUpper(strings.TrimSpace(s))
	if _, known := address.GetCountryNames()[code]; !known || notISO[code] {
		return "", errors.New("must be a country of ISO 3166 (two letters, like DE)")
	}
	return code, nil
}

// AddressForm gives the fields that a country's addresses have, in the order of its format; none for an
// unknown country.
func AddressForm(country string) []AddressField {
	code, err := ParseCountry(country)
	if err != nil {
		return nil
	}
	format := address.GetFormat(code)
	var form []AddressField
	for _, place := range strings.Split(format.Layout, "%")[1:] {
		if field, ok := addressField(address.Field(place[:1]), format); ok {
			form = append(form, field)
		}
	}
	return form
}

// addressField leaves out the third line and the sublocality: gateways have no field for them.
func addressField(field address.Field, format address.Format) (AddressField, bool) {
	f := AddressField{Required: format.IsRequired(field)}
	switch field {
	case address.FieldLine1:
		f.Key, f.Label = "address_1", "Address"
	case address.FieldLine2:
		f.Key, f.Label = "address_2", "Address, line 2"
	case address.FieldLocality:
		f.Key, f.Label = "city", cityLabels[format.LocalityType]
	case address.FieldRegion:
		f.Key, f.Label, f.Areas = "country_area", areaLabels[format.RegionType], areasOf(format)
	case address.FieldPostalCode:
		f.Key, f.Label, f.Example = "postcode", postcodeLabels[format.PostalCodeType], postcodeExample(format.PostalCodePattern)
	}
	return f, f.Key != ""
}

// The labels. The library's own names are shifted against its constants (it forgot the county), so they are not asked.
var (
	cityLabels = map[address.LocalityType]string{
		address.LocalityTypeCity: "City", address.LocalityTypeDistrict: "District",
		address.LocalityTypePostTown: "Post town", address.LocalityTypeSuburb: "Suburb",
		address.LocalityTypeTownCity: "Town or city",
	}
	areaLabels = map[address.RegionType]string{
		address.RegionTypeProvince: "Province", address.RegionTypeArea: "Area", address.RegionTypeCanton: "Canton",
		address.RegionTypeCounty: "County", address.RegionTypeDepartment: "Department",
		address.RegionTypeDistrict: "District", address.RegionTypeDoSi: "Do or si", address.RegionTypeEmirate: "Emirate",
		address.RegionTypeIsland: "Island", address.RegionTypeParish: "Parish",
		address.RegionTypePrefecture: "Prefecture", address.RegionTypeRegion: "Region", address.RegionTypeState: "State",
	}
	postcodeLabels = map[address.PostalCodeType]string{
		address.PostalCodeTypePostal: "Postcode", address.PostalCodeTypeEir: "Eircode",
		address.PostalCodeTypePin: "PIN code", address.PostalCodeTypeZip: "ZIP code",
	}
)

func areasOf(format address.Format) []Area {
	areas := make([]Area, 0, format.Regions.Len())
	for _, code := range format.Regions.Keys() {
		name, _ := format.Regions.Get(code)
		areas = append(areas, Area{code, name})
	}
	return areas
}

// AddressWarnings says what of an address does not fit its country's format, a sentence for each field, such as
// "billing_address.postcode". It is nil when everything fits, and when there is no address or no known country.
// These are no errors: of the world's real addresses many do not fit.
func AddressWarnings(a Address) map[string]string {
	code, err := ParseCountry(a.Country)
	if err != nil || a == (Address{Country: a.Country}) {
		return nil
	}
	country := address.GetCountryNames()[code]
	var warnings map[string]string
	for _, field := range AddressForm(code) {
		if wrong := field.misfit(strings.TrimSpace(a.field(field.Key)), code); wrong != "" {
			if warnings == nil {
				warnings = map[string]string{}
			}
			warnings["billing_address."+field.Key] = fmt.Sprintf(wrong, country)
		}
	}
	return warnings
}

// field gives a field of the address by the name that gateways have for it.
func (a Address) field(key string) string {
	return map[string]string{
		"address_1": a.Line1, "address_2": a.Line2, "city": a.City, "postcode": a.Postcode, "country_area": a.Area,
	}[key]
}

// misfit is a sentence with a place for the country's name; empty if the value fits.
func (f AddressField) misfit(value, country string) string {
	switch {
	case value == "" && f.Required:
		return "is empty, the format of %s asks for it"
	case value == "":
		return ""
	case f.Key == "postcode" && !fitsPostcode(value, country):
		return "does not fit the format of %s (it is like " + f.Example + ")"
	case len(f.Areas) > 0 && !slices.ContainsFunc(f.Areas, func(a Area) bool { return a.called(value) }):
		return "is no " + strings.ToLower(f.Label) + " that the format of %s knows"
	}
	return ""
}

// turkish folds the two letters that Unicode's simple folding keeps apart: Aydın is AYDIN on a keyboard.
var turkish = strings.NewReplacer("ı", "i", "İ", "i")

// called tells whether the area has that code or name, in any case.
func (a Area) called(name string) bool {
	return strings.EqualFold(a.Code, name) || strings.EqualFold(turkish.Replace(a.Name), turkish.Replace(name))
}

// postcodes are the compiled patterns by country; they are made when first asked for, as Britain's is long.
var postcodes sync.Map

// fitsPostcode takes anything where the format has postcodes but no pattern for them.
func fitsPostcode(value, country string) bool {
	kept, ok := postcodes.Load(country)
	if !ok {
		kept, _ = postcodes.LoadOrStore(country, postcodePattern(country))
	}
	pattern, _ := kept.(*regexp.Regexp)
	return pattern == nil || pattern.MatchString(value)
}

// postcodePattern anchors the pattern in a group: the library's own check accepts junk behind patterns like A|B.
// It is nil where there is none. (A test compiles them all.)
func postcodePattern(country string) *regexp.Regexp {
	text := address.GetFormat(country).PostalCodePattern
	pattern, err := regexp.Compile("(?i)^(?:" + text + ")$")
	if text == "" || err != nil {
		return nil
	}
	return pattern
}

// postcodeExample writes a postcode that fits the pattern, to show people what one looks like. Nobody lists
// examples for all countries; the patterns are simple enough to walk. It is empty for an empty pattern.
func postcodeExample(pattern string) string {
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return ""
	}
	var b exampleWriter
	b.write(tree)
	return b.String()
}

// exampleWriter counts its digits up: 12345 looks more like an example than 00000.
type exampleWriter struct {
	strings.Builder
	digits int
}

func (b *exampleWriter) write(re *syntax.Regexp) {
	switch re.Op {
	case syntax.OpLiteral:
		b.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		b.WriteRune(b.pick(re.Rune))
	case syntax.OpQuest:
		if isBlank(re.Sub[0]) { // written with its blank or dash, but without other extras
			b.write(re.Sub[0])
		}
	case syntax.OpRepeat:
		for range max(re.Min, 1) {
			b.write(re.Sub[0])
		}
	case syntax.OpAlternate: // the longest one is the usual one, the others are for post boxes and armies
		b.write(slices.MaxFunc(re.Sub, func(a, c *syntax.Regexp) int { return len(a.String()) - len(c.String()) }))
	default:
		for _, sub := range re.Sub {
			b.write(sub)
		}
	}
}

func isBlank(re *syntax.Regexp) bool {
	return re.Op == syntax.OpLiteral && !unicode.IsLetter(re.Rune[0]) && !unicode.IsDigit(re.Rune[0]) ||
		re.Op == syntax.OpCharClass && slices.Contains(re.Rune, ' ')
}

// pick takes the next digit where the class (pairs of first and last rune) has it, and a letter where a word
// begins that may begin with one.
func (b *exampleWriter) pick(class []rune) rune {
	digit := rune('1' + b.digits%9)
	text := b.String()
	inWord := text != "" && text[len(text)-1] > '-'
	if last := class[len(class)-2]; last >= 'A' && !inWord {
		return last
	}
	for i := 0; i < len(class); i += 2 {
		if class[i] <= digit && digit <= class[i+1] {
			b.digits++
			return digit
		}
	}
	return class[0]
}
