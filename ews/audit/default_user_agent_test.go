package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestDefaultUserAgent(t *testing.T) {
	t.Parallel()
	for agent, want := range map[string]string{
		"archiver/2.1":       "",
		"Acme Backup":        "",
		"curly/1.0":          "",
		"rubycon/3":          "",
		"":                   "default-user-agent",
		"Go-http-client/1.1": "default-user-agent",
		"exchangelib/5.6.0 (python-requests/2.32.3)": "default-user-agent",
		"ExchangeServicesClient/15.00.0913.015":      "default-user-agent",
		"CURL/8.5.0":                                 "default-user-agent",
		"Ruby":                                       "default-user-agent",
	} {
		judgeChanges(t, []change{{agent, func(e *audit.Exchange) { e.UserAgent = agent }, want}})
	}
}
