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

	broken func(*Exchange, *memory) bool
}

// rules is the table of all rules. Their order is that of a set's bits, and of
// the list that Rules returns: anchors, affinity, throttling, sizes, traces.
var rules = [...]Rule{
	anchorMissing(),
	anchorMismatch(),
	anchorUnknown(),
	affinityWithoutAnchor(),
	affinityOnOrdinaryCall(),
	affinityAsHeader(),
	affinityCookieDropped(),
	backoffIgnored(),
	busyRetryStorm(),
	oversizedBatch(),
	oversizedPage(),
	syncWithProperties(),
	noClientRequestID(),
	defaultUserAgent(),
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
