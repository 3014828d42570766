package discovery

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/ews/autodiscover"
	"github.com/ewsbench/ewsbench/internal/strictyaml"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// checker reports what is wrong with a configuration at a path.
type checker struct {
	report *strictyaml.Report
	path   string
}

func (c checker) add(key, format string, args ...any) { c.report.Add(c.path+"."+key, format, args...) }

// Check reports what is wrong with the configuration, which stands at path of a file.
func (c Config) Check(report *strictyaml.Report, path string, dir access.Directory) {
	k := checker{report, path}
	k.url("location", c.Location)
	k.url("ews_url", c.EWSURL)
	if p, _ := dir.Find(c.PublicFolders); c.PublicFolders != "" && p == 0 {
		k.add("public_folders", "public_folders is %q, which is nobody's address", c.PublicFolders)
	}
	if c.MaxUsers < 0 {
		k.add("max_users", "max_users is %d: it must not be negative", c.MaxUsers)
	}
	for i := range c.Redirects {
		c.Redirects[i].check(checker{report, fmt.Sprintf("%s.redirects[%d]", path, i)})
	}
	for i := range c.Errors {
		c.Errors[i].check(checker{report, fmt.Sprintf("%s.errors[%d]", path, i)})
	}
}

// url reports what is no address in the web.
func (c checker) url(key, text string) {
	if text == "" {
		return
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		c.add(key, "%s is %q: write a whole URL, such as https://mail.contoso.com/", key, text)
	}
}

// address reports what is no address, and no pattern if there may be one.
func (c checker) address(key, text string, pattern bool) {
	local, domain, ok := strings.Cut(text, "@")
	if !ok || local == "" || domain == "" || strings.ContainsAny(domain, "@* ") || strings.Contains(local, "*") && (!pattern || local != "*") {
		c.add(key, "%s is %q: write an address%s", key, text, map[bool]string{true: ", or *@domain"}[pattern])
	}
}

func (r *Redirect) check(c checker) {
	c.address("user", r.User, true)
	given := 0
	for _, target := range []string{r.Address, r.URL, r.Location} {
		if target != "" {
			given++
		}
	}
	if given != 1 {
		c.report.Add(c.path, "write exactly one of address, url and location")
	}
	if r.Address != "" {
		c.address("address", r.Address, false)
	}
	c.url("url", r.URL)
	c.url("location", r.Location)
}

func (f *Failure) check(c checker) {
	switch {
	case !f.Code.Known():
		c.add("code", "there is no code %q%s", f.Code, strictyaml.DidYouMean(string(f.Code), words(autodiscover.Codes())))
	case slices.Contains([]autodiscover.Code{autodiscover.NoError, autodiscover.RedirectAddress, autodiscover.RedirectURL}, f.Code):
		c.add("code", "code is %s, which is no error", f.Code)
	}
	if f.User != "" {
		c.address("user", f.User, true)
	}
	if f.Setting != "" && !f.Setting.Known() {
		c.add("setting", "there is no setting %q%s", f.Setting, strictyaml.DidYouMean(string(f.Setting), words(autodiscover.Names())))
	}
}

func words[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, w := range all {
		out[i] = string(w)
	}
	return out
}
