package cli

import (
	"errors"
	"fmt"
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
	cmd.Flags().StringArrayVar(&e.files, "file", nil, "a PDF, PNG, JPEG or text `file` of at most 4 MB; can be given several times")
	cmd.Flags().StringVar(&e.text, "text", "", "a statement of at most 500 letters")
}

func (e *evidence) empty() bool { return len(e.files) == 0 && e.text == "" }

// read reads the files. What is wrong with any of them, and with the text, is named at once.
func (a *app) read(e evidence) (till.Evidence, error) {
	wrong := problems{}
	with := till.Evidence{Text: e.text}
	for i, name := range e.files {
		file, err := till.ReadFile(a.file(name))
		if err != nil {
			wrong.say(fmt.Sprintf("files[%d]", i), domain.Inert(name)+" "+err.Error())
		}
		file.Name = filepath.Base(name) // as it was named
		with.Files = append(with.Files, file)
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
