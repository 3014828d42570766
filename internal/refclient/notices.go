package refclient

import (
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

func streaming() ews.Subscribe {
	return ews.Subscribe{Streaming: &ews.Subscription{All: true, Events: []ews.EventType{ews.NewMailEvent}}}
}

func pulling(watermark string) ews.Subscribe {
	return ews.Subscribe{Pull: &ews.Subscription{All: true, Events: []ews.EventType{ews.NewMailEvent, ews.CreatedEvent}, Watermark: watermark, Timeout: 10}}
}

// members are the subscriptions of a group, with the mailbox of each.
type members struct {
	how   call // the group's
	ids   []string
	boxes []string
}

// join subscribes a mailbox in the group.
func (c *client) join(g *members, mailbox string) error {
	how := g.how
	how.mailbox = mailbox
	r, err := c.send(how, streaming())
	if err != nil {
		return err
	}
	if err := r.expect(); err != nil {
		return err
	}
	if g.how.cookie == "" {
		g.how.cookie = r.cookie
	}
	g.ids, g.boxes = append(g.ids, r.ID), append(g.boxes, mailbox)
	return nil
}

// group subscribes all targets as a group, listens for a moment, and ends them.
func group(c *client) error {
	boxes := slices.Sorted(slices.Values(c.Targets))
	g := &members{how: call{mailbox: boxes[0], anchor: boxes[0], affinity: true}}
	for len(boxes) <= 200 && c.has("oversized-group") {
		boxes = append(boxes, c.Targets...)
	}
	for _, box := range boxes {
		if err := c.join(g, box); err != nil {
			return err
		}
	}
	if err := c.listen(g); err != nil {
		return err
	}
	if c.has("subscription-left-behind") {
		return nil
	}
	for i, id := range g.ids {
		how := g.how
		how.mailbox = g.boxes[i]
		if _, err := c.send(how, ews.Unsubscribe{ID: id}); err != nil {
			return err
		}
	}
	return nil
}

// listen opens the group's stream for a moment: as many as the defect takes.
func (c *client) listen(g *members) error {
	how, parts := g.how, [][]string{g.ids[:min(200, len(g.ids))]}
	switch c.Defect {
	case "affinity-missing":
		how.affinity = false
	case "group-anchor-changed":
		how.mailbox, how.anchor = c.other(how.anchor), c.other(how.anchor)
	case "stream-duplicated":
		parts = append(parts, parts[0])
	case "oversized-stream":
		for len(parts[0]) <= 200 {
			parts[0] = append(parts[0], g.ids...)
		}
	case "too-many-streams":
		parts = nil
		if err := c.join(g, g.how.mailbox); err != nil {
			return err
		}
		for _, id := range g.ids {
			parts = append(parts, []string{id})
		}
	}
	var open []*http.Response
	defer func() {
		for _, r := range open {
			_ = r.Body.Close()
		}
		c.pause(100 * time.Millisecond) // so that the server sees it
	}()
	for _, ids := range parts {
		r, err := c.open(how, ews.GetStreamingEvents{IDs: ids, Timeout: 1}) //nolint:bodyclose // it is closed with the others
		if err != nil {
			return err
		}
		open = append(open, r) //nolint:bodyclose // as above
	}
	return nil
}

// streamClosed opens a stream again when the server has closed it.
func streamClosed(c *client) error {
	how := as(c.Targets[0])
	made, err := c.send(how, streaming())
	if err != nil {
		return err
	}
	r, err := c.open(how, ews.GetStreamingEvents{IDs: []string{made.ID}, Timeout: 1})
	if err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, r.Body)
	_ = r.Body.Close()
	c.pause(100 * time.Millisecond)
	if c.has("stream-not-reopened") {
		return nil
	}
	if r, err = c.open(how, ews.GetStreamingEvents{IDs: []string{made.ID}, Timeout: 1}); err != nil {
		return err
	}
	_ = r.Body.Close()
	_, err = c.send(how, ews.Unsubscribe{ID: made.ID})
	return err
}

// subscriptionLost subscribes anew, without its old watermark.
func subscriptionLost(c *client) error {
	how, watermark := as(c.Targets[0]), ""
	for range 2 {
		made, err := c.send(how, pulling(watermark))
		if err != nil {
			return err
		}
		for range 3 {
			events, err := c.send(how, ews.GetEvents{ID: made.ID, Watermark: made.Watermark})
			if err != nil {
				return err
			}
			if events.OK() {
				_, err = c.send(how, ews.Unsubscribe{ID: made.ID})
				return err
			}
			if !c.has("dead-subscription-reused") {
				break
			}
			c.pause(2 * time.Second)
		}
		if c.has("old-watermark-kept") {
			watermark = made.Watermark
		}
	}
	return nil
}

// pull asks for events now and then, from where the last ones ended.
func pull(c *client) error {
	how := as(c.Targets[0])
	made, err := c.send(how, pulling(""))
	if err != nil {
		return err
	}
	if c.has("too-many-subscriptions") {
		for range 20 {
			more, err := c.send(how, pulling(""))
			if err != nil {
				return err
			}
			defer func() { _, _ = c.send(how, ews.Unsubscribe{ID: more.ID}) }()
		}
	}
	mark, looks, wait := made.Watermark, 3, 1500*time.Millisecond
	if c.has("events-polled") {
		looks, wait = 6, 0
	}
	for i := range looks {
		if i == 0 {
			if _, err := c.send(how, ews.CreateItem{Disposition: ews.SaveOnly, Items: []ews.Object{draft("news")}}); err != nil {
				return err
			}
		}
		events, err := c.send(how, ews.GetEvents{ID: made.ID, Watermark: mark})
		if err != nil {
			return err
		}
		if events.Watermark != "" && !c.has("watermark-stale") {
			mark = events.Watermark
		}
		c.pause(wait)
	}
	_, err = c.send(how, ews.Unsubscribe{ID: made.ID})
	return err
}

// subscriptionLimit ends a subscription when there are too many.
func subscriptionLimit(c *client) error {
	how := as(c.Targets[0])
	var ids []string
	for range 3 {
		r, err := c.send(how, pulling(""))
		if err != nil {
			return err
		}
		if r.OK() {
			ids = append(ids, r.ID)
			continue
		}
		if len(ids) > 0 && !c.has("subscription-limit-ignored") {
			if _, err := c.send(how, ews.Unsubscribe{ID: ids[0]}); err != nil {
				return err
			}
			ids = ids[1:]
		}
	}
	for _, id := range ids {
		if _, err := c.send(how, ews.Unsubscribe{ID: id}); err != nil {
			return err
		}
	}
	return nil
}
