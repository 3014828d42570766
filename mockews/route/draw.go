package route

import (
	"math"
	"time"
)

// Dice is a seed that makes draws that are pure functions of itself, of the name of what is drawn and of a key. A generator shared by
// goroutines would hand out its numbers in the order in which they happen to be scheduled.
type Dice uint64

// Key turns the identifier that a client gave its request into the key of the request's draws.
func Key(id string) uint64 { return hash(id) }

// KeyOf is the key of a request without an identifier: the nth of its kind by that caller for that mailbox.
func KeyOf(caller, mailbox Principal, kind string, nth uint64) uint64 {
	return mix(mix(mix(hash(kind)^uint64(caller))^uint64(mailbox)) + nth)
}

// Bits are 64 evenly distributed bits.
func (d Dice) Bits(name string, key uint64) uint64 { return mix(mix(uint64(d)^hash(name)) ^ key) }

// Uniform is evenly distributed between 0 and 1, both left out.
func (d Dice) Uniform(name string, key uint64) float64 {
	return (float64(d.Bits(name, key)>>11) + 0.5) / (1 << 53)
}

// Pick is evenly distributed over 0 .. n-1.
func (d Dice) Pick(name string, key uint64, n int) int {
	if n == 1 {
		return 0
	}
	return int(d.Uniform(name, key) * float64(n))
}

// Normal is a normal deviate with mean 0 and standard deviation 1.
func (d Dice) Normal(name string, key uint64) float64 {
	radius, angle := d.polar(name, key)
	return radius * math.Cos(angle)
}

// polar is a point whose coordinates are normal deviates, by Box and Muller's method.
func (d Dice) polar(name string, key uint64) (radius, angle float64) {
	radius = math.Sqrt(-2 * math.Log(d.Uniform(name, key)))
	return radius, 2 * math.Pi * d.Uniform(name, mix(key+1))
}

// Duration draws from a log-normal distribution.
func (d Dice) Duration(l Lognormal, name string, key uint64) time.Duration {
	if l.Sigma == 0 || l.Median == 0 {
		return l.Median
	}
	radius, angle := d.polar(name, key)
	return time.Duration(float64(l.Median) * math.Exp(l.Sigma*radius*math.Cos(angle)))
}

// hash is FNV-1a with a final mix, since short strings leave FNV's high bits poor.
func hash[T string | []byte](s T) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}

// mix is the finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb
	return x ^ (x >> 31)
}
