package results

import "hash/crc32"

// The sample store is a header and frames, described in docs/formats.md. Each
// frame carries its own length and checksum and stands on the dictionaries of
// the frames before it, so a file that was cut off is whole up to its last whole
// frame.
const (
	storeMagic  = "ewsbsmp\x01" // the last byte is the version
	frameHeader = 8             // length and checksum, four bytes each, little endian
	maxPayload  = 1 << 24       // more is not a frame but damage
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Bits of a kind's flags. The phases have one each, PhaseMeasured none.
const (
	flagWarmup = 1 << iota
	flagLate
	flagAA
	flagWashout
)

// kind is what samples have in common: most of a run's samples share a dozen
// kinds, so a sample names its kind by number.
type kind struct {
	arm, op, code string
	class         Class
	status        int
	flags         byte
}

func kindOf(s *Sample) kind {
	k := kind{arm: s.Arm, op: s.Op, code: s.Code, class: s.Class, status: s.Status}
	switch s.Phase {
	case PhaseMeasured:
	case PhaseWarmup:
		k.flags |= flagWarmup
	case PhaseAA:
		k.flags |= flagAA
	case PhaseWashout:
		k.flags |= flagWashout
	}
	if s.Late {
		k.flags |= flagLate
	}
	return k
}

// phase is the phase that a kind's flags tell.
func (k *kind) phase() Phase {
	switch {
	case k.flags&flagWarmup != 0:
		return PhaseWarmup
	case k.flags&flagAA != 0:
		return PhaseAA
	case k.flags&flagWashout != 0:
		return PhaseWashout
	default:
		return PhaseMeasured
	}
}
