package mockews_test

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
)

// streamVariable makes the test binary a client that holds streams: the address of the server. It reads the subscriptions from its
// standard input, a line for each.
const streamVariable = "MOCKEWS_TEST_STREAMS"

// TestStreamClient is the client process of BenchmarkHoldStreams. It says when all streams are open, and when each of them has heard
// of an event.
func TestStreamClient(t *testing.T) {
	address := os.Getenv(streamVariable)
	if address == "" {
		t.Skip("it is the client process of BenchmarkHoldStreams")
	}
	var opened, heard sync.WaitGroup
	var mu sync.Mutex
	nth := 0
	for lines := bufio.NewScanner(os.Stdin); lines.Scan() && lines.Text() != ""; nth++ {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		require.NoError(t, err)
		ask := soap(userOf(nth), ews.GetStreamingEvents{IDs: []string{lines.Text()}, Timeout: 30}).body
		_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: mock\r\nAuthorization: Basic %s\r\nContent-Length: %d\r\n\r\n%s", mockews.Path,
			base64.StdEncoding.EncodeToString([]byte(bench+":ewsbench")), len(ask), ask)
		require.NoError(t, err)
		opened.Add(1)
		heard.Add(1)
		go func(nth int) {
			in := bufio.NewReaderSize(conn, 1<<10)
			waitFor(in, ">OK<")
			opened.Done()
			waitFor(in, "<t:CreatedEvent>")
			at := time.Now().UnixNano()
			mu.Lock()
			fmt.Println(nth, at)
			mu.Unlock()
			heard.Done()
		}(nth)
	}
	opened.Wait()
	fmt.Println("open")
	heard.Wait()
}

// waitFor reads until a text has come.
func waitFor(in *bufio.Reader, text string) {
	seen := ""
	for !strings.HasSuffix(seen, text) {
		b, err := in.ReadByte()
		if err != nil {
			return
		}
		if seen += string(b); len(seen) > 100 {
			seen = seen[50:]
		}
	}
}

func userOf(nth int) string { return fmt.Sprintf("user%06d@contoso.com", nth+1) }

// BenchmarkHoldStreams holds 5,000 streams of a client in a process of its own, lets something happen in each mailbox, and prints what
// the server's process takes in memory, and how long after the event its stream has it: the median, the 99th percentile and the last.
func BenchmarkHoldStreams(b *testing.B) {
	const count = 5000
	var limit syscall.Rlimit
	require.NoError(b, syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit))
	if limit.Max < count+500 {
		b.Skipf("a process may have %d open files: %d are needed", limit.Max, count+500)
	}
	topology := profile(b, "ideal")
	topology.Mailboxes = count
	for b.Loop() {
		s := newServer(b, topology)
		address := strings.TrimSuffix(strings.TrimPrefix(listen(b, s), "http://"), mockews.Path)
		client := exec.CommandContext(b.Context(), os.Args[0], "-test.run=^TestStreamClient$", "-test.timeout=5m")
		client.Env = append(os.Environ(), streamVariable+"="+address)
		stdin, err := client.StdinPipe()
		require.NoError(b, err)
		stdout, err := client.StdoutPipe()
		require.NoError(b, err)
		require.NoError(b, client.Start())
		for i := range count {
			id, _ := subscribe(b, s, soap(userOf(i), streaming()))
			_, err := fmt.Fprintln(stdin, id)
			require.NoError(b, err)
		}
		require.NoError(b, stdin.Close())
		lines := bufio.NewScanner(stdout)
		require.True(b, lines.Scan())
		require.Equal(b, "open", lines.Text())
		memory := resident(b)
		sent := make([]time.Time, count)
		go func() {
			for i := range count {
				sent[i] = time.Now()
				write(b, s, userOf(i))
				time.Sleep(time.Millisecond)
			}
		}()
		late := make([]float64, 0, count)
		for len(late) < count && lines.Scan() {
			var nth int
			var at int64
			_, err := fmt.Sscan(lines.Text(), &nth, &at)
			require.NoError(b, err, "%s", lines.Text())
			late = append(late, float64(time.Unix(0, at).Sub(sent[nth]))/1e6)
		}
		require.Len(b, late, count, "every stream hears of its event")
		_, _ = io.Copy(io.Discard, stdout)
		require.NoError(b, client.Wait())
		slices.Sort(late)
		b.ReportMetric(memory/(1<<20), "MiB")
		b.ReportMetric(late[count/2], "ms-late-p50")
		b.ReportMetric(late[count*99/100], "ms-late-p99")
		b.ReportMetric(late[count-1], "ms-late-max")
	}
	b.ReportMetric(0, "ns/op")
}

// resident is the memory of the process, in bytes, as the system counts it (proc(5), statm).
func resident(tb testing.TB) float64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		tb.Skip("the system does not say what a process takes: ", err)
	}
	pages, err := strconv.ParseFloat(strings.Fields(string(text))[1], 64)
	require.NoError(tb, err)
	return pages * float64(os.Getpagesize())
}
