package mailbox

import (
	"strconv"
	"time"
)

// stand is the place that the seed gives a message in a conversation: the one that has begun it, and those that were answered
// to since, up to the one that this one answers to.
type stand struct {
	folder *folder // that these are in
	above  [4]int  // their places in it, from the newest
	depth  int     // how many there are; 0 for a message that begins a conversation, which is above[0]
}

// Messages of a folder belong together within chunks of so many. In one of two chunks they do not.
const chunk = 4

// standOf is the place of the nth message, from the newest, of a folder. What was sent answers, every other time, to the one
// of the inbox that came before it.
func (b *box) standOf(f *folder, nth int) stand {
	switch f.distinguished {
	case "drafts", "outbox", "notes":
		return alone(f, nth)
	case "sentitems":
		inbox := planned().folders[numbers()["inbox"]]
		if total, _ := b.seeded(inbox); nth < total && b.store.pick("answers", b.key(f.number, nth+1), 2) == 0 {
			s := b.inChunk(inbox, nth)
			if s.depth > 0 {
				s.above[s.depth] = nth
			}
			s.depth++
			return s
		}
		return alone(f, nth)
	}
	return b.inChunk(f, nth)
}

func alone(f *folder, nth int) stand { return stand{folder: f, above: [4]int{nth}} }

// inChunk is the place of a message in its chunk. The oldest begins the conversation; the third answer is to the first.
func (b *box) inChunk(f *folder, nth int) stand {
	total, _ := b.seeded(f)
	first := min(nth-nth%chunk+chunk-1, total-1)
	size := [...]int{1, 1, 2, 4}[b.store.pick("thread", b.key(f.number, first+1), 4)]
	s := stand{folder: f, above: [4]int{first}}
	switch later := first - nth; {
	case later >= size:
		return alone(f, nth)
	case later == chunk-1:
		s.above[1], s.depth = first-1, 2
	default:
		for ; s.depth < later; s.depth++ {
			s.above[s.depth] = first - s.depth
		}
	}
	return s
}

// subject is that of the message.
func (s stand) subject(b *box) string {
	first := subjects[b.store.pick("subject", b.key(s.folder.number, s.above[0]+1), len(subjects))]
	if s.depth == 0 {
		return first
	}
	return "Re: " + topicOf(first)
}

func (s stand) thread(b *box) thread {
	return s.threadOf(b, b.messageID(s.folder, s.above[0]))
}

// threadOf is the conversation that a message of that name has begun.
func (s stand) threadOf(b *box, first string) thread {
	s.depth = 0
	return threadOf(first, topicOf(s.subject(b)))
}

// names are those, on the Internet, of the messages that an answer refers to.
func (s stand) names(b *box) []string {
	if s.depth == 0 {
		return nil
	}
	names := make([]string, s.depth)
	for i := range names {
		names[i] = b.messageID(s.folder, s.above[i])
	}
	return names
}

// received is when the nth message of a folder came, or was sent: of what the seed gives a folder, a little part of the
// spacing before the one that is newer. What answers from another folder does so between the two.
func (s stand) received(b *box, f *folder, nth int) time.Time {
	top := newest().Add(-spacing * time.Duration(nth))
	if s.folder != f && s.depth > 0 {
		wait := top.Sub(receivedAt(b, s.folder, nth))
		return top.Add(-time.Duration(b.store.uniform("received", b.key(f.number, nth+1)) * float64(wait))).Truncate(time.Second)
	}
	return receivedAt(b, f, nth)
}

func receivedAt(b *box, f *folder, nth int) time.Time {
	part := time.Duration(b.store.uniform("received", b.key(f.number, nth+1)) * float64(spacing))
	return newest().Add(-spacing*time.Duration(nth) - part).Truncate(time.Second)
}

// index is the conversation index of a message of that time; first is the name of the one that began the conversation.
func (s stand) index(b *box, first string, at time.Time) []byte {
	if s.depth == 0 {
		return newIndex(s.threadOf(b, first), at)
	}
	index := newIndex(s.threadOf(b, first), receivedAt(b, s.folder, s.above[0]))
	for _, nth := range s.above[1:s.depth] {
		index = appendLevel(index, receivedAt(b, s.folder, nth))
	}
	return appendLevel(index, at)
}

// messageID is the name on the Internet of the nth message that the seed gives a folder.
func (b *box) messageID(f *folder, nth int) string {
	key := b.key(f.number, nth+1)
	return b.store.messageID(key, b.store.dir.Address(b.author(f, key)))
}

// messageID is the name on the Internet of a message that the seed gives somebody of an address.
func (s *Store) messageID(key uint64, address string) string {
	const digits = 16
	var room [64]byte
	var number [digits]byte
	id := append(room[:0], '<')
	hex := strconv.AppendUint(number[:0], s.dir.Bits("message", key), digits)
	for range digits - len(hex) {
		id = append(id, '0')
	}
	id = append(append(append(id, hex...), '@'), domainOf(address)...)
	return string(append(id, '>'))
}
