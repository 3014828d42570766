package mailbox

import (
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// conversing are the operations on conversations.
func (j *job) conversing(body ews.Body) ews.Response {
	switch b := body.(type) {
	case ews.FindConversation:
		return j.findConversation(b)
	case ews.GetConversationItems:
		return j.getConversationItems(b)
	case ews.ApplyConversationAction:
		return j.applyConversationAction(b)
	}
	return nil
}

// threadIn reads the id of a conversation.
func (j *job) threadIn(id ews.ItemID) (owner access.Principal, t thread, code ews.Code) {
	r, ok := decode(id.ID)
	if !ok || r.storage != storageConversation {
		return 0, t, ews.ErrorInvalidIdMalformed
	}
	if owner = j.ownerOf(r.mailbox); owner == 0 {
		return 0, t, ews.ErrorInvalidIdMalformed
	}
	return owner, r.thread, ews.NoError
}

func (j *job) getConversationItems(b ews.GetConversationItems) ews.Response {
	r := ews.GetConversationItemsResponse{Messages: make([]ews.ConversationMessage, len(b.Conversations))}
	v := j.view(b.Shape, false)
	for i, c := range b.Conversations {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code {
			owner, t, code := j.threadIn(c.ID)
			if code != ews.NoError {
				return code
			}
			ignored, code := j.numbersOf(b.Ignore, owner)
			if code != ews.NoError {
				return code
			}
			return j.roam(owner, func(box *box) ews.Code {
				var all []member
				j.members(box, b.Scope, ignored, func(u thread) bool { return u == t }, func(_ thread, m member) { all = append(all, m) })
				if len(all) == 0 {
					return ews.ErrorItemNotFound
				}
				m.Conversation, code = j.conversation(box, b, c, all, v)
				return code
			})
		})
	}
	return r
}

// numbersOf are the folders of a mailbox that ids name.
func (j *job) numbersOf(ids []ews.FolderID, of access.Principal) (all []uint32, code ews.Code) {
	for _, id := range ids {
		owner, number, code := j.locate(id)
		if code != ews.NoError {
			return nil, code
		}
		if owner == of {
			all = append(all, number)
		}
	}
	return all, ews.NoError
}

// conversation shows the items of one: all, or, to who has a state of it, those that are new or have changed since.
func (j *job) conversation(b *box, r ews.GetConversationItems, c ews.ConversationRequest, all []member, v view) (*ews.Conversation, ews.Code) {
	_, t, _ := j.threadIn(c.ID)
	folder := binary.BigEndian.Uint32(t[:])
	nodes := nodesOf(all, r.Sort)
	if len(c.State) > 0 {
		at, ok := b.decodeState(base64.StdEncoding.EncodeToString(c.State), folder)
		if !ok {
			return nil, ews.ErrorInvalidSyncStateData
		}
		nodes = b.changed(nodes, at.place)
	}
	out := &ews.Conversation{ID: b.conversationID(t), Nodes: &[]ews.ConversationNode{}}
	out.State, _ = base64.StdEncoding.DecodeString(b.encodeState(state{folder: folder, place: b.journal.last()}))
	left := r.Max
	for _, n := range nodes {
		shown := ews.ConversationNode{MessageID: n.id, ParentMessageID: n.parent}
		for _, m := range n.members {
			if left--; r.Max <= 0 || left >= 0 {
				shown.Items = append(shown.Items, m.show(j, m.it, v))
			}
		}
		if len(shown.Items) > 0 {
			*out.Nodes = append(*out.Nodes, shown)
		}
	}
	return out, ews.NoError
}

// changed are the nodes with what is new in them, or has changed, since a place of the journal.
func (b *box) changed(nodes []*node, since uint64) (some []*node) {
	changes, _ := b.journal.since(since)
	for _, n := range nodes {
		n.members = slices.DeleteFunc(n.members, func(m member) bool {
			return !slices.ContainsFunc(changes, func(c change) bool { return c.item == m.it.uid && c.folder == m.it.folder })
		})
		if len(n.members) > 0 {
			some = append(some, n)
		}
	}
	return some
}

// node is one message of a conversation: it may be there several times, as with who has sent it to himself.
type node struct {
	id, parent string
	at         time.Time
	members    []member
	answers    []*node
}

// nodesOf are the nodes of a conversation in an order: by time, or as a tree, each before what answers to it.
func nodesOf(all []member, order string) []*node {
	nodes := collectNodes(all)
	if strings.HasPrefix(order, "DateOrder") {
		slices.SortStableFunc(nodes, olderNode)
	} else {
		nodes = treeOrder(nodes)
	}
	if strings.HasSuffix(order, "Descending") {
		slices.Reverse(nodes)
	}
	return nodes
}

func olderNode(a, b *node) int { return a.at.Compare(b.at) }

func collectNodes(all []member) (nodes []*node) {
	byID := map[string]*node{}
	for _, m := range all {
		id := m.it.text("message:InternetMessageId")
		n := byID[id]
		if n == nil || id == "" {
			n = &node{id: id, at: receivedOf(m.it)}
			byID[id] = n
			nodes = append(nodes, n)
		}
		if parent := m.it.text("item:InReplyTo"); parent != id {
			n.parent = parent
		}
		if at := receivedOf(m.it); at.Before(n.at) {
			n.at = at
		}
		n.members = append(n.members, m)
	}
	return nodes
}

func treeOrder(nodes []*node) (ordered []*node) {
	slices.SortStableFunc(nodes, olderNode)
	byID := map[string]*node{}
	for _, n := range nodes {
		byID[n.id] = n
	}
	var roots []*node
	for _, n := range nodes {
		if parent := byID[n.parent]; n.parent != "" && parent != nil {
			parent.answers = append(parent.answers, n)
		} else {
			roots = append(roots, n)
		}
	}
	seen := map[*node]bool{}
	var walk func(*node)
	walk = func(n *node) {
		if seen[n] {
			return
		}
		seen[n] = true
		ordered = append(ordered, n)
		for _, a := range n.answers {
			walk(a)
		}
	}
	for _, n := range slices.Concat(roots, nodes) { // the second for messages that claim to answer to each other
		walk(n)
	}
	return ordered
}
