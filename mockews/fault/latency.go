package fault

import (
	"fmt"
	"math"
	"time"
)

// Latency gives the answer later, by a time that is fixed, drawn from a distribution or drawn from a list: exactly one
// of the four. No worker of a back end is occupied meanwhile.
type Latency struct {
	Fixed     time.Duration   `yaml:"fixed"`
	Uniform   Range           `yaml:"uniform"`
	Lognormal Lognormal       `yaml:"lognormal"`
	List      []time.Duration `yaml:"list"` // times as they were measured somewhere, each as likely as the others
}

// Range is an even distribution between two times.
type Range struct {
	Min time.Duration `yaml:"min"`
	Max time.Duration `yaml:"max"`
}

// Lognormal is a log-normal distribution of times. Sigma is the standard deviation of the logarithm.
type Lognormal struct {
	Median time.Duration `yaml:"median"`
	Sigma  float64       `yaml:"sigma"`
}

// maxSigma bounds sigma to what still gives times.
const maxSigma = 5

// Source is the page on throttling.
func (*Latency) Source() string {
	return "MS docs, EWS throttling in Exchange: a client over its budget is answered late, by micro-delays, before it is refused"
}

func (l *Latency) check(c *checker) {
	given := 0
	for _, set := range []bool{l.Fixed != 0, l.Uniform != Range{}, l.Lognormal != Lognormal{}, len(l.List) > 0} {
		if set {
			given++
		}
	}
	if given != 1 {
		c.add("", "latency has %d of fixed, uniform, lognormal and list: write one, above 0", given)
	}
	c.notNegative("fixed", l.Fixed)
	c.notNegative("uniform.min", l.Uniform.Min)
	c.notNegative("lognormal.median", l.Lognormal.Median)
	for i, v := range l.List {
		c.notNegative(fmt.Sprintf("list[%d]", i), v)
	}
	if l.Uniform.Max < l.Uniform.Min {
		c.add("uniform.max", "max is less than min")
	}
	if s := l.Lognormal.Sigma; s < 0 || s > maxSigma || s > 0 && l.Lognormal.Median == 0 {
		c.add("lognormal.sigma", "sigma is %g: write 0 to %d, with a median", s, maxSigma)
	}
}

func (l *Latency) inject(d draw, _ *Call, e *Effect) bool {
	e.Delay += l.draw(d)
	return true
}

func (l *Latency) draw(d draw) time.Duration {
	switch {
	case len(l.List) > 0:
		return l.List[int(d.uniform("latency")*float64(len(l.List)))]
	case l.Uniform.Max > 0:
		return l.Uniform.Min + time.Duration(d.uniform("latency")*float64(l.Uniform.Max-l.Uniform.Min))
	case l.Lognormal.Median > 0:
		return time.Duration(float64(l.Lognormal.Median) * math.Exp(l.Lognormal.Sigma*d.normal("latency")))
	}
	return l.Fixed
}
