package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/runner"
	"github.com/ewsbench/ewsbench/scenarios"
)

// mockPrefix begins a target that is no URL: the bundled mock.
const mockPrefix = "mock:"

// targets are the endpoints of a run: which arm goes where, and how.
type targets struct {
	arms      []runner.Arm
	names     []string // of each arm's target, as it is stored
	directory scenarios.Directory
	caller    string
	remote    bool
	servers   map[string]*served
}

func (t *targets) close() {
	for _, s := range t.servers {
		s.stop()
	}
}

// openTargets resolves the target of each arm, and starts the mocks.
func (a *app) openTargets(f runFlags, s *scenarios.Scenario) (*targets, error) {
	byArm, err := parseTargets(f.targets, s.Arms)
	if err != nil {
		return nil, err
	}
	t := &targets{servers: map[string]*served{}, caller: f.user}
	if t.directory, err = f.directory(s, byArm); err != nil {
		return nil, err
	}
	for _, arm := range s.Arms {
		if err := t.add(f, a.env, arm, byArm[arm.Name]); err != nil {
			t.close()
			return nil, err
		}
	}
	return t, nil
}

// targetOf splits a value of --target: [ARM=]URL. The name is empty if the
// target is that of every arm.
func targetOf(value string) (arm, raw string) {
	name, raw, named := strings.Cut(value, "=")
	if !named || strings.ContainsAny(name, ":/") {
		return "", value
	}
	return name, raw
}

// targetArms makes the arms of a run that compares targets and not headers:
// --target base=URL --target candidate=URL, with names that are no arms of the
// scenario. All of them send as its first arm does. It is nil for any other
// run.
func targetArms(values []string, all []scenarios.Arm) ([]scenarios.Arm, error) {
	var arms []scenarios.Arm
	known := 0
	for _, value := range values {
		name, _ := targetOf(value)
		switch {
		case name == "":
		case hasArm(all, name):
			known++
		case !hasArm(arms, name):
			arms = append(arms, scenarios.Arm{Name: name, Anchor: all[0].Anchor, Affinity: all[0].Affinity})
		}
	}
	if len(arms) > 0 && known > 0 {
		return nil, usageError(fmt.Errorf("--target: %s is no arm of the scenario, and others are", arms[0].Name),
			"name either arms of the scenario, or new ones throughout: base=URL and candidate=URL")
	}
	if len(arms) == 1 {
		return nil, usageError(fmt.Errorf("--target: the scenario has no arm %q", arms[0].Name),
			"its arms are %s; to compare two targets give --target twice, with a name each", armNames(all))
	}
	return arms, nil
}

// parseTargets finds the target of each arm. The last one given wins.
func parseTargets(values []string, arms []scenarios.Arm) (map[string]string, error) {
	byArm := map[string]string{}
	for _, arm := range arms {
		byArm[arm.Name] = mockPrefix
	}
	for _, value := range values {
		name, raw := targetOf(value)
		if name == "" {
			for arm := range byArm {
				byArm[arm] = raw
			}
			continue
		}
		if _, ok := byArm[name]; !ok {
			return nil, usageError(fmt.Errorf("--target %s: arm %s takes no part in this run", value, name),
				"--arm %s adds it", name)
		}
		byArm[name] = raw
	}
	return byArm, nil
}

// directory is the list of mailboxes that the workload opens.
func (f *runFlags) directory(s *scenarios.Scenario, byArm map[string]string) (scenarios.Directory, error) {
	if f.mailboxesFile != "" {
		return readMailboxes(f.mailboxesFile)
	}
	users := s.Mailboxes
	for _, raw := range byArm {
		if strings.HasPrefix(raw, mockPrefix) {
			continue
		}
		u, err := checkTarget(raw, f.allowRemote...)
		if err != nil {
			return nil, err
		}
		if !isLoopback(u.Hostname()) {
			return nil, usageError(fmt.Errorf("which mailboxes of %s shall be opened?", u.Hostname()),
				"name a file with one SMTP address a line: --mailboxes-file FILE")
		}
		users = min(users, mockUsers)
	}
	return scenarios.Users(users, mockDomain), nil
}

// add resolves one arm.
func (t *targets) add(f runFlags, env func(string) string, arm scenarios.Arm, raw string) error {
	target, err := t.resolve(f, env, raw)
	if err != nil {
		return err
	}
	if arm.Anchor == scenarios.AnchorServiceAccount && t.caller == "" {
		return usageError(fmt.Errorf("arm %s anchors at the service account, whose address is not known", arm.Name),
			"name it with --user, beside the token as well")
	}
	t.arms = append(t.arms, runner.Arm{Name: arm.Name, Target: target, Anchor: arm.Anchor, Affinity: arm.Affinity})
	name := raw
	if raw == mockPrefix {
		name = mockPrefix + defaultProfile
	}
	t.names = append(t.names, name)
	return nil
}

func (t *targets) resolve(f runFlags, env func(string) string, raw string) (runner.Target, error) {
	if profile, ok := strings.CutPrefix(raw, mockPrefix); ok {
		return t.mock(f, env, profile)
	}
	u, err := checkTarget(raw, f.allowRemote...)
	if err != nil {
		return runner.Target{}, err
	}
	cred, err := f.credentials(env)
	if err != nil {
		return runner.Target{}, err
	}
	remote := !isLoopback(u.Hostname())
	t.remote = t.remote || remote
	tlsConfig, err := trust(f.caFile)
	if err != nil {
		return runner.Target{}, err
	}
	base := runner.NewTransport(tlsConfig)
	base.DialContext = dialer(remote).DialContext
	guide, err := f.guide(cred)
	return runner.Target{URL: u.String(), Transport: authorize(base, cred), ObeyBackOff: remote, Autodiscover: guide}, err
}

// mock starts the bundled server, once for each profile, behind a real
// listener: what is measured goes through the same sockets as with a real
// target.
func (t *targets) mock(f runFlags, env func(string) string, profile string) (runner.Target, error) {
	if profile == "" {
		profile = defaultProfile
	}
	server := t.servers[profile]
	if server == nil {
		topo, err := topology(profile)
		if err != nil {
			return runner.Target{}, err
		}
		topo.Seed, topo.Mailboxes = f.seed, max(topo.Mailboxes, t.directory.Len())
		if server, err = serve(topo, "127.0.0.1:0", nil, mockews.WithoutAudit()); err != nil {
			return runner.Target{}, err
		}
		t.servers[profile] = server
	}
	cred := basic(mockAccount, mockPassword)
	if f.user != "" || f.tokenFile != "" || f.clientID != "" || f.tokenURL != "" {
		var err error
		if cred, err = f.credentials(env); err != nil {
			return runner.Target{}, err
		}
	}
	if t.caller == "" {
		t.caller = cred.account
	}
	base := runner.NewTransport(nil)
	base.DialContext = dialer(false).DialContext
	guide, err := f.guide(cred)
	return runner.Target{URL: server.url, Transport: authorize(base, cred), Autodiscover: guide}, err
}

func authorize(base http.RoundTripper, c credentials) http.RoundTripper {
	return &authorized{base: base, secret: c.secret}
}
