package main

import (
	"context"
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/ewsbench/ewsbench/internal/exampleruns"
	"github.com/ewsbench/ewsbench/internal/refclient"
	"github.com/ewsbench/ewsbench/mockews"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"ewsbench": main, "refclient": refclientMain})
}

// refclientMain is the reference client as a program: it does what the environment says, with the defect that its argument names.
func refclientMain() {
	config := refclient.FromEnv(os.Getenv)
	if len(os.Args) > 1 {
		config.Defect = os.Args[1]
	}
	switch err := refclient.Run(context.Background(), config); {
	case errors.Is(err, refclient.ErrUnsupported):
		os.Exit(exitUnsupported)
	case err != nil:
		os.Exit(1)
	}
}

// TestScripts drives the program as a user does: one script for each thing
// that it promises. Commands beyond testscript's own: await,
// example, exits, measures, serve.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"await":    await,
			"example":  example,
			"exits":    exits,
			"measures": measures,
			"serve":    serveKind,
		},
	})
}

// exits CODE COMMAND ARGS... runs a command and wants exactly that exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if got := execute(ts, args[1:]); got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// measures COMMAND ARGS... runs a command that measures in real time, and
// wants 0, or 4 if other tests kept the machine too busy for the rate: whether
// a run is valid is told elsewhere, in virtual time.
func measures(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: measures COMMAND ARGS...")
	}
	if got := execute(ts, args); got != exitOK && got != exitInvalid {
		ts.Fatalf("exit code %d, want 0 or 4", got)
	}
}

// example KIND DIRECTORY stores an example run, the same every time.
func example(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: example KIND DIRECTORY")
	}
	ts.Check(exampleruns.Write(ts.MkAbs(args[1]), exampleruns.Kind(args[0])))
}

func execute(ts *testscript.TestScript, args []string) int {
	err := ts.Exec(args[0], args[1:]...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	ts.Check(err)
	return exitOK
}

// serve KIND starts a server on loopback and puts its EWS address into $URL.
func serveKind(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: serve KIND")
	}
	handler := handlers()[args[0]]
	if handler == nil {
		ts.Fatalf("unknown kind of server %q", args[0])
	}
	server := httptest.NewUnstartedServer(handler(ts))
	if args[0] == "tls" {
		server.StartTLS()
		ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
		ts.Check(os.WriteFile(ts.MkAbs("ca.pem"), ca, 0o600))
	} else {
		server.Start()
	}
	ts.Defer(server.Close)
	ts.Setenv("URL", server.URL+endpoint)
}

// handlers are the servers that scripts may start.
func handlers() map[string]func(*testscript.TestScript) http.Handler {
	return map[string]func(*testscript.TestScript) http.Handler{
		"mock": idealMock,
		"tls":  idealMock,
		"html": func(*testscript.TestScript) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				_, _ = w.Write([]byte("<html><body>Outlook</body></html>"))
			})
		},
		"token": func(ts *testscript.TestScript) http.Handler {
			mock := idealMock(ts)
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Authorization") != "Bearer sesame-token" {
					w.WriteHeader(http.StatusUnauthorized)
					return
				}
				r.SetBasicAuth(mockAccount, mockPassword)
				mock.ServeHTTP(w, r)
			})
		},
	}
}

func idealMock(ts *testscript.TestScript) http.Handler {
	t, err := mockews.Profile("ideal")
	ts.Check(err)
	mock, err := mockews.New(t)
	ts.Check(err)
	return mock
}

// await FILE BYTES waits until a file has grown to a size: the program under
// test has got so far. Bounded, and only for real processes.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: await FILE BYTES")
	}
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for range 1000 {
		if info, err := os.Stat(ts.MkAbs(args[0])); err == nil && info.Size() >= size {
			return
		}
		<-tick.C
	}
	ts.Fatalf("%s did not grow to %d bytes", args[0], size)
}
