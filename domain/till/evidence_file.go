package till

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"till/domain"
)

// ReadFile reads a document of this machine as evidence, but no more of it than shows that it is too large. The file
// that it gives has its name also beside an error, which says in a few words what is wrong with it.
func ReadFile(path string) (File, error) {
	given := File{Name: filepath.Base(path)}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return given, errors.New("is not there")
	case err == nil && !info.Mode().IsRegular(): // to open a pipe would wait for ever
		return given, errors.New("is no file")
	}
	file, err := os.Open(path)
	if err != nil {
		return given, errors.New("cannot be read")
	}
	defer func() { _ = file.Close() }() // nothing was written to it
	if given.Content, err = io.ReadAll(io.LimitReader(file, domain.PaperLimit+1)); err != nil {
		return given, errors.New("cannot be read")
	}
	return given, nil
}
