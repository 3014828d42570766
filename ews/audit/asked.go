package audit

import (
	"bytes"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Asked is what the envelope of a request asks for. [Exchange.Ask] fills it.
// Numbers that stand for texts are digests, 0 for none.
type Asked struct {
	// Version is the schema that the request names, Named whom it impersonates,
	// both as they were written.
	Version ews.Version
	Named   ews.ConnectingSID

	// Items is how many items the request gets, exports, uploads, creates,
	// sends or updates; Page how many it wants in one page at the most (0: as
	// many as the server likes), Offset where that page begins.
	Items, Page, Offset int
	// Unpaged says that a search names no page and no view, Calendar that its
	// view is that of a calendar.
	Unpaged, Calendar bool
	// Shape is the base shape that was asked for.
	Shape ews.Shape
	// MaxChanges is how many changes a synchronisation wants at the most.
	MaxChanges int
	// Folder is whose changes it wants, State from when.
	Folder, State uint64
	// Query is a search without its offset, Text the whole envelope of a search
	// or of a request that makes or sends something.
	Query, Text uint64

	// Identities is whose calendars are asked for, Window for how long.
	Identities int
	Window     time.Duration

	// Subscriptions are those that a notification's request names.
	Subscriptions []string
	// Push says that a subscription is called back, Mark from where events are
	// wanted.
	Push bool
	Mark uint64
}

// Ask notes what a request asks for; raw is its envelope. The request is nil if
// it broke the schema: then what can be told without it is noted.
func (e *Exchange) Ask(request *ews.Request, raw []byte) {
	if request == nil {
		sketch := ews.SkimRequest(raw)
		e.Op, e.Version, e.Named, e.MaxChanges = sketch.Op, sketch.Version, sketch.Impersonate, sketch.MaxChanges
		return
	}
	e.Op, e.Version, e.Named = request.Body.Op(), request.Version, request.Impersonate
	if e.makes() {
		e.Text = digest(raw)
	}
	e.askItems(request.Body, raw)
	e.askNotices(request.Body)
}

func (e *Exchange) askItems(body ews.Body, raw []byte) {
	switch b := body.(type) {
	case ews.GetItem:
		e.Items, e.Shape = len(b.Items), b.Shape.Base
	case ews.ExportItems:
		e.Items = len(b.Items)
	case ews.UploadItems:
		e.Items = len(b.Items)
	case ews.CreateItem:
		e.Items = len(b.Items)
	case ews.SendItem:
		e.Items = len(b.Items)
	case ews.UpdateItem:
		e.Items = len(b.Changes)
	case ews.FindItem:
		e.askPage(&b, raw)
	case ews.SyncFolderHierarchy:
		e.Shape, e.State = b.Shape.Base, digestText(b.State)
		if b.Folder != nil {
			e.Folder = folderDigest(b.Folder.ID)
		}
	case ews.SyncFolderItems:
		e.Shape, e.State, e.Folder, e.MaxChanges = b.Shape.Base, digestText(b.State), folderDigest(b.Folder.ID), b.MaxChanges
	case ews.GetUserAvailability:
		e.Identities = len(b.Mailboxes)
		if b.FreeBusy != nil {
			e.Window = b.FreeBusy.Window.End.Sub(b.FreeBusy.Window.Start.Time)
		}
	}
}

// askPage notes a search. Pages of several folders at once have no offset that
// could be gone on from.
func (e *Exchange) askPage(b *ews.FindItem, raw []byte) {
	e.Shape, e.Calendar, e.Text = b.Shape.Base, b.Calendar != nil, digest(raw)
	e.Unpaged = b.Page == nil && b.Fraction == nil && b.Seek == nil && b.Calendar == nil && b.Contacts == nil
	if most := b.Most(); most != nil {
		e.Page = *most
	}
	if b.Page == nil {
		return
	}
	e.Offset = b.Page.Offset
	if len(b.Folders) == 1 && b.Page.BasePoint != ews.FromEnd {
		e.Query = withoutOffset(raw)
	}
}

func (e *Exchange) askNotices(body ews.Body) {
	switch b := body.(type) {
	case ews.Subscribe:
		e.Push = b.Push != nil
		for _, s := range [...]*ews.Subscription{b.Pull, b.Push} {
			if s != nil {
				e.Mark = digestText(s.Watermark)
			}
		}
	case ews.Unsubscribe:
		e.Subscriptions = []string{b.ID}
	case ews.GetEvents:
		e.Subscriptions, e.Mark = []string{b.ID}, digestText(b.Watermark)
	case ews.GetStreamingEvents:
		e.Subscriptions = b.IDs
	}
}

// makes says that the operation, done twice, does something twice.
func (e *Exchange) makes() bool {
	switch e.Op {
	case ews.OpCreateItem, ews.OpSendItem, ews.OpUploadItems, ews.OpCreateAttachment, ews.OpCreateFolder, ews.OpCopyItem, ews.OpCopyFolder:
		return true
	}
	return false
}

func folderDigest(id ews.FolderID) uint64 {
	return join(digestText(id.ID), digestText(id.Distinguished), digestText(id.Mailbox))
}

// withoutOffset is the digest of an envelope but for the number after Offset=.
func withoutOffset(raw []byte) uint64 {
	before, rest, found := bytes.Cut(raw, []byte("Offset="))
	if !found {
		return digest(raw)
	}
	for len(rest) > 0 && (rest[0] == '"' || rest[0] == '\'' || '0' <= rest[0] && rest[0] <= '9') {
		rest = rest[1:]
	}
	return join(digest(before), digest(rest))
}
