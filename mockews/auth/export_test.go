package auth

// ShareKeys makes a gatekeeper sign with the key of another one, since making one takes long.
func ShareKeys(g, other *Gatekeeper) { g.keys = other.keys }

// Matches is the wildcard of user agents.
func Matches(pattern, s string) bool { return matches(pattern, s) }

// Sizes is how many headers and tokens a gatekeeper remembers.
func Sizes(g *Gatekeeper) (headers, tokens int) {
	if known := g.basic.now.Load(); known != nil {
		headers = len(*known)
	}
	return headers, len(g.tokens.now) + len(g.tokens.old)
}

// Bounds of what a gatekeeper remembers.
const (
	MaxBasic  = maxBasic
	MaxTokens = maxTokens
)

// Remember puts tokens of such names into what a gatekeeper remembers, and asks for one of them all the while.
func Remember(g *Gatekeeper, names []string, inUse string) (kept bool) {
	for _, n := range names {
		g.tokens.put(n, new(claims))
		kept = g.tokens.get(inUse) != nil
	}
	return kept
}

// Remembers reports whether a gatekeeper remembers a token.
func Remembers(g *Gatekeeper, name string) bool { return g.tokens.get(name) != nil }
