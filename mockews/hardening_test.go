package mockews_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
)

// inBody is an envelope with something in its body.
func inBody(text string) []byte {
	whole := string(soap(target, getInbox()).body)
	begin, end := strings.Index(whole, "<m:GetFolder>"), strings.Index(whole, "</soap:Body>")
	return []byte(whole[:begin] + text + whole[end:])
}

// Bad XML ends in a fault, whatever it is made for.
func TestBadXML(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "ideal"))
	good := string(soap(target, getInbox()).body)
	bomb := `<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>`
	for name, body := range map[string][]byte{
		"entities that multiply": []byte(bomb + "<b>&b;</b>"),
		"external entity":        []byte(`<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/passwd">]><b>&x;</b>`),
		"external DTD":           []byte(`<!DOCTYPE b SYSTEM "http://127.0.0.1:1/x.dtd"><b/>`),
		"unknown entity":         inBody("<m:GetFolder>&x;</m:GetFolder>"),
		"33 levels":              inBody(strings.Repeat("<m:GetFolder>", 31) + strings.Repeat("</m:GetFolder>", 31)),
		"a million levels":       inBody(strings.Repeat("<a>", 1_000_000)),
		"a thousand attributes":  inBody("<m:GetFolder " + attributes(1000) + "/>"),
		"a thousand namespaces":  inBody("<m:GetFolder " + strings.ReplaceAll(attributes(1000), " a", " xmlns:a") + "/>"),
		"never closed":           []byte(good[:len(good)-20]),
		"binary":                 bytes.Repeat([]byte{0, 255}, 1000),
		"comment without an end": inBody("<!-- "),
		"CDATA without an end":   inBody("<![CDATA[ "),
		"two bodies in a row":    []byte(good + good),
	} {
		p := soap(target, getInbox())
		p.body = body
		o := p.send(t, s.Transport()).outcome()
		assert.Equal(t, 500, o.HTTP, name)
		require.NotNil(t, o.Fault, name)
		assert.Contains(t, []ews.Code{ews.ErrorSchemaValidation, ews.ErrorInvalidRequest}, o.Fault.Code, name)
	}
}

func attributes(n int) string {
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, ` a%d="x"`, i)
	}
	return text.String()
}

// A batch of a hundred thousand is answered, part by part.
func TestHugeBatch(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "ideal"))
	ids := make([]ews.ItemRef, 100_000)
	for i := range ids {
		ids[i].ID = "x"
	}
	o := soap(target, ews.GetItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Items: ids}).send(t, s.Transport()).outcome()
	assert.Equal(t, 200, o.HTTP)
	assert.Len(t, o.Messages, len(ids))
	assert.Equal(t, ews.ErrorInvalidIdMalformed, o.Code())
}

// blanks is a body of so many bytes.
func blanks(n int64) io.Reader { return io.LimitReader(spaces{}, n) }

type spaces struct{}

func (spaces) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// A body over 64 MiB is refused, whether or not it says how long it is, and many large ones take no more than there is room for.
func TestLargeBodies(t *testing.T) {
	s := mockews.Start(t, profile(t, "ideal"))
	const limit = 64 << 20
	t.Run("with its length", func(t *testing.T) {
		response := post(t, s.Client(), s.URL, blanks(limit+1), func(r *http.Request) { r.ContentLength = limit + 1; r.Header.Set("Expect", "100-continue") })
		assert.Equal(t, http.StatusRequestEntityTooLarge, response.StatusCode)
	})
	t.Run("in chunks", func(t *testing.T) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL, blanks(limit+1))
		require.NoError(t, err)
		r.SetBasicAuth(bench, "ewsbench")
		response, err := s.Client().Do(r)
		if err != nil { // the server closes while the client still sends: either is a clear end
			assert.True(t, errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET), "%v", err)
			return
		}
		defer response.Body.Close()
		assert.Equal(t, http.StatusRequestEntityTooLarge, response.StatusCode)
	})
	t.Run("many at once", func(t *testing.T) {
		var clients sync.WaitGroup
		var most uint64
		stop := make(chan struct{})
		for range 12 {
			clients.Go(func() {
				response := post(t, s.Client(), s.URL, blanks(16<<20), nil)
				assert.Equal(t, 500, response.StatusCode, "no XML")
			})
		}
		go func() {
			defer close(stop)
			clients.Wait()
		}()
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
			select {
			case <-stop:
				t.Logf("12 requests of 16 MiB: at most %d MiB on the heap", most>>20)
				assert.Less(t, most, uint64(1<<30))
				return
			case <-time.After(time.Millisecond):
			}
		}
	})
}

// Floods of headers and long URLs are refused before anything is made of them.
func TestHeaderFloods(t *testing.T) {
	t.Parallel()
	s := mockews.Start(t, profile(t, "ideal"))
	for name, c := range map[string]struct {
		change func(*http.Request)
		want   int
	}{
		"one of 200 kB":     {func(r *http.Request) { r.Header.Set("X-Flood", strings.Repeat("x", 200_000)) }, 431},
		"twenty thousand":   {func(r *http.Request) { flood(r.Header, 20_000) }, 431},
		"a thousand":        {func(r *http.Request) { flood(r.Header, 1000) }, 200},
		"URL of 3000 bytes": {func(r *http.Request) { r.URL.RawQuery = strings.Repeat("x", 3000) }, 404},
		"cookies":           {func(r *http.Request) { r.Header.Set("Cookie", strings.Repeat("a=b; ", 10_000)) }, 200},
		"long anchor":       {func(r *http.Request) { r.Header.Set("X-AnchorMailbox", strings.Repeat("a", 100_000)) }, 200},
	} {
		response := post(t, s.Client(), s.URL, bytes.NewReader(soap(target, getInbox()).body), c.change)
		assert.Equal(t, c.want, response.StatusCode, name)
	}
}

func flood(h http.Header, n int) {
	for i := range n {
		h.Set("X-Flood-"+strconv.Itoa(i), "x")
	}
}

// pipes is a listener whose connections are in memory, so that time can be virtual.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { p.once.Do(func() { close(p.closed) }); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

func (p *pipes) dial() net.Conn {
	client, server := net.Pipe()
	p.conns <- server
	return client
}

// Slow clients: each of them is given up after a bounded time, and none keeps the server from ending.
func TestSlowClients(t *testing.T) {
	t.Parallel()
	head := "POST " + mockews.Path + " HTTP/1.1\r\nHost: mock\r\nAuthorization: Basic c3ZjLWJlbmNoOmV3c2JlbmNo\r\n"
	for name, c := range map[string]struct {
		send   string
		drip   string // sent again and again, a byte at a time
		within time.Duration
	}{
		"connects and says nothing":         {"", "", 3 * time.Minute},
		"header, byte by byte":              {"POST ", "X", time.Minute},
		"body that does not come":           {head + "Content-Length: 100\r\n\r\n", "", 11 * time.Minute},
		"body, byte by byte":                {head + "Content-Length: 1000000\r\n\r\n", " ", 11 * time.Minute},
		"long body that stops in the midst": {head + "Content-Length: 9000000\r\n\r\n" + strings.Repeat(" ", 2_000_000), "", 2 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newServer(t, profile(t, "ideal"))
				web, listener := s.HTTP(), newPipes()
				go func() { _ = web.Serve(listener) }()
				conn := listener.dial()
				begin := time.Now()
				var writer sync.WaitGroup
				writer.Go(func() {
					_, err := io.WriteString(conn, c.send)
					for err == nil && c.drip != "" {
						time.Sleep(time.Second)
						_, err = io.WriteString(conn, c.drip)
					}
				})
				_, err := io.Copy(io.Discard, conn)
				assert.True(t, err == nil || errors.Is(err, io.ErrClosedPipe), "%v", err)
				assert.LessOrEqual(t, time.Since(begin), c.within)
				_ = conn.Close()
				writer.Wait()
				_ = web.Close()
				_ = listener.Close()
			})
		})
	}
	t.Run("reads a long answer a byte a minute", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newServer(t, profile(t, "ideal"))
			web, listener := s.HTTP(), newPipes()
			go func() { _ = web.Serve(listener) }()
			conn := listener.dial()
			find := soap(target, ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeAllProperties}, Folders: []ews.FolderID{inbox}}).body
			var writer sync.WaitGroup
			writer.Go(func() {
				_, _ = io.WriteString(conn, head+"Content-Length: "+strconv.Itoa(len(find))+"\r\n\r\n"+string(find))
			})
			begin, b := time.Now(), make([]byte, 1)
			var err error
			for err == nil {
				time.Sleep(time.Minute)
				_, err = conn.Read(b)
			}
			assert.Less(t, time.Since(begin), 10*time.Minute)
			_ = conn.Close()
			writer.Wait()
			_ = web.Close()
			_ = listener.Close()
		})
	})
}

// idleVariable makes the test binary a client that holds idle connections: ADDRESS COUNT.
const idleVariable = "MOCKEWS_TEST_IDLE"

// TestIdleClient is the client process of TestIdleConnections.
func TestIdleClient(t *testing.T) {
	address, count, ok := strings.Cut(os.Getenv(idleVariable), " ")
	if !ok {
		t.Skip("it is the client process of TestIdleConnections")
	}
	n, err := strconv.Atoi(count)
	require.NoError(t, err)
	var conns []net.Conn
	for range n {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		require.NoError(t, err)
		conns = append(conns, conn)
	}
	fmt.Println("connected") // to the parent process
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
	for _, conn := range conns {
		_ = conn.Close()
	}
}

// 5,000 idle connections, of a process of their own: the server answers beside them, in bounded memory.
func TestIdleConnections(t *testing.T) {
	const count = 5000
	var limit syscall.Rlimit
	require.NoError(t, syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit))
	if limit.Max < count+500 {
		t.Skipf("a process may have %d open files: %d are needed", limit.Max, count+500)
	}
	s := mockews.Start(t, profile(t, "ideal"))
	before := heap()
	client := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestIdleClient$")
	address := strings.TrimSuffix(strings.TrimPrefix(s.URL, "http://"), mockews.Path)
	client.Env = append(os.Environ(), idleVariable+"="+address+" "+strconv.Itoa(count))
	stdin, err := client.StdinPipe()
	require.NoError(t, err)
	stdout, err := client.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, client.Start())
	line, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "connected\n", line)
	response := post(t, s.Client(), s.URL, bytes.NewReader(soap(target, getInbox()).body), nil)
	assert.Equal(t, 200, response.StatusCode)
	held := heap() - before
	t.Logf("%d idle connections: %d kB on the heap", count, held>>10)
	assert.Less(t, held, int64(256<<20))
	require.NoError(t, stdin.Close())
	_ = client.Wait()
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
