package tui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// Files that go with a case.

func (s *order) askPaper() tea.Cmd {
	d, in := s.dispute(), s.intent()
	line := &Line{Label: "path", Example: "~/slip.pdf", Limit: 2000, Looks: true}
	line.Do = func(text string) tea.Cmd {
		return asking(s.desk, func(context.Context, *till.Till) (till.Evidence, error) { return papersAt(text) }, func(given till.Evidence, err error) tea.Cmd {
			line.settle(s.desk, err)
			if err != nil {
				return nil
			}
			return s.addEvidence(in, d.ID, given)
		})
	}
	line.Tab = func(typed string) tea.Cmd {
		return asking(s.desk, func(context.Context, *till.Till) ([]string, error) { return completed(typed), nil }, func(found []string, _ error) tea.Cmd {
			text := sharedBeginning(found)
			if len(found) < 2 {
				found = nil
			}
			if text != "" {
				line.offer(typed, text, found)
			}
			return nil
		})
	}
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "which file?" },
		Note:     "tab completes it; dropped onto the terminal it is typed, several too. it goes with the next answer.", Yes: "add it", No: "leave it",
		Line: line,
	})
}

// papersAt reads files as they were typed, or dropped onto the terminal, which quotes each, and looks whether each can be
// evidence.
func papersAt(text string) (till.Evidence, error) {
	var given till.Evidence
	for _, path := range pathsIn(text) {
		file, err := till.ReadFile(atHome(path))
		if err != nil {
			return till.Evidence{}, domain.Errorf(domain.CodeInvalid, "%s %s", domain.Inert(path), err)
		}
		if _, err := domain.NewPaper(path, file.Name, file.Content); err != nil {
			e, _ := errors.AsType[*domain.Error](err)
			return till.Evidence{}, errors.New(e.Fields[path])
		}
		given.Files = append(given.Files, file)
	}
	return given, nil
}

// pathsIn are the paths in a line: several where each has quotes around it, else one with the blanks that are in it.
func pathsIn(text string) (paths []string) {
	text = strings.TrimSpace(text)
	for text != "" && strings.ContainsRune(`'"`, rune(text[0])) {
		path, rest, closed := strings.Cut(text[1:], text[:1])
		if !closed {
			break
		}
		paths, text = append(paths, path), strings.TrimSpace(rest)
	}
	if text != "" {
		paths = append(paths, strings.ReplaceAll(strings.Trim(text, `'"`), `\ `, " "))
	}
	return paths
}

// atHome puts the person's folder in the place of ~.
func atHome(path string) string {
	if rest, home := strings.CutPrefix(path, "~/"); home {
		if folder, err := os.UserHomeDir(); err == nil {
			return filepath.Join(folder, rest)
		}
	}
	return path
}

// completed are the paths that begin as one that was typed; folders end in a slash. What is hidden is found by its dot.
func completed(typed string) (found []string) {
	folder, begun := filepath.Split(typed)
	entries, err := os.ReadDir(filepath.Join(atHome(folder), "."))
	if err != nil {
		return nil
	}
	for _, e := range entries {
		name := e.Name()
		if !strings.HasPrefix(name, begun) || name[0] == '.' && begun == "" {
			continue
		}
		if e.IsDir() {
			name += "/"
		}
		found = append(found, folder+name)
	}
	return found
}

// sharedBeginning is how all of several texts begin.
func sharedBeginning(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	shared := texts[0]
	for _, text := range texts[1:] {
		for !strings.HasPrefix(text, shared) {
			shared = shared[:len(shared)-1]
		}
	}
	return strings.ToValidUTF8(shared, "")
}
