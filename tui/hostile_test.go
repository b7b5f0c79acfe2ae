package tui

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// hostileTexts are those of the file that all tests share.
func hostileTexts(t testing.TB) []string {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("..", "domain", "testdata", "hostile.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for line := range strings.Lines(string(file)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			text, err := strconv.Unquote(line)
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			texts = append(texts, text)
		}
	}
	return texts
}
