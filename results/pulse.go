package results

import (
	"math"
	"net/http"
	"time"
)

// A pulse has at most maxBeats beats, of at least minBeat each.
const (
	minBeat  = 10 * time.Millisecond
	maxBeats = 1 << 18
)

// pulse counts what was due and what was answered over the whole run, whatever
// the arm: where nobody is answered, something struck them all.
type pulse struct {
	width time.Duration
	slow  time.Duration // a latency out of the ordinary
	beats []beat
}

// beat is what fell into one stretch of time.
type beat struct {
	due, slow uint32 // requests by when they were due; those that took too long
	sent      uint32 // by when they were sent
	answered  uint32 // by when the answer was read
	refused   uint32 // by when the connection failed
	refusing  uint64 // arms whose connections failed, a bit for each of the first 64
}

// newPulse covers a run up to its last end.
func newPulse(end, slow time.Duration) pulse {
	width := max(minBeat, end/maxBeats+1)
	return pulse{width: width, slow: slow, beats: make([]beat, int(max(end, 0)/width)+1)}
}

// at is the beat of a time.
func (p *pulse) at(t time.Duration) *beat { return &p.beats[p.index(t)] }

func (p *pulse) index(t time.Duration) int {
	return min(max(int(t/p.width), 0), len(p.beats)-1)
}

// add counts a sample.
func (p *pulse) add(arm int, s *Sample) {
	if s.Class == ClassWithheld {
		return
	}
	due, end := p.at(s.Due), p.at(s.End)
	due.due++
	if s.Latency() > p.slow {
		due.slow++
	}
	p.at(s.Start).sent++
	switch {
	case isRefusal(s):
		end.refused++
		end.refusing |= 1 << min(arm, 63)
	case s.Status != 0:
		end.answered++
	}
}

// isRefusal says whether a sample failed because there was no server: its
// connection could not be made or did not last, or a proxy says so.
func isRefusal(s *Sample) bool {
	switch s.Status {
	case 0:
		return s.Class == ClassError && s.Code != CodeMissed
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return s.Code == "http_502" || s.Code == "http_503" || s.Code == "http_504"
	default:
		return false
	}
}

// outage is a stretch of beats in which nobody was answered.
type outage struct {
	from, to int // beats, to not included
	due      int // requests that should have been answered in it
	sent     int
	refused  int
	refusing uint64
}

// outages lists the stretches without an answer between the first and the last
// one. An answer takes up to patience.
func (p *pulse) outages(patience time.Duration) []outage {
	var found []outage
	wait := int(patience/p.width) + 1
	open := outage{from: -1} // before the first answer
	for i := range p.beats {
		b := &p.beats[i]
		if b.answered > 0 {
			if open.from >= 0 && open.to > open.from {
				open.due = p.due(open.from, open.to-wait)
				found = append(found, open)
			}
			open = outage{from: i + 1, to: i + 1}
			continue
		}
		open.to = i + 1
		open.sent += int(b.sent)
		open.refused += int(b.refused)
		open.refusing |= b.refusing
	}
	return found
}

// due counts what was due in a stretch of beats.
func (p *pulse) due(from, to int) (n int) {
	for i := from; i < to; i++ {
		n += int(p.beats[i].due)
	}
	return n
}

// spread widens a stretch to all the beats around it in which at least half of
// what was due took too long: what was under way when it began, and what had
// piled up when it was over.
func (p *pulse) spread(from, to int) (int, int) {
	return p.walk(from, -1), p.walk(to-1, 1) + 1
}

// walk goes on from a beat while those that it meets are slow, and returns the
// last that was. Beats in which nothing was due are passed over.
func (p *pulse) walk(from, step int) int {
	last := from
	for i := from + step; i >= 0 && i < len(p.beats); i += step {
		b := &p.beats[i]
		if b.due == 0 {
			continue
		}
		if 2*b.slow < b.due {
			break
		}
		last = i
	}
	return last
}

// shares are the shares of the samples that were answered and that were refused.
func (p *pulse) shares() (answered, refused float64) {
	var due, answers, refusals float64
	for i := range p.beats {
		due += float64(p.beats[i].due)
		answers += float64(p.beats[i].answered)
		refusals += float64(p.beats[i].refused)
	}
	return answers / max(due, 1), refusals / max(due, 1)
}

// surprise is how many independent events of a probability it takes in a row
// until chance explains it no more often than once in a billion.
func surprise(probability float64) int {
	if probability <= 0 {
		return 1
	}
	return int(math.Ceil(math.Log(1e-9) / math.Log(min(probability, 0.999))))
}
