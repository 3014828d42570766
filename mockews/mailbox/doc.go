// Package mailbox is what stands behind every address: folders and items that clients can read, change, send and follow.
//
// What nobody has changed is a pure function of the seed, and costs nothing; changes cost memory. Each mailbox keeps a log
// of what has changed in it, from which synchronisation and notifications read.
package mailbox
