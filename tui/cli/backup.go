package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"till/domain"
)

// backup is the copies that a backup has made.
type backup struct {
	Database string `json:"database"`
	Sandbox  string `json:"sandbox"`
}

func (a *app) backup() *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Short: "a copy of the database, and of the sandbox's beside it, taken while others write", Args: takes("FILE"),
		Long: "Both copies are whole or not there. They open like any till: --db FILE. What is forgotten later stays in them, " +
			"and the secret that PINs need is not in them: keep that file too.",
		RunE: a.plain(func(cmd *cobra.Command, args []string) error {
			made, err := a.backUp(cmd.Context(), a.file(args[0]))
			if err != nil {
				return err
			}
			return a.say(made, func(p *page) {
				p.line("%s", safe(made.Database))
				p.line("%s", safe(made.Sandbox))
			})
		}),
	}
}

// backUp copies into a folder beside the file to be made, has that reach the disk, and gives the copies their names.
func (a *app) backUp(ctx context.Context, file string) (backup, error) {
	if _, err := os.Lstat(file); err == nil {
		return backup{}, isThere(file)
	}
	beside := filepath.Dir(file)
	folder, err := os.MkdirTemp(beside, ".till-backup-")
	if err != nil {
		return backup{}, domain.Errorf(domain.CodeInvalid, "no copy can be made at %s", file).WithHint("name a file in a folder that can be written").Because(err)
	}
	defer func() { _ = os.RemoveAll(folder) }() // of a backup that failed, or a second name of what was made
	database, gateway, err := a.env.Copy(ctx, a.placed(), filepath.Join(folder, filepath.Base(file)))
	if err != nil {
		return backup{}, err
	}
	made := backup{Database: file, Sandbox: filepath.Join(beside, filepath.Base(gateway))}
	if err := errors.Join(synced(gateway), synced(database)); err != nil {
		return backup{}, notKept(file, err)
	}
	if err := keptAs(gateway, made.Sandbox); err != nil { // first, so that whoever sees the database has both
		return backup{}, err
	}
	if err := keptAs(database, made.Database); err != nil {
		return backup{}, errors.Join(err, os.Remove(made.Sandbox)) // alone it would be in the way of the next try
	}
	if err := synced(beside); err != nil {
		return backup{}, notKept(file, err)
	}
	return made, nil
}

// keptAs gives a copy its name, which nobody may have taken meanwhile: a rename would put it in that one's place. Disks that
// know no second names have nothing better.
func keptAs(copied, name string) error {
	err := os.Link(copied, name)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = os.Rename(copied, name)
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		return isThere(name)
	case err != nil:
		return notKept(name, err)
	}
	return nil
}

func isThere(name string) error {
	return domain.Errorf(domain.CodeInvalid, "%s is there already", name).WithHint("name another file")
}

func notKept(name string, err error) error {
	return domain.Errorf(domain.CodeStorageFull, "the copy %s cannot be kept", name).WithHint("make room and try again").Because(err)
}

func synced(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
