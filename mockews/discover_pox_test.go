package mockews_test

import (
	"bytes"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews/autodiscover"
)

// Plain XML, fact by fact (MS docs: POX Autodiscover response for Exchange; MS-OXDSCLI).
func TestAutodiscoverPOX(t *testing.T) {
	t.Parallel()
	s := newServer(t, sending())
	for _, row := range []struct {
		name  string
		check func(t *testing.T)
	}{
		{"namespaces, settings, protocols", func(t *testing.T) {
			a := plain(target).send(t, s.Transport())
			assert.True(t, strings.HasPrefix(string(a.body), `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">`+
				`<Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a">`), "%s", a.body)
			r := a.account(t)
			assert.Equal(t, autodiscover.ActionSettings, r.Account.Action)
			assert.Equal(t, target, r.User.Address)
			require.Len(t, r.Account.Protocols, 3)
			for _, p := range r.Account.Protocols[:2] {
				assert.Equal(t, "http://mock/EWS/Exchange.asmx", p.EWSURL)
				assert.Equal(t, "http://mock/EWS/Exchange.asmx", p.ASURL)
			}
		}},
		{"GroupingInformation under EXPR alone", func(t *testing.T) {
			a := plain(target).send(t, s.Transport())
			assert.Equal(t, 1, strings.Count(string(a.body), "<GroupingInformation>SITE</GroupingInformation>"))
			for _, p := range a.account(t).Account.Protocols {
				assert.Equal(t, p.Type == autodiscover.ProtocolEXPR, p.GroupingInformation != "", p.Type)
			}
		}},
		{"redirectAddr", func(t *testing.T) {
			assert.Equal(t, autodiscover.POXAccount{Action: "redirectAddr", RedirectAddress: target}, plain("elvin@old.example").send(t, s.Transport()).account(t).Account)
		}},
		{"redirectUrl", func(t *testing.T) {
			assert.Equal(t, autodiscover.POXAccount{Action: "redirectUrl", RedirectURL: "https://other.example/autodiscover/autodiscover.svc"},
				plain("user000002@contoso.com").send(t, s.Transport()).account(t).Account)
		}},
		{"HTTP 302", func(t *testing.T) {
			a := plain("user000003@contoso.com").send(t, s.Transport())
			assert.Equal(t, http.StatusFound, a.StatusCode)
			assert.Equal(t, "https://other.example/autodiscover/there", a.Header.Get("Location"))
		}},
		{"error 500: no such address", func(t *testing.T) {
			e := plain("nobody@contoso.com").send(t, s.Transport()).poxError(t)
			assert.Equal(t, autodiscover.POXNoAddress, e.Code)
			assert.Equal(t, "The email address can't be found.", e.Text)
			assert.Regexp(t, regexp.MustCompile(`^\d\d:\d\d:\d\d\.\d{7}$`), e.Time)
			assert.Regexp(t, regexp.MustCompile(`^\d+$`), e.ID)
		}},
		{"error 501: no mailbox", func(t *testing.T) {
			assert.Equal(t, autodiscover.POXBadAddress, plain("svc-nomailbox@contoso.com").send(t, s.Transport()).poxError(t).Code)
		}},
		{"error 600: no request", func(t *testing.T) {
			for _, body := range []string{"", "<a", "<a/>", string(settingsOf(ewsURL(), target).body)} {
				p := plain(target)
				p.body = []byte(body)
				e := p.send(t, s.Transport()).poxError(t)
				assert.Equal(t, autodiscover.POXInvalidRequest, e.Code, body)
				assert.Equal(t, "Invalid Request", e.Text)
			}
		}},
		{"error 601: another schema", func(t *testing.T) {
			p := plain(target)
			p.body = bytes.ReplaceAll(p.body, []byte("outlook/"), []byte("mobilesync/"))
			assert.Equal(t, autodiscover.POXNoProvider, p.send(t, s.Transport()).poxError(t).Code)
		}},
		{"error 603: a user fails", func(t *testing.T) {
			assert.Equal(t, autodiscover.POXInternal, plain("user000004@contoso.com").send(t, s.Transport()).poxError(t).Code)
		}},
	} {
		t.Run(row.name, func(t *testing.T) { t.Parallel(); row.check(t) })
	}
}
