package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"till/domain"
)

// spaceNeeded is how many bytes a disk should have left: a busy day's journal, several times.
const spaceNeeded = 100 << 20

// Examine looks at the files of a till from outside: whether the configuration can be used, who else may read or write
// them, and whether their disk has room. asked is as with Load.
func Examine(at Paths, asked bool) []domain.Check {
	return []domain.Check{examineFile(at.Config, asked), examineRights(at), examineSpace(filepath.Dir(at.Database))}
}

func examineFile(path string, asked bool) domain.Check {
	const name = "configuration"
	c, err := Load(path, asked)
	if err != nil {
		check := domain.IllBy(name, err)
		check.Advice = "mend " + path + ", or name another with --config"
		return check
	}
	if _, err := os.Stat(path); err != nil {
		return domain.Well(name, "there is none at %s, and none is needed", path)
	}
	return domain.Well(name, "%s can be used, variants: %d", path, len(c.Variants))
}

// secret are what nobody else may read: a shop's sales, and what makes PINs hard to guess. What they lie in, and the
// configuration, nobody else may write.
func (p Paths) secret() []string {
	return []string{
		p.Database, p.Database + "-wal", p.Database + "-shm", p.Sandbox, p.Sandbox + "-wal", p.Sandbox + "-shm",
		p.Pepper,
	}
}

const (
	others       fs.FileMode = 0o077 // whoever is not the owner reads, writes or enters
	othersWrites fs.FileMode = 0o022
)

func examineRights(at Paths) domain.Check {
	const name = "permissions"
	looked := 0
	for _, path := range at.secret() {
		mode, there, err := modeOf(path)
		switch {
		case err != nil:
			return domain.IllBy(name, err)
		case there && mode&others != 0:
			return domain.Ill(name, "chmod 600 "+path, "others may use %s: it is %04o", path, mode)
		case there:
			looked++
		}
	}
	for _, path := range []string{filepath.Dir(at.Database), filepath.Dir(at.Config), at.Config} {
		mode, there, err := modeOf(path)
		switch {
		case err != nil:
			return domain.IllBy(name, err)
		case there && mode&othersWrites != 0:
			return domain.Ill(name, "chmod go-w "+path, "others may write %s: it is %04o", path, mode)
		}
	}
	return domain.Well(name, "files that are their owner's alone: %d", looked)
}

// modeOf gives who may do what. In a folder such as /tmp, where everybody may make files but nobody touch another's,
// writing counts for nothing.
func modeOf(path string) (mode fs.FileMode, there bool, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, false, nil
	case err != nil:
		return 0, false, fmt.Errorf("look at %s: %w", path, err)
	case info.IsDir() && info.Mode()&fs.ModeSticky != 0:
		return info.Mode().Perm() &^ othersWrites, true, nil
	}
	return info.Mode().Perm(), true, nil
}

func examineSpace(folder string) domain.Check {
	const name = "disk"
	left, known := spaceLeft(folder)
	switch {
	case !known:
		return domain.Well(name, "how much room is left in %s cannot be told", folder)
	case left < spaceNeeded:
		return domain.Ill(name, "make room before the disk is full", "%d MiB are left in %s", left>>20, folder)
	}
	return domain.Well(name, "%d MiB are left in %s", left>>20, folder)
}
