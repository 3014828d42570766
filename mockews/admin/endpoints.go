package admin

import (
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/mockews/throttle"
)

// endpoints are the calls, in the order in which they are listed.
func endpoints() []endpoint {
	return []endpoint{
		{"GET", "/healthz", "whether the mock answers", nil, state{}, (*api).health},
		{"GET", "/v1/info", "what is served: profile, seed, flavour, endpoint", nil, facts{}, (*api).about},
		{"POST", "/v1/reset", "puts everything back to the start", nil, nil, (*api).reset},

		{"GET", "/v1/journal", "what requests met; since, limit, op, caller and target choose among them", nil, page{}, (*api).journal},
		{"DELETE", "/v1/journal", "forgets the requests, but no verdict", nil, nil, (*api).clearJournal},
		{"GET", "/v1/verdicts", "what clients did wrong, how often, and what to do instead", nil, judgement{}, (*api).verdicts},

		{"GET", "/v1/faults", "the rules in force, and those that were injected here", nil, inForce{}, (*api).faults},
		{"POST", "/v1/faults", "puts a rule in force, for its ttl or until it is taken out", fault.Rule{}, receipt{}, (*api).inject},
		{"DELETE", "/v1/faults", "takes out all rules that were injected here", nil, nil, (*api).heal},
		{"DELETE", "/v1/faults/{id}", "takes out one of them", nil, nil, (*api).healOne},

		{"GET", "/v1/accounts", "the service accounts, without their passwords", nil, []route.Account{}, (*api).accounts},
		{"POST", "/v1/accounts", "adds a service account", route.Account{}, route.Account{}, (*api).addAccount},
		{"PUT", "/v1/accounts/{name}", "changes a service account", route.Account{}, route.Account{}, (*api).setAccount},
		{"GET", "/v1/grants", "roles, scopes, delegates, permissions on folders, rights to send", nil, access.Grants{}, (*api).grants},
		{"PUT", "/v1/grants", "puts others in their place", access.Grants{}, access.Grants{}, (*api).setGrants},
		{"POST", "/v1/grants", "adds some to them", access.Grants{}, access.Grants{}, (*api).addGrants},
		{"GET", "/v1/authentication", "how callers prove who they are, and who is kept out, without secrets", nil, auth.Config{}, (*api).authentication},
		{"PUT", "/v1/authentication", "puts another configuration in its place", auth.Config{}, auth.Config{}, (*api).setAuthentication},
		{"GET", "/v1/throttling", "the throttling policy", nil, throttle.Policy{}, (*api).throttling},
		{"PUT", "/v1/throttling", "puts another policy in its place; budgets stay", throttle.Policy{}, throttle.Policy{}, (*api).setThrottling},
		{"GET", "/v1/budgets", "the budgets that are not full", nil, []balance{}, (*api).budgets},
		{"DELETE", "/v1/budgets", "fills all budgets: nobody has to stay away any more", nil, nil, (*api).refill},

		{"GET", "/v1/mailboxes/{address}", "where a mailbox is", nil, whereabouts{}, (*api).mailbox},
		{"PUT", "/v1/mailboxes/{address}", "moves it to another database", place{}, whereabouts{}, (*api).moveMailbox},
		{"GET", "/v1/databases", "where each database is active", nil, []database{}, (*api).databases},
		{"PUT", "/v1/databases/{name}", "makes it active on another back end", activation{}, []database{}, (*api).moveDatabase},
		{"GET", "/v1/back-ends", "which back ends are in service", nil, []host{}, (*api).backEnds},
		{"PUT", "/v1/back-ends/{name}", "takes one out of service, or puts it back", service{}, []host{}, (*api).setBackEnd},
	}
}
