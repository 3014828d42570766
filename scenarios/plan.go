package scenarios

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/ewsbench/ewsbench/ews"
)

// ErrNoMailboxes is the error of a plan for an empty directory.
var ErrNoMailboxes = errors.New("the directory has no mailboxes")

// Plan is the endless sequence of calls of a scenario under a seed. It is
// immutable and safe for concurrent use.
type Plan struct {
	seed      uint64
	directory Directory
	mailboxes uint64 // how many of the directory take part
	lanes     uint64 // visits in progress at once; 0: order mix
	shuffled  bool   // order shuffle
	closed    bool   // each lane is a worker's
	steps     []Step // with their defaults
	ends      []uint64
	deck      uint64 // calls in a deck or a visit: the sum of the weights
	order     permutation
	digest    string
}

// Call is one call of a plan.
type Call struct {
	N       uint64 // ordinal in the plan, from 0
	Step    int    // index in the scenario's steps
	Op      ews.Op // that step's operation
	Mailbox string // SMTP address that the call is about, and impersonates
	Wrong   string // another mailbox, always the same for this one, for AnchorWrong; "" if there is only one
	Visit   uint64 // ordinal of the visit; in order mix each call is a visit of its own
	Nth     int    // which of the step's weight this is, from 0
}

// Plan returns the calls of the scenario under a seed: the first Mailboxes
// addresses of the directory take part, or all of a smaller one. It checks
// the keys that shape a plan; the rest of a scenario made in code is checked
// by [Scenario.Validate].
func (s *Scenario) Plan(seed uint64, d Directory) (*Plan, error) {
	if d == nil || d.Len() < 1 {
		return nil, ErrNoMailboxes
	}
	if err := s.validatePlan(); err != nil {
		return nil, err
	}
	full := s.withDefaults()
	p := &Plan{
		seed:      seed,
		directory: d,
		mailboxes: uint64(min(full.Mailboxes, d.Len())),
		steps:     full.Steps,
	}
	if full.Notify != nil {
		p.steps = []Step{mailStep()}
	}
	if full.Order.visits() {
		p.lanes = min(uint64(full.Visits), p.mailboxes)
	}
	p.shuffled, p.closed = full.Order == OrderShuffle, full.Closed()
	for _, step := range p.steps {
		p.deck += uint64(step.Weight)
		p.ends = append(p.ends, p.deck)
	}
	p.order = newPermutation(p.mailboxes, draw(seed, drawMailboxes, 0))
	p.digest = digestOf(full.Digest(), seed, p.mailboxes)
	return p, nil
}

func digestOf(scenario string, seed, mailboxes uint64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s seed=%d mailboxes=%d", scenario, seed, mailboxes))
	return hex.EncodeToString(sum[:])
}

// Digest returns a SHA-256 in hex of all that the calls are made from: the
// scenario's digest, the seed and the number of mailboxes.
func (p *Plan) Digest() string { return p.digest }

// Directory returns the mailboxes that take part.
func (p *Plan) Directory() Directory { return head{p.directory, int(p.mailboxes)} }

// Workers is how many workers each arm has in a closed model, 0 in an open one.
// Worker w sends the calls w, w + Workers, w + 2 Workers and so on: it has one
// mailbox after another for itself.
func (p *Plan) Workers() int {
	if !p.closed {
		return 0
	}
	return int(p.lanes)
}

// At returns call n. It is pure and takes the same short time for any n.
func (p *Plan) At(n uint64) Call {
	visit, turn := p.place(n)
	step, nth := p.stepOf(p.card(visit, turn))
	box := p.order.at(visit % p.mailboxes)
	return Call{
		N:       n,
		Step:    step,
		Op:      p.steps[step].Op,
		Mailbox: p.directory.At(int(box)),
		Wrong:   p.wrong(box),
		Visit:   visit,
		Nth:     nth,
	}
}

// place returns the visit that call n belongs to, and which of its calls it is,
// from 0. In order mix each call is a visit, and which of a deck it is counts.
func (p *Plan) place(n uint64) (visit, turn uint64) {
	if p.lanes > 0 {
		return p.placeInLane(n%p.lanes, n/p.lanes)
	}
	return n, n % p.deck
}

// placeInLane is place with visits: the calls go round over the lanes, and in a
// lane visits follow one another. Visits that are in progress together are
// neighbours in the order of mailboxes, hence of different ones.
//
// If all lanes began together, all would come to the same step together, and
// the load would be of one operation at a time. So the first visit of a lane
// ends early, after more or fewer of its steps; ending early leaves no call
// without the answer that it depends on, as beginning late would.
func (p *Plan) placeInLane(lane, turn uint64) (uint64, uint64) {
	stride := max(1, p.deck/p.lanes)
	first := p.deck - lane*stride%p.deck
	if turn < first {
		return lane, turn
	}
	turn -= first
	return (1+turn/p.deck)*p.lanes + lane, turn % p.deck
}

// card returns which of the calls of all steps, in the order of the file, has
// its turn. In order mix each deck of calls is shuffled anew; in order visit none
// is.
func (p *Plan) card(visit, turn uint64) uint64 {
	switch {
	case p.lanes == 0:
		deck := newPermutation(p.deck, draw(p.seed, drawDeck, visit/p.deck))
		return deck.at(turn)
	case p.shuffled:
		return p.shuffledCard(visit, turn)
	}
	return turn
}

// shuffledCard is card in order shuffle. The calls of the first step are spread
// evenly, from the beginning on; the others are shuffled for each visit.
func (p *Plan) shuffledCard(visit, turn uint64) uint64 {
	leads := p.ends[0]
	before := (turn*leads + p.deck - 1) / p.deck // calls of the first step so far
	if before < leads && before*p.deck/leads == turn {
		return before
	}
	rest := newPermutation(p.deck-leads, draw(p.seed, drawVisit, visit))
	return leads + rest.at(turn-before)
}

// stepOf returns the step of a card, and which of its weight it is.
func (p *Plan) stepOf(card uint64) (step, nth int) {
	start := uint64(0)
	for i, end := range p.ends {
		if card < end {
			return i, int(card - start)
		}
		start = end
	}
	panic("scenarios: card beyond the deck")
}

// wrong returns the address that an arm with AnchorWrong names for a mailbox.
// The offset is never a multiple of the number of mailboxes, so that no
// mailbox is its own wrong one.
func (p *Plan) wrong(box uint64) string {
	if p.mailboxes < 2 {
		return ""
	}
	offset := 1 + draw(0, drawWrong, box)%(p.mailboxes-1)
	return p.directory.At(int((box + offset) % p.mailboxes))
}

// AppendRequestID appends the client-request-id of call n: a UUID with the
// version and variant bits of a random one (RFC 9562, 5.4), made of the seed
// and n alone. Both calls of a pair carry it, so that the same call meets the
// same weather in each arm.
func (p *Plan) AppendRequestID(dst []byte, n uint64) []byte {
	const hexDigits = "0123456789abcdef"
	high := draw(p.seed, drawRequestIDHigh, n)&^0xf000 | 0x4000
	low := draw(p.seed, drawRequestIDLow, n)&^(3<<62) | 2<<62
	for i, word := range [2]uint64{high, low} {
		for shift := 60; shift >= 0; shift -= 4 {
			dst = append(dst, hexDigits[word>>shift&0xf])
			if i == 0 && (shift == 32 || shift == 16 || shift == 0) || i == 1 && shift == 48 {
				dst = append(dst, '-')
			}
		}
	}
	return dst
}
