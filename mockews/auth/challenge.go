package auth

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// Ids that every tenant has: Exchange as a resource, Entra's old access control service, which issues the tokens, and
// Exchange on premises as an issuer.
const (
	exchangeID = "00000002-0000-0ff1-ce00-000000000000"
	issuerID   = "00000001-0000-0000-c000-000000000000"
	serverID   = "00000004-0000-0ff1-ce00-000000000000"
)

// Where captures of challenges send a client for a token: Exchange Online, and Exchange on premises with hybrid modern
// authentication (MS docs: Using hybrid Modern Authentication with Outlook for iOS and Android).
const (
	authorizeOnline = "https://login.microsoftonline.com/common/oauth2/authorize"
	authorizeHybrid = "https://login.windows.net/common/oauth2/authorize"
)

// challenge is what a 401 has to say.
type challenge struct {
	bearer     bool       // the client tried a token, or asked for the challenge
	rejected   bool       // a token was there
	diagnostic Diagnostic // why
	claims     string     // that the token has to carry
	byBackEnd  bool
}

// challenge turns a caller away who has not proved who it is.
func (r *rules) challenge(c challenge) *Refusal {
	h := map[string][]string{"Content-Length": {"0"}, "WWW-Authenticate": r.challenges(c)}
	if c.diagnostic.ID != 0 {
		h["x-ms-diagnostics"] = []string{c.diagnostic.String()}
	}
	if r.oauth && r.hint {
		h["ms-diagnostics-public"] = []string{"Modern Auth"}
	}
	return &Refusal{Status: http.StatusUnauthorized, Header: h, ByBackEnd: c.byBackEnd}
}

// challenges are the values of WWW-Authenticate. Exchange Online writes Basic behind the challenge for tokens (a log of 2017),
// Exchange on premises as a value of its own (MS Q&A 1792037), behind Negotiate and NTLM (gautamsi/ews-javascript-api #104).
func (r *rules) challenges(c challenge) (all []string) {
	bearer := ""
	switch {
	case c.claims != "":
		bearer = `Bearer realm="", authorization_uri="` + r.authorizationURI() + `", error="insufficient_claims", claims="` + c.claims + `"`
	case c.bearer || r.oauth && r.always:
		bearer = r.bearerChallenge(c.rejected)
	}
	basic := r.basic
	if bearer != "" && basic && r.cloud {
		bearer, basic = bearer+`,Basic Realm=""`, false
	}
	if bearer != "" {
		all = append(all, bearer)
	}
	if r.negotiate {
		all = append(all, "Negotiate", "NTLM")
	}
	if basic {
		all = append(all, `Basic realm="`+r.domain+`"`)
	}
	return all
}

// bearerChallenge is the challenge for tokens. A server on premises without hybrid modern authentication knows of no place
// that would issue one, and answers the very question as if it were a bad token (MS Q&A 1792037).
func (r *rules) bearerChallenge(rejected bool) string {
	text := `Bearer client_id="` + exchangeID + `", trusted_issuers="` + r.trustedIssuers() +
		`", token_types="app_asserted_user_v1 service_asserted_app_v1"`
	if r.oauth {
		text += `, authorization_uri="` + r.authorizationURI() + `"`
	}
	if rejected || !r.oauth {
		text += `, error="invalid_token"`
	}
	return text
}

func (r *rules) trustedIssuers() string {
	switch {
	case r.cloud:
		return issuerID + "@*"
	case r.oauth:
		return issuerID + "@" + r.tenant + "," + serverID + "@" + r.domain
	}
	return issuerID + "@" + r.tenant
}

func (r *rules) authorizationURI() string {
	if r.cloud {
		return cmp.Or(r.config.Answers.AuthorizationURI, authorizeOnline)
	}
	return cmp.Or(r.config.Answers.AuthorizationURI, authorizeHybrid)
}

// essential is a claim that is asked for.
type essential struct {
	Essential bool   `json:"essential"`
	Value     string `json:"value"`
}

// claimsRequest is what a claims challenge asks for, and what a client passes on when it asks for a token (OpenID Connect,
// section 5.5).
func claimsRequest(claim, value string) string {
	text, _ := json.Marshal(map[string]map[string]essential{"access_token": {claim: {Essential: true, Value: value}}})
	return base64.StdEncoding.EncodeToString(text)
}

// claimsFor asks for the claim that a policy requires; of a token whose holder is blocked by now, for one that is newer (MS
// docs: How to use Continuous Access Evaluation enabled APIs in your applications).
func claimsFor(c *condition, now time.Time) string {
	if c.Block {
		return claimsRequest("nbf", strconv.FormatInt(now.Unix(), 10))
	}
	return claimsRequest(c.Require.Claim, c.Require.Value)
}
