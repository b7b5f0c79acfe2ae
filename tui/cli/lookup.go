package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// step is one of a path: a name, or a place in a list, of which -1 is the last.
var step = regexp.MustCompile(`^(?:\.?([^.\[\]]+)|\[(\d+|-1)\])`)

// lookUp finds a value in a JSON text: payments[0].status. Where there is none it says what there is instead.
func lookUp(text, path string) (any, error) {
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber() // a number is compared as it was written
	var value any
	if err := dec.Decode(&value); err != nil {
		return nil, errors.New("the last answer is not JSON: was --json left out?")
	}
	for rest := path; rest != ""; {
		found := step.FindStringSubmatch(rest)
		if found == nil || rest == path && rest[0] == '.' {
			return nil, fmt.Errorf("%q is not a path such as payments[0].status", path)
		}
		rest = rest[len(found[0]):]
		var err error
		if value, err = inside(value, found[1], found[2]); err != nil {
			return nil, fmt.Errorf("there is no %s: %w", strings.TrimSuffix(path, rest), err)
		}
	}
	return value, nil
}

// inside takes one step; the error is what there is instead.
func inside(value any, name, place string) (any, error) {
	switch value := value.(type) {
	case map[string]any:
		if inner, ok := value[name]; ok && name != "" {
			return inner, nil
		}
		return nil, fmt.Errorf("there are %s", strings.Join(slices.Sorted(maps.Keys(value)), ", "))
	case []any:
		i, err := strconv.Atoi(place)
		if i < 0 {
			i = len(value) - 1
		}
		if err == nil && i >= 0 && i < len(value) {
			return value[i], nil
		}
		return nil, fmt.Errorf("it is a list of %d", len(value))
	}
	return nil, fmt.Errorf("there is %s", asText(value))
}

// has tells whether a list has an element, an object a field, or a text a part.
func has(value any, wanted string) bool {
	switch value := value.(type) {
	case map[string]any:
		_, ok := value[wanted]
		return ok
	case []any:
		return slices.ContainsFunc(value, func(element any) bool { return asText(element) == wanted })
	}
	return strings.Contains(asText(value), wanted)
}

// asText is a string as it is, and everything else as JSON.
func asText(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	text, _ := json.Marshal(value) // it was JSON before
	return string(text)
}
