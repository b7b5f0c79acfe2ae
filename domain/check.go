package domain

import (
	"errors"
	"fmt"
)

// Check is one thing that was looked at to see whether a till is well. Nothing secret stands in it.
type Check struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"` // what was found
	Advice string `json:"advice"` // what to do about it; empty where all is well
}

// Well is a check that found nothing wrong.
func Well(name, format string, args ...any) Check {
	return Check{Name: name, OK: true, Detail: fmt.Sprintf(format, args...)}
}

// Ill is a check that found something, with what to do about it.
func Ill(name, advice, format string, args ...any) Check {
	return Check{Name: name, Detail: fmt.Sprintf(format, args...), Advice: advice}
}

// IllBy is a check that could not be made, or that an error ended; its hint is the advice.
func IllBy(name string, err error) Check {
	check := Check{Name: name, Detail: err.Error(), Advice: "look at what it says, and try again"}
	if e, ok := errors.AsType[*Error](err); ok && e.Hint != "" {
		check.Advice = e.Hint
	}
	return check
}
