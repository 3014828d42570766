package strictyaml

import (
	"fmt"
	"strings"
)

// DidYouMean returns `, did you mean "rate"?` for the candidate nearest to
// word, or "" if none is near enough to be a slip of the hand.
func DidYouMean(word string, candidates []string) string {
	if near := Nearest(word, candidates); near != "" {
		return fmt.Sprintf(", did you mean %q?", near)
	}
	return ""
}

// Nearest returns the candidate that differs from word, apart from case, by
// the fewest letters put in, left out, changed or swapped with a neighbour:
// at most two, and fewer than half of the word. "" if there is none; the
// first of equals.
func Nearest[S ~string](word string, candidates []S) S {
	var nearest S
	limit := min(2, (len(word)-1)/2)
	for _, c := range candidates {
		d := distance(strings.ToLower(word), strings.ToLower(string(c)))
		if d <= limit {
			nearest, limit = c, d-1
		}
	}
	return nearest
}

// distance is the optimal string alignment distance, in bytes: keys are
// ASCII. Words too long to be a key are simply far from everything.
func distance(a, b string) int {
	const longest = 64
	if len(a) > longest || len(b) > longest {
		return longest
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			rows[i][j] = cell(rows, a, b, i, j)
		}
	}
	return rows[len(a)][len(b)]
}

func cell(rows [][]int, a, b string, i, j int) int {
	change := 0
	if a[i-1] != b[j-1] {
		change = 1
	}
	best := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+change)
	if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
		best = min(best, rows[i-2][j-2]+1)
	}
	return best
}
