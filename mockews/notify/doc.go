// Package notify keeps subscriptions: who wants to be told of which events of a mailbox, and on which server. A subscription
// lives in the memory of the back end that made it; elsewhere nobody knows of it (MS docs: How to maintain affinity between a
// group of subscriptions and the Mailbox server).
package notify
