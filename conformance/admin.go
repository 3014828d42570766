package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
)

// Admin controls a mock through its admin API (docs/admin.md).
type Admin struct {
	// URL is the address of the API, such as http://127.0.0.1:8081.
	URL string
	// Transport reaches it. nil: http.DefaultTransport.
	Transport http.RoundTripper
}

type object = map[string]any

// actions are what the API can do for a suite.
func (a Admin) actions() map[string]func(context.Context, Args) (func(context.Context) error, error) {
	return map[string]func(context.Context, Args) (func(context.Context) error, error){
		Throttle: a.throttle, Move: a.move, FailOver: a.failOver, GrantRole: a.grantRole,
		SendAs: a.sendGrant("send_as"), SendOnBehalf: a.sendGrant("send_on_behalf"), Authenticate: a.authenticate,
	}
}

// Can reports whether the action is one of those of this package.
func (a Admin) Can(action string) bool {
	_, ok := a.actions()[action]
	return ok
}

// Do carries an action out.
func (a Admin) Do(ctx context.Context, action string, args Args) (func(context.Context) error, error) {
	do, ok := a.actions()[action]
	if !ok {
		return nil, ErrUnsupported
	}
	return do(ctx, args)
}

// call asks the API, with a body if there is one.
func (a Admin) call(ctx context.Context, method, path string, body, into any) error {
	var send io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return err
		}
		send = bytes.NewReader(data)
	}
	r, err := http.NewRequestWithContext(ctx, method, a.URL+path, send)
	if err != nil {
		return err
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	client := http.Client{Transport: a.Transport}
	answer, err := client.Do(r)
	if err != nil {
		return fmt.Errorf("the admin API: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	data, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("the admin API: %w", err)
	}
	if answer.StatusCode >= 300 {
		return fmt.Errorf("the admin API: %s %s: HTTP %d: %s", method, path, answer.StatusCode, beginning(data, 200))
	}
	if into == nil || len(data) == 0 {
		return nil
	}
	return json.Unmarshal(data, into)
}

// change reads what is there, puts something else in its place, and returns what puts it back.
func (a Admin) change(ctx context.Context, path string, how func(object) error) (func(context.Context) error, error) {
	var before object
	if err := a.call(ctx, http.MethodGet, path, nil, &before); err != nil {
		return nil, err
	}
	after := maps.Clone(before)
	if after == nil {
		after = object{}
	}
	if err := how(after); err != nil {
		return nil, err
	}
	if err := a.call(ctx, http.MethodPut, path, after, nil); err != nil {
		return nil, err
	}
	return func(ctx context.Context) error { return a.call(ctx, http.MethodPut, path, before, nil) }, nil
}

// throttle puts a policy in force. Its arguments are named as in the comment of Throttle.
func (a Admin) throttle(ctx context.Context, args Args) (func(context.Context) error, error) {
	keys := map[string]string{
		"concurrency": "max_concurrency", "subscriptions": "subscriptions", "streams": "streams", "syncs": "sync_calls",
		"burst": "burst", "cutoff": "cutoff", "find_count": "find_count", "restricted_find_count": "restricted_find_count",
		"recharge": "recharge", "max_delay": "max_delay", "busy": "busy",
	}
	undo, err := a.change(ctx, "/v1/throttling", func(policy object) error {
		policy["enabled"] = true
		for name, value := range args {
			key, ok := keys[name]
			if !ok {
				return fmt.Errorf("%w: throttle %s", ErrUnsupported, name)
			}
			policy[key] = value
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) error {
		return errors.Join(undo(ctx), a.call(ctx, http.MethodDelete, "/v1/budgets", nil, nil))
	}, nil
}

// whereabouts asks where a mailbox is.
func (a Admin) whereabouts(ctx context.Context, args Args) (path, database, backEnd string, err error) {
	path = "/v1/mailboxes/" + url.PathEscape(fmt.Sprint(args["mailbox"]))
	var at struct {
		Database string `json:"database"`
		BackEnd  string `json:"back_end"`
	}
	err = a.call(ctx, http.MethodGet, path, nil, &at)
	return path, at.Database, at.BackEnd, err
}

// move puts a mailbox on another server.
func (a Admin) move(ctx context.Context, args Args) (func(context.Context) error, error) {
	path, database, backEnd, err := a.whereabouts(ctx, args)
	if err != nil {
		return nil, err
	}
	var all []struct {
		Name    string `json:"name"`
		BackEnd string `json:"back_end"`
	}
	if err := a.call(ctx, http.MethodGet, "/v1/databases", nil, &all); err != nil {
		return nil, err
	}
	for _, d := range all {
		if d.BackEnd == backEnd || d.BackEnd == "" {
			continue
		}
		err := a.call(ctx, http.MethodPut, path, object{"database": d.Name}, nil)
		return func(ctx context.Context) error {
			return a.call(ctx, http.MethodPut, path, object{"database": database}, nil)
		}, err
	}
	return nil, fmt.Errorf("%w: there is no other server", ErrUnsupported)
}

// failOver takes the server of a mailbox out of service.
func (a Admin) failOver(ctx context.Context, args Args) (func(context.Context) error, error) {
	_, database, backEnd, err := a.whereabouts(ctx, args)
	if err != nil {
		return nil, err
	}
	path := "/v1/back-ends/" + url.PathEscape(backEnd)
	err = a.call(ctx, http.MethodPut, path, object{"up": false}, nil)
	return func(ctx context.Context) error {
		if err := a.call(ctx, http.MethodPut, path, object{"up": true}, nil); err != nil {
			return err
		}
		return a.call(ctx, http.MethodPut, "/v1/databases/"+url.PathEscape(database), object{"back_end": backEnd}, nil)
	}, err
}

// list is a list of an object, a copy that can be added to.
func list(o object, key string) []any {
	all, _ := o[key].([]any)
	return slices.Clone(all)
}

func (a Admin) grantRole(ctx context.Context, args Args) (func(context.Context) error, error) {
	return a.change(ctx, "/v1/grants", func(grants object) error {
		role := object{"role": "ApplicationImpersonation", "user": args["account"]}
		if filter, _ := args["scope"].(string); filter != "" {
			const name = "ewsbench-conform"
			grants["scopes"] = append(list(grants, "scopes"), object{"name": name, "filter": filter})
			role["scope"] = name
		}
		grants["roles"] = append(list(grants, "roles"), role)
		return nil
	})
}

func (a Admin) sendGrant(key string) func(context.Context, Args) (func(context.Context) error, error) {
	return func(ctx context.Context, args Args) (func(context.Context) error, error) {
		return a.change(ctx, "/v1/grants", func(grants object) error {
			grants[key] = append(list(grants, key), object{"mailbox": args["mailbox"], "user": args["user"]})
			return nil
		})
	}
}

var errPolicy = errors.New("the policy is none that clauses ask for")

// authenticate changes who is let in.
func (a Admin) authenticate(ctx context.Context, args Args) (func(context.Context) error, error) {
	return a.change(ctx, "/v1/authentication", func(config object) error {
		organization, _ := config["organization"].(object)
		organization = maps.Clone(organization)
		if organization == nil {
			organization = object{}
		}
		switch args["policy"] {
		case "ews-disabled":
			organization["ews_enabled"] = false
		case "block-user-agent":
			organization["application_access_policy"], organization["block_list"] = "EnforceBlockList", []any{args["agent"]}
		case "conditional-access":
			config["conditional_access"] = append(list(config, "conditional_access"),
				object{"name": "ewsbench-conform", "require": object{"claim": "acrs", "value": args["claim"]}})
			return nil
		case "bearer-only":
			config["basic"], config["negotiate"], config["oauth"] = false, false, true
			return nil
		default:
			return fmt.Errorf("%w: %v", errPolicy, args["policy"])
		}
		config["organization"] = organization
		return nil
	})
}
