package scenarios

import "math/bits"

// permutation puts the numbers 0 to n-1 in an order drawn from a seed without
// storing it: a Feistel network over the next even number of bits, walked
// until it falls below n (Black and Rogaway: Ciphers with arbitrary finite
// domains, 2002). At most four steps are expected for any n.
type permutation struct {
	n      uint64
	half   uint      // bits in each half of the network
	rounds [6]uint64 // keys; six rounds, since the halves of a small n have few bits
}

func newPermutation(n, seed uint64) permutation {
	p := permutation{n: n}
	if n > 1 {
		p.half = uint(bits.Len64(n-1)+1) / 2
	}
	for i := range p.rounds {
		p.rounds[i] = draw(seed, drawRound, uint64(i))
	}
	return p
}

// at returns the number at place i, which must be below n.
func (p *permutation) at(i uint64) uint64 {
	if p.n <= 1 {
		return 0
	}
	for {
		if i = p.scramble(i); i < p.n {
			return i
		}
	}
}

func (p *permutation) scramble(i uint64) uint64 {
	mask := uint64(1)<<p.half - 1
	left, right := i>>p.half, i&mask
	for _, key := range p.rounds {
		left, right = right, left^mix(right^key)&mask
	}
	return left<<p.half | right
}
