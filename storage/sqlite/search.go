package sqlite

import (
	"strings"
	"unicode"
)

const (
	longest  = 10 // letters of a beginning that the search keeps: what is longer it puts together of every word that it begins
	fewWords = 16 // and of so many words it is quick to put one together
)

// matchOf makes a search of what somebody typed: every word is the beginning of one. Anything but letters and
// digits parts words, as it does for the index, so no input is a mistake in the search's own language. It is
// empty when there are no words.
func matchOf(s *session, text string) (string, error) {
	words := strings.FieldsFunc(strings.Map(withoutMarks, text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
	for i, w := range words {
		begun, err := wordsBegunBy(s, w)
		if err != nil {
			return "", err
		}
		words[i] = `"` + w + `"*`
		if len(begun) > 0 && len(begun) <= fewWords {
			words[i] = `("` + strings.Join(begun, `" OR "`) + `")`
		}
	}
	return strings.Join(words, " AND "), nil
}

// wordsBegunBy gives the words of the search that a long one begins: none of a short one, and one more than a few where there
// are many. Each is one step, however many orders have it. Letters beyond ASCII are left to the search: how it folds
// them is its own matter.
func wordsBegunBy(s *session, word string) (words []string, err error) {
	if len(word) <= longest || strings.ContainsFunc(word, func(r rune) bool { return r > unicode.MaxASCII }) {
		return nil, nil
	}
	word = strings.ToLower(word)
	for from := word; len(words) <= fewWords; from = words[len(words)-1] + "\x01" {
		var next string
		found, err := s.first([]any{&next}, "select term from terms where term >= ? and term < ? limit 1", from, word+string(unicode.MaxRune))
		if err != nil || !found {
			return words, err
		}
		words = append(words, next)
	}
	return words, nil
}

// withoutMarks drops accents that stand by themselves: the index does not have them either.
func withoutMarks(r rune) rune {
	if unicode.IsMark(r) {
		return -1
	}
	return r
}
