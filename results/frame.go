package results

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"time"
)

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

// Bits of a kind's flags.
const (
	flagWarmup = 1 << iota
	flagLate
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
	if s.Warmup {
		k.flags |= flagWarmup
	}
	if s.Late {
		k.flags |= flagLate
	}
	return k
}

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

// decoder turns the payloads of frames back into samples, in the file's order.
type decoder struct {
	strings []string
	kinds   []kind
}

var errDamaged = errors.New("damaged frame")

// decode calls yield for each sample of a payload until that returns false.
func (d *decoder) decode(payload []byte, yield func(Sample) bool) error {
	r := fields{data: payload}
	d.readStrings(&r)
	d.readKinds(&r)
	count, step := r.uvarint(), time.Duration(r.varint())
	var s Sample
	for i := uint64(0); i < count && r.ok(); i++ {
		d.readSample(&r, &s, step)
		if r.ok() && !yield(s) {
			return nil
		}
	}
	if !r.ok() || len(r.data) > 0 {
		return fmt.Errorf("%w: its samples do not fill it", errDamaged)
	}
	return nil
}

func (d *decoder) readStrings(r *fields) {
	for n := r.uvarint(); n > 0 && r.ok(); n-- {
		d.strings = append(d.strings, string(r.bytes(r.uvarint())))
	}
}

func (d *decoder) readKinds(r *fields) {
	for n := r.uvarint(); n > 0 && r.ok(); n-- {
		k := kind{arm: d.string(r), op: d.string(r), class: Class(d.string(r)), code: d.string(r)}
		k.status = int(r.varint())
		if flags := r.bytes(1); r.ok() {
			k.flags = flags[0]
		}
		d.kinds = append(d.kinds, k)
	}
}

// string reads a string's number.
func (d *decoder) string(r *fields) string {
	n := r.uvarint()
	if n >= uint64(len(d.strings)) {
		r.bad = true
		return ""
	}
	return d.strings[n]
}

// readSample reads a sample over the last one.
func (d *decoder) readSample(r *fields, s *Sample, step time.Duration) {
	n := r.uvarint()
	if n >= uint64(len(d.kinds)) {
		r.bad = true
		return
	}
	k := &d.kinds[n]
	s.Arm, s.Op, s.Class, s.Code, s.Status = k.arm, k.op, k.class, k.code, k.status
	s.Warmup, s.Late = k.flags&flagWarmup != 0, k.flags&flagLate != 0
	slots := r.varint()
	s.Seq += uint64(slots)
	s.Call += uint64(r.varint())
	s.Block += int(r.varint())
	s.Due += time.Duration(r.varint() + slots*int64(step))
	s.Start = s.Due + time.Duration(r.varint())
	s.End = s.Start + time.Duration(r.varint())
	s.In, s.Out = int64(r.uvarint()), int64(r.uvarint())
}

// fields reads a payload field by field. Once a field is not there, all that
// follow are zero and ok is false.
type fields struct {
	data []byte
	bad  bool
}

func (f *fields) ok() bool { return !f.bad }

func (f *fields) uvarint() uint64 {
	v, n := binary.Uvarint(f.data)
	return v * f.took(n)
}

func (f *fields) varint() int64 {
	v, n := binary.Varint(f.data)
	return v * int64(f.took(n))
}

// took drops n bytes that were read, and returns 0 if there were none to read.
func (f *fields) took(n int) uint64 {
	if n <= 0 || f.bad {
		f.bad, f.data = true, nil
		return 0
	}
	f.data = f.data[n:]
	return 1
}

func (f *fields) bytes(n uint64) []byte {
	if n > uint64(len(f.data)) {
		f.bad, f.data = true, nil
		return nil
	}
	b := f.data[:n]
	f.data = f.data[n:]
	return b
}
