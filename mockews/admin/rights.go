package admin

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/mockews/throttle"
)

func (a *api) accounts(*call) (any, error) { return tagged(a.server.Organisation().Accounts()), nil }

func (a *api) addAccount(c *call) (any, error) {
	var account route.Account
	if err := decode(c, &account); err != nil {
		return nil, err
	}
	if err := a.server.Organisation().AddAccount(account); err != nil {
		return nil, err
	}
	return tagged(account), nil
}

func (a *api) setAccount(c *call) (any, error) {
	var account route.Account
	if err := decode(c, &account); err != nil {
		return nil, err
	}
	name := c.PathValue("name")
	if account.Name == "" {
		account.Name = name
	}
	known := false
	for _, other := range a.server.Organisation().Accounts() {
		known = known || strings.EqualFold(other.Name, name)
	}
	if !known {
		return nil, &problem{Status: http.StatusNotFound, Detail: "there is no service account " + name}
	}
	if !strings.EqualFold(account.Name, name) {
		return nil, fmt.Errorf("name is %q: the account is %s, and cannot get another name", account.Name, name)
	}
	if err := a.server.Organisation().SetAccount(account); err != nil {
		return nil, err
	}
	return tagged(account), nil
}

func (a *api) grants(*call) (any, error) { return tagged(a.server.Guard().Grants()), nil }

func (a *api) setGrants(c *call) (any, error) {
	return a.changeGrants(c, func(g *access.Grants, given access.Grants) { *g = given })
}

func (a *api) addGrants(c *call) (any, error) {
	return a.changeGrants(c, func(g *access.Grants, given access.Grants) {
		g.Scopes, g.Roles = append(g.Scopes, given.Scopes...), append(g.Roles, given.Roles...)
		g.Delegates, g.Folders = append(g.Delegates, given.Delegates...), append(g.Folders, given.Folders...)
		g.SendAs, g.SendOnBehalf = append(g.SendAs, given.SendAs...), append(g.SendOnBehalf, given.SendOnBehalf...)
		if given.DelegatedTokens != "" {
			g.DelegatedTokens = given.DelegatedTokens
		}
	})
}

func (a *api) changeGrants(c *call, change func(g *access.Grants, given access.Grants)) (any, error) {
	var given access.Grants
	if err := decode(c, &given); err != nil {
		return nil, err
	}
	err := a.server.Guard().Change(func(g *access.Grants) error {
		change(g, given)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return tagged(a.server.Guard().Grants()), nil
}

func (a *api) authentication(*call) (any, error) { return tagged(a.server.Auth().Config()), nil }

func (a *api) setAuthentication(c *call) (any, error) {
	var config auth.Config
	if err := decode(c, &config); err != nil {
		return nil, err
	}
	if err := a.server.Auth().Set(config); err != nil {
		return nil, err
	}
	return tagged(a.server.Auth().Config()), nil
}

func (a *api) throttling(*call) (any, error) { return tagged(a.server.Throttle().Policy()), nil }

func (a *api) setThrottling(c *call) (any, error) {
	var policy throttle.Policy
	if err := decode(c, &policy); err != nil {
		return nil, err
	}
	err := a.server.Throttle().Change(func(p *throttle.Policy) error {
		*p = policy
		return nil
	})
	if err != nil {
		return nil, err
	}
	return tagged(a.server.Throttle().Policy()), nil
}

// balance is a budget. Times are in milliseconds.
type balance struct {
	Owner   string  `json:"owner"`
	Copied  bool    `json:"impersonated"`
	Balance float64 `json:"balance_ms"`
	Running int     `json:"running"`
	BackOff float64 `json:"back_off_ms"`
}

func (a *api) budgets(*call) (any, error) {
	all := []balance{}
	for _, b := range a.server.Throttle().Budgets(time.Now()) {
		owner := a.server.Organisation().Address(b.Key.Owner)
		all = append(all, balance{owner, b.Key.Copied, milliseconds(b.Balance), b.Running, milliseconds(b.BackOff)})
	}
	return all, nil
}

func (a *api) refill(*call) (any, error) {
	a.server.Throttle().Refill()
	return nil, nil
}
