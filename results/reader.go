package results

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"iter"
	"os"
	"path/filepath"
)

// ErrNotARun says that a folder holds no run that this version can read.
var ErrNotARun = errors.New("not a run directory")

// Reader reads a stored run. It is for one goroutine.
type Reader struct {
	dir     string
	run     Run
	warning string // what the last pass over the samples came upon
}

// Open opens a run directory. The error wraps ErrNotARun when dir holds no run
// that this version can read.
func Open(dir string) (*Reader, error) {
	run, err := readRun(dir)
	if err != nil {
		return nil, err
	}
	if err := checkStore(filepath.Join(dir, samplesFile)); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", dir, ErrNotARun, err)
	}
	return &Reader{dir: dir, run: run}, nil
}

// checkStore looks for the header of a sample store.
func checkStore(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, len(storeMagic))
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	if !bytes.HasPrefix([]byte(storeMagic), head[:n]) {
		return fmt.Errorf("%s is no sample store of version %d", samplesFile, storeMagic[len(storeMagic)-1])
	}
	return nil
}

// Run returns the run's description.
func (r *Reader) Run() Run { return r.run }

// Warnings returns what is wrong with the stored run: how it ended if it did not
// come to its end and, once Samples was read to the end, whether the store was
// cut off.
func (r *Reader) Warnings() []string {
	warnings := append([]string{}, r.run.Warnings...)
	if w := endWarning(r.run); w != "" {
		warnings = append(warnings, w)
	}
	if r.warning != "" {
		warnings = append(warnings, r.warning)
	}
	return warnings
}

func endWarning(r Run) string {
	switch r.End {
	case EndComplete:
		return ""
	case EndCutOff:
		return "the run was cut off: it has no end, and its last second may be missing"
	case EndInterrupted, EndFailed:
	}
	if r.Reason == "" {
		return fmt.Sprintf("the run ended early: %s", r.End)
	}
	return fmt.Sprintf("the run ended early: %s: %s", r.End, r.Reason)
}

// Samples streams the samples in the order in which they were put. It may be
// used again. A store that was cut off ends after its last whole frame, which is
// a warning and no error; an error is what the file system said, and the last
// that is yielded.
func (r *Reader) Samples() iter.Seq2[Sample, error] {
	return func(yield func(Sample, error) bool) {
		f, err := os.Open(filepath.Join(r.dir, samplesFile))
		if err != nil {
			yield(Sample{}, err)
			return
		}
		defer f.Close()
		more := true
		r.warning, err = readSamples(f, func(s Sample) bool {
			more = yield(s, nil)
			return more
		})
		if err != nil && more {
			yield(Sample{}, fmt.Errorf("read samples: %w", err))
		}
	}
}

// readSamples reads a sample store to its end, to its first damage, which it
// puts into a warning, or until yield returns false. The error is the source's.
func readSamples(src io.Reader, yield func(Sample) bool) (warning string, err error) {
	in := bufio.NewReaderSize(src, 1<<16)
	head := make([]byte, len(storeMagic))
	if _, err := io.ReadFull(in, head); err != nil || string(head) != storeMagic {
		return damage(0, 0, err)
	}
	var d decoder
	var payload bytes.Buffer
	offset, stored, more := int64(len(storeMagic)), 0, true
	for more {
		if err := readFrame(in, &payload); errors.Is(err, io.EOF) {
			return "", nil
		} else if err != nil {
			return damage(offset, stored, err)
		}
		err := d.decode(payload.Bytes(), func(s Sample) bool {
			stored++
			more = yield(s)
			return more
		})
		if err != nil {
			return damage(offset, stored, err)
		}
		offset += frameHeader + int64(payload.Len())
	}
	return "", nil
}

// readFrame reads the payload of the next frame and checks it. It returns io.EOF
// only where a frame would have begun.
func readFrame(in io.Reader, payload *bytes.Buffer) error {
	var head [frameHeader]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return err
	}
	size := int64(binary.LittleEndian.Uint32(head[:]))
	if size > maxPayload {
		return fmt.Errorf("%w: %d bytes long", errDamaged, size)
	}
	payload.Reset()
	// CopyN grows with what is there: a length that lies costs nothing.
	if _, err := io.CopyN(payload, in, size); errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	} else if err != nil {
		return err
	}
	if crc32.Checksum(payload.Bytes(), castagnoli) != binary.LittleEndian.Uint32(head[4:]) {
		return fmt.Errorf("%w: wrong checksum", errDamaged)
	}
	return nil
}

// damage turns what ended the reading into a warning if it lies in the file, and
// leaves it an error if it lies in the reading.
func damage(offset int64, stored int, err error) (string, error) {
	switch {
	case err == nil:
		return "the sample store has no header: no samples were read", nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Sprintf("the sample store ends in the middle of a frame: the %d samples before byte %d are used", stored, offset), nil
	case errors.Is(err, errDamaged):
		return fmt.Sprintf("the sample store is damaged at byte %d (%v): the %d samples before it are used", offset, err, stored), nil
	default:
		return "", err
	}
}
