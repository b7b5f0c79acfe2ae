package cli

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"

	"till/domain"
)

// badLine is a line of a file that could not be taken.
type badLine struct {
	Line  int    `json:"line"`
	Error string `json:"error"`
}

// eachLine gives every line of a file that is not empty, with its number; - is standard input.
func (a *app) eachLine(ctx context.Context, name string, do func(number int, text []byte) error) error {
	in := a.In
	if name != "-" {
		file, err := os.Open(a.file(name))
		if err != nil {
			return domain.Errorf(domain.CodeInvalid, "the file cannot be read").Because(err)
		}
		defer func() { _ = file.Close() }() // nothing was written to it
		if info, err := file.Stat(); err == nil && info.IsDir() {
			return domain.Errorf(domain.CodeInvalid, "%s is a folder", name)
		}
		in = file
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxDocument)
	for number := 1; lines.Scan(); number++ {
		text := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")))
		if len(text) == 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := do(number, text); err != nil {
			return err
		}
	}
	return unreadable(lines.Err())
}

func unreadable(err error) error {
	switch err {
	case nil, io.EOF:
		return nil
	case bufio.ErrTooLong:
		return domain.Errorf(domain.CodeInvalid, "a line is longer than %d bytes", maxDocument)
	}
	return domain.Errorf(domain.CodeInvalid, "the file cannot be read").Because(err)
}

// stops tells whether an error is no matter of one line: the disk is full, somebody pressed Ctrl+C.
func stops(ctx context.Context, err error) bool {
	return ctx.Err() != nil || exits[domain.CodeOf(err)] == exits[domain.CodeInternal] || domain.CodeOf(err) == domain.CodeBusy
}

// notAll is the error at the end of a file of which some lines could not be taken.
func notAll(failed []badLine) error {
	if len(failed) == 0 {
		return nil
	}
	return domain.Errorf(domain.CodeInvalid, "%d lines could not be taken, the first is line %d: %s",
		len(failed), failed[0].Line, failed[0].Error)
}

func showBadLines(p *page, failed []badLine) {
	for _, f := range failed {
		p.line("line %d: %s", f.Line, f.Error)
	}
}
