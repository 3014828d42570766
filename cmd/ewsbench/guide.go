package main

import (
	"errors"

	"github.com/ewsbench/ewsbench/runner"
	"github.com/ewsbench/ewsbench/scenarios"
)

const flagAutodiscover = "--autodiscover"

// checkGuide refuses an Autodiscover that nobody would ask.
func (f *runFlags) checkGuide(s *scenarios.Scenario) error {
	if f.service == "" || s.Notify != nil && s.Notify.Groups != scenarios.GroupsServer {
		return nil
	}
	return usageError(errors.New(flagAutodiscover+" has no meaning here: the scenario forms no groups of mailboxes by it"),
		"leave it out; it is for notifications.groups: auto and autodiscover")
}

// guide is Autodiscover by its own URL, with the credentials of the target; the zero
// value without one.
func (f *runFlags) guide(cred credentials) (runner.Autodiscover, error) {
	if f.service == "" {
		return runner.Autodiscover{}, nil
	}
	u, err := checkURL(flagAutodiscover, f.service, f.allowRemote...)
	if err != nil {
		return runner.Autodiscover{}, err
	}
	config, err := trust(f.caFile)
	if err != nil {
		return runner.Autodiscover{}, err
	}
	base := runner.NewTransport(config)
	base.DialContext = dialer(!isLoopback(u.Hostname())).DialContext
	return runner.Autodiscover{URL: u.String(), Transport: authorize(base, cred)}, nil
}
