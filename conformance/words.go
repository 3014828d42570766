package conformance

import (
	"context"
	"fmt"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// Documents that many clauses follow.
const (
	pageImpersonation = "MS docs: Impersonation and EWS in Exchange"
	pageConfigure     = "MS docs: How to configure impersonation"
	pageIdentify      = "MS docs: How to identify the account to impersonate"
	pageConnectingSID = "MS docs: ConnectingSID"
	pageAffinity      = "MS docs: Maintain affinity between a group of subscriptions and the Mailbox server in Exchange"
	pageOAuth         = "MS docs: Authenticate an EWS application by using OAuth"
	pageInstrument    = "MS docs: Instrumenting client requests for EWS and REST in Exchange"
	pageDelegate      = "MS docs: Delegate access and EWS in Exchange"
	pageResponse      = "MS docs: ResponseCode"
	pageThrottling    = "MS docs: EWS throttling in Exchange"
)

// Bodies of requests, written out as they go over the wire.

// folder names a distinguished folder, of somebody else's mailbox if one is given.
func folder(name, mailbox string) string {
	if mailbox == "" {
		return fmt.Sprintf(`<t:DistinguishedFolderId Id="%s"/>`, name)
	}
	return fmt.Sprintf(`<t:DistinguishedFolderId Id="%s"><t:Mailbox><t:EmailAddress>%s</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>`, name, mailbox)
}

// getFolders asks for folders by their elements.
func getFolders(ids ...string) string {
	return "<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds>" + strings.Join(ids, "") + "</m:FolderIds></m:GetFolder>"
}

// getItem asks for an item, with properties beside those of the default shape.
func getItem(id string, properties ...string) string {
	var more strings.Builder
	for _, p := range properties {
		fmt.Fprintf(&more, `<t:FieldURI FieldURI="%s"/>`, p)
	}
	additional := ""
	if len(properties) > 0 {
		additional = "<t:AdditionalProperties>" + more.String() + "</t:AdditionalProperties>"
	}
	return "<m:GetItem><m:ItemShape><t:BaseShape>Default</t:BaseShape>" + additional + `</m:ItemShape><m:ItemIds>` + itemID(id) + "</m:ItemIds></m:GetItem>"
}

func itemID(id string) string { return fmt.Sprintf(`<t:ItemId Id="%s"/>`, id) }

// message is a new message, to somebody if an address is given.
func message(subject, to string) string {
	recipients := ""
	if to != "" {
		recipients = "<t:ToRecipients><t:Mailbox><t:EmailAddress>" + to + "</t:EmailAddress></t:Mailbox></t:ToRecipients>"
	}
	return "<t:Message><t:Subject>" + subject + `</t:Subject><t:Body BodyType="Text">ewsbench conform</t:Body>` + recipients + "</t:Message>"
}

// createItem makes an item in a folder.
func createItem(disposition, inFolder, item string) string {
	return fmt.Sprintf(`<m:CreateItem MessageDisposition="%s"><m:SavedItemFolderId>%s</m:SavedItemFolderId><m:Items>%s</m:Items></m:CreateItem>`,
		disposition, inFolder, item)
}

func deleteItem(id string) string {
	return `<m:DeleteItem DeleteType="HardDelete" SendMeetingCancellations="SendToNone"><m:ItemIds>` + itemID(id) + "</m:ItemIds></m:DeleteItem>"
}

// draft makes a message among the drafts of whoever the client acts for, and takes it away again after the check.
func draft(ctx context.Context, p *Probe, c *Client, subject string) (id string, err error) {
	return keep(ctx, p, c, createItem("SaveOnly", folder("drafts", ""), message(subject, "")))
}

// keep makes an item, and takes it away again after the check.
func keep(ctx context.Context, p *Probe, c *Client, create string) (id string, err error) {
	a, err := c.Raw(ctx, create)
	if err != nil {
		return "", err
	}
	id = a.Attr("//t:ItemId", "Id")
	if id == "" {
		return "", fmt.Errorf("what the clause needs could not be made: %s", a)
	}
	p.Later(func(ctx context.Context) error {
		_, err := c.Raw(ctx, deleteItem(id))
		return err
	})
	return id, nil
}

// findBySubject looks for items with a subject in a distinguished folder.
func findBySubject(name, subject string) string {
	return `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:Restriction><t:IsEqualTo>` +
		`<t:FieldURI FieldURI="item:Subject"/><t:FieldURIOrConstant><t:Constant Value="` + subject + `"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>` +
		`<m:ParentFolderIds>` + folder(name, "") + "</m:ParentFolderIds></m:FindItem>"
}

// Defects of simple kinds.

// refuses is the defect of refusing what should pass.
func refuses(defect string, when func(*Received) bool, code ews.Code, also ...string) Saboteur {
	return Saboteur{Defect: defect, Also: also, Answer: func(r *Received, s *Sent) {
		if when(r) {
			s.Refuse(code)
		}
	}}
}

// swaps is the defect of answering with one text in the place of another.
func swaps(defect, old, new string, when func(*Received) bool, also ...string) Saboteur {
	return Saboteur{Defect: defect, Also: also, Answer: func(r *Received, s *Sent) {
		if when == nil || when(r) {
			s.Replace(old, new)
		}
	}}
}

// impersonating reports whether a request acts for somebody by a form of ConnectingSID.
func impersonating(kind ews.SIDKind) func(*Received) bool {
	return func(r *Received) bool { return r.Impersonates() && r.EWS.Impersonate.Kind == kind }
}

// holds reports whether the body of a request holds a text.
func holds(text string) func(*Received) bool {
	return func(r *Received) bool { return strings.Contains(string(r.Body), text) }
}

// all reports whether all conditions do.
func all(conditions ...func(*Received) bool) func(*Received) bool {
	return func(r *Received) bool {
		for _, holds := range conditions {
			if !holds(r) {
				return false
			}
		}
		return true
	}
}

// elements are the parts of a text from an opening to a closing one.
func elements(text, open, closing string) (found []string) {
	for {
		_, after, ok := strings.Cut(text, open)
		if !ok {
			return found
		}
		inner, rest, ok := strings.Cut(after, closing)
		if !ok {
			return found
		}
		found = append(found, open+inner+closing)
		text = rest
	}
}

func replaceAll(text, old, new string) string { return strings.ReplaceAll(text, old, new) }

func contains(body []byte, text string) bool { return strings.Contains(string(body), text) }
