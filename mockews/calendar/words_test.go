package calendar_test

import (
	"slices"
	"strings"
)

func containsWord(words, word string) bool { return slices.Contains(strings.Fields(words), word) }

func orSunday(word string) string {
	if word == "" {
		return "Sunday"
	}
	return word
}
