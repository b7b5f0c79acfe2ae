package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestEvidenceFiles: what is too large, or no file at all, is neither read to its end nor waited for; what can be
// read is named with it.
func TestEvidenceFiles(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TILL_DB", filepath.Join(folder, "till.db"))
	c := &canary{T: t}
	c.till("", "order", "issue", "--email", "a@b.example", "--item", "Tea@3")
	pay := c.till("", "pay", "1", "--card", approve, "--expiry", "12/34", "--cvv", "100", "--json")
	dispute := c.keep(c.till("", "sandbox", "dispute", c.keep(pay, "id"), "--json"), "id")
	path := func(name string, content []byte, size int64) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, max(size, int64(len(content)))); err != nil {
			t.Fatal(err)
		}
		return path
	}
	files := []string{
		path("huge.pdf", []byte("%PDF-"), 20<<30),
		path("large.pdf", []byte("%PDF-"), 4<<20+1),
		path("program.pdf", []byte("MZ\x90\x00"), 0),
		"/dev/zero",
		path("secret.txt", []byte("x"), 0),
		path("ok.png", []byte("\x89PNG\r\n\x1a\n..."), 0),
	}
	if err := os.Chmod(files[4], 0o000); err != nil {
		t.Fatal(err)
	}
	args := []string{"dispute", "evidence", dispute, "--json"}
	for _, f := range files {
		args = append(args, "--file", f)
	}
	c.said.Reset()
	start := time.Now()
	c.till("", args...)
	if took := time.Since(start); took > time.Minute {
		t.Error("it took", took)
	}
	said := c.said.String()
	for _, want := range []string{
		`"files[0]":"huge.pdf is larger than 4 MB"`, `"files[1]":"large.pdf is larger than 4 MB"`,
		`"files[2]":"program.pdf is no PDF, PNG, JPEG or plain text"`, `"files[3]":"/dev/zero is no file"`,
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%s lacks %s", said, want)
		}
	}
	if strings.Contains(said, "files[5]") {
		t.Error(said)
	}
	if shown := c.till("", "dispute", "show", dispute, "--json"); !strings.Contains(shown, `"evidence":[]`) {
		t.Error(shown)
	}

	// The largest that is taken, and back out of the till.
	whole := path("whole.pdf", append([]byte("%PDF-"), bytes.Repeat([]byte("x"), 4<<20-5)...), 0)
	added := c.till("", "dispute", "evidence", dispute, "--file", whole, "--file", files[5], "--json")
	if c.keep(added, "evidence[0].size") != "4194304" || c.keep(added, "evidence[1].type") != "image/png" {
		t.Error(added)
	}
	if sent := c.till("", "dispute", "evidence", dispute, "--submit", "--json"); c.keep(sent, "status") != "responded" || c.keep(sent, "evidence[1].sent") != "true" {
		t.Error(sent)
	}
}
