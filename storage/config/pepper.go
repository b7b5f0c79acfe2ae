package config

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"till/domain"
)

// pepperName is what the secret of the PINs is called, in the folder of the configuration.
const pepperName = "pepper"

// pepperSize is how many random bytes it has.
const pepperSize = 32

// Pepper gives what reads the secret of the PINs from a file of its own, which is in no database and in no copy of one.
// With create it is made where there is none, its owner's alone. CodeInternal where there is none, it cannot be read, or it is no pepper:
// without the very same one no PIN can be checked.
func Pepper(path string) func(create bool) ([]byte, error) {
	return func(create bool) ([]byte, error) {
		text, err := os.ReadFile(path)
		if create && errors.Is(err, fs.ErrNotExist) {
			if err := makePepper(path); err != nil {
				return nil, domain.Errorf(domain.CodeInternal, "the secret of the PINs cannot be kept in %s", path).
					WithHint("make the folder one that you may write").Because(err)
			}
			text, err = os.ReadFile(path)
		}
		pepper, wrong := hex.DecodeString(strings.TrimSpace(string(text)))
		if err == nil && wrong == nil && len(pepper) == pepperSize {
			return pepper, nil
		}
		what := "is not what it was"
		switch {
		case errors.Is(err, fs.ErrNotExist):
			what = "is gone"
		case err != nil:
			return nil, domain.Errorf(domain.CodeInternal, "the secret of the PINs cannot be read: %s", path).
				WithHint("make it a file that you may read: without it no PIN can be checked, and nobody can sign in").Because(err)
		}
		return nil, domain.Errorf(domain.CodeInternal, "the secret of the PINs %s: %s", what, path).
			WithHint("put the file back from a copy of its folder: without it no PIN can be checked, and nobody can sign in")
	}
}

// makePepper writes the file whole or not at all. Where another process was faster, its pepper stands.
func makePepper(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	secret := make([]byte, pepperSize)
	_, _ = rand.Read(secret) // it ends the program rather than fail
	draft, err := os.CreateTemp(filepath.Dir(path), ".pepper-")
	if err != nil {
		return err
	}
	_, err = draft.WriteString(hex.EncodeToString(secret) + "\n")
	err = errors.Join(err, draft.Chmod(0o600), draft.Sync(), draft.Close())
	if err == nil {
		err = os.Link(draft.Name(), path)
	}
	if errors.Is(err, fs.ErrExist) {
		err = nil
	}
	return errors.Join(err, os.Remove(draft.Name()))
}
