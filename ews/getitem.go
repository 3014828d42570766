package ews

// GetItem asks for items by id (MS docs: GetItem operation).
type GetItem struct {
	Shape Shape
	Items []ItemID // at least one
}

// Op returns OpGetItem.
func (g GetItem) Op() Op { return OpGetItem }

func (g GetItem) appendTo(dst []byte) []byte {
	dst = append(dst, "<m:GetItem>"...)
	dst = appendShape(dst, "m:ItemShape", g.Shape)
	dst = appendItemIDs(dst, g.Items)
	return append(dst, "</m:GetItem>"...)
}

func (p *parser) getItem() Body {
	var g GetItem
	for depth := p.Depth(); p.child(depth); {
		switch p.name() {
		case "ItemShape":
			g.Shape = p.shape()
		case "ItemIds":
			g.Items = p.itemIDs()
		default:
			p.unexpected()
		}
	}
	p.require(g.Shape != "", "ItemShape")
	p.require(g.Items != nil, "ItemIds")
	return g
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
func (g GetItemResponse) Op() Op { return OpGetItem }

func (g GetItemResponse) appendTo(dst []byte) []byte {
	dst = appendResponseOpen(dst, "m:GetItemResponse")
	dst = append(dst, "<m:ResponseMessages>"...)
	for i := range g.Messages {
		dst = g.Messages[i].appendTo(dst, g.Shape)
	}
	return append(dst, "</m:ResponseMessages></m:GetItemResponse>"...)
}

func (m *ItemMessage) appendTo(dst []byte, s Shape) []byte {
	dst = m.Message.appendOpen(dst, "m:GetItemResponseMessage")
	if m.failed() {
		return append(dst, "<m:Items/></m:GetItemResponseMessage>"...)
	}
	dst = append(dst, "<m:Items>"...)
	dst = m.Item.appendTo(dst, s, true)
	return append(dst, "</m:Items></m:GetItemResponseMessage>"...)
}
