package conformance

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// transporting is what goes on below SOAP.
func transporting() []Clause {
	return []Clause{
		httpPathCase(), httpGet(), httpMethods(), httpContentType(), httpChunked(), httpGzip(), httpRequestID(), httpEcho(), httpNoEcho(), httpServers(),
		httpSOAPAction(), httpMalformed(), httpTooMuch(),
	}
}

// webConfig is where limits of real servers can be read.
const webConfig = "CSS-Exchange, web.config files of servers, Diagnostics/HealthChecker/Tests/DataCollection"

func httpPathCase() Clause {
	return Clause{
		ID: "http.path.any-case", Level: Should,
		Rule: "The path of the endpoint has no case.", Source: "IIS compares paths without case; clients write /ews/exchange.asmx and /EWS/Exchange.asmx (exchangelib, node-ews)",
		Admissible: "success",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.Service(p.Mailbox(0)).At("/ews/exchange.asmx").Expect(ctx, Inbox(), Success())
		},
		Saboteur: Saboteur{Defect: "the path in small letters is not found", Answer: func(r *Received, s *Sent) {
			if r.URL.Path == "/ews/exchange.asmx" {
				s.Status, s.Body = http.StatusNotFound, nil
			}
		}},
	}
}

func httpGet() Clause {
	return Clause{
		ID: "http.get.page", Level: Observed,
		Rule: "GET with credentials is answered with a page, not with SOAP.", Source: "OBS-007: ews-javascript-api #15 and #104, \"You have created a service.\"; some deployments redirect",
		Admissible: "HTTP 200 without a SOAP envelope, or HTTP 302",
		Needs:      []Need{NeedAccount(Service)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.As(Service).Send(ctx, http.MethodGet, nil)
			if err := Expect(a, err, HTTP(200, 302)); err != nil {
				return err
			}
			return That(!a.Outcome.SOAP, "a page", "%s", a)
		},
		Saboteur: Saboteur{Defect: "GET is answered with a fault", Answer: func(r *Received, s *Sent) {
			if r.Method == http.MethodGet {
				s.Refuse(ews.ErrorInvalidRequest)
			}
		}},
	}
}

func httpMethods() Clause {
	return Clause{
		ID: "http.other-methods.refused", Level: Should,
		Rule: "Other methods than GET, HEAD and POST are not carried out.", Source: webConfig + ": *.asmx is mapped for GET and POST",
		Admissible: "HTTP 400 to 405, or 501",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			c := p.Service(p.Mailbox(0)).Header("Content-Type", ews.ContentType)
			a, err := c.Send(ctx, http.MethodPut, bytes.NewReader(c.Envelope(Inbox())))
			return Expect(a, err, HTTP(400, 401, 403, 404, 405, 501))
		},
		Saboteur: Saboteur{Defect: "PUT is as good as POST", Request: func(r *Received) {
			if r.Method == http.MethodPut {
				r.Method = http.MethodPost
			}
		}},
	}
}

func httpContentType() Clause {
	return Clause{
		ID: "http.content-type", Level: Must,
		Rule: "Answers are text/xml in UTF-8.", Source: "SOAP 1.1, section 6; a capture in exchangelib #354",
		Admissible: "Content-Type text/xml with charset utf-8",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Do(ctx, Inbox())
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			kind := strings.ToLower(strings.ReplaceAll(a.Header.Get("Content-Type"), " ", ""))
			return That(kind == "text/xml;charset=utf-8", "text/xml; charset=utf-8", "%s", a.Header.Get("Content-Type"))
		},
		Saboteur: Saboteur{Defect: "answers are application/soap+xml", Answer: func(_ *Received, s *Sent) {
			if s.Header.Get("Content-Type") != "" {
				s.Header.Set("Content-Type", "application/soap+xml; charset=utf-8")
			}
		}},
	}
}

// trickle hides what a reader is, so that its length is not known.
type trickle struct{ io.Reader }

func httpChunked() Clause {
	return Clause{
		ID: "http.request.chunked", Level: Should,
		Rule: "A request may come in chunks, without a Content-Length.", Source: "RFC 9112, section 7.1: all recipients of HTTP/1.1 parse the chunked coding",
		Admissible: "success",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			c := p.Service(p.Mailbox(0)).Header("Content-Type", ews.ContentType)
			a, err := c.Send(ctx, http.MethodPost, trickle{bytes.NewReader(c.Envelope(Inbox()))})
			return Expect(a, err, Success())
		},
		Saboteur: Saboteur{Defect: "a request without a length is HTTP 411", Answer: func(r *Received, s *Sent) {
			if r.Method == http.MethodPost && r.unknownLength {
				s.Status, s.Body = http.StatusLengthRequired, nil
			}
		}},
	}
}

func httpGzip() Clause {
	return Clause{
		ID: "http.gzip.decodes", Level: Must,
		Rule: "An answer that says that it is compressed decodes to a SOAP envelope; whether it is compressed is the server's choice.", Source: "RFC 9110, section 8.4; clients ask for gzip (ews-managed-api)",
		Admissible: "a SOAP envelope, after decoding as Content-Encoding says",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Header("Accept-Encoding", "gzip").Do(ctx, Inbox())
			if err != nil {
				return err
			}
			body := a.Body
			switch a.Header.Get("Content-Encoding") {
			case "":
			case "gzip":
				if body, err = gunzip(a.Body); err != nil {
					return &Mismatch{Expected: "gzip that decodes", Actual: err.Error()}
				}
			default:
				return &Mismatch{Expected: "gzip or none", Actual: a.Header.Get("Content-Encoding")}
			}
			o := ews.Classify(a.Status, a.Header, body)
			return That(o.OK(), "success", "HTTP %d, %s", a.Status, beginning(body, 60))
		},
		Saboteur: Saboteur{Defect: "answers are said to be compressed and are not", Answer: func(r *Received, s *Sent) {
			if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") && r.Method == http.MethodPost {
				s.Header.Set("Content-Encoding", "gzip")
			}
		}},
	}
}

func gunzip(data []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, maxAnswer))
}

func httpRequestID() Clause {
	return Clause{
		ID: "http.request-id", Level: Must,
		Rule: "Every answer has a request-id of the server's own, another one each time.", Source: pageInstrument + ", Gather information about server and client",
		Admissible: "two different request-id headers",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			seen := map[string]bool{}
			for range 2 {
				a, err := p.Service(p.Mailbox(0)).Do(ctx, Inbox())
				if err := Expect(a, err, Success()); err != nil {
					return err
				}
				id := a.Header.Get(ews.HeaderRequestID)
				if err := That(id != "" && !seen[id], "a new request-id", "%q", id); err != nil {
					return err
				}
				seen[id] = true
			}
			return nil
		},
		Saboteur: Saboteur{Defect: "request-id is the same in all answers", Answer: func(_ *Received, s *Sent) {
			s.Header.Set(ews.HeaderRequestID, "00000000-0000-0000-0000-000000000001")
		}},
	}
}

const myID = "5b1a0f7e-6c2d-4e8f-9a3b-1c2d3e4f5a6b"

func httpEcho() Clause {
	return Clause{
		ID: "http.client-request-id.echoed", Level: Must,
		Rule: "client-request-id comes back if return-client-request-id asks for it.", Source: pageInstrument + ", Add instrumentation to requests",
		Admissible: "the same client-request-id",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Header(ews.HeaderClientRequestID, myID).Header(ews.HeaderReturnClientRequestID, "true").Do(ctx, Inbox())
			if err != nil {
				return err
			}
			return That(a.Header.Get(ews.HeaderClientRequestID) == myID, myID, "%q", a.Header.Get(ews.HeaderClientRequestID))
		},
		Saboteur: Saboteur{Defect: "client-request-id is never sent back", Answer: func(_ *Received, s *Sent) { s.Header.Del(ews.HeaderClientRequestID) }},
	}
}

func httpNoEcho() Clause {
	return Clause{
		ID: "http.client-request-id.unasked", Level: Should,
		Rule: "client-request-id does not come back unasked.", Source: pageInstrument + ", Add instrumentation to requests",
		Admissible: "no client-request-id",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Header(ews.HeaderClientRequestID, myID).Do(ctx, Inbox())
			if err != nil {
				return err
			}
			return That(a.Header.Get(ews.HeaderClientRequestID) == "", "none", "%q", a.Header.Get(ews.HeaderClientRequestID))
		},
		Saboteur: Saboteur{Defect: "client-request-id is always sent back", Answer: func(r *Received, s *Sent) {
			s.Header.Set(ews.HeaderClientRequestID, r.Header.Get(ews.HeaderClientRequestID))
		}},
	}
}

func httpServers() Clause {
	return Clause{
		ID: "http.servers-named", Level: Observed,
		Rule: "Answers name the front end and the back end.", Source: pageInstrument + "; captures in exchangelib #354",
		Admissible: "X-FEServer, and X-BEServer or X-DiagInfo",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Do(ctx, Inbox())
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return That(a.Header.Get(ews.HeaderFEServer) != "" && backEnd(a) != "", "both servers", "front end %q, back end %q", a.Header.Get(ews.HeaderFEServer), backEnd(a))
		},
		Saboteur: Saboteur{Defect: "the front end does not say its name", Answer: func(_ *Received, s *Sent) { s.Header.Del(ews.HeaderFEServer) }},
	}
}

func httpSOAPAction() Clause {
	return Clause{
		ID: "http.soapaction.not-needed", Level: Observed,
		Rule: "The operation is what the body holds: SOAPAction is neither needed nor heeded.", Source: "OBS-008: clients send none (ews-managed-api) or an own one (node-ews)",
		Admissible: "success without it, and with that of another operation",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.Service(p.Mailbox(0)).Header("SOAPAction", `"http://schemas.microsoft.com/exchange/services/2006/messages/FindItem"`).Expect(ctx, Inbox(), Success())
		},
		Saboteur: refuses("SOAPAction must name the operation", func(r *Received) bool { return strings.Contains(r.Header.Get("SOAPAction"), "FindItem") }, ews.ErrorInvalidRequest),
	}
}

func httpMalformed() Clause {
	return Clause{
		ID: "http.malformed.refused", Level: Must,
		Rule: "What is no XML is refused.", Source: "SOAP 1.1, section 4; OBS-009: which form the refusal has, no capture shows",
		Admissible: "HTTP 400, or HTTP 500",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Post(ctx, []byte("<soap:Envelope <"))
			return Expect(a, err, HTTP(400, 500))
		},
		Saboteur: Saboteur{Defect: "what is no XML is HTTP 200 and nothing", Answer: func(r *Received, s *Sent) {
			if string(r.Body) == "<soap:Envelope <" {
				s.Status, s.Body = http.StatusOK, nil
			}
		}},
	}
}

func httpTooMuch() Clause {
	return Clause{
		ID: "http.depth.refused", Level: Should,
		Rule: "Elements that are nested deeper than 32 are refused.", Source: webConfig + ": maxDepth 32",
		Admissible: "HTTP 400, or HTTP 500",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			deep := strings.Repeat("<t:x>", 60) + strings.Repeat("</t:x>", 60)
			return p.Service(p.Mailbox(0)).Says(ctx, HTTP(400, 500), "<m:GetFolder>"+deep+"</m:GetFolder>")
		},
		Saboteur: Saboteur{Defect: "deep nesting is passed over", Request: func(r *Received) {
			if strings.Contains(string(r.Body), "<t:x><t:x>") {
				before, rest, _ := strings.Cut(string(r.Body), "<t:x>")
				_, after, _ := strings.Cut(rest, "</m:GetFolder>")
				r.Body = []byte(before + `<m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder>` + after)
			}
		}},
	}
}
