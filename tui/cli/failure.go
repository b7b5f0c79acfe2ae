package cli

import (
	"context"
	"errors"
	"fmt"

	"till/domain"
)

// exits are the exit codes of errors, as the contract has them.
var exits = map[domain.Code]int{
	domain.CodeInternal: 1, domain.CodeStorageFull: 1, domain.CodeStorageReadonly: 1, domain.CodeStorageCorrupt: 1,
	domain.CodeInvalid: 2, domain.CodeUsage: 2,
	domain.CodeDeclined: 3, domain.CodeFailed: 3,
	domain.CodeForbidden: 4, domain.CodeLockedOut: 4,
	domain.CodeUnknownOutcome:    5,
	domain.CodeIllegalTransition: 6, domain.CodeIdempotencyConflict: 6, domain.CodeVersionConflict: 6, domain.CodeBusy: 6,
	domain.CodeNotFound: 7, domain.CodeAmbiguous: 7,
	codeUnmet:       1,
	codeIll:         1,
	codeInterrupted: 130,
}

// The command line's own: somebody pressed Ctrl+C, a scenario did not hold, and the doctor found something.
const (
	codeInterrupted domain.Code = "interrupted"
	codeUnmet       domain.Code = "expectation_failed"
	codeIll         domain.Code = "ill"
)

// failure is an error as programs read it.
type failure struct {
	Code      domain.Code       `json:"code"`
	Message   string            `json:"message"`
	Hint      string            `json:"hint,omitempty"`
	Fields    map[string]string `json:"fields,omitempty"`
	State     domain.State      `json:"state,omitempty"`
	Event     string            `json:"event,omitempty"`
	AllowedIn []domain.State    `json:"allowed_in,omitzero"`
	Permitted []string          `json:"permitted_actions,omitzero"`
}

// end tells an error, if there is one, and gives the exit code.
func (a *app) end(ctx context.Context, err error) int {
	if err == nil {
		return 0
	}
	told := failureOf(err)
	if interrupted(ctx, err) {
		told = failure{Code: codeInterrupted, Message: "interrupted"}
	}
	if a.json {
		_ = writeJSON(a.Err, map[string]failure{"error": told})
		return exits[told.Code]
	}
	_, _ = fmt.Fprintf(a.Err, "till: %s\n", told.sentence())
	if told.Hint != "" {
		_, _ = fmt.Fprintf(a.Err, "hint: %s\n", told.Hint)
	}
	return exits[told.Code]
}

// interrupted leaves out a lost answer, which it may have caused: that it is unknown matters more.
func interrupted(ctx context.Context, err error) bool {
	return ctx.Err() != nil && (domain.CodeOf(err) == domain.CodeInternal ||
		errors.Is(err, ctx.Err()) && domain.CodeOf(err) != domain.CodeUnknownOutcome)
}

// failureOf makes all of an error safe to show: it may hold what somebody typed into the wrong place.
func failureOf(err error) failure {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		return failure{Code: domain.CodeInternal, Message: safe(err.Error())}
	}
	f := failure{
		Code: e.Code, Message: safe(e.Message), Hint: safe(e.Hint),
		State: e.State, Event: e.Event, AllowedIn: e.AllowedIn, Permitted: e.Permitted,
	}
	if e.Cause != nil {
		f.Message += ": " + safe(e.Cause.Error())
	}
	if len(e.Fields) > 0 {
		f.Fields = map[string]string{}
	}
	for field, sentence := range e.Fields {
		f.Fields[safe(field)] = safe(sentence)
	}
	if _, known := exits[f.Code]; !known {
		f.Code = domain.CodeInternal
	}
	return f
}

// sentence is the message with the wrong fields behind it.
func (f failure) sentence() string {
	return (&domain.Error{Message: f.Message, Fields: f.Fields}).Error()
}

func safe(text string) string { return domain.MaskCards(domain.Inert(text)) }
