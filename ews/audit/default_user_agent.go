package audit

import "strings"

// DefaultUserAgent is given when the request names its library, or nothing, in place of the
// program.
const DefaultUserAgent ID = "default-user-agent"

func defaultUserAgent() Rule {
	return Rule{
		ID: DefaultUserAgent, Level: Advice,
		Advice:    "Set User-Agent to a name of the program's own, the same in all requests.",
		Source:    "MS docs: Instrumenting client requests for EWS and REST in Exchange, Add instrumentation to requests",
		Situation: "a request",
		met:       func(*Exchange, *memory) bool { return true },
		broken:    func(e *Exchange, _ *memory) bool { return e.UserAgent == "" || isLibrary(e.UserAgent) },
	}
}

// libraries are the products that HTTP and EWS libraries name unless they are
// told otherwise.
var libraries = [...]string{
	"Apache-HttpClient", "axios", "curl", "Dalvik", "ExchangeServicesClient", "exchangelib", "Go-http-client", "GuzzleHttp", "Java",
	"libcurl", "libwww-perl", "node-fetch", "node-soap", "okhttp", "PHP-SOAP", "python-requests", "python-httpx", "Python-urllib",
	"reqwest", "Ruby", "undici", "Wget",
}

// isLibrary looks at the first product of a User-Agent, without its version
// (RFC 9110, section 10.1.5).
func isLibrary(agent string) bool {
	product := agent
	if end := strings.IndexAny(agent, "/ "); end >= 0 {
		product = agent[:end]
	}
	for _, name := range libraries {
		if len(product) == len(name) && strings.EqualFold(product, name) {
			return true
		}
	}
	return false
}
