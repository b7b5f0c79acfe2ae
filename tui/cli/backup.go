package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

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
			file := a.file(args[0])
			made := backup{Database: file, Sandbox: strings.TrimSuffix(file, ".db") + ".sandbox.db"}
			if err := a.backUp(cmd.Context(), made); err != nil {
				return err
			}
			return a.say(made, func(p *page) {
				p.line("%s", safe(made.Database))
				p.line("%s", safe(made.Sandbox))
			})
		}),
	}
}

// backUp copies into a folder beside the files to be made, has that reach the disk, and gives the copies their names: the
// gateway's first, so that whoever sees the database has both.
func (a *app) backUp(ctx context.Context, wanted backup) error {
	for _, name := range []string{wanted.Database, wanted.Sandbox} {
		if _, err := os.Lstat(name); err == nil {
			return domain.Errorf(domain.CodeInvalid, "%s is there already", name).WithHint("name another file")
		}
	}
	folder, err := os.MkdirTemp(filepath.Dir(wanted.Database), ".till-backup-")
	if err != nil {
		return domain.Errorf(domain.CodeInvalid, "no copy can be made at %s", wanted.Database).WithHint("name a file in a folder that can be written").Because(err)
	}
	defer func() { _ = os.RemoveAll(folder) }() // it is empty, or of a backup that failed
	database, gateway, err := a.env.Copy(ctx, a.placed(), folder)
	if err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return synced(gateway) },
		func() error { return synced(database) },
		func() error { return os.Rename(gateway, wanted.Sandbox) },
		func() error { return os.Rename(database, wanted.Database) },
		func() error { return synced(filepath.Dir(wanted.Database)) },
	} {
		if err := step(); err != nil {
			return domain.Errorf(domain.CodeStorageFull, "the copy %s cannot be kept", wanted.Database).WithHint("make room and try again").Because(err)
		}
	}
	return nil
}

func synced(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
