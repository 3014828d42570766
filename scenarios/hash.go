package scenarios

// What a hash is drawn for: two draws of one plan never share a stream.
const (
	drawMailboxes uint64 = iota + 1
	drawDeck
	drawRequestIDHigh
	drawRequestIDLow
	drawWrong
	drawRound
	drawCells
	drawDeal
	drawPeople
	drawTime
	drawVisit
)

// mix spreads each bit of x over all bits: the finaliser of SplitMix64
// (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// draw returns a number that is a pure function of its arguments. The step
// between them is the golden ratio's, as in SplitMix64.
func draw(seed, purpose, n uint64) uint64 {
	const golden = 0x9e3779b97f4a7c15
	h := mix(seed + golden)
	h = mix(h ^ purpose*golden)
	return mix(h + n*golden)
}
