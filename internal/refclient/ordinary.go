package refclient

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

func inbox() ews.FolderID { return ews.FolderID{Distinguished: "inbox"} }

func getInbox() ews.Body {
	return ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeDefault}, Folders: []ews.FolderID{inbox()}}
}

func page(size, offset int) ews.FindItem {
	return ews.FindItem{Shape: ews.IDOnly(), Folders: []ews.FolderID{inbox()}, Page: &ews.IndexedView{Max: new(size), Offset: offset}}
}

// ordinary reads a few items of each target.
func ordinary(c *client) error {
	for _, target := range c.Targets {
		if err := c.read(target); err != nil {
			return err
		}
	}
	if c.has("too-many-connections") {
		var all sync.WaitGroup
		for range 30 {
			all.Go(func() { _, _ = c.send(as(c.Targets[0]), getInbox()) })
		}
		all.Wait()
	}
	return nil
}

func (c *client) read(target string) error {
	if _, err := c.send(as(target), getInbox()); err != nil {
		return err
	}
	find := page(10, 0)
	switch c.Defect {
	case "oversized-page":
		find.Page.Max = new(2000)
	case "find-unpaged":
		find.Page = nil
	}
	found, err := c.send(as(target), find)
	if err != nil {
		return err
	}
	ids := ews.ItemIDs(found.body, 10)
	if c.has("oversized-batch") {
		for len(ids) < 11 {
			ids = append(ids, ids[0])
		}
	}
	if len(ids) == 0 {
		return nil
	}
	_, err = c.send(as(target), ews.GetItem{Shape: ews.IDOnly(), Items: ews.Refs(ids)})
	return err
}

// token works with a token that belongs to nobody but the application.
func token(c *client) error {
	form := url.Values{
		"grant_type": {"client_credentials"}, "client_id": {c.ClientID}, "client_secret": {c.ClientSecret},
		"scope": {"https://outlook.office365.com/.default"},
	}
	r, err := http.NewRequestWithContext(c.ctx, http.MethodPost, c.TokenURL, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := c.Transport.RoundTrip(r)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	var issued struct {
		Token string `json:"access_token"`
	}
	if err := json.NewDecoder(response.Body).Decode(&issued); err != nil || issued.Token == "" {
		return fmt.Errorf("refclient: no token: HTTP %d: %w", response.StatusCode, errors.Join(err))
	}
	c.bearer = issued.Token
	_, err = c.send(as(c.Targets[0]), getInbox())
	return err
}

// alias takes the primary address out of the answer that refuses another one.
func alias(c *client) error {
	target := c.Targets[0]
	for range 3 {
		r, err := c.send(as(target), getInbox())
		if err != nil || r.Code() != ews.ErrorNonPrimarySmtpAddress {
			return err
		}
		for _, v := range r.Fault.Values {
			if v.Name == "Primary" && !c.has("non-primary-repeated") {
				target = v.Text
			}
		}
	}
	return nil
}

// denied tries once more, and gives up.
func denied(c *client) error {
	return c.insist(ews.ErrorImpersonateUserDenied, "denied-retry-storm", 2, 2*time.Second)
}

// moved waits for the mailbox to arrive.
func moved(c *client) error {
	return c.insist(ews.ErrorMailboxMoveInProgress, "moved-mailbox-hammered", 6, 2*time.Second)
}

// insist asks again for as long as it is refused, with a pause that grows. With
// the defect there is none.
func (c *client) insist(code ews.Code, defect string, tries int, wait time.Duration) error {
	if c.has(defect) {
		tries, wait = 5, 0
	}
	for range tries {
		r, err := c.send(as(c.Targets[0]), getInbox())
		if err != nil || r.Code() != code {
			return err
		}
		c.pause(wait)
		wait *= 2
	}
	return nil
}

// busy meets a server that turns it away without a time to wait.
func busy(c *client) error {
	wait, tries := 1100*time.Millisecond, 4
	if c.has("busy-retry-storm") {
		wait, tries = 0, 5
	}
	for range tries {
		r, err := c.send(as(c.Targets[0]), getInbox())
		if err != nil || r.OK() {
			return err
		}
		c.pause(wait)
		wait *= 2
	}
	return nil
}

// backOff meets one that says how long.
func backOff(c *client) error {
	for range 3 {
		r, err := c.send(as(c.Targets[0]), getInbox())
		if err != nil || r.OK() {
			return err
		}
		if !c.has("backoff-ignored") {
			c.pause(r.BackOff())
		}
	}
	return nil
}

// oldServer finds the newest schema that the server knows.
func oldServer(c *client) error {
	for _, v := range []ews.Version{ews.Exchange2016, ews.Exchange2013_SP1} {
		c.version = v
		r, err := c.send(as(c.Targets[0]), getInbox())
		if err != nil || r.Code() != ews.ErrorInvalidServerVersion {
			return err
		}
		if c.has("version-refused-again") {
			if _, err := c.send(as(c.Targets[0]), getInbox()); err != nil {
				return err
			}
		}
	}
	return nil
}
