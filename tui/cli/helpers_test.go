package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// lookUp finds a value in a JSON text by names and numbers with dots between them.
func lookUp(text, path string) (string, error) {
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	dec.UseNumber()
	var value any
	if err := dec.Decode(&value); err != nil {
		return "", fmt.Errorf("not JSON: %w: %s", err, text)
	}
	for name := range strings.SplitSeq(path, ".") {
		switch at := value.(type) {
		case map[string]any:
			value = at[name]
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i >= len(at) {
				return "", fmt.Errorf("no %s in %s", path, text)
			}
			value = at[i]
		default:
			return "", fmt.Errorf("no %s in %s", path, text)
		}
	}
	return fmt.Sprint(value), nil
}
