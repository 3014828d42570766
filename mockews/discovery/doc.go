// Package discovery knows what Autodiscover says of a mailbox: where its server is, which group it belongs to, or who else is to
// be asked. It answers questions that have been read, and neither reads nor sends any.
//
// What it says by itself follows from the directory and from how the client has reached the server; a [Config] makes it send
// clients elsewhere or fail them, so that their ways through it can be tested.
package discovery
