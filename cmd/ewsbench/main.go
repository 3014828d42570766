// Command ewsbench is a load and conformance harness for Exchange Web
// Services: it replays impersonated workloads with and without
// X-AnchorMailbox, against a bundled mock server or a real one, and says with
// an interval what the header is worth.
//
// The verbs, flags, files and exit codes are described in docs/cli.md.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := newApp().main(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// newApp gathers all that the verbs may touch of the process, so that no verb
// reaches for it by itself.
func newApp() *app {
	return &app{
		stdout: os.Stdout,
		stderr: os.Stderr,
		env:    os.Getenv,
	}
}
