package auth

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// maxForm bounds a request for a token, in bytes.
const maxForm = 64 << 10

// IsEndpoint reports whether a path is one that [Gatekeeper.Endpoint] answers.
func IsEndpoint(path string) bool {
	_, what := endpoint(path)
	return what != nil
}

// page answers a request to a part of the token endpoint.
type page func(g *Gatekeeper, w http.ResponseWriter, r *http.Request, tenant string, now time.Time)

// endpoint takes a path of the token endpoint apart: a tenant and a part, nil for any other path.
func endpoint(path string) (tenant string, what page) {
	tenant, rest, ok := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if !ok || tenant == "" {
		return "", nil
	}
	switch rest {
	case "oauth2/v2.0/token":
		return tenant, (*Gatekeeper).token
	case "oauth2/token":
		return tenant, (*Gatekeeper).tokenV1
	case "v2.0/.well-known/openid-configuration", ".well-known/openid-configuration":
		return tenant, (*Gatekeeper).metadata
	case "discovery/v2.0/keys", "discovery/keys":
		return tenant, (*Gatekeeper).keySet
	}
	return "", nil
}

// Endpoint answers a request to the token endpoint, which issues tokens as Microsoft Entra ID does (MS docs: OAuth 2.0 client
// credentials flow; OAuth 2.0 Resource Owner Password Credentials). It is false for a request that is for something else.
func (g *Gatekeeper) Endpoint(w http.ResponseWriter, r *http.Request, now time.Time) bool {
	tenant, what := endpoint(r.URL.Path)
	if what == nil {
		return false
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store, no-cache")
	h.Set("Pragma", "no-cache")
	what(g, w, r, tenant, now)
	return true
}

func (g *Gatekeeper) token(w http.ResponseWriter, r *http.Request, tenant string, now time.Time) {
	g.issueTo(w, r, tenant, now, false)
}

func (g *Gatekeeper) tokenV1(w http.ResponseWriter, r *http.Request, tenant string, now time.Time) {
	g.issueTo(w, r, tenant, now, true)
}

func (g *Gatekeeper) issueTo(w http.ResponseWriter, r *http.Request, tenant string, now time.Time, v1 bool) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		newError(http.StatusMethodNotAllowed, "invalid_request", 900561,
			"The endpoint only accepts POST requests. Received a "+onlyLetters(r.Method)+" request.").write(w, now)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		newError(http.StatusBadRequest, "invalid_request", 9002313, "Invalid request. Request is malformed or invalid.").write(w, now)
		return
	}
	a := &ask{rules: g.now.Load(), tenant: tenant, v1: v1, now: now, host: r.Host}
	a.read(r)
	token, fail := g.issue(a)
	if fail != nil {
		fail.write(w, now)
		return
	}
	writeJSON(w, http.StatusOK, token)
}

func onlyLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 'A' || r > 'Z' {
			return -1
		}
		return r
	}, s)
}

// metadata says where the parts of the endpoint are (OpenID Connect Discovery 1.0).
func (g *Gatekeeper) metadata(w http.ResponseWriter, r *http.Request, tenant string, now time.Time) {
	rules := g.now.Load()
	if !rules.isTenant(tenant) {
		noTenant(tenant).write(w, now)
		return
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	base := scheme + "://" + r.Host + "/" + rules.tenant
	writeJSON(w, http.StatusOK, map[string]any{
		"issuer":                                base + suffixV2,
		"token_endpoint":                        base + "/oauth2/v2.0/token",
		"authorization_endpoint":                base + "/oauth2/v2.0/authorize",
		"jwks_uri":                              base + "/discovery/v2.0/keys",
		"token_endpoint_auth_methods_supported": []string{"client_secret_post", "client_secret_basic"},
		"grant_types_supported":                 []string{grantApp, grantUser},
		"response_types_supported":              []string{"token"},
		"subject_types_supported":               []string{"pairwise"},
		"id_token_signing_alg_values_supported": []string{string(jose.RS256)},
	})
}

// keySet is the key that verifies tokens (RFC 7517).
func (g *Gatekeeper) keySet(w http.ResponseWriter, _ *http.Request, tenant string, now time.Time) {
	if !g.now.Load().isTenant(tenant) && tenant != "common" {
		noTenant(tenant).write(w, now)
		return
	}
	if err := g.keys.load(); err != nil {
		serverError().write(w, now)
		return
	}
	writeJSON(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{g.keys.public}})
}

// isTenant reports whether the tenant is called so: by its id or by its domain.
func (r *rules) isTenant(name string) bool {
	return strings.EqualFold(name, r.tenant) || r.domain != "" && strings.EqualFold(name, r.domain)
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	text, err := json.Marshal(body)
	if err != nil {
		status, text = http.StatusInternalServerError, []byte(`{"error":"server_error"}`)
	}
	w.WriteHeader(status)
	_, _ = w.Write(text) // a client that has gone is no concern of the server's
}
