package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// evidence is what a command names as evidence.
type evidence struct {
	files []string
	text  string
}

func (e *evidence) flags(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&e.files, "file", nil, "a PDF, PNG, JPEG or text `file` of at most 4 MB; can be given several times. Its name is kept for good")
	cmd.Flags().StringVar(&e.text, "text", "", "a statement of at most 500 letters")
}

func (e *evidence) empty() bool { return len(e.files) == 0 && e.text == "" }

// read reads the files. What is wrong with any of them, and with the text, is named at once.
func (a *app) read(e evidence) (till.Evidence, error) {
	wrong := problems{}
	with := till.Evidence{Text: e.text}
	for i, name := range e.files {
		content, err := readFile(a.file(name))
		if err != nil {
			wrong.say(fmt.Sprintf("files[%d]", i), domain.Inert(name)+" "+err.Error())
		}
		with.Files = append(with.Files, till.File{Name: filepath.Base(name), Content: content})
	}
	if also, ok := errors.AsType[*domain.Error](with.Check()); ok {
		for field, sentence := range also.Fields {
			if wrong[field] == "" { // one that could not be read is not empty
				wrong.say(field, sentence)
			}
		}
	}
	return with, domain.Invalid("the evidence", wrong)
}

// readFile reads a file, but no more of it than shows that it is too large.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("is not there")
	case err == nil && !info.Mode().IsRegular(): // to open a pipe would wait for ever
		return nil, errors.New("is no file")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, errors.New("cannot be read")
	}
	defer func() { _ = file.Close() }() // nothing was written to it
	content, err := io.ReadAll(io.LimitReader(file, domain.PaperLimit+1))
	if err != nil {
		return nil, errors.New("cannot be read")
	}
	return content, nil
}
