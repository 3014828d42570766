package discovery

import "github.com/ewsbench/ewsbench/ews/autodiscover"

// Config is what Autodiscover does differently. The zero value is a service that knows every mailbox.
type Config struct {
	// NoSOAP and NoPOX leave out one way of asking, or both: HTTP status 404. Exchange 2007 has no SOAP.
	NoSOAP bool `yaml:"no_soap"`
	NoPOX  bool `yaml:"no_pox"`
	// Location answers every request with HTTP status 302 and this URL, before anybody has to prove who it is: the redirection by
	// which a domain sends clients to the server that knows.
	Location string `yaml:"location"`
	// EWSURL is the URL of EWS in answers. Empty: that of the server, as the client reached it.
	EWSURL string `yaml:"ews_url"`
	// PublicFolders is the address of the mailbox with the hierarchy of public folders. Empty: the one that has it.
	PublicFolders string `yaml:"public_folders"`
	// MaxUsers is how many users one request may ask about; more are an InvalidRequest. Zero: 100. What the bound of a real server
	// is is not documented.
	MaxUsers int `yaml:"max_users"`
	// Redirects send those elsewhere who ask about somebody. The first that fits counts.
	Redirects []Redirect `yaml:"redirects"`
	// Errors fail requests, users or settings. The first that fits counts.
	Errors []Failure `yaml:"errors"`
}

// Redirect sends those elsewhere who ask about somebody: exactly one of Address, URL and Location is given.
type Redirect struct {
	// User is an address, of somebody or of nobody, or all of a domain: *@old.example.
	User string `yaml:"user,required"`
	// Address is whom to ask about instead: RedirectAddress, or redirectAddr in plain XML.
	Address string `yaml:"address"`
	// URL is where to ask instead: RedirectUrl, or redirectUrl in plain XML.
	URL string `yaml:"url"`
	// Location is the same for the whole request: HTTP status 302.
	Location string `yaml:"location"`
}

// Failure is a code in place of what would be said: of the whole request; with User, of that user; with Setting, of that setting.
type Failure struct {
	Code autodiscover.Code `yaml:"code,required"`
	// User is an address, or all of a domain: *@old.example. Empty, with a setting: everybody.
	User    string            `yaml:"user"`
	Setting autodiscover.Name `yaml:"setting"`
	// Text is for people. Empty: that of the code.
	Text string `yaml:"text"`
}

// maxUsers is what is in force where nothing is said. The value is the mock's own.
const maxUsers = 100

// Clone copies the lists too, so that nobody changes what somebody else holds.
func (c Config) Clone() Config {
	c.Redirects = append([]Redirect(nil), c.Redirects...)
	c.Errors = append([]Failure(nil), c.Errors...)
	return c
}
