// Package route models how an Exchange organisation takes a call to the mailbox that it is meant for: front ends that
// guess a back end, back ends that find the target elsewhere and proxy the call onward, and the queues on that way.
//
// The mechanism, from public sources: a front end is a stateless proxy that routes on headers, cookies and the
// authenticated identity, not on the SOAP body (MS docs: "EWS applications and the Exchange architecture"; Exchange team
// blog, "Exchange 2013 Client Access Server Role", 2013-01-25). Without X-AnchorMailbox an impersonated call lands at the
// back end of the service account, which proxies it to the right one (OfficeDev/ews-managed-api #119;
// microsoft/CSS-Exchange #1569).
//
// An [Organisation] answers where things are and where a call is routed; it is a pure function of a [Topology]. An
// [Engine] takes calls through workers, proxy pools and stalls, and says when each is answered. Nothing in it multiplies
// a penalty or draws an error: doubled times, 500s and 503s come from hops, bounded pools and stalled back ends. All
// figures are the mock's own, not Microsoft's: no measured figure for the price of a missing anchor has been published.
//
// Every draw is a pure function of the seed and of the call's own key, so that the same call meets the same weather in
// whichever arm it is sent, and a run can be repeated.
package route
