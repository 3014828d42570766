package scenarios

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Rate is how many requests are due in a time.
type Rate struct {
	PerSecond float64 // requests/s; 0 with Max
	Max       bool    // as fast as the workers allow, no due times
}

// maxPerSecond bounds a rate to what due times in ns can tell apart.
const maxPerSecond = 1e6

var errRate = errors.New(`must be a number for each second, minute or hour, such as 120/s, 2/m or 10/h, or max`)

// ParseRate reads "120/s", "2.5/m", "10/h" or "max".
func ParseRate(text string) (Rate, error) {
	if text == "max" {
		return Rate{Max: true}, nil
	}
	number, unit, found := strings.Cut(text, "/")
	seconds := map[string]float64{"s": 1, "m": 60, "h": 3600}[unit]
	if !found || seconds == 0 {
		return Rate{}, fmt.Errorf("%w, not %q", errRate, text)
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return Rate{}, fmt.Errorf("%w, not %q", errRate, text)
	}
	if n <= 0 {
		return Rate{}, fmt.Errorf("must be more than zero, not %s", text)
	}
	if n/seconds > maxPerSecond {
		return Rate{}, fmt.Errorf("must be at most %.0f/s, not %s", float64(maxPerSecond), text)
	}
	return Rate{PerSecond: n / seconds}, nil
}

// String returns the form that ParseRate reads: in seconds, or in the first
// of minutes and hours that makes a whole number.
func (r Rate) String() string {
	if r.Max {
		return "max"
	}
	for _, u := range []struct {
		name    string
		seconds float64
	}{{"s", 1}, {"m", 60}, {"h", 3600}} {
		if n := r.PerSecond * u.seconds; n == math.Trunc(n) {
			return strconv.FormatFloat(n, 'f', -1, 64) + "/" + u.name
		}
	}
	return strconv.FormatFloat(r.PerSecond, 'g', -1, 64) + "/s"
}

// UnmarshalText reads the form of ParseRate.
func (r *Rate) UnmarshalText(text []byte) error {
	parsed, err := ParseRate(string(text))
	if err == nil {
		*r = parsed
	}
	return err
}

// MarshalText writes the form of String.
func (r Rate) MarshalText() ([]byte, error) { return []byte(r.String()), nil }
