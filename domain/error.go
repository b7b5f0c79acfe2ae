// Package domain is what is true of a till: its money, its orders and payments, the machines that they
// live by, and the journal whose entries are their life. It knows nobody: what it needs of the outside is
// named in ports.go.
package domain

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Code says what kind of error it is, for programs; the command line makes an exit code of it.
type Code string

// The codes of errors, in the order of the exit codes 1 to 7.
const (
	CodeInternal            Code = "internal"
	CodeStorageFull         Code = "storage_full"
	CodeStorageReadonly     Code = "storage_readonly"
	CodeStorageCorrupt      Code = "storage_corrupt"
	CodeInvalid             Code = "invalid"
	CodeUsage               Code = "usage"
	CodeDeclined            Code = "declined"
	CodeFailed              Code = "failed"
	CodeForbidden           Code = "forbidden"
	CodeLockedOut           Code = "locked_out"
	CodeUnknownOutcome      Code = "unknown_outcome"
	CodeIllegalTransition   Code = "illegal_transition"
	CodeIdempotencyConflict Code = "idempotency_conflict"
	CodeVersionConflict     Code = "version_conflict"
	CodeBusy                Code = "busy"
	CodeNotFound            Code = "not_found"
	CodeAmbiguous           Code = "ambiguous"
)

// Error is an error with a code for programs, a sentence for people, and a hint what to do now.
type Error struct {
	Code    Code
	Message string
	Hint    string
	Fields  map[string]string // of CodeInvalid: each wrong field and what is wrong with it

	// Of CodeIllegalTransition: where it stands, what was asked, where that is possible, what is possible here.
	State     State
	Event     string
	AllowedIn []State
	Permitted []string

	Cause error // what the outside said, where it did
}

// Error is the sentence, with the fields in order behind it.
func (e *Error) Error() string {
	text := e.Message
	for i, field := range slices.Sorted(maps.Keys(e.Fields)) {
		sep := "; "
		if i == 0 {
			sep = ": "
		}
		text += sep + field + " " + e.Fields[field]
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Errorf makes an Error of a code and a sentence.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// WithHint adds what to do now.
func (e *Error) WithHint(format string, args ...any) *Error {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}

// Because adds the cause.
func (e *Error) Because(err error) *Error {
	e.Cause = err
	return e
}

// Invalid is one error for all wrong fields; nil when there are none.
func Invalid(what string, fields map[string]string) error {
	if len(fields) == 0 {
		return nil
	}
	return &Error{Code: CodeInvalid, Message: what + " is not valid", Fields: fields}
}

// CodeOf gives the code of an error: internal for one that carries none, empty for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return CodeInternal
}
