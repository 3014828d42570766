package main

import (
	"errors"
	"fmt"
)

// The exit codes. A code that is not listed must be treated as a failure.
const (
	exitOK          = 0   // done, and the verdict is good
	exitFailed      = 1   // could not do it: I/O, target gone
	exitUsage       = 2   // usage or invalid file; a selection that matches nothing
	exitBad         = 3   // the verdict is bad: a gate failed
	exitInvalid     = 4   // inconclusive, or the run is invalid
	exitInterrupted = 130 // interrupted: the partial run is kept and marked
)

// exitError carries an exit code, and what to try, beside what failed.
type exitError struct {
	code   int
	err    error
	hint   string
	silent bool // the verdict has been printed already: the code says it all
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// usageError is for what the user can put right by typing something else.
func usageError(err error, hint string, args ...any) error {
	return &exitError{code: exitUsage, err: err, hint: fmt.Sprintf(hint, args...)}
}

// failure is for what the world refused: files, sockets, the target.
func failure(err error, hint string, args ...any) error {
	return &exitError{code: exitFailed, err: err, hint: fmt.Sprintf(hint, args...)}
}

// verdict ends the program with a code whose reason stands in the output.
func verdict(code int) error {
	if code == exitOK {
		return nil
	}
	return &exitError{code: code, err: fmt.Errorf("exit %d", code), silent: true}
}

// exitCode is the one place where errors become exit codes.
func exitCode(err error) int {
	if e, ok := errors.AsType[*exitError](err); ok {
		return e.code
	}
	return exitFailed
}
