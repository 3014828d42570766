package admin_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// busyRules have a key of each sort.
const busyRules = `{"name": "busy", "match": {"operation": "GetFolder", "caller": "svc-bench@contoso.com"}, "probability": "50%",
	"fault": {"soap": {"code": "ErrorServerBusy", "back_off": "5s"}}, "ttl": "10m"}`

// talk is a call of each kind that answers with something, in an order in which each has something to tell.
func talk() [][3]string {
	return [][3]string{
		{"GET", "/healthz", ""},
		{"GET", "/v1/info", ""},
		{"POST", "/v1/faults", busyRules},
		{"GET", "/v1/faults", ""},
		{"GET", "/v1/journal", ""},
		{"GET", "/v1/verdicts", ""},
		{"POST", "/v1/accounts", `{"name": "svc-new", "password": "hush-hush", "back_end": 1, "role": "ApplicationImpersonation", "scope": {"first": 1, "last": 9}}`},
		{"PUT", "/v1/accounts/svc-new", `{"role": "none"}`},
		{"GET", "/v1/accounts", ""},
		{"POST", "/v1/grants", `{"scopes": [{"name": "one", "filter": "Alias -eq 'user000042'"}], "roles": [{"role": "ApplicationImpersonation", "user": "svc-new@contoso.com", "scope": "one"}],
			"folders": [{"mailbox": "user000001@contoso.com", "folder": "inbox", "user": "user000002@contoso.com", "level": "Reviewer"}]}`},
		{"GET", "/v1/grants", ""},
		{"PUT", "/v1/grants", `{"delegates": [{"mailbox": "user000001@contoso.com", "user": "user000002@contoso.com", "calendar": "Editor"}]}`},
		{"PUT", "/v1/authentication", `{"organization": {"ews_enabled": true}, "apps": [{"id": "0e5b6e9c-0000-4000-8000-00000000a002", "name": "nightly", "secret": "hush-hush", "roles": ["full_access_as_app"]}]}`},
		{"GET", "/v1/authentication", ""},
		{"PUT", "/v1/throttling", `{"enabled": true, "max_concurrency": 3, "streams": "unlimited", "burst": "10s"}`},
		{"GET", "/v1/throttling", ""},
		{"GET", "/v1/budgets", ""},
		{"PUT", "/v1/mailboxes/" + target, `{"database": "DB07"}`},
		{"GET", "/v1/mailboxes/" + target, ""},
		{"PUT", "/v1/databases/DB01", `{"back_end": "WEST-BE2"}`},
		{"GET", "/v1/databases", ""},
		{"PUT", "/v1/back-ends/EAST-BE1", `{"up": false}`},
		{"GET", "/v1/back-ends", ""},
	}
}

// described is what the document says of calls.
type described struct {
	Paths map[string]map[string]struct {
		ID          string `json:"operationId"`
		RequestBody struct{ Content content }
		Responses   map[string]struct{ Content content }
	}
	Components struct {
		Responses map[string]struct{ Content content }
	}
}

type content map[string]struct{ Schema map[string]any }

// TestAnswersFitTheDocument holds what the calls take and give to their description.
func TestAnswersFitTheDocument(t *testing.T) {
	t.Parallel()
	c := open(t, "onprem-2site")
	var document described
	c.get(t, "/openapi.json", &document)
	assert.True(t, c.getFolder(t, target, "").OK())
	said := map[string]bool{}
	for _, call := range talk() {
		method, path, body := call[0], call[1], call[2]
		pattern := patternOf(document, path)
		o, ok := document.Paths[pattern][strings.ToLower(method)]
		require.True(t, ok, "%s %s", method, path)
		said[o.ID] = true
		if body != "" {
			fits(t, o.RequestBody.Content["application/json"].Schema, decoded(t, body), method+" "+path+" takes")
		}
		w := c.call(t, method, path, body)
		answer, ok := o.Responses[fmt.Sprint(w.Code)]
		require.True(t, ok, "%s %s: %d %s", method, path, w.Code, w.Body)
		fits(t, answer.Content["application/json"].Schema, decoded(t, w.Body.String()), method+" "+path+" gives")
		assert.NotContains(t, w.Body.String(), "hush")
	}
	wrong := c.call(t, "POST", "/v1/faults", `{"fault": {"soap": {}}, "matches": 1}`)
	fits(t, document.Components.Responses["Problem"].Content["application/problem+json"].Schema, decoded(t, wrong.Body.String()), "a problem")
	for _, operations := range document.Paths {
		for _, o := range operations {
			for _, answer := range o.Responses {
				assert.True(t, said[o.ID] || answer.Content["application/json"].Schema == nil, "%s was never called", o.ID)
			}
		}
	}
}

func decoded(t *testing.T, text string) (v any) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(text), &v), text)
	return v
}

// patternOf is the path of the document that a path is one of.
func patternOf(document described, path string) string {
	if _, ok := document.Paths[path]; ok {
		return path
	}
	for pattern := range document.Paths {
		if head, _, ok := strings.Cut(pattern, "{"); ok && strings.HasPrefix(path, head) {
			return pattern
		}
	}
	return ""
}

// fits holds a value to a schema, as far as the document makes use of schemas.
func fits(t *testing.T, schema map[string]any, v any, at string) {
	t.Helper()
	require.NotEmpty(t, schema, at)
	switch v := v.(type) {
	case map[string]any:
		require.Equal(t, "object", schema["type"], at)
		properties, _ := schema["properties"].(map[string]any)
		needed, _ := schema["required"].([]any)
		for _, key := range needed {
			require.Contains(t, v, key, at)
		}
		for key, value := range v {
			property, ok := properties[key].(map[string]any)
			if !ok {
				property, ok = schema["additionalProperties"].(map[string]any)
			}
			require.True(t, ok, "%s has no %q", at, key)
			fits(t, property, value, at+" "+key)
		}
	case []any:
		require.Equal(t, "array", schema["type"], at)
		for _, item := range v {
			fits(t, schema["items"].(map[string]any), item, at)
		}
	default:
		allowed, several := schema["type"].([]any)
		if !several {
			allowed = []any{schema["type"]}
		}
		require.True(t, slices.Contains(allowed, any(kindOf(v))), "%s: %v is none of %v", at, v, allowed)
	}
}

func kindOf(v any) string {
	switch v.(type) {
	case bool:
		return "boolean"
	case float64:
		return "number"
	}
	return "string"
}

// What the API gives it takes: a rule that was read can be put in force again as it is.
func TestRulesReadBackAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	c := open(t, "onprem-2site")
	rules := []string{
		busyRules,
		`{"fault": {"message": {"code": "ErrorItemNotFound", "part": 2}}, "match": {"operation": "GetItem"}}`,
		`{"fault": {"back_end_down": {"name": "EAST-BE1"}}}`,
		`{"fault": {"link_down": {"between": ["east", "west"]}}}`,
		`{"fault": {"latency": {"fixed": "5ms"}}, "ttl": "1m"}`,
	}
	for _, rule := range rules {
		w := c.call(t, "POST", "/v1/faults", rule)
		require.Equal(t, 201, w.Code, "%s: %s", rule, w.Body)
	}
	var first, second struct{ Rules []json.RawMessage }
	c.get(t, "/v1/faults", &first)
	require.Len(t, first.Rules, len(rules))
	c.call(t, "DELETE", "/v1/faults", "")
	for _, rule := range first.Rules {
		w := c.call(t, "POST", "/v1/faults", string(rule))
		require.Equal(t, 201, w.Code, "%s: %s", rule, w.Body)
	}
	c.get(t, "/v1/faults", &second)
	assert.Equal(t, first, second)
}

// Rules whose time is over are gone, also from what the API remembers.
func TestRulesEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := open(t, "ideal")
		c.call(t, "POST", "/v1/faults", `{"fault": {"hang": {}}, "match": {"operation": "GetItem"}, "ttl": "5s"}`)
		c.call(t, "POST", "/v1/faults", `{"fault": {"hang": {}}, "match": {"operation": "GetItem"}}`)
		time.Sleep(5 * time.Second)
		var listed struct{ Rules, Injected []map[string]any }
		c.get(t, "/v1/faults", &listed)
		require.Len(t, listed.Rules, 1)
		require.Len(t, listed.Injected, 1)
		assert.InDelta(t, 2, listed.Injected[0]["id"], 0)
		assert.Equal(t, 404, c.call(t, "DELETE", "/v1/faults/1", "").Code)
		assert.Equal(t, 204, c.call(t, "DELETE", "/v1/faults/2", "").Code)
	})
}
