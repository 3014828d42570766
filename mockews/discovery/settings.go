package discovery

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/ewsbench/ewsbench/ews/autodiscover"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// textVersion is what a server says to a version that it does not know (OfficeDev/ews-managed-api #140).
const textVersion = "The RequestedServerVersion header is missing or invalid."

// Settings answers a request for settings of users.
func (s *Service) Settings(q *autodiscover.Request, c Client) *autodiscover.Response {
	if code, text := s.refuse(q, &c); code != autodiscover.NoError {
		return &autodiscover.Response{Code: code, Text: text}
	}
	r := &autodiscover.Response{Code: autodiscover.NoError}
	for i, name := range q.Users {
		r.Users = append(r.Users, s.user(i+1, name, q.Settings, &c))
	}
	return r
}

// refuse says what is wrong with a request as a whole.
func (s *Service) refuse(q *autodiscover.Request, c *Client) (autodiscover.Code, string) {
	text := ""
	switch {
	case !autodiscover.ValidVersion(q.Version):
		text = textVersion
	case len(q.Users) == 0:
		text = "The request asks about no user."
	case len(q.Users) > s.config.MaxUsers:
		text = "The request asks about more than " + strconv.Itoa(s.config.MaxUsers) + " users."
	case len(q.Settings) == 0:
		text = "The request asks for no setting."
	default:
		return s.whole(c)
	}
	return autodiscover.InvalidRequest, text
}

// user is what there is to say of the nth user.
func (s *Service) user(nth int, name string, settings []autodiscover.Name, c *Client) autodiscover.UserResponse {
	if code, text := c.injected(nth); code != autodiscover.NoError {
		return autodiscover.UserResponse{Code: code, Text: text}
	}
	if r := s.redirect(name); r != nil && r.Location == "" {
		code := autodiscover.RedirectAddress
		if r.URL != "" {
			code = autodiscover.RedirectURL
		}
		return autodiscover.UserResponse{Code: code, Text: code.Text(), Target: autodiscover.Target(cmp.Or(r.Address, r.URL))}
	}
	if code, text := s.failure(name, ""); code != autodiscover.NoError {
		return autodiscover.UserResponse{Code: code, Text: text}
	}
	p := s.Find(name)
	if p == 0 || !s.dir.HasMailbox(p) {
		return autodiscover.UserResponse{Code: autodiscover.InvalidUser, Text: autodiscover.InvalidUser.Text()}
	}
	u := autodiscover.UserResponse{Code: autodiscover.NoError, Text: autodiscover.NoError.Text()}
	for i, setting := range settings {
		if !slices.Contains(settings[:i], setting) {
			s.setting(&u, p, name, setting, c)
		}
	}
	return u
}

// setting adds the value of a setting, or why there is none.
func (s *Service) setting(u *autodiscover.UserResponse, p access.Principal, name string, setting autodiscover.Name, c *Client) {
	code, text := s.failure(name, setting)
	if code == autodiscover.NoError {
		value := s.value(p, setting, c)
		if value != "" {
			u.Settings = append(u.Settings, autodiscover.StringSetting(setting, value))
			return
		}
		code = autodiscover.SettingIsNotAvailable
		if !setting.Known() {
			code = autodiscover.InvalidSetting
		}
		text = code.Text()
	}
	u.Errors = append(u.Errors, autodiscover.SettingError{Code: code, Text: text, Name: setting})
}

// value is that of a setting, "" for one that the mock has nothing to say of: it has no web pages, no address book to fetch, and
// speaks no other protocol.
func (s *Service) value(p access.Principal, setting autodiscover.Name, c *Client) string {
	switch setting {
	case autodiscover.UserDisplayName:
		return s.dir.DisplayName(p)
	case autodiscover.UserDN:
		return s.legacyDN(p)
	case autodiscover.UserDeploymentID:
		return s.dir.DeploymentID()
	case autodiscover.AutoDiscoverSMTPAddress:
		return s.dir.Address(p)
	case autodiscover.InternalEWSURL, autodiscover.ExternalEWSURL, autodiscover.EWSPartnerURL:
		return s.ewsURL(c)
	case autodiscover.EWSSupportedSchemas:
		return s.schemas()
	case autodiscover.CASVersion, autodiscover.ExternalEWSVersion:
		return s.build()
	case autodiscover.GroupingInformation:
		return s.dir.Grouping(p)
	case autodiscover.UserMSOnline:
		return word(s.flavour.Cloud)
	case autodiscover.PublicFolderInformation:
		return s.publicFolders()
	default:
		return s.serverValue(p, setting, c)
	}
}

// serverValue is that of a setting which is about the server of a mailbox.
func (s *Service) serverValue(p access.Principal, setting autodiscover.Name, c *Client) string {
	switch setting {
	case autodiscover.InternalMailboxServer, autodiscover.InternalRPCClientServer:
		return s.server(p)
	case autodiscover.InternalMailboxServerDN:
		return s.serverDN(p)
	case autodiscover.MailboxDN:
		return s.serverDN(p) + storeName
	case autodiscover.ExternalMailboxServer:
		return cmp.Or(c.Host, s.dir.Domain())
	case autodiscover.ExternalRequiresSSL:
		return word(c.Secure)
	case autodiscover.ExternalAuthentication:
		return authPackage(c)
	case autodiscover.InternalExclusive:
		return "Off"
	case autodiscover.ExternalExclusive:
		return "On"
	case autodiscover.MAPIHTTPEnabled, autodiscover.CrossOrganization:
		return word(false)
	case autodiscover.ShowGAL:
		return word(true)
	default:
		return ""
	}
}

// authPackage is how a client has to prove who it is, "" where only tokens are taken, for which there is no word. Negotiate and
// NTLM, which the mock offers but does not speak, would lead clients astray.
func authPackage(c *Client) string {
	if c.Basic {
		return "Basic"
	}
	return ""
}

// word is how answers spell a truth value (MS docs: Get user settings from Exchange by using Autodiscover).
func word(b bool) string {
	if b {
		return "True"
	}
	return "False"
}
