package mailbox

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// following is what is done with every message of a conversation that is still to come.
type following struct {
	categories []string
	move       uint32 // number of the folder to which it goes; 0: to the inbox
	delete     bool
}

func (j *job) applyConversationAction(b ews.ApplyConversationAction) ews.Response {
	r := ews.ApplyConversationActionResponse{Messages: make([]ews.PlainMessage, len(b.Actions))}
	for i, a := range b.Actions {
		r.Messages[i].Message = j.try(func() ews.Code {
			owner, t, code := j.threadIn(a.ID)
			if code != ews.NoError {
				return code
			}
			x := acting{job: j, ConversationAction: a, thread: t}
			if code := x.prepare(owner); code != ews.NoError {
				return code
			}
			return j.roam(owner, x.act)
		})
	}
	return r
}

// acting is an action under way.
type acting struct {
	*job
	ews.ConversationAction
	thread      thread
	context     uint32 // 0: all folders
	destination uint32 // 0: none
}

// prepare finds the folders that the action names, and what it lacks.
func (x *acting) prepare(owner access.Principal) ews.Code {
	for _, f := range []struct {
		target  *ews.TargetFolder
		number  *uint32
		missing ews.Code
	}{{x.Context, &x.context, ews.ErrorFolderNotFound}, {x.Destination, &x.destination, "ErrorToFolderNotFound"}} {
		if f.target == nil {
			continue
		}
		of, number, code := x.locate(f.target.ID)
		switch {
		case code == ews.ErrorFolderNotFound:
			return f.missing
		case code != ews.NoError:
			return code
		case of != owner:
			return "ErrorApplyConversationActionFailed"
		}
		*f.number = number
	}
	if x.incomplete() {
		return x.say("ErrorMissingArgument", "The conversation action "+x.Action+" lacks what it is to be carried out with.")
	}
	return ews.NoError
}

func (x *acting) incomplete() bool {
	switch x.Action {
	case "Move", "Copy":
		return x.destination == 0
	case "Delete":
		return x.Disposal == ""
	case "SetReadState":
		return x.Read == nil
	case "Flag":
		return x.Flag == nil
	case "SetRetentionPolicy":
		return x.Retention == ""
	case "AlwaysDelete":
		return x.AlwaysDelete == nil
	case "AlwaysMove", "AlwaysCategorize": // without a folder or categories they end
		return false
	}
	return true
}

// act carries the action out, on all items that are meant or on none.
func (x *acting) act(b *box) ews.Code {
	if code := x.enterFolders(b); code != ews.NoError {
		return code
	}
	all := x.meant(b)
	if len(all) == 0 {
		return ews.ErrorItemNotFound
	}
	if x.always() {
		if _, code := x.decide(b.owner, access.Right{Verb: access.SetPermissions, Folder: "inbox"}); code != ews.NoError {
			return code
		}
	}
	all = slices.DeleteFunc(all, func(m member) bool { return !x.concerns(m) })
	for _, m := range all {
		if code := x.allowed(b, m); code != ews.NoError {
			return code
		}
	}
	x.follow(b)
	for _, m := range all {
		x.do(m)
	}
	return ews.NoError
}

// enterFolders asks for the folders that the action names.
func (x *acting) enterFolders(b *box) ews.Code {
	if x.context != 0 {
		f := b.folder(x.context)
		if f == nil {
			return ews.ErrorFolderNotFound
		}
		if _, code := x.decide(b.owner, access.Right{Verb: access.Read, Folder: f.path}); code != ews.NoError {
			return code
		}
	}
	if x.destination != 0 {
		f := b.folder(x.destination)
		if f == nil {
			return "ErrorToFolderNotFound"
		}
		if _, code := x.decide(b.owner, access.Right{Verb: access.Create, Folder: f.path}); code != ews.NoError {
			if code == ews.ErrorFolderNotFound {
				return "ErrorToFolderNotFound"
			}
			return code
		}
	}
	return ews.NoError
}

// always reports whether the action is for what is still to come, too.
func (x *acting) always() bool {
	return x.Action == "AlwaysCategorize" || x.Action == "AlwaysDelete" || x.Action == "AlwaysMove"
}

// meant are the items of the conversation in the folder that the action names, or in all, that had come when the client last
// looked.
func (x *acting) meant(b *box) (all []member) {
	x.members(b, "All", nil, func(t thread) bool { return t == x.thread }, func(_ thread, m member) {
		late := x.LastSync != nil && receivedOf(m.it).After(*x.LastSync)
		if !late && (x.context == 0 || m.it.folder == x.context) {
			all = append(all, m)
		}
	})
	return all
}

// concerns reports whether the action does anything with an item. What was sent stays where it is if what comes is moved or
// deleted (MS-OXOCFG, section 3.2.5.1).
func (x *acting) concerns(m member) bool {
	in := m.folder.distinguished
	switch x.Action {
	case "Move":
		return m.folder.number != x.destination
	case "AlwaysMove":
		return x.destination != 0 && m.folder.number != x.destination && in != "sentitems"
	case "Delete":
		return x.Disposal != ews.MoveToDeletedItems || in != "deleteditems" && in != "archivedeleteditems"
	case "AlwaysDelete":
		return *x.AlwaysDelete == (in != "deleteditems") && in != "sentitems"
	case "AlwaysCategorize":
		return x.Categories != nil && len(x.Categories.Strings) > 0
	case "SetReadState":
		return m.it.props.Bool("message:IsRead") != *x.Read
	}
	return true
}

// allowed asks for what is to be done with an item.
func (x *acting) allowed(b *box, m member) ews.Code {
	own, all := access.EditOwn, access.EditAll
	switch x.Action {
	case "Copy":
		own, all = access.Read, access.Read
	case "Move", "AlwaysMove", "Delete", "AlwaysDelete":
		own, all = access.DeleteOwn, access.DeleteAll
	}
	if m.it.by == x.Actor {
		all = own
	}
	_, code := x.decide(b.owner, access.Right{Verb: all, Folder: m.folder.path, Item: true})
	return code
}

// do carries the action out on one item.
func (x *acting) do(m member) {
	p := m.place
	switch x.Action {
	case "Copy":
		p.here(m.it, p.box.folder(x.destination), false)
	case "Move", "AlwaysMove":
		p.relocate(m.it, p.box.folder(x.destination))
	case "Delete":
		p.discard(m.it, x.Disposal)
	case "AlwaysDelete":
		if *x.AlwaysDelete {
			p.discard(m.it, cmp.Or(x.Disposal, ews.MoveToDeletedItems))
			return
		}
		p.relocate(m.it, p.distinguished("inbox"))
	case "SetReadState":
		it := m.it.clone()
		it.set("message:IsRead", *x.Read)
		p.replace(m.it, it, flagged)
	default:
		it := m.it.clone()
		x.mark(it)
		p.touch(x.job, it)
		p.replace(m.it, it, modified)
	}
}

// mark sets the properties that the action is about.
func (x *acting) mark(it *item) {
	switch x.Action {
	case "AlwaysCategorize":
		it.categorize(x.Categories.Strings)
	case "Flag":
		it.set("item:Flag", *x.Flag)
	case "SetRetentionPolicy":
		uri := "item:PolicyTag"
		if x.Retention == "Archive" {
			uri = "item:ArchiveTag"
		}
		if x.Tag == "" {
			it.props.Remove(ews.Path{URI: uri})
			return
		}
		it.set(uri, ews.RetentionTag{IsExplicit: true, ID: x.Tag})
	}
}

// categorize adds categories to an item.
func (it *item) categorize(categories []string) {
	old, _ := it.get("item:Categories").(ews.Strings)
	all := slices.Clone(old.Strings)
	for _, c := range categories {
		all = once(all, c)
	}
	it.set("item:Categories", ews.Strings{Strings: all})
}

// follow notes what is to be done with what is still to come.
func (x *acting) follow(b *box) {
	if !x.always() {
		return
	}
	f := b.always[x.thread]
	switch x.Action {
	case "AlwaysCategorize":
		f.categories = nil
		if x.Categories != nil {
			for _, c := range x.Categories.Strings {
				f.categories = append(f.categories, strings.Clone(c)) // it is a part of the request, which must not live as long as the mailbox
			}
		}
	case "AlwaysDelete":
		f.delete = *x.AlwaysDelete
	case "AlwaysMove":
		f.move = x.destination
	}
	if b.always == nil {
		b.always = map[thread]following{}
	}
	b.always[x.thread] = f
	if f.categories == nil && !f.delete && f.move == 0 {
		delete(b.always, x.thread)
	}
}

// incoming is the folder for a message that arrives: the inbox, unless what is always done with its conversation puts it
// elsewhere.
func (b *box) incoming(it *item) *folder {
	t, _ := it.thread()
	f := b.always[t]
	if len(f.categories) > 0 {
		it.categorize(f.categories)
	}
	if f.delete {
		return b.distinguished("deleteditems")
	}
	if to := b.folder(f.move); f.move != 0 && to != nil {
		return to
	}
	return b.distinguished("inbox")
}
