// Package mockews is a mock Exchange organisation that speaks Exchange Web Services over HTTP: front ends that route,
// back ends that work, proxy and stall, and mailboxes that are generated from a seed when they are first asked for.
//
// [New] builds a [Server] from a topology, an http.Handler that listens to nothing. [Start] serves one on loopback for
// the time of a test, and [Server.Transport] reaches it without a socket, in a testing/synctest bubble too:
//
//	mx := mockews.Start(t, route.Topology{Mailboxes: 50, Seed: 7})
//	client := &http.Client{Transport: mx.Transport()}
//
// What calls cost is the business of [github.com/ewsbench/ewsbench/mockews/route]; all figures are the mock's own, not
// Microsoft's. What each request met is told truthfully in the headers that a real server sends, and in [Server.Journal].
//
// Each request is judged by the rules of [github.com/ewsbench/ewsbench/ews/audit]: what it did wrong is in the journal, in
// [Server.Verdicts], and a test can insist that it be nothing:
//
//	mx.Require(t).Sent(ews.OpFindItem).WithAnchor()
//
// Autodiscover says where mailboxes are, in SOAP and in plain XML: package [github.com/ewsbench/ewsbench/mockews/discovery].
//
// The mock serves what a well-behaved client needs and refuses the rest the way a server does. It knows Basic
// authentication only, keeps nothing when it ends, and is no substitute for a real server.
package mockews
