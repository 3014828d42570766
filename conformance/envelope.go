package conformance

import (
	"bytes"
	"context"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// enveloping is the form of answers, and of refusals.
func enveloping() []Clause {
	return []Clause{
		envNamespaces(), envVersionInfo(), envNoVersionInFault(), envDeclaration(), faultCode(), faultDetail(), faultValues(), envVersionRefused(),
		envOldVersion(), envViolation(), envUnknownOperation(), envEmptyBody(), envEveryOperation(),
	}
}

func envNamespaces() Clause {
	return Clause{
		ID: "envelope.namespaces", Level: Must,
		Rule: "Answers use the namespaces that begin with http://.", Source: "MS-OXWSCDATA 2.2.1, Namespaces; the https:// in samples of documents is a mistake (office-developer-exchange-docs #359)",
		Admissible: "an answer in the namespaces of SOAP 1.1, messages and types",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Raw(ctx, getFolders(folder("drafts", "")))
			if err != nil {
				return err
			}
			return That(a.Has("/s:Envelope/s:Body/m:GetFolderResponse/m:ResponseMessages/m:GetFolderResponseMessage/m:Folders/t:Folder/t:FolderId"),
				"s:Envelope, m:GetFolderResponse and t:Folder in their namespaces", "%s", beginning(a.Body, 200))
		},
		Saboteur: swaps("the namespaces of the drafts' answer begin with https://", "http://schemas.microsoft.com/", "https://schemas.microsoft.com/",
			all(holds(`Id="drafts"`), holds("<m:GetFolder>"))),
	}
}

func envVersionInfo() Clause {
	return Clause{
		ID: "envelope.version-info", Level: Must,
		Rule: "An answer that is no fault has a ServerVersionInfo header that names the build in attributes.", Source: "MS docs: ServerVersionInfo; exchangelib does without no build",
		Admissible: "MajorVersion, MinorVersion, MajorBuildNumber and Version",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Raw(ctx, getFolders(folder("notes", "")))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			for _, name := range []string{"MajorVersion", "MinorVersion", "MajorBuildNumber", "Version"} {
				if err := That(a.Attr("/s:Envelope/s:Header/t:ServerVersionInfo", name) != "", name, "none"); err != nil {
					return err
				}
			}
			return nil
		},
		Saboteur: swaps("the answer about notes does not name the build", "MajorBuildNumber", "MajorBuild", holds(`Id="notes"`)),
	}
}

func envNoVersionInFault() Clause {
	return Clause{
		ID: "envelope.fault.no-header", Level: Observed,
		Rule: "A fault has no SOAP header.", Source: "OBS-010: captures in OfficeDev/ews-managed-api #223 and of evolution-ews",
		Admissible: "no s:Header",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := aFault(ctx, p)
			if err != nil {
				return err
			}
			return That(!a.Has("/s:Envelope/s:Header"), "no s:Header", "one")
		},
		Saboteur: swaps("faults have a header", "<s:Body><s:Fault>", "<s:Header/><s:Body><s:Fault>", holds("S-1-x-fault")),
	}
}

// aFault is one that every server can be brought to.
func aFault(ctx context.Context, p *Probe) (*Answer, error) {
	a, err := p.As(Service).Impersonate(ews.SID, "S-1-x-fault").Anchor(p.Mailbox(0)).Do(ctx, Inbox())
	return a, Expect(a, err, FaultOf())
}

func envDeclaration() Clause {
	return Clause{
		ID: "envelope.xml-declaration", Level: Observed,
		Rule: "An answer begins with an XML declaration.", Source: "OBS-011: " + webConfig + ": the encoder is called TextMessageEncodingWithXmlDeclaration",
		Admissible: "<?xml at the beginning",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Raw(ctx, getFolders(folder("tasks", "")))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return That(bytes.HasPrefix(a.Body, []byte("<?xml")), "<?xml", "%s", beginning(a.Body, 20))
		},
		Saboteur: Saboteur{Defect: "answers about tasks have no declaration", Answer: func(r *Received, s *Sent) {
			if holds(`Id="tasks"`)(r) {
				s.Cut("<?xml", "?>")
			}
		}},
	}
}

func faultCode() Clause {
	return Clause{
		ID: "fault.code", Level: Must,
		Rule: "The faultcode is the response code, in the namespace of the types.", Source: "A capture in OfficeDev/ews-managed-api #223; SOAP 1.1, section 4.4.1",
		Admissible: "a qualified name whose local part is the code",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := aFault(ctx, p)
			if err != nil {
				return err
			}
			prefix, code, _ := strings.Cut(a.Text("//s:Fault/faultcode"), ":")
			if err := That(code == a.Text("//s:Fault/detail/e:ResponseCode"), "the response code", "%s", code); err != nil {
				return err
			}
			return That(strings.Contains(string(a.Body), "xmlns:"+prefix+`="`+spaces()["t"]+`"`), "the namespace of the types", "another one for %s", prefix)
		},
		Saboteur: swaps("the faultcode is s:Server", ">a:ErrorInvalidSid<", ">s:Server<", holds("S-1-x-fault")),
	}
}

func faultDetail() Clause {
	return Clause{
		ID: "fault.detail", Level: Must,
		Rule: "The detail of a fault holds ResponseCode and Message in the namespace of the errors.", Source: "A capture in OfficeDev/ews-managed-api #223",
		Admissible: "detail/e:ResponseCode and detail/e:Message",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := aFault(ctx, p)
			if err != nil {
				return err
			}
			return That(a.Has("//s:Fault/detail/e:ResponseCode") && a.Text("//s:Fault/detail/e:Message") != "", "e:ResponseCode and e:Message", "%s", beginning(a.Body, 300))
		},
		Saboteur: swaps("the message of a fault is in no namespace", "e:Message", "Message", holds("S-1-x-fault")),
	}
}

func faultValues() Clause {
	return Clause{
		ID: "fault.message-xml", Level: Must,
		Rule: "Further values of a fault stand in MessageXml, in the namespace of the types.", Source: "Captures in OfficeDev/ews-managed-api #223 and mguessan/davmail #161",
		Admissible: "detail/t:MessageXml",
		Needs:      []Need{NeedAccount(Service), NeedAlias(), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.As(Service).Impersonate(ews.PrimarySmtpAddress, p.World.Alias).Anchor(p.Mailbox(0)).Raw(ctx, getFolders(folder("journal", "")))
			if err := Expect(a, err, FaultOf()); err != nil {
				return err
			}
			return That(a.Has("//s:Fault/detail/t:MessageXml/t:Value[@Name]"), "t:MessageXml with t:Value", "%s", beginning(a.Body, 400))
		},
		Saboteur: swaps("the values of a fault about the journal are in the namespace of the errors", `<t:MessageXml xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"`,
			`<t:MessageXml xmlns:t="http://schemas.microsoft.com/exchange/services/2006/errors"`, holds(`Id="journal"`)),
	}
}

func envVersionRefused() Clause {
	return Clause{
		ID: "envelope.version.unknown", Level: Must,
		Rule: "A RequestServerVersion that the schema does not have is refused, so that clients can try the next.", Source: "MS docs: RequestServerVersion; Ericsson/exchangecalendar #377; exchangelib tries Exchange2019 first",
		Admissible: "HTTP 500 with the SOAP fault ErrorInvalidServerVersion or ErrorSchemaValidation",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.Service(p.Mailbox(0)).Version("Exchange2099").Expect(ctx, Inbox(), FaultOf(ews.ErrorInvalidServerVersion, ews.ErrorSchemaValidation))
		},
		Saboteur: Saboteur{Defect: "an unknown version counts as the newest", Request: func(r *Received) { r.Replace(`"Exchange2099"`, `"Exchange2013_SP1"`) }},
	}
}

func envOldVersion() Clause {
	return Clause{
		ID: "envelope.version.older", Level: Must,
		Rule: "A request at an older version is answered in that version's schema: no element that it lacks.", Source: "MS docs: RequestServerVersion; ews-managed-api refuses DistinguishedFolderId of a folder before Exchange2013",
		Admissible: "success, without t:DistinguishedFolderId in the folder",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Version(ews.Exchange2010_SP1).Raw(ctx,
				strings.ReplaceAll(getFolders(folder("inbox", "")), "Default<", "AllProperties<"))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return That(!a.Has("//m:Folders/t:Folder/t:DistinguishedFolderId"), "none", "t:DistinguishedFolderId")
		},
		Saboteur: swaps("answers at Exchange2010_SP1 have the elements of later ones", "</t:DisplayName>", "</t:DisplayName><t:DistinguishedFolderId>inbox</t:DistinguishedFolderId>",
			holds(`Version="Exchange2010_SP1"`)),
	}
}

func envViolation() Clause {
	return Clause{
		ID: "envelope.violation", Level: Must,
		Rule: "A request that breaks the schema is refused, and the fault says where.", Source: "Traces of evolution-ews; MS docs: ResponseCode, ErrorSchemaValidation",
		Admissible: "HTTP 500 with the SOAP fault ErrorSchemaValidation, t:LineNumber and t:Violation",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Raw(ctx, "<m:GetFolder><m:Folders/></m:GetFolder>")
			if err := Expect(a, err, FaultOf(ews.ErrorSchemaValidation)); err != nil {
				return err
			}
			return That(a.Has("//t:MessageXml/t:LineNumber") && a.Has("//t:MessageXml/t:Violation"), "t:LineNumber and t:Violation", "%s", beginning(a.Body, 600))
		},
		Saboteur: swaps("the place of a violation is a value", "t:LineNumber", "t:Line", nil),
	}
}

func envUnknownOperation() Clause {
	return Clause{
		ID: "envelope.operation.unknown", Level: Must,
		Rule: "An operation that the schema does not have is refused.", Source: "MS docs: ResponseCode, ErrorSchemaValidation and ErrorInvalidRequest",
		Admissible: "HTTP 500 with the SOAP fault ErrorSchemaValidation or ErrorInvalidRequest",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.Service(p.Mailbox(0)).Says(ctx, FaultOf(ews.ErrorSchemaValidation, ews.ErrorInvalidRequest), "<m:GetNothingAtAll/>")
		},
		Saboteur: Saboteur{Defect: "an unknown operation is HTTP 404", Answer: func(r *Received, s *Sent) {
			if holds("<m:GetNothingAtAll/>")(r) {
				s.Status, s.Body = 404, nil
			}
		}},
	}
}

func envEmptyBody() Clause {
	return Clause{
		ID: "envelope.body.empty", Level: Must,
		Rule: "An envelope without an operation is refused.", Source: "MS docs: ResponseCode, ErrorInvalidRequest",
		Admissible: "HTTP 500 with the SOAP fault ErrorInvalidRequest or ErrorSchemaValidation",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.Service(p.Mailbox(0)).Says(ctx, FaultOf(ews.ErrorInvalidRequest, ews.ErrorSchemaValidation), "")
		},
		Saboteur: Saboteur{Defect: "an empty body is a success", Answer: func(r *Received, s *Sent) {
			if holds("<soap:Body></soap:Body>")(r) {
				s.Status, s.Body = 200, []byte(`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>`)
			}
		}},
	}
}

func envEveryOperation() Clause {
	return Clause{
		ID: "envelope.operation.rare", Level: Must,
		Rule: "An operation of the schema is answered in its own form even if the server does not carry it out: never by a bare HTTP 500.", Source: "MS-OXWSCDATA 2.2.4, response messages",
		Admissible: "a SOAP envelope",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Raw(ctx, `<m:GetSharingFolder><m:SmtpAddress>`+p.Mailbox(0)+`</m:SmtpAddress><m:DataType>Calendar</m:DataType></m:GetSharingFolder>`)
			if err != nil {
				return err
			}
			return That(a.Outcome.SOAP && (a.Outcome.Fault != nil || len(a.Outcome.Messages) > 0), "a response or a fault", "%s", a)
		},
		Saboteur: Saboteur{Defect: "a rare operation is HTTP 500 and nothing", Answer: func(r *Received, s *Sent) {
			if holds("<m:GetSharingFolder>")(r) {
				s.Status, s.Body = 500, nil
			}
		}},
	}
}
