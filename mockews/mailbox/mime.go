package mailbox

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/mime"
)

// whole is an item with its attachments and what is in them, as an object of its own.
func (p place) whole(it *item) ews.Object {
	o := ews.Object{Kind: it.kind, Properties: it.props.Clone()}
	if len(it.files) == 0 {
		return o
	}
	var files ews.Attachments
	for _, f := range it.files {
		a := f.Attachment
		if a.Item == nil {
			content := p.content(it, f)
			a.Content = &content
		}
		files.Attachments = append(files.Attachments, a)
	}
	o.Set(ews.Path{URI: "item:Attachments"}, files)
	return o
}

// mimeContent is an item as an Internet message, nil for one that cannot be written as one.
func (p place) mimeContent(it *item) any {
	o := p.whole(it)
	if gaps := it.deletedOccurrences(); gaps != nil {
		o.Set(ews.Path{URI: "calendar:DeletedOccurrences"}, gaps)
	}
	content, err := mime.Write(o)
	if err != nil {
		return nil
	}
	return ews.MimeContent{CharacterSet: "UTF-8", Content: content}
}

// headers are the header of an item as an Internet message.
func (p place) headers(it *item) any {
	if set := it.get("item:InternetMessageHeaders"); set != nil || !it.isMail() {
		return set
	}
	return ews.InternetHeaders{Headers: mime.Headers(ews.Object{Kind: it.kind, Properties: it.props})}
}

func readMIME(content []byte) (ews.Object, error) { return mime.Read(content) }
