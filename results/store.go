package results

import (
	"errors"
	"iter"
)

var errUnfinished = errors.New("unfinished")

// ErrNotARun says that a folder holds no run that this version can read.
var ErrNotARun = errors.New("not a run directory")

// ErrNotEmpty says that the directory for a new run exists and is not empty.
var ErrNotEmpty = errors.New("directory is not empty")

// Writer stores a run while it goes on.
type Writer struct{}

// Create starts a run.
func Create(dir string, r Run) (*Writer, error) { return nil, errUnfinished }

// Put stores a sample.
func (w *Writer) Put(s Sample) error { return errUnfinished }

// Flush writes what is buffered.
func (w *Writer) Flush() error { return errUnfinished }

// Finish ends the run.
func (w *Writer) Finish(r Run) error { return errUnfinished }

// Discard removes what Create made: for a run that never sent its load.
func (w *Writer) Discard() error { return errUnfinished }

// Reader reads a stored run.
type Reader struct{}

// Open opens a run directory.
func Open(dir string) (*Reader, error) { return nil, errUnfinished }

// Run is the run's description.
func (r *Reader) Run() Run { return Run{} }

// Samples streams the samples.
func (r *Reader) Samples() iter.Seq2[Sample, error] { return nil }

// Warnings holds what is wrong with the store, known after Samples has run to its end.
func (r *Reader) Warnings() []string { return nil }
