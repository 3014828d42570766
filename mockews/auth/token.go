package auth

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// claims are what a token says: those of the first version of Entra's access tokens, which is what Exchange gets (MS docs:
// Access token claims reference).
type claims struct {
	Audience  jwt.Audience     `json:"aud"`
	Issuer    string           `json:"iss"`
	IssuedAt  *jwt.NumericDate `json:"iat,omitempty"`
	NotBefore *jwt.NumericDate `json:"nbf,omitempty"`
	Expiry    *jwt.NumericDate `json:"exp,omitempty"`
	Contexts  []string         `json:"acrs,omitempty"`
	App       string           `json:"appid"`
	Strength  string           `json:"appidacr"`
	Kind      string           `json:"idtyp,omitempty"`
	Methods   []string         `json:"amr,omitempty"`
	Object    string           `json:"oid"`
	Subject   string           `json:"sub"`
	Roles     []string         `json:"roles,omitempty"`
	Scopes    string           `json:"scp,omitempty"`
	Tenant    string           `json:"tid"`
	User      string           `json:"upn,omitempty"`
	ID        string           `json:"uti"`
	Version   string           `json:"ver"`
	Client    []string         `json:"xms_cc,omitempty"`
}

// values are those of a claim that a policy can require.
func (c *claims) values(claim string) []string {
	if claim == ClaimContexts {
		return c.Contexts
	}
	return c.Client
}

// keyBits is the length of the key: that of Entra's.
const keyBits = 2048

// keys is the key that tokens are signed with. It is made when it is first needed, which takes some tenths of a second.
type keys struct {
	given  *rsa.PrivateKey // in place of one that is made
	once   sync.Once
	err    error
	public jose.JSONWebKey
	signer jose.Signer
}

func (k *keys) load() error {
	k.once.Do(func() {
		private := k.given
		if private == nil {
			made, err := rsa.GenerateKey(rand.Reader, keyBits)
			if err != nil {
				k.err = fmt.Errorf("auth: signing key: %w", err)
				return
			}
			private = made
		}
		k.public = jose.JSONWebKey{Key: &private.PublicKey, Algorithm: string(jose.RS256), Use: "sig"}
		sum := sha256.Sum256(private.N.Bytes())
		k.public.KeyID = hex.EncodeToString(sum[:16])
		key := jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: private, KeyID: k.public.KeyID}}
		k.signer, k.err = jose.NewSigner(key, (&jose.SignerOptions{}).WithType("JWT"))
	})
	return k.err
}

// SignWith gives the key that tokens are signed with, before the first one is: servers with one key take each other's tokens, and
// tests that start many save the time of making keys.
func (g *Gatekeeper) SignWith(key *rsa.PrivateKey) { g.keys.given = key }

// Sign makes a token that says whatever it is told, signed with the key that tokens are verified with: for a test that needs
// one which the token endpoint would not issue. The error is for claims that JSON cannot hold.
func (g *Gatekeeper) Sign(claims map[string]any) (string, error) { return g.sign(claims) }

func (g *Gatekeeper) sign(claims any) (string, error) {
	if err := g.keys.load(); err != nil {
		return "", err
	}
	token, err := jwt.Signed(g.keys.signer).Claims(claims).Serialize()
	if err != nil {
		return "", fmt.Errorf("auth: token: %w", err)
	}
	return token, nil
}

// errSignature is for a token that somebody else has signed.
var errSignature = errors.New("auth: signature")

// read verifies the signature of a token and reads its claims. The error tells a bad signature from a bad token, and nothing
// of what the token says.
func (k *keys) read(token string) (*claims, error) {
	parsed, err := jwt.ParseSigned(token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return nil, errors.New("auth: token")
	}
	if err := k.load(); err != nil {
		return nil, err
	}
	var raw map[string]any
	if err := parsed.Claims(k.public.Key, &raw); err != nil {
		if raw == nil && errors.Is(err, jose.ErrCryptoFailure) {
			return nil, errSignature
		}
		return nil, errors.New("auth: claims")
	}
	c := new(claims)
	if err := parsed.Claims(k.public.Key, c); err != nil {
		return nil, errors.New("auth: claims")
	}
	return c, nil
}

// maxTokens bounds each of the two generations of tokens that are remembered.
const maxTokens = 1024

// tokenCache remembers tokens whose signature is good, with what they say: verifying one costs some hundred microseconds.
// Everything but the signature is looked at each time. An old generation makes room for a new one.
type tokenCache struct {
	mu       sync.Mutex
	now, old map[string]*claims
}

func (t *tokenCache) get(token string) *claims {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c := t.now[token]; c != nil {
		return c
	}
	c := t.old[token]
	if c != nil {
		t.add(token, c)
	}
	return c
}

func (t *tokenCache) put(token string, c *claims) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.add(strings.Clone(token), c)
}

func (t *tokenCache) add(token string, c *claims) {
	if t.now == nil || len(t.now) >= maxTokens {
		t.now, t.old = make(map[string]*claims), t.now
	}
	t.now[token] = c
}

// expired reports whether a token's time is over, give or take the skew; one without an end has none.
func (c *claims) expired(now time.Time, skew time.Duration) bool {
	return c.Expiry == nil || !now.Before(c.Expiry.Time().Add(skew))
}

// early reports whether a token's time has not come yet.
func (c *claims) early(now time.Time, skew time.Duration) bool {
	return c.NotBefore != nil && now.Before(c.NotBefore.Time().Add(-skew))
}
