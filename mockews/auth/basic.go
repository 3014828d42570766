package auth

import (
	"crypto/subtle"
	"encoding/base64"
	"maps"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// maxBasic bounds the headers that are remembered.
const maxBasic = 1024

// basicCache remembers the headers of service accounts, of which most requests of a run carry one. Reading takes no lock.
type basicCache struct {
	mu  sync.Mutex
	now atomic.Pointer[map[string]proof]
}

// proof is what a header has proved: it holds as long as the account has that name and password.
type proof struct {
	principal      access.Principal
	name, password string
}

func (c *basicCache) get(header string) (proof, bool) {
	known := c.now.Load()
	if known == nil {
		return proof{}, false
	}
	p, ok := (*known)[header]
	return p, ok
}

func (c *basicCache) put(header string, p proof) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fresh := map[string]proof{}
	if known := c.now.Load(); known != nil && len(*known) < maxBasic {
		fresh = maps.Clone(*known)
	}
	fresh[strings.Clone(header)] = p
	c.now.Store(&fresh)
}

// byPassword is whose name and password a header gives, or 0.
func (g *Gatekeeper) byPassword(header, credentials string) access.Principal {
	if p, ok := g.basic.get(header); ok {
		if found, _ := g.dir.Find(p.name); found == p.principal && g.dir.Password(found) == p.password {
			return found
		}
	}
	pair, err := base64.StdEncoding.DecodeString(credentials)
	if err != nil {
		return 0
	}
	name, password, ok := strings.Cut(string(pair), ":")
	if !ok {
		return 0
	}
	p := g.login(name, password)
	if p < 0 {
		g.basic.put(header, proof{principal: p, name: g.dir.Address(p), password: password})
	}
	return p
}

// login is who has that name and password, or 0. A name is an address, or what stands before the @ of one, alone or after the
// name of a Windows domain.
func (g *Gatekeeper) login(name, password string) access.Principal {
	if _, after, ok := strings.Cut(name, `\`); ok {
		name = after
	}
	if !strings.Contains(name, "@") {
		name += "@" + g.options.Domain
	}
	p, _ := g.dir.Find(name)
	if p == 0 || subtle.ConstantTimeCompare([]byte(password), []byte(g.dir.Password(p))) == 0 {
		return 0
	}
	return p
}
