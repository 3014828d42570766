package mockews

import (
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"syscall"
	"time"

	"github.com/ewsbench/ewsbench/mockews/fault"
)

// cutShort ends a call that no back end gets to see, by its faults. It is false for any other.
func (x *exchange) cutShort(w http.ResponseWriter) bool {
	byFrontEnd := x.harm.From(fault.ByFrontEnd)
	if !x.harm.Before() && !byFrontEnd {
		return false
	}
	x.met.BackEnd = x.choice.BackEnd
	switch {
	case !x.linger():
		x.record(0, "")
	case !x.harm.Before():
		x.note.routed = false
		x.signFrontEnd(w.Header())
		x.page(w, x.harm.Answer.Page)
	case x.harm.Delivery.How == fault.HowHang:
		<-x.gone()
		x.record(0, "")
	default:
		x.record(0, "")
		reset(w)
	}
	return true
}

// linger lets the injected delay go by. It is false if the client goes away meanwhile.
func (x *exchange) linger() bool { return x.harm == nil || x.pause(x.harm.Delay) }

// gone is closed when the client has gone. It is made when somebody waits for it: most calls never do.
func (x *exchange) gone() <-chan struct{} { return x.client.Done() }

// pause lets time go by. It is false if the client goes away meanwhile.
func (x *exchange) pause(d time.Duration) bool {
	if d == 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-x.gone():
		return false
	}
}

// deliver sends the answer in the buffer, in the way that its faults ask for.
func (x *exchange) deliver(w http.ResponseWriter, status int) {
	if len(x.out) > longAnswer {
		allow(w, len(x.out))
	}
	if x.harm == nil || x.harm.Delivery == nil {
		w.WriteHeader(status)
		_, _ = w.Write(x.out) // a client that has gone is no concern of the server's
		return
	}
	switch d := x.harm.Delivery; d.How {
	case fault.HowReset:
		reset(w)
	case fault.HowHalf:
		w.WriteHeader(status)
		_ = write(w, x.out[:int(d.Share*float64(len(x.out)))])
		closeAmid(w)
	case fault.HowDrip:
		w.WriteHeader(status)
		x.drip(w, d)
	case fault.HowClose: // no stream came of it
		w.WriteHeader(status)
		_, _ = w.Write(x.out)
	case fault.HowHang: // has ended long before
	}
}

// drip sends the answer bit by bit, until the client has it or has gone.
func (x *exchange) drip(w http.ResponseWriter, d *fault.Delivery) {
	pause := time.Duration(0)
	for part := range slices.Chunk(x.out, d.Bytes) {
		if !x.pause(pause) || write(w, part) != nil {
			return
		}
		pause = d.Pause
	}
}

// write sends a part of an answer at once.
func write(w http.ResponseWriter, part []byte) error {
	if _, err := w.Write(part); err != nil {
		return err
	}
	return http.NewResponseController(w).Flush()
}

// breaker is a connection without a socket, which fails at the client's end with an error.
type breaker interface{ breakOff(err error) }

// reset ends the connection so that the client finds it reset by its peer.
func reset(w http.ResponseWriter) {
	hangUp(w, &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}, func(c net.Conn) {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // so that closing sends RST in place of FIN
		}
	})
}

// closeAmid ends the connection in the middle of an answer.
func closeAmid(w http.ResponseWriter) { hangUp(w, io.ErrUnexpectedEOF, func(net.Conn) {}) }

// hangUp closes the connection after a last preparation. Without a socket the client gets the error; a connection of which
// an answer is only a part is left to net/http to abort.
func hangUp(w http.ResponseWriter, err error, prepare func(net.Conn)) {
	if b, ok := w.(breaker); ok {
		b.breakOff(err)
		return
	}
	conn, _, hijackErr := http.NewResponseController(w).Hijack()
	if hijackErr != nil {
		panic(http.ErrAbortHandler)
	}
	if tls, ok := conn.(interface{ NetConn() net.Conn }); ok {
		conn = tls.NetConn() // a connection that breaks takes no leave
	}
	prepare(conn)
	_ = conn.Close()
}
