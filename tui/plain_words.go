package tui

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// What is drawn, as words.

// signs are what stands for a word in what is drawn.
var signs = strings.NewReplacer("→", "to", "⏎", "enter", "⌫", "backspace", "↑↓", "up, down", "‹ ", "", " ›", "")

// inWordsOnly is a drawn line without what is only drawn: colours, frames, glyphs, the blanks between columns.
func inWordsOnly(line string) string {
	line = strings.Map(func(r rune) rune {
		switch {
		case r >= 0x2190 && r <= 0x2bff && r != '−': // arrows, frames, blocks, shapes, dingbats
			return ' '
		case r == '›' || r == '‹':
			return ' '
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, signs.Replace(ansi.Strip(line)))
	words := strings.Fields(line)
	for len(words) > 0 && words[0] == "·" {
		words = words[1:]
	}
	for len(words) > 0 && words[len(words)-1] == "·" {
		words = words[:len(words)-1]
	}
	return strings.ReplaceAll(strings.Join(words, " "), " · ", ", ")
}

// linesInWords are the lines of something drawn that say anything.
func linesInWords(drawn ...string) []string {
	var lines []string
	for _, block := range drawn {
		for line := range strings.SplitSeq(block, "\n") {
			if line = inWordsOnly(line); strings.Trim(line, "-=_ ") != "" {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// passing is what only the clock changes in a line.
var passing = regexp.MustCompile(`\d+:\d\d(:\d\d)?( h)?|\b\d+ (s|min|hours?|days?)\b|\b\d+[mhd]\b`)

// unheard are the lines that were not said before. By themselves those are not told again in which only time passed.
func unheard(lines, before []string, asked bool) []string {
	same := func(line string) string {
		if asked {
			return line
		}
		return passing.ReplaceAllString(line, "")
	}
	said := map[string]bool{}
	for _, line := range before {
		said[same(line)] = true
	}
	var fresh []string
	for _, line := range lines {
		if !said[same(line)] {
			fresh = append(fresh, line)
		}
	}
	return fresh
}

// clipped is the text that was to go into the clipboard. There is none here.
func clipped(msg tea.Msg) (string, bool) {
	if reflect.TypeOf(msg) != reflect.TypeOf(tea.SetClipboard("")()) {
		return "", false
	}
	return fmt.Sprint(msg), true
}
