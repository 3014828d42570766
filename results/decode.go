package results

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"
)

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
		r.fail()
		return ""
	}
	return d.strings[n]
}

// readSample reads a sample over the last one.
func (d *decoder) readSample(r *fields, s *Sample, step time.Duration) {
	n := r.uvarint()
	if n >= uint64(len(d.kinds)) {
		r.fail()
		return
	}
	k := &d.kinds[n]
	s.Arm, s.Op, s.Class, s.Code, s.Status = k.arm, k.op, k.class, k.code, k.status
	s.Phase, s.Late = k.phase(), k.flags&flagLate != 0
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
	if !f.drop(n) {
		return 0
	}
	return v
}

func (f *fields) varint() int64 {
	v, n := binary.Varint(f.data)
	if !f.drop(n) {
		return 0
	}
	return v
}

// drop takes away n bytes that were read. None or fewer mean that there was no
// number to read.
func (f *fields) drop(n int) bool {
	if n <= 0 || f.bad {
		f.fail()
		return false
	}
	f.data = f.data[n:]
	return true
}

func (f *fields) bytes(n uint64) []byte {
	if n > uint64(len(f.data)) {
		f.fail()
		return nil
	}
	b := f.data[:n]
	f.data = f.data[n:]
	return b
}

func (f *fields) fail() { f.bad, f.data = true, nil }
