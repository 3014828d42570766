package discovery

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/autodiscover"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// Directory is who there is, and what the organisation knows of them.
type Directory interface {
	access.Directory
	// DisplayName is the name of somebody, as address lists show it.
	DisplayName(p access.Principal) string
	// Grouping is the name of the group of mailboxes that somebody's belongs to: those whose subscriptions can live on one server.
	Grouping(p access.Principal) string
	// MailboxGUID names a mailbox in what other protocols say of it.
	MailboxGUID(p access.Principal) string
	// PublicFolderMailboxes are those that hold public folders, the first one with their hierarchy.
	PublicFolderMailboxes() []access.Principal
	// DeploymentID is the GUID of the organisation.
	DeploymentID() string
	// Domain is the mail domain.
	Domain() string
}

// Service says where mailboxes are. It is safe for concurrent use.
type Service struct {
	config  Config
	dir     Directory
	flavour flavour.Flavour
}

// New makes a service. The configuration must be in order.
func New(c Config, f flavour.Flavour, dir Directory) *Service {
	c.MaxUsers = cmp.Or(c.MaxUsers, maxUsers)
	return &Service{config: c.Clone(), flavour: f, dir: dir}
}

// Config is the configuration in force.
func (s *Service) Config() Config { return s.config.Clone() }

// Client is how a client has reached the server, which is how it is to go on.
type Client struct {
	// Secure says that it came over TLS, Host is what it calls the server, with a port if there is one. Empty: the mail domain.
	Secure bool
	Host   string
	// Basic says that callers may prove who they are with a password.
	Basic bool
	// Fail is what is injected about the nth user, counted from 1, or about the whole request: 0. Nil for nothing.
	Fail func(user int) (code autodiscover.Code, text string)
}

// publicFolders is the address of the mailbox with the hierarchy of public folders, "" where there are none.
func (s *Service) publicFolders() string {
	if all := s.dir.PublicFolderMailboxes(); s.config.PublicFolders == "" && len(all) > 0 {
		return s.dir.Address(all[0])
	}
	return s.config.PublicFolders
}

// base is the beginning of the server's URLs.
func (s *Service) base(c *Client) string {
	scheme := "http://"
	if c.Secure {
		scheme = "https://"
	}
	return scheme + cmp.Or(c.Host, s.dir.Domain())
}

// ewsPath is the endpoint, as servers spell it (MS docs: Get user settings from Exchange by using Autodiscover).
const ewsPath = "/EWS/Exchange.asmx"

func (s *Service) ewsURL(c *Client) string { return cmp.Or(s.config.EWSURL, s.base(c)+ewsPath) }

// Serves reports whether there is a service of that kind: SOAP, or else plain XML.
func (s *Service) Serves(soap bool) bool {
	if soap {
		return !s.config.NoSOAP
	}
	return !s.config.NoPOX
}

// Everybody is where every request is sent with HTTP status 302, "" for nowhere.
func (s *Service) Everybody() string { return s.config.Location }

// Version is the version of the server, as Autodiscover calls it.
func (s *Service) Version() ews.ServerVersion {
	v := s.flavour.Version
	v.Version = s.flavour.Discovery
	return v
}

// Find is who is meant by an address or a legacy distinguished name; 0 for nobody.
func (s *Service) Find(name string) access.Principal {
	if p, _ := s.dir.Find(name); p != 0 || !strings.HasPrefix(name, "/") {
		return p
	}
	alias := name[strings.LastIndexByte(name, '-')+1:]
	p, _ := s.dir.Find(alias + "@" + s.dir.Domain())
	if p == 0 || !strings.EqualFold(s.legacyDN(p), name) {
		return 0
	}
	return p
}

// Distinguished names as Exchange makes them (MS docs: Get user settings from Exchange by using Autodiscover).
const (
	groupDN   = "/o=First Organization/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)"
	storeName = "/cn=Microsoft Private MDB"
)

func (s *Service) legacyDN(p access.Principal) string {
	alias, _, _ := strings.Cut(s.dir.Address(p), "@")
	return groupDN + "/cn=Recipients/cn=" + strings.ReplaceAll(s.dir.MailboxGUID(p), "-", "") + "-" + alias
}

// server is what clients of other protocols take for the server of a mailbox: a name of the mailbox itself, since Exchange 2013.
func (s *Service) server(p access.Principal) string {
	return s.dir.MailboxGUID(p) + "@" + s.dir.Domain()
}

func (s *Service) serverDN(p access.Principal) string {
	return groupDN + "/cn=Configuration/cn=Servers/cn=" + s.server(p)
}

// build is the build in the form of the setting CasVersion (MS docs: Get user settings from Exchange by using Autodiscover).
func (s *Service) build() string {
	v := s.flavour.Version
	return fmt.Sprintf("%02d.%02d.%04d.%03d", v.Major, v.Minor, v.MajorBuild, v.MinorBuild)
}

// schemas are the versions of EWS that a request may name.
func (s *Service) schemas() string {
	var all []string
	for _, v := range ews.Versions() {
		if s.flavour.Accepts(v) {
			all = append(all, string(v))
		}
	}
	return strings.Join(all, ", ")
}
