package report

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// none stands for a figure that there is not: too few samples, or nothing measured.
const none = "-"

// finite says whether a figure can be shown at all.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// significant writes v with three significant digits, two below one, and without
// an exponent: 0.042, 4.21, 21.4, 123, 12300.
func significant(v float64) string {
	if !finite(v) {
		return none
	}
	digits := 0
	switch a := math.Abs(v); {
	case a == 0 || a >= 99.95:
	case a >= 9.995:
		digits = 1
	case a >= 0.9995:
		digits = 2
	default:
		digits = min(1-int(math.Floor(math.Log10(a))), 6)
	}
	return strconv.FormatFloat(v, 'f', digits, 64)
}

// millis writes a time given in ms; from ten seconds on, in seconds.
func millis(ms float64) string {
	switch {
	case !finite(ms):
		return none
	case math.Abs(ms) >= 10_000:
		return significant(ms/1000) + " s"
	default:
		return significant(ms) + " ms"
	}
}

// signedMillis is millis with a sign, for differences.
func signedMillis(ms float64) string {
	if finite(ms) && ms > 0 {
		return "+" + millis(ms)
	}
	return millis(ms)
}

// ratio writes how many times as much: 0.96, 3.12, 12.4, 230.
func ratio(v float64) string {
	switch a := math.Abs(v); {
	case !finite(v):
		return none
	case a < 9.995:
		return strconv.FormatFloat(v, 'f', 2, 64)
	case a < 99.95:
		return strconv.FormatFloat(v, 'f', 1, 64)
	default:
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
}

// percent writes a share of one as a percentage: 0 %, 0.042 %, 1.9 %, 100 %.
func percent(share float64) string {
	if !finite(share) {
		return none
	}
	return points(share) + " %"
}

// points writes a share of one in percentage points, without the unit.
func points(share float64) string {
	v := share * 100
	switch a := math.Abs(v); {
	case !finite(v):
		return none
	case a == 0 || a >= 99.995:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case a >= 9.995:
		return strconv.FormatFloat(v, 'f', 1, 64)
	case a >= 0.095:
		return strconv.FormatFloat(v, 'f', 2, 64)
	default:
		return strconv.FormatFloat(v, 'g', 2, 64)
	}
}

// perSecond writes a rate in requests/s.
func perSecond(rate float64) string {
	if !finite(rate) {
		return none
	}
	if rate >= 1000 {
		return strconv.FormatFloat(rate, 'f', 0, 64) + "/s"
	}
	return strings.TrimSuffix(strconv.FormatFloat(rate, 'f', 1, 64), ".0") + "/s"
}

// pvalue writes a p value; below one in ten thousand only that it is.
func pvalue(p float64) string {
	switch {
	case !finite(p):
		return none
	case p < 0.0001:
		return "< 0.0001"
	default:
		return strconv.FormatFloat(p, 'f', 4, 64)
	}
}

// count writes a whole number in groups of three: 1,234,567.
func count[T ~int | ~int64 | ~uint64](n T) string {
	s := strconv.FormatInt(int64(n), 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// span writes a duration without the noise of nanoseconds.
func span(d time.Duration) string {
	if d >= time.Second {
		return d.Round(100 * time.Millisecond).String()
	}
	return d.Round(time.Millisecond).String()
}

// oneLine makes text from outside safe for a place that holds one line: control
// characters, line breaks among them, become spaces, and what is not UTF-8
// becomes the replacement character.
func oneLine(s string) string {
	clean := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(clean), " ")
}

// capital makes the first letter a capital.
func capital(s string) string {
	if s == "" {
		return ""
	}
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// plural picks the noun for a number.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
