package discovery

import (
	"cmp"
	"strings"

	"github.com/ewsbench/ewsbench/ews/autodiscover"
)

// fits reports whether a rule about an address, or about all of a domain, is about somebody.
func fits(rule, name string) bool {
	if domain, all := strings.CutPrefix(rule, "*@"); all {
		_, of, _ := strings.Cut(name, "@")
		return strings.EqualFold(of, domain)
	}
	return strings.EqualFold(rule, name)
}

// redirect is the rule for somebody, nil for none.
func (s *Service) redirect(name string) *Redirect {
	for i := range s.config.Redirects {
		if r := &s.config.Redirects[i]; fits(r.User, name) {
			return r
		}
	}
	return nil
}

// Location is where a request about these users is sent with HTTP status 302, "" for none.
func (s *Service) Location(names ...string) string {
	for _, name := range names {
		if r := s.redirect(name); r != nil && r.Location != "" {
			return r.Location
		}
	}
	return ""
}

// failure is what a rule says instead of the whole (no user, no setting), of a user (no setting) or of a setting. The code is
// NoError if none does.
func (s *Service) failure(user string, setting autodiscover.Name) (autodiscover.Code, string) {
	for i := range s.config.Errors {
		if f := &s.config.Errors[i]; f.Setting == setting && (f.User == "" || fits(f.User, user)) {
			return f.Code, cmp.Or(f.Text, f.Code.Text())
		}
	}
	return autodiscover.NoError, ""
}

// whole is what is said in place of a whole answer.
func (s *Service) whole(c *Client) (autodiscover.Code, string) {
	if code, text := c.injected(0); code != autodiscover.NoError {
		return code, text
	}
	return s.failure("", "")
}

// injected is what the caller wants to be said of the nth user.
func (c *Client) injected(user int) (autodiscover.Code, string) {
	if c.Fail == nil {
		return autodiscover.NoError, ""
	}
	code, text := c.Fail(user)
	return code, cmp.Or(text, code.Text())
}
