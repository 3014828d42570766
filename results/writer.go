package results

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// ErrNotEmpty says that the directory for a new run exists and is not empty.
var ErrNotEmpty = errors.New("directory exists and is not empty")

var errClosed = errors.New("the run is finished")

const (
	frameSamples  = 1024        // a frame is written when it holds so many,
	flushInterval = time.Second // or when its first sample has waited so long
)

// Writer stores a run while it goes on. Samples reach the file at the latest a
// second after they were put, whatever their rate, so that a process that is
// killed loses no more than that. It is safe for concurrent use. Used in a
// testing/synctest bubble it keeps that bubble's time, and must be created and
// finished in it.
type Writer struct {
	mu      sync.Mutex
	dir     string
	made    bool // by Create
	file    *os.File
	out     io.Writer // the file; tests put a failing disk in its place
	offset  int64     // end of the last whole frame
	stored  int       // samples up to there
	pending []Sample
	encoder *encoder
	timer   *time.Timer // runs while samples are pending
	err     error       // sticky: after a failed write nothing may follow
}

// Create starts a run in dir, which must not exist or be empty, and writes its
// run.json at once. The error wraps ErrNotEmpty or what the file system said.
func Create(dir string, r Run) (*Writer, error) {
	made, err := makeDir(dir)
	if err != nil {
		return nil, fmt.Errorf("create run directory: %w", err)
	}
	w := &Writer{dir: dir, made: made, encoder: newEncoder()}
	if err := w.start(r); err != nil {
		_ = w.Discard() // why it cannot be written is what matters
		return nil, fmt.Errorf("create run in %s: %w", dir, err)
	}
	return w, nil
}

// makeDir makes sure that dir is an empty directory, and says whether it made it.
func makeDir(dir string) (made bool, err error) {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, os.MkdirAll(dir, 0o755)
	case err != nil:
		return false, err
	case len(entries) > 0:
		return false, fmt.Errorf("%s: %w", dir, ErrNotEmpty)
	default:
		return false, nil
	}
}

// start writes the sample store's header and run.json.
func (w *Writer) start(r Run) (err error) {
	w.file, err = os.OpenFile(filepath.Join(w.dir, samplesFile), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	w.out = w.file
	if _, err = w.out.Write([]byte(storeMagic)); err != nil {
		return err
	}
	w.offset = int64(len(storeMagic))
	return writeRun(w.dir, r)
}

// Put stores a sample. The error of a failed write, also of one that was made in
// the background, is returned by every later call.
func (w *Writer) Put(s Sample) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err != nil {
		return w.err
	}
	w.pending = append(w.pending, s)
	if len(w.pending) >= frameSamples {
		return w.flush()
	}
	if w.timer == nil {
		w.timer = time.AfterFunc(flushInterval, func() { _ = w.Flush() }) // the error is sticky
	}
	return nil
}

// Flush writes what is pending.
func (w *Writer) Flush() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.flush()
}

func (w *Writer) flush() error {
	if w.timer != nil {
		w.timer.Stop()
		w.timer = nil
	}
	if w.err != nil || len(w.pending) == 0 {
		return w.err
	}
	n, err := w.out.Write(w.encoder.encode(w.pending))
	if err != nil {
		w.err = fmt.Errorf("store samples (%d are kept): %w", w.stored, err)
		// Half a frame is of no use. If it cannot be taken back, the reader leaves it out.
		_ = w.file.Truncate(w.offset)
		return w.err
	}
	w.offset += int64(n)
	w.stored += len(w.pending)
	w.pending = w.pending[:0]
	return nil
}

// Finish stores what is pending and the final run.json, and ends the Writer. A
// run that could not store all its samples is written down as failed, with the
// reason.
func (w *Writer) Finish(r Run) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if errors.Is(w.err, errClosed) {
		return w.err
	}
	// The first error is the cause of those after it.
	err := cmp.Or(w.flush(), w.file.Sync(), w.file.Close())
	w.err = errClosed
	if err != nil && r.End == EndComplete {
		r.End, r.Reason = EndFailed, err.Error()
	}
	return cmp.Or(err, writeRun(w.dir, r))
}

// Discard removes what Create made: for a run whose load was never sent.
func (w *Writer) Discard() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.timer != nil {
		w.timer.Stop()
	}
	w.err = errClosed
	if w.file != nil {
		_ = w.file.Close() // it is removed anyway
	}
	var errs []error
	for _, name := range []string{runFile, samplesFile} {
		if err := os.Remove(filepath.Join(w.dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	if w.made {
		errs = append(errs, os.Remove(w.dir))
	}
	return errors.Join(errs...)
}
