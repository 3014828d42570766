package ews

// GetItem asks for items by id (MS docs: GetItem operation).
type GetItem struct {
	Shape Shape
	Items []ItemID // at least one
}

// ItemMessage is the answer for one item.
type ItemMessage struct {
	Message
	Item Item // with Success only
}

// GetItemResponse answers GetItem: one message for each item, in order.
type GetItemResponse struct {
	Shape    Shape
	Messages []ItemMessage
}

// Op returns OpGetItem.
func (g GetItem) Op() Op { return OpGetItem }

func (g GetItem) appendTo(dst []byte) []byte { return dst }

// Op returns OpGetItem.
func (g GetItemResponse) Op() Op { return OpGetItem }

func (g GetItemResponse) appendTo(dst []byte) []byte { return dst }
