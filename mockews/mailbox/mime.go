package mailbox

import "github.com/ewsbench/ewsbench/ews"

// mimeContent is an item as an Internet message.
func (p place) mimeContent(it *item) any { return nil }

// headers are the header of an item as an Internet message.
func (p place) headers(it *item) any { return it.get("item:InternetMessageHeaders") }

func readMIME(content []byte) (ews.Object, error) { return ews.Object{Kind: ews.KindMessage}, nil }
