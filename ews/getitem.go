package ews

// GetItem asks for items by id (MS docs: GetItem operation).
type GetItem struct {
	Shape ItemShape `x:"m:ItemShape,need"`
	Items []ItemRef `x:"m:ItemIds/*,need"`
}

// Op returns OpGetItem.
func (g GetItem) Op() Op { return OpGetItem }

func (g GetItem) appendTo(dst []byte) []byte { return appendBound(dst, g, "m:GetItem") }

// GetItemResponse answers GetItem: one message for each item, in order.
type GetItemResponse struct {
	Messages []ItemsMessage `x:"m:ResponseMessages/m:GetItemResponseMessage,always"`
}

// Op returns OpGetItem.
func (g GetItemResponse) Op() Op { return OpGetItem }

func (g GetItemResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetItemResponse")
}
