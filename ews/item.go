package ews

// ItemID names an item (MS docs: ItemId). The ID is opaque; the ChangeKey names
// a version of the item.
type ItemID struct {
	ID        string `x:"@Id,need"`
	ChangeKey string `x:"@ChangeKey"`
}
