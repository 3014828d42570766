package main

import (
	"strings"

	"github.com/ewsbench/ewsbench/mockews"
)

// tokenVariables tell a program where the mock issues tokens, and to which
// application: nothing if the mock takes none.
func tokenVariables(s *served) []string {
	config := s.mock.Auth().Config()
	on := s.mock.Organisation().Flavour().Schemes.Bearer
	if config.OAuth != nil {
		on = *config.OAuth
	}
	if !on {
		return nil
	}
	id, secret := mockews.DefaultApp, mockews.DefaultSecret
	if len(config.Apps) > 0 {
		id, secret = config.Apps[0].ID, config.Apps[0].Secret
	}
	return []string{
		"EWS_TOKEN_URL=" + strings.TrimSuffix(s.url, endpoint) + "/" + mockDomain + "/oauth2/v2.0/token",
		"EWS_CLIENT_ID=" + id, "EWS_CLIENT_SECRET=" + secret,
	}
}
