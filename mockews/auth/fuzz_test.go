package auth_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// Whatever a header says, it is answered; nobody gets in but by a password or a signature, and what was shown is not repeated.
func FuzzAuthorization(f *testing.F) {
	g := newGate(f, flavour.Online, auth.Config{Basic: new(true), Apps: apps()})
	token := tokenOf(f, g, form(fullApp))
	parts := strings.Split(token, ".")
	for _, seed := range []string{
		"", "Basic", "Basic !", "Bearer", "Bearer ", "bearer\tx", "NTLM TlRMTVNTUAABAAAA", "Negotiate", basicHeader("u1", password),
		basicHeader("u1", "x"), basicHeader(`a\b\c@`, ":"), "Bearer " + token, "Bearer " + unsigned(token), "Bearer a.b.c", "Bearer " + parts[0] + ".." + parts[2],
		"Bearer {\"payload\":\"\"}", "Bearer " + token + "=",
	} {
		f.Add(seed, host)
	}
	f.Fuzz(func(t *testing.T, header, host string) {
		r := request(header)
		r.Host = host
		id, refusal := g.Admit(r)
		if refusal == nil {
			_, credentials, _ := strings.Cut(header, " ")
			if byToken := id.Scheme == auth.SchemeBearer; byToken && strings.TrimSpace(credentials) != token || !byToken && !strings.EqualFold(header[:6], "Basic ") {
				t.Fatalf("%q is let in as %+v", header, id)
			}
			return
		}
		if id.Principal != 0 || refusal.Status != http.StatusUnauthorized {
			t.Fatalf("%+v %+v", id, refusal)
		}
		for _, values := range refusal.Header {
			for _, v := range values {
				if strings.ContainsAny(v, "\r\n") {
					t.Fatalf("a header of two lines: %q", v)
				}
			}
		}
	})
}

// Whatever a request for a token says, the answer is JSON, with a token or with an error.
func FuzzTokenRequest(f *testing.F) {
	g := newGate(f, flavour.Online, auth.Config{Apps: apps()})
	for _, seed := range []string{
		form(fullApp).Encode(), userForm(publicApp, "u1").Encode(), form(fullApp, "claims", `{"access_token":{"acrs":{"value":"c1"}}}`).Encode(),
		"grant_type=client_credentials;x", "%zz", "", "grant_type=x&grant_type=y", form(fullApp, "scope", "/ / /.default").Encode(),
	} {
		f.Add("/contoso.com/oauth2/v2.0/token", seed)
		f.Add("/x/oauth2/token", seed)
	}
	f.Fuzz(func(t *testing.T, path, body string) {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.URL.Path = path
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		if !g.Endpoint(w, r, start) {
			return
		}
		var answer map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			t.Fatalf("%v: %s", err, w.Body)
		}
		if _, ok := answer["error"]; ok == (w.Code == http.StatusOK) {
			t.Fatalf("%d: %s", w.Code, w.Body)
		}
	})
}
