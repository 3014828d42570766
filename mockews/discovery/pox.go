package discovery

import (
	"cmp"
	"fmt"

	"github.com/ewsbench/ewsbench/ews/autodiscover"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// POX answers a plain request. Outcome is the same in the words of SOAP; the response is nil if it is an error, whose number says
// which.
func (s *Service) POX(q *autodiscover.POXRequest, c Client) (r *autodiscover.POXResponse, number autodiscover.POXCode, outcome autodiscover.Code) {
	if q.Schema != autodiscover.SchemaOutlook {
		return nil, autodiscover.POXNoProvider, autodiscover.InvalidRequest
	}
	if code, _ := s.whole(&c); code != autodiscover.NoError {
		return nil, number500(code), code
	}
	if code, _ := c.injected(1); code != autodiscover.NoError {
		return nil, number500(code), code
	}
	who := q.Who()
	if r := s.redirect(who); r != nil && r.Location == "" {
		return redirected(r)
	}
	if code, _ := s.failure(who, ""); code != autodiscover.NoError {
		return nil, number500(code), code
	}
	p := s.Find(who)
	switch {
	case p == 0:
		return nil, autodiscover.POXNoAddress, autodiscover.InvalidUser
	case !s.dir.HasMailbox(p):
		return nil, autodiscover.POXBadAddress, autodiscover.InvalidUser
	}
	return s.account(p, &c), 0, autodiscover.NoError
}

// number500 is the number of an error in plain XML, whose numbers begin with 500.
func number500(code autodiscover.Code) autodiscover.POXCode {
	switch code {
	case autodiscover.InvalidUser, autodiscover.InvalidDomain:
		return autodiscover.POXNoAddress
	case autodiscover.InvalidRequest:
		return autodiscover.POXInvalidRequest
	default:
		return autodiscover.POXInternal
	}
}

func redirected(r *Redirect) (*autodiscover.POXResponse, autodiscover.POXCode, autodiscover.Code) {
	if r.Address != "" {
		return &autodiscover.POXResponse{
			Account: autodiscover.POXAccount{Action: autodiscover.ActionRedirectAddress, RedirectAddress: r.Address},
		}, 0, autodiscover.RedirectAddress
	}
	return &autodiscover.POXResponse{
		Account: autodiscover.POXAccount{Action: autodiscover.ActionRedirectURL, RedirectURL: r.URL},
	}, 0, autodiscover.RedirectURL
}

// account is all that there is to say of a mailbox.
func (s *Service) account(p access.Principal, c *Client) *autodiscover.POXResponse {
	r := &autodiscover.POXResponse{
		User: &autodiscover.POXUser{
			DisplayName: s.dir.DisplayName(p), LegacyDN: s.legacyDN(p), Address: s.dir.Address(p), DeploymentID: s.dir.DeploymentID(),
		},
		Account: autodiscover.POXAccount{
			AccountType: "email", Action: autodiscover.ActionSettings, MicrosoftOnline: word(s.flavour.Cloud),
			Protocols: []autodiscover.Protocol{s.inside(p, c), s.outside(p, c), s.browsers(c)},
		},
	}
	if address := s.publicFolders(); address != "" {
		r.Account.PublicFolders = &autodiscover.PublicFolder{Address: address}
	}
	return r
}

// inside is the protocol EXCH.
func (s *Service) inside(p access.Principal, c *Client) autodiscover.Protocol {
	url := s.ewsURL(c)
	return autodiscover.Protocol{
		Type: autodiscover.ProtocolEXCH, Server: s.server(p), ServerDN: s.serverDN(p), ServerVersion: fmt.Sprintf("%08X", s.flavour.VersionNumber()),
		MdbDN: s.serverDN(p) + storeName, AuthPackage: authPackage(c), ASURL: url, EWSURL: url, OOFURL: url, ExclusiveConnect: "off",
	}
}

// outside is the protocol EXPR, which alone has the group.
func (s *Service) outside(p access.Principal, c *Client) autodiscover.Protocol {
	url := s.ewsURL(c)
	return autodiscover.Protocol{
		Type: autodiscover.ProtocolEXPR, Server: cmp.Or(c.Host, s.dir.Domain()), SSL: onOff(c.Secure), AuthPackage: authPackage(c),
		ASURL: url, EWSURL: url, OOFURL: url, ExclusiveConnect: "on", EWSPartnerURL: url, GroupingInformation: s.dir.Grouping(p),
	}
}

// browsers is the protocol WEB, with what is behind it: the mock has no web pages.
func (s *Service) browsers(c *Client) autodiscover.Protocol {
	behind := func(t autodiscover.ProtocolType) *autodiscover.Web {
		return &autodiscover.Web{Protocol: &autodiscover.Protocol{Type: t, ASURL: s.ewsURL(c)}}
	}
	return autodiscover.Protocol{Type: autodiscover.ProtocolWEB, Internal: behind(autodiscover.ProtocolEXCH), External: behind(autodiscover.ProtocolEXPR)}
}

func onOff(b bool) string {
	if b {
		return "On"
	}
	return "Off"
}
