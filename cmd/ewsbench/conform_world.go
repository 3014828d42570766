package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/admin"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/scenarios"
)

// openWorld is what the clauses are asked with: the bundled mock, or an endpoint by URL.
func (a *app) openWorld(f *conformServerFlags) (*conformance.World, func(), error) {
	if profile, ok := strings.CutPrefix(f.target, mockPrefix); ok {
		return a.mockWorld(f, profile)
	}
	w, err := f.remoteWorld(a.env)
	return w, func() {}, err
}

// plain is a transport that does nothing on its own: what a clause asks for is what goes out.
func plain(config *tls.Config, remote bool) *http.Transport {
	return &http.Transport{TLSClientConfig: config, DialContext: dialer(remote).DialContext, DisableCompression: true, MaxIdleConnsPerHost: 64}
}

// mockWorld starts the bundled mock with its admin API. Everybody that a clause may ask with is there.
func (a *app) mockWorld(f *conformServerFlags, profile string) (*conformance.World, func(), error) {
	if profile == "" {
		profile = defaultProfile
	}
	t, err := topology(profile)
	if err != nil {
		return nil, nil, err
	}
	yes := true
	t.Seed, t.Authentication.Basic, t.Authentication.OAuth = f.seed, &yes, &yes
	server, err := serve(t, "127.0.0.1:0", nil)
	if err != nil {
		return nil, nil, err
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		server.stop()
		return nil, nil, failure(fmt.Errorf("the admin API of the mock: %w", err), "is there a free port?")
	}
	web := &http.Server{Handler: admin.New(server.mock, admin.Info{Profile: profile, URL: server.url}), ReadHeaderTimeout: dialTimeout}
	go func() { _ = web.Serve(listener) }() // ends when it is closed
	stop := func() {
		_ = web.Close()
		server.stop()
	}
	w, err := mockCast(server, "http://"+listener.Addr().String())
	if err != nil {
		stop()
		return nil, nil, err
	}
	return w, stop, nil
}

// mockCast is everybody of the bundled mock.
func mockCast(s *served, adminURL string) (*conformance.World, error) {
	base := plain(nil, false)
	account := func(name string) conformance.Account {
		return conformance.Account{Name: name, Transport: authorize(base, basic(name, mockPassword))}
	}
	users := scenarios.Users(8, mockDomain)
	p, _ := s.mock.Organisation().Find(users.At(0))
	app, user, err := mockTokens(s, users.At(0))
	if err != nil {
		return nil, err
	}
	return &conformance.World{
		URL: s.url, Anonymous: base,
		Accounts: map[conformance.Role]conformance.Account{
			conformance.Service: account(mockAccount), conformance.Second: account("svc-nomailbox@" + mockDomain),
			conformance.Scoped: account("svc-scoped@" + mockDomain), conformance.NoMailbox: account("svc-nomailbox@" + mockDomain),
			conformance.NoRole: account("svc-none@" + mockDomain), conformance.Owner: account(users.At(0)),
			conformance.Neighbour: account(users.At(1)),
			conformance.App:       {Name: "application", Transport: authorize(base, credentials{secret: app})},
			conformance.Bearer:    {Name: users.At(0), Transport: authorize(base, credentials{secret: user})},
		},
		Mailboxes: []string{users.At(0), users.At(1), users.At(2), users.At(3)},
		Group:     mockGroup(s),
		Inside:    users.At(6), Outside: "user000700@" + mockDomain, Stranger: "nobody@" + mockDomain,
		Alias: "user000001@mail." + mockDomain, Principal: users.At(0), SID: s.mock.Organisation().SID(p),
		Control: conformance.Admin{URL: adminURL},
	}, nil
}

// mockGroup are mailboxes of one site, which a group of subscriptions may hold.
func mockGroup(s *served) (all []string) {
	org := s.mock.Organisation()
	site := ""
	for p := route.Principal(11); len(all) < 4; p++ {
		home, _ := org.Home(p)
		if at := org.Site(org.BackEnd(home)); site == "" || at == site {
			site = at
			all = append(all, org.Address(p))
		}
	}
	return all
}

// mockTokens are those of the mock's application: one for itself and one for a user.
func mockTokens(s *served, user string) (app, delegated secret, err error) {
	endpoint := oauth2.Endpoint{TokenURL: strings.TrimSuffix(s.url, endpoint) + "/" + mockDomain + "/oauth2/v2.0/token", AuthStyle: oauth2.AuthStyleInParams}
	client := &http.Client{Transport: plain(nil, false)}
	app, err = newIssued(clientcredentials.Config{
		ClientID: mockews.DefaultApp, ClientSecret: mockews.DefaultSecret, TokenURL: endpoint.TokenURL,
		Scopes: []string{defaultScope}, AuthStyle: endpoint.AuthStyle,
	}, client)
	if err != nil {
		return nil, nil, err
	}
	config := oauth2.Config{ClientID: mockews.DefaultApp, ClientSecret: mockews.DefaultSecret, Endpoint: endpoint, Scopes: []string{defaultScope}}
	token, err := config.PasswordCredentialsToken(context.WithValue(context.Background(), oauth2.HTTPClient, client), user, mockPassword)
	if err != nil {
		return nil, nil, tokenError(endpoint.TokenURL, err)
	}
	return app, fixed("Bearer " + token.AccessToken), nil
}

// remoteWorld is an endpoint by URL, with what the flags and the world file say of it.
func (f *conformServerFlags) remoteWorld(env func(string) string) (*conformance.World, error) {
	u, err := checkTarget(f.target, f.allowRemote...)
	if err != nil {
		return nil, err
	}
	remote := !isLoopback(u.Hostname())
	if remote && !f.pauseGiven {
		f.pause = gentle
	}
	config, err := trust(f.caFile)
	if err != nil {
		return nil, err
	}
	base := plain(config, remote)
	w := &conformance.World{URL: u.String(), Anonymous: base, Accounts: map[conformance.Role]conformance.Account{}}
	if err := f.cast(w, base, env); err != nil {
		return nil, err
	}
	if err := f.service(w, base, env, remote); err != nil {
		return nil, err
	}
	w.Control, err = f.controlOf(remote)
	return w, err
}

// cast reads the world file.
func (f *conformServerFlags) cast(w *conformance.World, base http.RoundTripper, env func(string) string) error {
	if f.world == "" {
		return nil
	}
	data, err := readFile("--world", f.world)
	if err != nil {
		return err
	}
	cast, err := conformance.ParseCast(f.world, data)
	if err != nil {
		return usageError(err, "docs/conformance.md describes a world file key by key")
	}
	cast.Fill(w)
	for role, actor := range cast.Accounts {
		access := accessFlags{user: actor.Name, passwordFile: actor.PasswordFile, tokenFile: actor.TokenFile}
		cred, err := access.credentials(func(string) string { return env(actor.PasswordEnv) })
		if err != nil {
			return err
		}
		w.Accounts[role] = conformance.Account{Name: actor.Name, Transport: authorize(base, cred)}
	}
	return nil
}

// service is the service account, and the mailboxes if the world file has none.
func (f *conformServerFlags) service(w *conformance.World, base http.RoundTripper, env func(string) string, remote bool) error {
	if _, ok := w.Accounts[conformance.Service]; !ok {
		cred, err := f.credentials(env)
		if err != nil {
			return err
		}
		w.Accounts[conformance.Service] = conformance.Account{Name: cred.account, Transport: authorize(base, cred)}
	}
	switch {
	case f.mailboxesFile != "":
		boxes, err := readMailboxes(f.mailboxesFile)
		if err != nil {
			return err
		}
		for i := range min(boxes.Len(), 8) {
			w.Mailboxes = append(w.Mailboxes, boxes.At(i))
		}
	case len(w.Mailboxes) == 0 && remote:
		return usageError(fmt.Errorf("which mailboxes may be opened and changed?"), "name some in --world or --mailboxes-file")
	case len(w.Mailboxes) == 0:
		users := scenarios.Users(4, mockDomain)
		for i := range users.Len() {
			w.Mailboxes = append(w.Mailboxes, users.At(i))
		}
	}
	return nil
}

// controlOf is who changes the endpoint: nobody, a mock's admin API, or a command.
func (f *conformServerFlags) controlOf(remote bool) (conformance.Control, error) {
	switch {
	case f.admin != "" && f.control != "":
		return nil, usageError(fmt.Errorf("--admin and --control exclude each other"), "who shall change the endpoint?")
	case f.control != "":
		return command{f.control}, nil
	case f.admin == "":
		return nil, nil
	}
	u, err := url.Parse(f.admin)
	if err != nil || !isLoopback(u.Hostname()) || remote {
		return nil, usageError(fmt.Errorf("--admin %s: not the admin API of a mock on this machine", f.admin), "ewsbench mock --admin 127.0.0.1:8081 serves one")
	}
	return conformance.Admin{URL: strings.TrimSuffix(f.admin, "/"), Transport: plain(nil, false)}, nil
}
