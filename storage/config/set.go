package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"syscall"

	"github.com/pelletier/go-toml/v2/unstable"

	"till/domain"
)

// Set writes one of the file's own settings (shop, currency, theme, motion ...) into it, and makes the file where there
// is none. Everything else stays as somebody wrote it, comments too: what would change more, or make the file unusable,
// is refused (CodeInvalid) and nothing is written; so it is where there is no room (CodeStorageFull) or the file may not be
// written (CodeStorageReadonly). value is a text or a bool.
func Set(path, name string, value any) error {
	refused := func(why error) error {
		return domain.Errorf(domain.CodeInvalid, "the configuration %s is left as it is", path).
			WithHint("write it there by hand: %s = %s", name, literal(value)).Because(why)
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // the link stays one
	}
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return refused(err)
	}
	changed := edited(text, name, literal(value))
	if err := sameBut(text, changed, name); err != nil {
		return refused(err)
	}
	return notKept(path, replace(path, changed))
}

// notKept says why a file could not be replaced: there is no room, or it may not be written. It is what it was.
func notKept(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return domain.Errorf(domain.CodeStorageReadonly, "the configuration %s cannot be written, and is what it was", path).
			WithHint("check that you may write the file and its folder, and that the disk is not read-only").Because(err)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		return domain.Errorf(domain.CodeStorageFull, "there is no room for the configuration %s, and it is what it was", path).
			WithHint("make room and try again").Because(err)
	}
	return domain.Errorf(domain.CodeInternal, "the configuration %s is left as it is", path).Because(err)
}

func literal(value any) string {
	if text, ok := value.(string); ok {
		return strconv.Quote(text) // what JSON and TOML have in common: a shop's name has no control characters
	}
	return fmt.Sprint(value)
}

// edited puts a setting in the place of the one that is there, else after the last of its kind, before the first table.
func edited(text []byte, name, value string) []byte {
	line := name + " = " + value
	var p unstable.Parser
	p.Reset(text)
	after := 0 // the end of the last setting that belongs to no table
	for p.NextExpression() {
		one := p.Expression()
		if one.Kind != unstable.KeyValue {
			break
		}
		from, to := int(one.Raw.Offset), int(one.Raw.Offset+one.Raw.Length)
		keys := one.Key()
		keys.Next()
		if keys.IsLast() && string(keys.Node().Data) == name {
			return bytes.Join([][]byte{text[:from], []byte(line), text[to:]}, nil)
		}
		after = to
		if end := bytes.IndexByte(text[to:], '\n'); end >= 0 {
			after = to + end + 1
		} else {
			after = len(text)
		}
	}
	head, rest := text[:after], text[after:]
	if len(head) > 0 && head[len(head)-1] != '\n' {
		head = append(bytes.Clone(head), '\n')
	}
	return bytes.Join([][]byte{head, []byte(line + "\n"), rest}, nil)
}

// sameBut tells why an edited file cannot take the place of the old one: it cannot be used, or more than the one
// setting is another.
func sameBut(old, edited []byte, name string) error {
	before, errOld := parse(old)
	after, errNew := parse(edited)
	if err := errors.Join(errOld, errNew); err != nil {
		return err
	}
	for _, f := range []*file{&before, &after} {
		fields := reflect.ValueOf(&f.Config).Elem()
		for i := range fields.NumField() {
			if fields.Type().Field(i).Tag.Get("toml") == name {
				fields.Field(i).SetZero()
			}
		}
	}
	if !reflect.DeepEqual(before, after) {
		return errors.New("more than " + name + " would change")
	}
	return nil
}

// replace writes a file whole or not at all, with the rights that it had.
func replace(path string, text []byte) error {
	mode := fs.FileMode(0o600)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	draft, err := os.CreateTemp(filepath.Dir(path), ".config-")
	if err != nil {
		return err
	}
	_, err = draft.Write(text)
	err = errors.Join(err, draft.Chmod(mode), draft.Sync(), draft.Close())
	if err == nil {
		err = os.Rename(draft.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(draft.Name()))
	}
	return nil
}
