package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"github.com/ewsbench/ewsbench/conformance"
)

// unsupported is the exit code by which a command says that it cannot do what was asked for.
const unsupported = 89

// command is a control that the user has written: called as COMMAND ACTION, and as COMMAND undo ACTION to take it back, with the
// arguments as a JSON object on stdin.
type command struct{ name string }

// Can reports true: what the command cannot do it says when it is asked.
func (command) Can(string) bool { return true }

// Do calls the command.
func (c command) Do(ctx context.Context, action string, args conformance.Args) (func(context.Context) error, error) {
	input, err := json.Marshal(args)
	if err != nil {
		return nil, err
	}
	if err := c.run(ctx, input, action); err != nil {
		return nil, err
	}
	return func(ctx context.Context) error { return c.run(ctx, input, "undo", action) }, nil
}

func (c command) run(ctx context.Context, input []byte, words ...string) error {
	child := exec.CommandContext(ctx, c.name, words...)
	child.Stdin = bytes.NewReader(input)
	output, err := child.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &exit) && exit.ExitCode() == unsupported:
		return conformance.ErrUnsupported
	}
	return fmt.Errorf("--control %s %s: %w: %s", c.name, strings.Join(words, " "), err, lastLine(output))
}

// lastLine is the last line of an output, which usually says what went wrong.
func lastLine(output []byte) string {
	lines := strings.Split(strings.TrimSpace(string(output)), "\n")
	return lines[len(lines)-1]
}
