package conformance

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews/audit"
)

// Case is a situation for a program to be in: what a server does, and what the program is asked to do with it.
type Case struct {
	// Name is what EWS_CASE says. It never changes.
	Name string
	// Task is what a program is to do, Server what happens to it.
	Task, Server string
	// Topology is that of the mock, in its own format (docs/mock.md). Empty: the plainest that there is.
	Topology string
	// Aliases says that EWS_TARGETS names mailboxes by addresses that are not their primary ones.
	Aliases bool
	// Rules are those that the case tries.
	Rules []audit.ID
}

// Cases returns all cases, the plainest first.
func Cases() []Case {
	return slices.Concat(plainCases(), refusals(), notifications(), chains(), losses())
}

// plainCases are those in which everything goes well.
func plainCases() []Case {
	return []Case{
		{
			Name: "ordinary", Task: "open the inbox of each target, search it and get what was found", Server: "answers as it should, after 20 ms",
			Topology: "faults:\n  - {name: slow, fault: {latency: {fixed: 20ms}}}\n",
			Rules: []audit.ID{
				audit.AnchorMissing, audit.AnchorMismatch, audit.AnchorMalformed, audit.AnchorUnknown, audit.AffinityOnOrdinaryCall,
				audit.TooManyConnections, audit.OversizedBatch, audit.OversizedPage, audit.FindUnpaged,
				audit.NoClientRequestID, audit.RequestIDNotGUID, audit.RequestIDRepeated, audit.RequestIDNotReturned,
				audit.DefaultUserAgent, audit.UserAgentVaries, audit.VersionMissing, audit.SchemaViolation, audit.ContentTypeNotXML,
				audit.ConnectionPerRequest, audit.CredentialsInClear,
			},
		},
		{
			Name: "token", Task: "get a token by client credentials, and open the inbox of the first target with it", Server: "takes tokens",
			Topology: "flavour: ExchangeOnline\n",
			Rules:    []audit.ID{audit.ImpersonationMissing},
		},
		{
			Name: "availability", Task: "ask when all targets are busy in the next two weeks", Server: "answers as it should",
			Rules: []audit.ID{audit.OversizedAvailability, audit.LongAvailabilityWindow},
		},
	}
}

// refusals are those in which a client is told no.
func refusals() []Case {
	return []Case{
		{
			Name: "alias", Task: "open the inbox of the first target, by PrimarySmtpAddress", Server: "knows the target by another primary address",
			Aliases: true, Rules: []audit.ID{audit.NonPrimaryRepeated},
		},
		{
			Name: "denied", Task: "open the inbox of the first target", Server: "answers ErrorImpersonateUserDenied",
			Topology: "faults:\n  - {name: denied, fault: {soap: {code: ErrorImpersonateUserDenied}}}\n",
			Rules:    []audit.ID{audit.DeniedRetryStorm},
		},
		{
			Name: "moved", Task: "open the inbox of the first target", Server: "is moving the mailbox: the first four answers are ErrorMailboxMoveInProgress",
			Topology: "faults:\n  - {name: moving, match: {first: 4}, fault: {message: {code: ErrorMailboxMoveInProgress}}}\n",
			Rules:    []audit.ID{audit.MovedMailboxHammered},
		},
		{
			Name: "back-off", Task: "open the inbox of the first target", Server: "is busy once, and asks for a wait of two seconds",
			Topology: "faults:\n  - {name: busy, match: {first: 1}, fault: {soap: {code: ErrorServerBusy, back_off: 2s}}}\n",
			Rules:    []audit.ID{audit.BackoffIgnored},
		},
		{
			Name: "busy", Task: "open the inbox of the first target", Server: "is busy: the first four answers are HTTP 503, which name no time to wait",
			Topology: "faults:\n  - {name: busy, match: {first: 4}, fault: {page: {status: 503}}}\n",
			Rules:    []audit.ID{audit.BusyRetryStorm},
		},
		{
			Name: "old-server", Task: "open the inbox of the first target, in the newest schema that the program knows", Server: "knows no schema after Exchange2013_SP1",
			Topology: "flavour: Exchange2013\n",
			Rules:    []audit.ID{audit.VersionRefusedAgain},
		},
	}
}

// notifications are those that are about subscriptions.
func notifications() []Case {
	return []Case{
		{
			Name: "group", Task: "subscribe all targets for streaming as a group, listen for a moment, and end the subscriptions", Server: "answers as it should",
			Rules: []audit.ID{
				audit.AffinityWithoutAnchor, audit.AffinityAsHeader, audit.AffinityCookieDropped, audit.AffinityMissing, audit.GroupAnchorChanged,
				audit.OversizedGroup, audit.OversizedStream, audit.TooManyStreams, audit.StreamDuplicated, audit.SubscriptionLeftBehind,
			},
		},
		{
			Name: "stream-closed", Task: "subscribe the first target for streaming, and listen until the server has closed the stream once", Server: "closes the first stream at once",
			Topology: "faults:\n  - {name: closed, match: {operation: GetStreamingEvents, first: 1}, fault: {stream_closed: {}}}\n",
			Rules:    []audit.ID{audit.StreamNotReopened},
		},
		{
			Name: "subscription-lost", Task: "subscribe the first target for pull notifications, and get events", Server: "has lost the subscription when it is asked for the first time",
			Topology: "faults:\n  - {name: lost, match: {operation: GetEvents, first: 1}, fault: {message: {code: ErrorSubscriptionNotFound}}}\n",
			Rules:    []audit.ID{audit.DeadSubscriptionReused, audit.OldWatermarkKept},
		},
		{
			Name: "pull", Task: "subscribe the first target for pull notifications, save a draft, get events three times, and end the subscription", Server: "answers as it should",
			Rules: []audit.ID{audit.WatermarkStale, audit.EventsPolled, audit.TooManySubscriptions},
		},
		{
			Name: "subscription-limit", Task: "make three subscriptions in the first target", Server: "grants one, and answers ErrorExceededSubscriptionCount to the next",
			Topology: "faults:\n  - {name: full, match: {operation: Subscribe, nth: 2}, fault: {message: {code: ErrorExceededSubscriptionCount}}}\n",
			Rules:    []audit.ID{audit.SubscriptionLimitIgnored},
		},
	}
}

// chains are those in which a request goes by an answer.
func chains() []Case {
	return []Case{
		{
			Name: "find-limit", Task: "search the inbox of the first target", Server: "answers ErrorExceededFindCountLimit to the first search",
			Topology: "faults:\n  - {name: much, match: {operation: FindItem, first: 1}, fault: {message: {code: ErrorExceededFindCountLimit}}}\n",
			Rules:    []audit.ID{audit.FindLimitIgnored},
		},
		{
			Name: "short-pages", Task: "search the inbox of the first target, page by page, to the end", Server: "gives seven items at the most, whatever the page",
			Topology: "throttling: {enabled: true, find_count: 7}\n",
			Rules:    []audit.ID{audit.PagingByPageSize, audit.PagingPastTheEnd},
		},
		{
			Name: "calendar", Task: "look at a week of the first target's calendar, twice", Server: "answers as it should",
			Rules: []audit.ID{audit.CalendarPolled},
		},
		{
			Name: "sync", Task: "synchronise the inbox of the first target to the end, three at a time, and again a few seconds later", Server: "answers as it should; mail arrives every two seconds",
			Topology: "mail: {every: 2s}\n",
			Rules: []audit.ID{
				audit.SyncStateStale, audit.SyncFromScratch, audit.SyncLeftUnfinished, audit.SyncWithProperties, audit.SyncPolled, audit.OversizedSyncPage,
			},
		},
		{
			Name: "state-refused", Task: "synchronise the inbox of the first target, and again", Server: "refuses the second SyncFolderItems with ErrorInvalidSyncStateData",
			Topology: "faults:\n  - {name: refused, match: {operation: SyncFolderItems, nth: 2}, fault: {message: {code: ErrorInvalidSyncStateData}}}\n",
			Rules:    []audit.ID{audit.SyncStateRefusedAgain},
		},
	}
}

// losses are those in which not everything arrives.
func losses() []Case {
	return []Case{
		{
			Name: "answer-lost", Task: "save a draft in the first target", Server: "saves it, and breaks off in the middle of the answer",
			Topology: "faults:\n  - {name: half, match: {operation: CreateItem, first: 1}, fault: {half: {}}}\n",
			Rules:    []audit.ID{audit.UnsafeRetry},
		},
		{
			Name: "batch-stopped", Task: "save three drafts in one request in the first target", Server: "saves the first, and stops at the second",
			Topology: "faults:\n  - {name: stopped, match: {operation: CreateItem, first: 1}, fault: {message: {code: ErrorMailboxMoveInProgress, part: 2}}}\n",
			Rules:    []audit.ID{audit.BatchRepeated},
		},
	}
}
