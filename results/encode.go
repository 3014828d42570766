package results

import (
	"encoding/binary"
	"hash/crc32"
	"time"
)

// encoder turns samples into frames. Its dictionaries grow with the store.
type encoder struct {
	strings map[string]uint64
	kinds   map[kind]uint64
	text    []byte // new strings of this frame
	shapes  []byte // new kinds of this frame
	body    []byte // samples of this frame
	frame   []byte
}

func newEncoder() *encoder {
	return &encoder{strings: map[string]uint64{}, kinds: map[kind]uint64{}}
}

// encode returns the frame of at least one sample. It is good until the next call.
func (e *encoder) encode(samples []Sample) []byte {
	knownStrings, knownKinds := len(e.strings), len(e.kinds)
	e.text, e.shapes, e.body = e.text[:0], e.shapes[:0], e.body[:0]
	step := slotStep(samples)
	var last Sample
	for i := range samples {
		e.add(&samples[i], &last, step)
		last = samples[i]
	}
	f := append(e.frame[:0], make([]byte, frameHeader)...)
	f = binary.AppendUvarint(f, uint64(len(e.strings)-knownStrings))
	f = append(f, e.text...)
	f = binary.AppendUvarint(f, uint64(len(e.kinds)-knownKinds))
	f = append(f, e.shapes...)
	f = binary.AppendUvarint(f, uint64(len(samples)))
	f = binary.AppendVarint(f, int64(step))
	f = append(f, e.body...)
	payload := f[frameHeader:]
	binary.LittleEndian.PutUint32(f, uint32(len(payload)))
	binary.LittleEndian.PutUint32(f[4:], crc32.Checksum(payload, castagnoli))
	e.frame = f
	return f
}

// slotStep is the time from one slot to the next, on the average of a frame. At
// a constant rate it foretells each due time to the nanosecond or two.
func slotStep(samples []Sample) time.Duration {
	first, last := &samples[0], &samples[0]
	for i := range samples {
		if s := &samples[i]; s.Seq < first.Seq {
			first = s
		} else if s.Seq > last.Seq {
			last = s
		}
	}
	slots := int64(last.Seq - first.Seq)
	if slots <= 0 {
		return 0
	}
	return (last.Due - first.Due) / time.Duration(slots)
}

// add appends a sample as its differences from the last one.
func (e *encoder) add(s, last *Sample, step time.Duration) {
	slots := int64(s.Seq - last.Seq)
	b := binary.AppendUvarint(e.body, e.kind(kindOf(s)))
	b = binary.AppendVarint(b, slots)
	b = binary.AppendVarint(b, int64(s.Call-last.Call))
	b = binary.AppendVarint(b, int64(s.Block-last.Block))
	b = binary.AppendVarint(b, int64(s.Due-last.Due)-slots*int64(step))
	b = binary.AppendVarint(b, int64(s.Start-s.Due))
	b = binary.AppendVarint(b, int64(s.End-s.Start))
	b = binary.AppendUvarint(b, uint64(s.In))
	e.body = binary.AppendUvarint(b, uint64(s.Out))
}

// kind returns a kind's number and enters it if it is new.
func (e *encoder) kind(k kind) uint64 {
	if n, ok := e.kinds[k]; ok {
		return n
	}
	for _, s := range []string{k.arm, k.op, string(k.class), k.code} {
		e.shapes = binary.AppendUvarint(e.shapes, e.string(s))
	}
	e.shapes = binary.AppendVarint(e.shapes, int64(k.status))
	e.shapes = append(e.shapes, k.flags)
	n := uint64(len(e.kinds))
	e.kinds[k] = n
	return n
}

// string returns a string's number and enters it if it is new.
func (e *encoder) string(s string) uint64 {
	if n, ok := e.strings[s]; ok {
		return n
	}
	e.text = binary.AppendUvarint(e.text, uint64(len(s)))
	e.text = append(e.text, s...)
	n := uint64(len(e.strings))
	e.strings[s] = n
	return n
}
