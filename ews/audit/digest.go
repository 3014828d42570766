package audit

import (
	"encoding/binary"
	"math/bits"
)

// digest is a number for a text, so that memories need not keep it: eight bytes
// at a time, since envelopes can be long. 0 is that of no text.
func digest[T ~string | ~[]byte](text T) uint64 {
	if len(text) == 0 {
		return 0
	}
	const prime = 0x9e3779b97f4a7c15
	h := uint64(len(text)) * prime
	for ; len(text) >= 8; text = text[8:] {
		h = mix(h^word(text), prime)
	}
	var last [8]byte
	copy(last[:], text)
	return max(1, mix(h^binary.LittleEndian.Uint64(last[:]), prime))
}

func word[T ~string | ~[]byte](text T) uint64 {
	return uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
		uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56
}

// mix spreads each bit over all others.
func mix(a, b uint64) uint64 {
	high, low := bits.Mul64(a^0x2d358dccaa6c78a5, b)
	return high ^ low
}

func digestText(text string) uint64 { return digest(text) }

// join is a number for several numbers, in this order.
func join(parts ...uint64) uint64 {
	h := uint64(len(parts))
	for _, p := range parts {
		h = mix(h^p, 0x8bb84b93962eacc9)
	}
	return max(1, h)
}
