package domain

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestIBAN(t *testing.T) {
	for text, want := range map[string]string{
		"DE89370400440532013000":                "DE 3000",
		"de89 3704 0044 0532 0130 00":           "DE 3000",
		"GB82-WEST-1234-5698-7654-32":           "GB 5432",
		"NO9386011117947":                       "NO 7947",
		"MT84MALT011000012345MTLCAST001S":       "MT 001S",
		"DE89370400440532013001":                "",
		"DE88370400440532013000":                "",
		"DE89 3704":                             "",
		"":                                      "",
		"8937040044053201300000":                "",
		"DEXX370400440532013000":                "",
		"DE89370400440532013000000000000000000": "",
		"DE8937040044053201300é":                "",
	} {
		iban, err := ParseIBAN(text)
		got := strings.TrimSpace(iban.Source().Country + " " + iban.Source().Last4)
		if got != want || (err == nil) != (want != "") || iban.Given() != (want != "") {
			t.Errorf("%q is %q (%v), want %q", text, got, err, want)
		}
		if err != nil && (CodeOf(err) != CodeInvalid || len(text) > 4 && strings.Contains(err.Error(), text[4:])) {
			t.Errorf("%v", err)
		}
	}
}

func TestIBANMasksItself(t *testing.T) {
	iban, err := ParseIBAN("DE89370400440532013000")
	if err != nil {
		t.Fatal(err)
	}
	to := &Recipient{Name: "Ann", IBAN: iban}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		for _, v := range []any{iban, *to, Operation{Recipient: to}} {
			if text := fmt.Sprintf(verb, v); strings.Contains(text, "370400") || strings.Contains(text, fmt.Sprintf("%x", "370400")) {
				t.Errorf("%s of %T shows %s", verb, v, text)
			}
		}
	}
	if text, err := json.Marshal(Operation{Recipient: to}); err != nil || strings.Contains(string(text), "Ann") {
		t.Errorf("%s, %v", text, err)
	}
	if text, err := json.Marshal(iban); err == nil {
		t.Errorf("it has a written form: %s", text)
	}
}
