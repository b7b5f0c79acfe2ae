package config

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"till/domain"
)

// The pepper is made once, whoever asks at the same moment, for its owner alone; and never but when it is asked for.
func TestThePepperIsMadeOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "till", "pepper")
	if _, err := Pepper(path)(false); domain.CodeOf(err) != domain.CodeInternal || !strings.Contains(err.Error(), path) {
		t.Errorf("where there is none: %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Fatal("it was made")
	}
	made := make([][]byte, 16)
	var all sync.WaitGroup
	for i := range made {
		all.Go(func() {
			var err error
			if made[i], err = Pepper(path)(true); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, pepper := range made {
		if len(pepper) != 32 || !bytes.Equal(pepper, made[0]) {
			t.Fatalf("there are %x and %x", made[0], pepper)
		}
	}
	again, err := Pepper(path)(false)
	if err != nil || !bytes.Equal(again, made[0]) {
		t.Errorf("read again it is %x, %v", again, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its rights are %v, %v", info.Mode(), err)
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("beside it lie %v", files)
	}
	if err := os.WriteFile(path, []byte("salt"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Pepper(path)(true); domain.CodeOf(err) != domain.CodeInternal || !strings.Contains(err.Error(), "is not what it was") {
		t.Errorf("one that is none: %v", err)
	}
}

// One that is there and cannot be read is not said to be another.
func TestAPepperThatCannotBeRead(t *testing.T) {
	path := t.TempDir() // a folder cannot be read as a file
	_, err := Pepper(path)(true)
	if domain.CodeOf(err) != domain.CodeInternal || !strings.Contains(err.Error(), "cannot be read: "+path+": ") {
		t.Error(err)
	}
}

func TestTheLimitOfRefunds(t *testing.T) {
	for text, want := range map[string]domain.Amount{
		"": 5000, "refund_limit = \"75.50\"": 7550, "refund_limit = \"0\"": 0, "currency = \"JPY\"": 5000,
		"currency = \"JPY\"\nrefund_limit = \"300\"": 300, "currency = \"KWD\"\nrefund_limit = \"1.5\"": 1500,
	} {
		c, err := Load(write(t, text), true)
		if err != nil || c.Limit() != want {
			t.Errorf("%q: %d, %v; want %d", text, c.Limit(), err, want)
		}
	}
}
