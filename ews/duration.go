package ews

import (
	"errors"
	"strconv"
	"time"
)

// appendDuration appends a time as xs:duration: in minutes, and in seconds what
// is left of them.
func appendDuration(dst []byte, d time.Duration) []byte {
	if d < 0 {
		dst = append(dst, '-')
		d = -d
	}
	dst = append(dst, "PT"...)
	minutes, seconds := int64(d/time.Minute), int64(d%time.Minute/time.Second)
	if minutes > 0 || seconds == 0 {
		dst = append(strconv.AppendInt(dst, minutes, 10), 'M')
	}
	if seconds > 0 {
		dst = append(strconv.AppendInt(dst, seconds, 10), 'S')
	}
	return dst
}

var errDuration = errors.New("not a duration such as PT1H30M")

// maxDuration bounds each number of a duration, so that none overflows.
const maxDuration = 1 << 20

// parseDuration reads xs:duration without years and months, whose length
// depends on when they are.
func parseDuration(text string) (time.Duration, error) {
	sign := time.Duration(1)
	if text != "" && text[0] == '-' {
		sign, text = -1, text[1:]
	}
	if len(text) < 2 || text[0] != 'P' {
		return 0, errDuration
	}
	total, number, clock := time.Duration(0), -1, false
	for _, c := range text[1:] {
		switch {
		case c == 'T' && !clock && number < 0:
			clock = true
		case c >= '0' && c <= '9' && number < maxDuration:
			number = max(number, 0)*10 + int(c-'0')
		case number >= 0 && unitOf(c, clock) > 0:
			total += time.Duration(number) * unitOf(c, clock)
			number = -1
		default:
			return 0, errDuration
		}
	}
	if number >= 0 {
		return 0, errDuration
	}
	return sign * total, nil
}

// unitOf is how long a unit lasts; 0 for none.
func unitOf(c rune, clock bool) time.Duration {
	const day = 24 * time.Hour
	switch {
	case !clock && c == 'D':
		return day
	case !clock && c == 'W':
		return 7 * day
	case clock && c == 'H':
		return time.Hour
	case clock && c == 'M':
		return time.Minute
	case clock && c == 'S':
		return time.Second
	}
	return 0
}
