package mailbox

import (
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

func (j *job) convertID(b ews.ConvertID) ews.Response {
	r := ews.ConvertIDResponse{Messages: make([]ews.ConvertIDMessage, len(b.Sources))}
	for i, source := range b.Sources {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code {
			ref, ok := j.fromFormat(source)
			if !ok || ref.storage != storageItem && ews.IDFormat(b.Format) != ews.FormatEwsID && ews.IDFormat(b.Format) != ews.FormatOwaID {
				return ews.ErrorInvalidIdMalformed // MAPI has no such ids
			}
			m.ID = &ews.AlternateID{
				Type: "t:AlternateIdType", Format: ews.IDFormat(b.Format), ID: toFormat(ref, ews.IDFormat(b.Format)), Mailbox: source.Mailbox,
				IsArchive: source.IsArchive,
			}
			return ews.NoError
		})
	}
	return r
}

// owa are the letters of an id that stand for others in an address (MS docs: ConvertId, OwaId).
var owa = strings.NewReplacer("/", "-", "+", "_")

var fromOwa = strings.NewReplacer("-", "/", "_", "+")

// toFormat writes a reference in a format.
func toFormat(r reference, format ews.IDFormat) string {
	switch format {
	case ews.FormatEntryID, ews.FormatStoreID:
		return base64.StdEncoding.EncodeToString(r.appendStore(nil))
	case ews.FormatHexEntryID:
		return strings.ToUpper(hex.EncodeToString(r.appendStore(nil)))
	case ews.FormatOwaID:
		return owa.Replace(r.encode())
	case ews.FormatEwsID, ews.FormatEwsLegacyID:
	}
	return r.encode()
}

// fromFormat reads an id. Those that MAPI knows do not name their mailbox: the request does.
func (j *job) fromFormat(a ews.AlternateID) (r reference, ok bool) {
	var store []byte
	var err error
	switch a.Format {
	case ews.FormatEntryID, ews.FormatStoreID:
		store, err = base64.StdEncoding.DecodeString(a.ID)
	case ews.FormatHexEntryID:
		store, err = hex.DecodeString(a.ID)
	case ews.FormatOwaID:
		r, ok = decode(fromOwa.Replace(a.ID))
		return r, ok && j.ownerOf(r.mailbox) != 0
	case ews.FormatEwsID, ews.FormatEwsLegacyID:
		r, ok = decode(a.ID)
		return r, ok && j.ownerOf(r.mailbox) != 0
	}
	owner, _ := j.dir.Find(a.Mailbox)
	if err != nil || !j.dir.HasMailbox(owner) {
		return r, false
	}
	return fromStore(store, j.guid(owner))
}
