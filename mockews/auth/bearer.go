package auth

import (
	"errors"
	"slices"
	"strings"
)

// byToken is whose token a request carries. A front end sends those away who bring none; what a token is worth a back end finds
// out (a capture of 2000003 with X-BEServer and X-BackEndHttpStatus: 401).
func (g *Gatekeeper) byToken(now *rules, token string, r *Request) (Identity, *Refusal) {
	if !now.oauth {
		return Identity{}, now.challenge(challenge{bearer: true, rejected: token != "", diagnostic: noOAuth(hostName(r.Host, now.domain))})
	}
	if token == "" {
		return Identity{}, now.challenge(challenge{bearer: true})
	}
	c, d := g.verify(now, token)
	if d.ID == 0 {
		d = now.examine(c, r)
	}
	id := Identity{}
	if d.ID == 0 {
		id, d = g.whose(now, c)
	}
	refused := challenge{bearer: true, rejected: true, byBackEnd: true}
	if d.ID == 0 {
		refused.claims, d = now.conditional(&id, c, r)
	}
	if refused.diagnostic = d; d.ID == 0 && refused.claims == "" {
		return id, nil
	}
	return Identity{}, now.challenge(refused)
}

// verify reads a token whose signature is good.
func (g *Gatekeeper) verify(now *rules, token string) (*claims, Diagnostic) {
	if now.config.Tokens.Unverifiable {
		return nil, internalError()
	}
	if c := g.tokens.get(token); c != nil {
		return c, Diagnostic{}
	}
	c, err := g.keys.read(token)
	switch {
	case errors.Is(err, errSignature):
		return nil, badSignature()
	case err != nil:
		return nil, badToken("The token is malformed.")
	}
	g.tokens.put(token, c)
	return c, Diagnostic{}
}

// Issuers of the two versions of Entra's tokens (MS docs: Access token claims reference).
const (
	issuerV1 = "https://sts.windows.net/"
	issuerV2 = "https://login.microsoftonline.com/"
	suffixV2 = "/v2.0"
)

// examine looks at everything that a token says of itself.
func (r *rules) examine(c *claims, q *Request) Diagnostic {
	t := &r.config.Tokens
	switch {
	case !strings.HasPrefix(c.Issuer, issuerV1) && !strings.HasPrefix(c.Issuer, issuerV2):
		return badToken("The issuer of the token is not trusted.")
	case !r.issued(c):
		return badTenant()
	case !slices.ContainsFunc(c.Audience, func(a string) bool { return forExchange(a, q.Host) }):
		return badAudience()
	case c.expired(q.Now, t.Skew):
		return expired()
	case c.early(q.Now, t.Skew):
		return badToken("The token is not valid yet.")
	}
	return Diagnostic{}
}

// issued reports whether the tenant has issued the token.
func (r *rules) issued(c *claims) bool {
	tenant, ok := strings.CutPrefix(c.Issuer, issuerV1)
	if ok {
		tenant = strings.TrimSuffix(tenant, "/")
	} else {
		tenant = strings.TrimSuffix(strings.TrimPrefix(c.Issuer, issuerV2), suffixV2)
	}
	return strings.EqualFold(tenant, r.tenant) && strings.EqualFold(c.Tenant, r.tenant)
}

// resource is what clients call Exchange Online (MS docs: Authenticate an EWS application by using OAuth).
const resource = "https://outlook.office365.com"

// forExchange reports whether a token with that audience is for the server, which is called host.
func forExchange(audience, host string) bool {
	audience = strings.TrimSuffix(audience, "/")
	if audience == exchangeID || audience == resource {
		return true
	}
	name, ok := strings.CutPrefix(audience, "https://")
	if !ok {
		name, ok = strings.CutPrefix(audience, "http://")
	}
	return ok && host != "" && strings.EqualFold(name, host)
}

// whose is who a token is for, and by which application.
func (g *Gatekeeper) whose(now *rules, c *claims) (Identity, Diagnostic) {
	app := now.apps[strings.ToLower(c.App)]
	if app == nil {
		return Identity{}, badClient()
	}
	id := Identity{Scheme: SchemeBearer, AppID: app.ID, Roles: c.Roles, AppOnly: c.User == ""}
	if id.AppOnly {
		return id, g.mayAlone(now, c, app.ID)
	}
	p, primary := g.dir.Find(c.User)
	if p == 0 || !primary {
		return id, badUser()
	}
	id.Principal, id.Scopes = p, strings.Fields(c.Scopes)
	if !slices.Contains(id.Scopes, AccessAsUserAll) {
		return id, noPermission()
	}
	return id, Diagnostic{}
}

// mayAlone is what keeps an application from calling for no user.
func (g *Gatekeeper) mayAlone(now *rules, c *claims, app string) Diagnostic {
	granted := g.options.Granted != nil && g.options.Granted(app)
	presented := 1
	if c.Strength == "2" {
		presented = 2
	}
	switch required := now.config.Tokens.Strength; {
	case !granted && !slices.Contains(c.Roles, FullAccessAsApp):
		return noPermission()
	case presented < required:
		return weak(presented, required)
	}
	return Diagnostic{}
}

// conditional is what Conditional Access has against a token: claims to ask for, or a diagnostic for a client that would not
// understand.
func (r *rules) conditional(id *Identity, c *claims, q *Request) (string, Diagnostic) {
	if len(r.conditions) == 0 {
		return "", Diagnostic{}
	}
	s := sender{app: strings.ToLower(id.AppID), user: id.Principal, address: r.clientAddress(q.Remote, q.Forwarded)}
	p := r.unmet(s, c)
	switch {
	case p == nil:
		return "", Diagnostic{}
	case c.capable():
		return claimsFor(p, q.Now), Diagnostic{}
	}
	return "", unmet(p.Name)
}

// capable reports whether the client answers claims challenges.
func (c *claims) capable() bool { return slices.Contains(c.Client, capable) }

// hostName is a host without its port, or what stands in for it.
func hostName(host, instead string) string {
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		host = host[:i]
	}
	if host == "" || strings.ContainsAny(host, "\"'\r\n") {
		return instead
	}
	return host
}
