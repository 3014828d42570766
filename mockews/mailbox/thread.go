package mailbox

import (
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// thread names a conversation, in every mailbox that has a part of it: the GUID in the conversation indexes of its messages
// (MS-OXOMSG, section 2.2.1.3). It follows from the message that has begun the conversation and from what it is about: an
// answer under another topic begins another one (MS docs: Work with conversations by using EWS in Exchange).
type thread [16]byte

// threadOf is that of the conversation that a message has begun.
func threadOf(messageID, topic string) (t thread) {
	root := hash(messageID)
	about := root
	for i := range len(topic) {
		about = (about ^ uint64(lower(topic[i]))) * fnvPrime
	}
	binary.BigEndian.PutUint64(t[:8], about)
	binary.BigEndian.PutUint64(t[8:], root^about>>7)
	return t
}

// Parts of a conversation index, in bytes.
const (
	indexHead  = 22 // a byte 1, five of a time, and the GUID
	indexGUID  = 6
	indexLevel = 5 // of each answer
)

// fileTime is a time in ticks of 100 ns since 1601 (MS-DTYP, section 2.3.3).
func fileTime(at time.Time) uint64 { return uint64(at.Unix()+11_644_473_600) * 10_000_000 }

// newIndex is the conversation index of a message that begins a conversation.
func newIndex(t thread, at time.Time) []byte {
	index := make([]byte, indexHead, indexHead+3*indexLevel)
	index[0] = 1
	ticks := fileTime(at)
	for i, shift := 1, 56; i < indexGUID; i, shift = i+1, shift-8 {
		index[i] = byte(ticks >> shift)
	}
	copy(index[indexGUID:], t[:])
	return index
}

// answerIndex is the conversation index of a message that answers to one that has another.
func answerIndex(of []byte, at time.Time) []byte { return appendLevel(slices.Clip(of), at) }

// appendLevel adds a level to an index, which says how much later an answer is, in ticks of about 26 ms, or of 0.8 s if that is
// more than 1.7 years.
func appendLevel(of []byte, at time.Time) []byte {
	var began uint64
	for _, b := range of[1:indexGUID] {
		began = began<<8 | uint64(b)
	}
	passed := fileTime(at) - min(began<<24, fileTime(at))
	level := uint32(passed>>18) & 0x7fffffff
	if passed>>49 != 0 {
		level = 1<<31 | uint32(passed>>23)&0x7fffffff
	}
	return append(binary.BigEndian.AppendUint32(of, level), 0)
}

// isIndex reports whether a value is a conversation index.
func isIndex(v any) ([]byte, bool) {
	index, ok := v.([]byte)
	return index, ok && len(index) >= indexHead && index[0] == 1
}

// thread is the conversation of a message, false for anything else.
func (it *item) thread() (t thread, ok bool) {
	if !it.isMail() {
		return t, false
	}
	if index, ok := isIndex(it.props.Value(mail.index)); ok {
		return thread(index[indexGUID:indexHead]), true
	}
	return threadOf(it.begunBy(), it.topic()), true
}

// topic is what a message is about.
func (it *item) topic() string {
	if topic := it.text("message:ConversationTopic"); topic != "" {
		return topic
	}
	return topicOf(it.text("item:Subject"))
}

// begunBy is the message that has begun the conversation, as far as a message says so: the first of its references (RFC 5322,
// section 3.6.4), the one that it answers to, or itself.
func (it *item) begunBy() string {
	for _, uri := range []string{"message:References", "item:InReplyTo", "message:InternetMessageId"} {
		if ids := strings.Fields(it.text(uri)); len(ids) > 0 {
			return ids[0]
		}
	}
	return ""
}

// joins makes a new message one of the conversation of a message that it answers to, if both are about the same.
func (it *item) joins(of *item) {
	id := of.text("message:InternetMessageId")
	it.set("item:InReplyTo", id)
	it.set("message:References", strings.TrimSpace(of.text("message:References")+" "+id))
	topic := it.topic()
	it.set("message:ConversationTopic", topic)
	index, ok := isIndex(of.get("message:ConversationIndex"))
	if ok && strings.EqualFold(topic, of.topic()) {
		it.set("message:ConversationIndex", answerIndex(index, now()))
	}
}

// thread gives a new message its place in a conversation, if it has none.
func (j *job) thread(it *item) {
	if it.get("message:ConversationTopic") == nil {
		it.set("message:ConversationTopic", topicOf(it.text("item:Subject")))
	}
	if _, ok := isIndex(it.get("message:ConversationIndex")); ok {
		return
	}
	if of := j.answered(it); of != nil && strings.EqualFold(it.topic(), of.topic()) {
		if index, ok := isIndex(of.get("message:ConversationIndex")); ok {
			it.set("message:ConversationIndex", answerIndex(index, now()))
			return
		}
	}
	it.set("message:ConversationIndex", newIndex(threadOf(it.begunBy(), it.topic()), now()))
}

// answered is the actor's message that one answers to that names no other reference; nil if there is none.
func (j *job) answered(it *item) *item {
	id := strings.TrimSpace(it.text("item:InReplyTo"))
	if id == "" || it.text("message:References") != "" || !j.dir.HasMailbox(j.Actor) {
		return nil
	}
	b := j.box(j.Actor)
	b.lock()
	defer b.mu.Unlock()
	for _, f := range b.folders {
		if f == nil || !b.within(f, numbers()["msgfolderroot"]) {
			continue
		}
		for _, uid := range slices.Backward(b.list(f)) {
			if of := b.item(f, uid); of != nil && of.text("message:InternetMessageId") == id {
				return of
			}
		}
	}
	return nil
}

// topicOf is what a conversation is about whose messages have a subject: the subject without prefixes of up to three letters,
// such as Re and Fw (MS-OXCMSG, section 2.2.1.9).
func topicOf(subject string) string {
	for {
		head, rest, found := strings.Cut(subject, ": ")
		if !found || head == "" || len(head) > 3 || strings.ContainsFunc(head, notLetter) {
			return subject
		}
		subject = rest
	}
}

func notLetter(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') }

// retopic puts the conversation of a draft right after its subject has changed.
func (it *item) retopic() {
	topic := topicOf(it.text("item:Subject"))
	if strings.EqualFold(topic, it.topic()) {
		return
	}
	it.set("message:ConversationTopic", topic)
	it.set("message:ConversationIndex", newIndex(threadOf(it.begunBy(), topic), now()))
}

// threadAt is the conversation of the item of that uid in a folder. What the seed gives is not made for it.
func (b *box) threadAt(f *folder, uid uint32) (thread, bool) {
	if it := b.items[uid]; it != nil {
		return it.thread()
	}
	switch f.kind {
	case ews.KindCalendarFolder, ews.KindContactsFolder, ews.KindTasksFolder:
		return thread{}, false
	}
	return b.standOf(f, int(uid%perFolder)).thread(b), true
}
