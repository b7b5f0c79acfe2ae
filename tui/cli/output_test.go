package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"till/domain"
)

// What a terminal acts on must not come out as it is, and must mean the same to programs.
func TestJSONIsInert(t *testing.T) {
	text := "a\x1b[2J\u009b1m\u202eb\u200d\U000e0041\x7f<é日\U0001f600>"
	var b strings.Builder
	if err := writeJSON(&b, map[string]string{"x": text}); err != nil {
		t.Fatal(err)
	}
	if want := `{"x":"a\u001b[2J\u009b1m\u202eb\u200d\udb40\udc41\u007f<é日😀>"}` + "\n"; b.String() != want {
		t.Errorf("%s", b.String())
	}
	var back map[string]string
	if err := json.Unmarshal([]byte(b.String()), &back); err != nil || back["x"] != text {
		t.Errorf("%q, %v", back["x"], err)
	}
}

func TestTextIsInertAndAligned(t *testing.T) {
	var p page
	p.table("  ", "lr", [][]string{{"a\x1b[31m", "1"}, {"béé", "100"}})
	if want := "  a      1\n  béé  100\n"; p.String() != want {
		t.Errorf("%q", p.String())
	}
}

func TestExitCodes(t *testing.T) {
	for code, want := range exits {
		var errs strings.Builder
		a := &app{IO: IO{Err: &errs}}
		err := fmt.Errorf("around: %w", domain.Errorf(code, "no").WithHint("do this"))
		if got := a.end(context.Background(), err); got != want {
			t.Errorf("%s is %d, not %d", code, got, want)
		}
		if errs.String() != "till: no\nhint: do this\n" {
			t.Errorf("%q", errs.String())
		}
	}
	if a := (&app{IO: IO{Err: &strings.Builder{}}}); a.end(context.Background(), errors.New("x")) != 1 {
		t.Error("any other error is a fault")
	}
}

func TestFailureHidesCardNumbers(t *testing.T) {
	err := domain.Errorf(domain.CodeInvalid, "%s\x1b[2J", "4242424242424242").Because(errors.New("4242 4242 4242 4242"))
	err.Fields = map[string]string{"x4242424242424242": "4242424242424242"}
	told, _ := json.Marshal(failureOf(err))
	if strings.Contains(string(told), "4242 4242") || strings.Contains(string(told), "42424242") || strings.Contains(string(told), "u001b") {
		t.Errorf("%s", told)
	}
}
