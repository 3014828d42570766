package audit

// ID names a rule. Ids are stable: programs and build scripts hold on to them.
type ID string

// Level says how much is at stake.
type Level string

// The levels. A problem costs answers or time on a real server; advice is about
// what goes well until something else goes wrong.
const (
	Problem Level = "problem"
	Advice  Level = "advice"
)

// Rule is one thing that a client should do, or leave.
type Rule struct {
	ID    ID
	Level Level
	// Advice says in one sentence what to do instead.
	Advice string
	// Source is the document, and the section of it, that says so.
	Source string
	// Situation is what has to come up for the rule to be tried, as in "no
	// client sent ...".
	Situation string

	only   traits                        // of exchanges that can break it; none: any exchange can
	met    func(*Exchange, *memory) bool // an exchange that is, or leads to, that situation
	broken func(*Exchange, *memory) bool // by an exchange, told by what came before it
	undone func(*memory) uint64          // how often, once nothing more comes; of rules about what is left out
}

// rules is the table of all rules. Their order is that of a set's bits, and of
// the list that Rules returns.
var rules = [...]Rule{
	// anchors and whom a request acts for
	anchorMissing(),
	anchorMismatch(),
	anchorMalformed(),
	anchorUnknown(),
	impersonationMissing(),
	nonPrimaryRepeated(),
	deniedRetryStorm(),

	// affinity
	affinityWithoutAnchor(),
	affinityOnOrdinaryCall(),
	affinityAsHeader(),
	affinityCookieDropped(),
	affinityMissing(),
	groupAnchorChanged(),
	oversizedGroup(),

	// throttling
	backoffIgnored(),
	busyRetryStorm(),
	tooManyConnections(),
	tooManyStreams(),
	tooManySubscriptions(),
	subscriptionLimitIgnored(),
	findLimitIgnored(),
	calendarPolled(),
	eventsPolled(),
	syncPolled(),

	// retries
	unsafeRetry(),
	batchRepeated(),
	movedMailboxHammered(),

	// sizes
	oversizedBatch(),
	oversizedPage(),
	findUnpaged(),
	oversizedSyncPage(),
	oversizedAvailability(),
	longAvailabilityWindow(),
	oversizedStream(),

	// going on from an answer
	pagingByPageSize(),
	pagingPastTheEnd(),
	syncStateStale(),
	syncStateRefusedAgain(),
	syncFromScratch(),
	syncLeftUnfinished(),
	syncWithProperties(),

	// notifications
	deadSubscriptionReused(),
	oldWatermarkKept(),
	watermarkStale(),
	streamDuplicated(),
	streamNotReopened(),
	subscriptionLeftBehind(),

	// traces, and what carries a request
	noClientRequestID(),
	requestIDNotGUID(),
	requestIDRepeated(),
	requestIDNotReturned(),
	defaultUserAgent(),
	userAgentVaries(),
	versionMissing(),
	versionRefusedAgain(),
	schemaViolation(),
	contentTypeNotXML(),
	connectionPerRequest(),
	credentialsInClear(),
}

// Rules returns all rules, in a fixed order.
func Rules() []Rule { return append([]Rule(nil), rules[:]...) }

// IDs returns the ids of all rules, in the same order.
func IDs() (ids []ID) {
	for i := range rules {
		ids = append(ids, rules[i].ID)
	}
	return ids
}

// Find returns the rule of that id.
func Find(id ID) (Rule, bool) {
	if i := indexOf(id); i >= 0 {
		return rules[i], true
	}
	return Rule{}, false
}

func indexOf(id ID) int {
	for i := range rules {
		if rules[i].ID == id {
			return i
		}
	}
	return -1
}
