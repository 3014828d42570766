package arch

import "slices"

// Plan is the floor plan of this module, from the cellar to the door.
func Plan() House {
	return House{
		Module: "github.com/ewsbench/ewsbench",
		Door:   "cmd",
		Rows:   rows(),
		Owners: owners(),
	}
}

// rows are the packages, floor by floor.
func rows() []Row { return slices.Concat(lower(), mock(), upper()) }

// lower are the cellar, the ground and the rooms that are not the mock's.
func lower() []Row {
	return []Row{
		{
			Package: "internal/xmlwire", Floor: 0,
			Why: "grammar only: it knows XML, and nothing of EWS",
		},
		{
			Package: "internal/xmlbind", Floor: 1, May: []string{"internal/xmlwire"},
			Why: "structs and tags: it knows XML, and nothing of EWS",
		},
		{
			Package: "internal/strictyaml", Floor: 0,
			Why: "grammar only: it knows YAML and positions, and nothing of what the files mean",
		},
		{
			Package: "results/stat", Floor: 0,
			Why: "statistics on []float64: it can be checked against other libraries as long as it knows nothing of ours",
		},
		{
			Package: "internal/answers", Floor: 0,
			Why: "it keeps bytes for the tests, in builds that ask for it: what they mean is for others to judge",
		},
		{
			Package: "internal/arch", Floor: 0,
			Why: "the floor plan stands beside the house",
		},
		{
			Package: "internal/golden", Floor: 0,
			Why: "a helper for tests: non-test files have no use for it", TestHelper: true,
		},
		{
			Package: "ews", Floor: 2, May: []string{"internal/xmlbind", "internal/xmlwire"},
			Why: "the vocabulary of both sides of the wire: whoever speaks EWS imports it, so it imports nobody",
		},
		{
			Package: "results", Floor: 2, May: []string{"results/stat"},
			Never: []string{"html/template"},
			Why:   "runs outlive the protocol package: operations and codes are strings here, and drawing is report's",
		},
		{
			Package: "internal/exampleruns", Floor: 3, May: []string{"results"},
			Why: "stored runs for the tests of those who read them: non-test files have no use for it", TestHelper: true,
		},
		{
			Package: "internal/calibration", Floor: 3, May: []string{"results/stat"},
			Why: "it weighs the statistics on simulated servers: non-test files have no use for it", TestHelper: true,
		},
		{
			Package: "internal/refclient", Floor: 3, May: []string{"ews"},
			Why: "a client with one defect at a time, for the tests of those who judge clients: non-test files have no use for it", TestHelper: true,
		},
		{
			Package: "ews/audit", Floor: 3, May: []string{"ews"},
			Why: "pure rules about clients: who serves and who tests judge by the same ones, and nothing is judged by how it was served",
		},
		{
			Package: "ews/autodiscover", Floor: 3, May: []string{"ews", "internal/xmlbind", "internal/xmlwire"},
			Why: "the words of another service, with namespaces of its own: both sides speak them, and neither decides anything here",
		},
		{
			Package: "scenarios", Floor: 3, May: []string{"ews", "internal/strictyaml"},
			Never: []string{"net/http"},
			Why:   "a plan is a pure function of scenario and seed: it neither sends nor listens",
		},
	}
}

// mock are the rooms of the mock, up to its porch.
func mock() []Row {
	return []Row{
		{
			Package: "mockews/fault", Floor: 3, May: []string{"ews", "internal/strictyaml"},
			Why: "what goes wrong is decided from data: carrying it out is the server's",
		},
		{
			Package: "mockews/flavour", Floor: 3, May: []string{"ews"},
			Why: "what a version of Exchange is like is a table: playing it is the others'",
		},
		{
			Package: "mockews/mime", Floor: 3, May: []string{"ews"},
			Never: []string{"net/http"},
			Why:   "an item as an Internet message is a function of the item: which mailbox it is in does not matter",
		},
		{
			Package: "mockews/calendar", Floor: 3, May: []string{"ews"},
			Never: []string{"net/http"},
			Why:   "when things recur and what time it is elsewhere is arithmetic: it can be checked by itself as long as it knows no mailbox",
		},
		{
			Package: "mockews/access", Floor: 3, May: []string{"ews", "internal/strictyaml"},
			Never: []string{"net/http"},
			Why:   "who may do what is a pure decision over a directory: it can be held against a model as long as it serves nobody",
		},
		{
			Package: "mockews/auth", Floor: 4, May: []string{"ews", "internal/strictyaml", "mockews/access", "mockews/flavour"},
			Why: "who is calling is settled before anything is asked for: it knows no operation and no mailbox",
		},
		{
			Package: "mockews/throttle", Floor: 4, May: []string{"ews", "internal/strictyaml", "mockews/access", "mockews/flavour"},
			Never: []string{"net/http"},
			Why:   "budgets are arithmetic on instants that the server hands in: they run in virtual time",
		},
		{
			Package: "mockews/discovery", Floor: 4, May: []string{"ews", "ews/autodiscover", "internal/strictyaml", "mockews/access", "mockews/flavour"},
			Never: []string{"net/http"},
			Why:   "where a mailbox is follows from the directory: who asks, and how, is the server's",
		},
		{
			Package: "mockews/mailbox", Floor: 4, May: []string{"ews", "mockews/access", "mockews/calendar", "mockews/mime"},
			Never: []string{"net/http"},
			Why:   "what stands behind an address is content and a log of changes: who asks, and how, is the server's",
		},
		{
			Package: "mockews/notify", Floor: 5, May: []string{"ews", "mockews/access", "mockews/mailbox"},
			Never: []string{"net/http"},
			Why:   "a subscription is a place in a log on one server: how the news goes out is the server's",
		},
		{
			Package: "mockews/route", Floor: 5,
			May:   []string{"ews", "internal/strictyaml", "mockews/access", "mockews/auth", "mockews/discovery", "mockews/fault", "mockews/flavour", "mockews/throttle"},
			Never: []string{"net"},
			Why:   "the model of routing opens no listener, so that it runs in virtual time",
		},
		{
			Package: "mockews", Floor: 6,
			May: []string{"ews", "ews/audit", "ews/autodiscover", "internal/answers", "internal/strictyaml", "mockews/access", "mockews/auth", "mockews/discovery", "mockews/fault", "mockews/flavour", "mockews/mailbox", "mockews/notify", "mockews/route", "mockews/throttle"},
			Why: "the server knows neither who loads it nor how it is judged",
		},
		{
			Package: "mockews/admin", Floor: 7,
			May: []string{
				"ews", "ews/audit", "internal/strictyaml", "mockews", "mockews/access", "mockews/auth", "mockews/fault", "mockews/route",
				"mockews/throttle",
			},
			Why: "whoever looks into the server does so through what the server exports, as a test does",
		},
	}
}

// upper are the other workshops, and the door.
func upper() []Row {
	return []Row{
		{
			Package: "runner", Floor: 5, May: []string{"ews", "ews/autodiscover", "results", "scenarios"},
			Why: "a run must not know whether its target is the mock, and does not draw its results",
		},
		{
			Package: "conformance", Floor: 5, May: []string{"ews", "ews/audit", "internal/strictyaml", "results"},
			Why: "clauses are asked of any endpoint: what they know of the mock is what its admin API says",
		},
		{
			Package: "report", Floor: 5, May: []string{"results"},
			Why: "bytes from a stored run: whatever report shows, another program can read in the run's files",
		},
		{
			Package: "cmd/ewsbench", Floor: 8,
			May: []string{"conformance", "ews", "ews/audit", "internal/strictyaml", "mockews", "mockews/admin", "mockews/route", "report", "results", "runner", "scenarios"},
			Why: "the door wires the workshops together; nobody imports it",
		},
	}
}

func owners() []Owner {
	return []Owner{
		{Module: "github.com/tsenart/vegeta", Packages: []string{"runner"}, Why: "vegeta lives in runner alone: the facts about it that shape a measurement are dealt with in one place"},
		{Module: "gonum.org/v1/plot", Packages: []string{"report"}, Why: "drawing is report's"},
		{Module: "gonum.org/v1/gonum", Packages: []string{"results/stat"}, Why: "statistics are results/stat's"},
		{Module: "github.com/aclements/go-moremath", Packages: []string{"results/stat", "internal/calibration"}, Why: "statistics are results/stat's"},
		{Module: "github.com/HdrHistogram/hdrhistogram-go", Packages: []string{"results"}, Why: "the live view is results'"},
		{Module: "github.com/goccy/go-yaml", Packages: []string{"internal/strictyaml"}, Why: "every YAML file goes through the strict reader"},
		{Module: "github.com/spf13/cobra", Packages: []string{"cmd/ewsbench"}, Why: "verbs and flags are the door's"},
		{Module: "github.com/spf13/pflag", Packages: []string{"cmd/ewsbench"}, Why: "verbs and flags are the door's"},
		{Module: "github.com/vbauerster/mpb", Packages: []string{"cmd/ewsbench"}, Why: "the terminal is the door's"},
		{Module: "github.com/go-jose/go-jose", Packages: []string{"mockews/auth"}, Why: "tokens are auth's"},
		{Module: "github.com/emersion/go-message", Packages: []string{"mockews/mime"}, Why: "Internet messages are mime's"},
		{Module: "github.com/emersion/go-ical", Packages: []string{"mockews/mime"}, Why: "calendars on the wire are mime's"},
		{Module: "golang.org/x/oauth2", Packages: []string{"cmd/ewsbench"}, Why: "credentials are the door's"},
		{Module: "github.com/prometheus/client_golang", Packages: []string{"mockews/admin"}, Why: "the mock's metrics are served beside its port, not on it"},
		{Module: "github.com/antchfx/xmlquery", Packages: []string{"conformance"}, Why: "paths into answers are conformance's: everybody else reads them as structs"},
		{Module: "github.com/antchfx/xpath", Packages: []string{"conformance"}, Why: "as xmlquery"},
		{Module: "github.com/stretchr/testify", Why: "it is for tests"},
		{Module: "github.com/rogpeppe/go-internal", Why: "it is for tests"},
	}
}
