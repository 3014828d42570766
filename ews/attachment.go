package ews

import (
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
)

// The operations on attachments (MS docs: Attachments and EWS in Exchange).
const (
	OpCreateAttachment Op = "CreateAttachment"
	OpGetAttachment    Op = "GetAttachment"
	OpDeleteAttachment Op = "DeleteAttachment"
)

// AttachmentID names an attachment. The root item is the one that it is
// attached to, which every change gives a new change key.
type AttachmentID struct {
	ID            string `x:"@Id,need"`
	RootID        string `x:"@RootItemId"`
	RootChangeKey string `x:"@RootItemChangeKey"`
}

// Attachments are those of an item.
type Attachments struct {
	Attachments []Attachment `x:"*"`
}

// Attachment is a file, or an item, that is attached to an item: Item is nil for
// a file.
type Attachment struct {
	ID               *AttachmentID `x:"t:AttachmentId"`
	Name             string        `x:"t:Name"`
	ContentType      string        `x:"t:ContentType"`
	ContentID        string        `x:"t:ContentId"`
	ContentLocation  string        `x:"t:ContentLocation"`
	Size             int           `x:"t:Size"` // bytes
	LastModifiedTime *time.Time    `x:"t:LastModifiedTime"`
	IsInline         *bool         `x:"t:IsInline"`
	IsContactPhoto   *bool         `x:"t:IsContactPhoto"`
	Content          *[]byte       `x:"t:Content"`
	Item             *Object       `x:"*"`
	AsItem           bool          // an item of which the content is not shown
}

// AppendElement appends the attachment.
func (a Attachment) AppendElement(dst []byte) []byte {
	if a.Item != nil || a.AsItem {
		return schema.Append(dst, "t:ItemAttachment", a)
	}
	return schema.Append(dst, "t:FileAttachment", a)
}

// ReadElement reads the current element; false if it is no attachment.
func (a *Attachment) ReadElement(r *xmlbind.Reader) bool {
	switch r.Name() {
	case "ItemAttachment":
		a.AsItem = true
	case "FileAttachment":
	default:
		return false
	}
	schema.Read(r, (*attachment)(a))
	a.Name = strings.Clone(a.Name)
	return true
}

// attachment is an Attachment that is read as a struct.
type attachment Attachment

// CreateAttachment attaches files or items to an item.
type CreateAttachment struct {
	Parent      ItemID       `x:"m:ParentItemId,need"`
	Attachments []Attachment `x:"m:Attachments/*,need"`
}

// Op returns OpCreateAttachment.
func (c CreateAttachment) Op() Op { return OpCreateAttachment }

func (c CreateAttachment) appendTo(dst []byte) []byte {
	return appendBound(dst, c, "m:CreateAttachment")
}

// GetAttachment asks for attachments.
type GetAttachment struct {
	Shape *AttachmentShape `x:"m:AttachmentShape"`
	IDs   []AttachmentID   `x:"m:AttachmentIds/t:AttachmentId,need"`
}

// AttachmentShape is what an answer shows of attached items.
type AttachmentShape struct {
	MimeContent bool   `x:"t:IncludeMimeContent"`
	BodyType    string `x:"t:BodyType"`
	FilterHTML  bool   `x:"t:FilterHtmlContent"`
	Additional  []Path `x:"t:AdditionalProperties/*"`
}

// Op returns OpGetAttachment.
func (g GetAttachment) Op() Op { return OpGetAttachment }

func (g GetAttachment) appendTo(dst []byte) []byte { return appendBound(dst, g, "m:GetAttachment") }

// DeleteAttachment takes attachments off items.
type DeleteAttachment struct {
	IDs []AttachmentID `x:"m:AttachmentIds/t:AttachmentId,need"`
}

// Op returns OpDeleteAttachment.
func (d DeleteAttachment) Op() Op { return OpDeleteAttachment }

func (d DeleteAttachment) appendTo(dst []byte) []byte {
	return appendBound(dst, d, "m:DeleteAttachment")
}

// AttachmentMessage is the answer for one attachment.
type AttachmentMessage struct {
	Message
	Attachments []Attachment `x:"m:Attachments/*,always"`
}

// CreateAttachmentResponse answers CreateAttachment.
type CreateAttachmentResponse struct {
	Messages []AttachmentMessage `x:"m:ResponseMessages/m:CreateAttachmentResponseMessage,always"`
}

// Op returns OpCreateAttachment.
func (c CreateAttachmentResponse) Op() Op { return OpCreateAttachment }

func (c CreateAttachmentResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, c, "m:CreateAttachmentResponse")
}

// GetAttachmentResponse answers GetAttachment.
type GetAttachmentResponse struct {
	Messages []AttachmentMessage `x:"m:ResponseMessages/m:GetAttachmentResponseMessage,always"`
}

// Op returns OpGetAttachment.
func (g GetAttachmentResponse) Op() Op { return OpGetAttachment }

func (g GetAttachmentResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetAttachmentResponse")
}

// DeleteAttachmentMessage is the answer for one attachment that was to go.
type DeleteAttachmentMessage struct {
	Message
	Root *RootItemID `x:"m:RootItemId"`
}

// RootItemID is the item that an attachment was taken off, as it is now.
type RootItemID struct {
	ID        string `x:"@RootItemId,need"`
	ChangeKey string `x:"@RootItemChangeKey,need"`
}

// DeleteAttachmentResponse answers DeleteAttachment.
type DeleteAttachmentResponse struct {
	Messages []DeleteAttachmentMessage `x:"m:ResponseMessages/m:DeleteAttachmentResponseMessage,always"`
}

// Op returns OpDeleteAttachment.
func (d DeleteAttachmentResponse) Op() Op { return OpDeleteAttachment }

func (d DeleteAttachmentResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, d, "m:DeleteAttachmentResponse")
}
