package conformance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

// Cast is what a file says of an endpoint: who plays which part, and with which mailboxes. It holds no secret, only where secrets are.
type Cast struct {
	// Schema is the version of the file format: 1.
	Schema int `yaml:"schema"`
	// Accounts are the parts that somebody plays.
	Accounts map[Role]Actor `yaml:"accounts"`
	// The rest is as in World.
	Mailboxes []string `yaml:"mailboxes"`
	Group     []string `yaml:"group"`
	Inside    string   `yaml:"inside"`
	Outside   string   `yaml:"outside"`
	Alias     string   `yaml:"alias"`
	Principal string   `yaml:"principal"`
	SID       string   `yaml:"sid"`
	Stranger  string   `yaml:"stranger"`
}

// Actor is who plays a part, and how it proves who it is: with exactly one of the three.
type Actor struct {
	Name string `yaml:"name"`
	// PasswordFile and TokenFile hold a password or a bearer token; PasswordEnv names the environment variable that does.
	PasswordFile string `yaml:"password_file"`
	PasswordEnv  string `yaml:"password_env"`
	TokenFile    string `yaml:"token_file"`
}

// ParseCast reads a file. The name is for error messages, which have the form file:line:column: message.
func ParseCast(name string, data []byte) (Cast, error) {
	var c Cast
	doc, err := strictyaml.Parse(name, data)
	if err != nil {
		return c, err
	}
	if err := doc.Decode(&c); err != nil {
		return Cast{}, err
	}
	report := doc.Report()
	c.check(report)
	return c, report.Err()
}

func (c *Cast) check(r *strictyaml.Report) {
	if c.Schema != 1 {
		r.Add("schema", "schema is %d: write 1", c.Schema)
	}
	var parts []string
	for _, role := range Roles() {
		parts = append(parts, string(role))
	}
	for role, actor := range c.Accounts {
		path := "accounts." + string(role)
		if !slices.Contains(Roles(), role) {
			r.Add(path, "no part is called %q: the parts are %s%s", role, strings.Join(parts, ", "), strictyaml.DidYouMean(string(role), parts))
			continue
		}
		proofs := 0
		for _, proof := range []string{actor.PasswordFile, actor.PasswordEnv, actor.TokenFile} {
			if proof != "" {
				proofs++
			}
		}
		if actor.Name == "" || proofs != 1 {
			r.Add(path, "an account has a name and exactly one of password_file, password_env and token_file")
		}
	}
	for key, mailboxes := range map[string][]string{"mailboxes": c.Mailboxes, "group": c.Group} {
		for i, mailbox := range mailboxes {
			if !strings.Contains(mailbox, "@") {
				r.Add(fmt.Sprintf("%s[%d]", key, i), "%q is no SMTP address", mailbox)
			}
		}
	}
}

// Fill puts what the file says into a world. Accounts are the caller's: they need their secrets.
func (c *Cast) Fill(w *World) {
	w.Mailboxes, w.Group, w.Inside, w.Outside = slices.Clone(c.Mailboxes), slices.Sorted(slices.Values(c.Group)), c.Inside, c.Outside
	w.Alias, w.Principal, w.SID, w.Stranger = c.Alias, c.Principal, c.SID, c.Stranger
}
