package mockews

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/internal/answers"
)

// maxReply is the longest answer of a listener that is read, in bytes.
const maxReply = 64 << 10

var errListener = errors.New("the listener did not say OK or Unsubscribe")

// postNotification sends a notification to a listener and returns what it answered (MS docs: Notification subscriptions, mailbox
// events, and EWS in Exchange).
func postNotification(client *http.Client, url string, n ews.SendNotification) (status string, err error) {
	envelope := ews.AppendPushed(nil, ews.Exchange2013, n)
	answers.Keep(envelope)
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url, bytes.NewReader(envelope))
	if err != nil {
		return "", fmt.Errorf("mockews: push: %w", err)
	}
	r.Header.Set("Content-Type", ews.ContentType)
	r.Header.Set("SOAPAction", "http://schemas.microsoft.com/exchange/services/2006/messages/SendNotification")
	answer, err := client.Do(r)
	if err != nil {
		return "", fmt.Errorf("mockews: push: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxReply))
	if err != nil {
		return "", fmt.Errorf("mockews: push: %w", err)
	}
	if status = ews.SubscriptionStatus(body); answer.StatusCode != http.StatusOK || status == "" {
		return "", fmt.Errorf("mockews: push to %s: HTTP %d: %w", url, answer.StatusCode, errListener)
	}
	return status, nil
}
