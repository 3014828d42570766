package conformance

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
)

const (
	pageUserSettings = "MS docs: GetUserSettings operation (SOAP)"
	pageDiscover     = "MS docs: Handling Autodiscover error messages"
	pagePOX          = "MS docs: POX Autodiscover response for Exchange"
)

// discovering is how a client finds the endpoint, and the group of a mailbox.
func discovering() []Clause {
	return []Clause{
		discoverSettings(), discoverVersion(), discoverSeveral(), discoverInvalidUser(), discoverInvalidSetting(), discoverInvalidRequest(), discoverGroup(), discoverAnonymous(),
		poxSettings(), poxGrouping(), poxError(),
	}
}

// userSettings asks SOAP Autodiscover for settings of users.
func userSettings(version string, users []string, settings ...string) []byte {
	var b strings.Builder
	b.WriteString(`<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover"` +
		` xmlns:wsa="http://www.w3.org/2005/08/addressing"><soap:Header>`)
	if version != "" {
		fmt.Fprintf(&b, "<a:RequestedServerVersion>%s</a:RequestedServerVersion>", version)
	}
	b.WriteString("<wsa:Action>http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings</wsa:Action></soap:Header><soap:Body>" +
		"<a:GetUserSettingsRequestMessage><a:Request><a:Users>")
	for _, user := range users {
		fmt.Fprintf(&b, "<a:User><a:Mailbox>%s</a:Mailbox></a:User>", user)
	}
	b.WriteString("</a:Users><a:RequestedSettings>")
	for _, setting := range settings {
		fmt.Fprintf(&b, "<a:Setting>%s</a:Setting>", setting)
	}
	b.WriteString("</a:RequestedSettings></a:Request></a:GetUserSettingsRequestMessage></soap:Body></soap:Envelope>")
	return []byte(b.String())
}

// discover asks SOAP Autodiscover on the endpoint's host.
func discover(ctx context.Context, c *Client, request []byte) (*Answer, error) {
	return found(c.At("/autodiscover/autodiscover.svc").Post(ctx, request))
}

// found skips the clause where the host has no Autodiscover.
func found(a *Answer, err error) (*Answer, error) {
	if err == nil && a.Status == http.StatusNotFound {
		return nil, Skip("the endpoint's host has no Autodiscover")
	}
	return a, err
}

// setting is the value of a setting of the nth user, counted from 1.
func setting(a *Answer, n int, name string) string {
	return a.Text(fmt.Sprintf("//a:UserResponses/a:UserResponse[%d]/a:UserSettings/a:UserSetting[a:Name='%s']/a:Value", n, name))
}

func discoverSettings() Clause {
	return Clause{
		ID: "autodiscover.soap.settings", Level: Must,
		Rule: "GetUserSettings tells a mailbox's ExternalEwsUrl and GroupingInformation, by which clients group subscriptions.", Source: pageAffinity + ", How do I maintain affinity, step 1; " + pageUserSettings,
		Admissible: "NoError on both levels, and both settings", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := discover(ctx, p.As(Service), userSettings("Exchange2013", []string{p.Mailbox(0)}, "ExternalEwsUrl", "GroupingInformation"))
			if err := Expect(a, err, HTTP(http.StatusOK)); err != nil {
				return err
			}
			ok := a.Text("//a:Response/a:ErrorCode") == "NoError" && setting(a, 1, "ExternalEwsUrl") != "" && setting(a, 1, "GroupingInformation") != ""
			return That(ok, "ExternalEwsUrl and GroupingInformation", "%s", beginning(a.Body, 600))
		},
		Saboteur: swaps("GroupingInformation of a single user is called Grouping", "GroupingInformation</", "Grouping</", func(r *Received) bool {
			return bytes.Count(r.Body, []byte("<a:User>")) == 1 && holds("GroupingInformation")(r)
		}),
	}
}

func discoverVersion() Clause {
	return Clause{
		ID: "autodiscover.soap.version", Level: Must,
		Rule: "The ServerVersionInfo of Autodiscover has its numbers in elements, unlike that of EWS.", Source: "MS-OXWSADISC 3.1.4.1.3; " + pageUserSettings,
		Admissible: "a:ServerVersionInfo with a:MajorVersion", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := discover(ctx, p.As(Service), userSettings("Exchange2013", []string{p.Mailbox(0)}, "InternalEwsUrl"))
			if err := Expect(a, err, HTTP(http.StatusOK)); err != nil {
				return err
			}
			return That(a.Text("//s:Header/a:ServerVersionInfo/a:MajorVersion") != "", "a:MajorVersion", "%s", beginning(a.Body, 600))
		},
		Saboteur: swaps("the version of Autodiscover has other elements", "MajorVersion>", "Major>", holds("<a:Setting>InternalEwsUrl")),
	}
}

func discoverSeveral() Clause {
	return Clause{
		ID: "autodiscover.soap.several", Level: Must,
		Rule: "Several users of one request are answered one by one, in their order.", Source: pageUserSettings,
		Admissible: "a UserResponse each, with the address that was asked about", Needs: []Need{NeedAccount(Service), NeedMailboxes(3)},
		Check: func(ctx context.Context, p *Probe) error {
			users := []string{p.Mailbox(2), p.Mailbox(0), p.Mailbox(1)}
			a, err := discover(ctx, p.As(Service), userSettings("Exchange2013", users, "AutoDiscoverSMTPAddress"))
			if err := Expect(a, err, HTTP(http.StatusOK)); err != nil {
				return err
			}
			for i, user := range users {
				got := setting(a, i+1, "AutoDiscoverSMTPAddress")
				if err := That(strings.EqualFold(got, user), user, "%q", got); err != nil {
					return err
				}
			}
			return nil
		},
		Saboteur: Saboteur{Defect: "one of several users is forgotten", Answer: func(r *Received, s *Sent) {
			if bytes.Count(r.Body, []byte("<a:User>")) == 3 {
				if all := elements(string(s.Body), "<UserResponse>", "</UserResponse>"); len(all) > 1 {
					s.Replace(all[0], "")
				}
			}
		}},
	}
}

func discoverInvalidUser() Clause {
	return Clause{
		ID: "autodiscover.soap.invalid-user", Level: Must,
		Rule: "A user who is nobody is an error of that user, with HTTP 200.", Source: pageDiscover + ", InvalidUser",
		Admissible: "HTTP 200, InvalidUser in the UserResponse", Needs: []Need{NeedAccount(Service), NeedStranger()},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := discover(ctx, p.As(Service), userSettings("Exchange2013", []string{p.World.Stranger}, "ExternalEwsUrl"))
			if err := Expect(a, err, HTTP(http.StatusOK)); err != nil {
				return err
			}
			code := a.Text("//a:UserResponse/a:ErrorCode")
			return That(code == "InvalidUser" || code == "RedirectAddress" || code == "RedirectUrl", "InvalidUser", "%q", code)
		},
		Saboteur: swaps("nobody is a user like any other", "<ErrorCode>InvalidUser<", "<ErrorCode>NoError<", nil),
	}
}

func discoverInvalidSetting() Clause {
	return Clause{
		ID: "autodiscover.soap.invalid-setting", Level: Must,
		Rule: "A setting that there is not is an error of that setting; the others are answered.", Source: pageDiscover + ", InvalidSetting, SettingIsNotAvailable",
		Admissible: "a UserSettingError for the one, and the value of the other", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := discover(ctx, p.As(Service), userSettings("Exchange2013", []string{p.Mailbox(0)}, "NoSuchSetting", "ExternalEwsUrl"))
			if err := Expect(a, err, HTTP(http.StatusOK)); err != nil {
				return err
			}
			return That(a.Has("//a:UserSettingErrors/a:UserSettingError[a:SettingName='NoSuchSetting']") && setting(a, 1, "ExternalEwsUrl") != "",
				"an error for one and a value for the other", "%s", beginning(a.Body, 800))
		},
		Saboteur: Saboteur{Defect: "settings that there are not are passed over", Answer: func(r *Received, s *Sent) {
			if holds("NoSuchSetting")(r) {
				s.Cut("<UserSettingError>", "</UserSettingError>")
			}
		}},
	}
}

func discoverInvalidRequest() Clause {
	return Clause{
		ID: "autodiscover.soap.invalid-request", Level: Should,
		Rule: "A request without RequestedServerVersion is an error of the whole request, with HTTP 200.", Source: pageDiscover + ", InvalidRequest",
		Admissible: "InvalidRequest in the Response", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := discover(ctx, p.As(Service), userSettings("", []string{p.Mailbox(0)}, "ExternalEwsUrl"))
			if err := Expect(a, err, HTTP(http.StatusOK)); err != nil {
				return err
			}
			return That(a.Text("//a:Response/a:ErrorCode") == "InvalidRequest", "InvalidRequest", "%q", a.Text("//a:Response/a:ErrorCode"))
		},
		Saboteur: swaps("an invalid request is an error of the server", "<ErrorCode>InvalidRequest<", "<ErrorCode>InternalServerError<", nil),
	}
}

func discoverGroup() Clause {
	return Clause{
		ID: "autodiscover.soap.group", Level: Must,
		Rule: "Mailboxes that may share a group of subscriptions have the same GroupingInformation and EWS URL.", Source: pageAffinity + ", How do I maintain affinity, step 2",
		Admissible: "the same values for each mailbox of the group", Needs: []Need{NeedAccount(Service), NeedGroup(3)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := discover(ctx, p.As(Service), userSettings("Exchange2013", p.World.Group[:3], "ExternalEwsUrl", "GroupingInformation"))
			if err := Expect(a, err, HTTP(http.StatusOK)); err != nil {
				return err
			}
			key := func(n int) string {
				return setting(a, n, "ExternalEwsUrl") + " " + setting(a, n, "GroupingInformation")
			}
			for n := 2; n <= 3; n++ {
				if err := That(key(n) == key(1), key(1), "%s", key(n)); err != nil {
					return err
				}
			}
			return nil
		},
		Saboteur: Saboteur{Defect: "every mailbox is a group of its own", Answer: func(r *Received, s *Sent) {
			if bytes.Count(r.Body, []byte("<a:User>")) != 3 || !holds("GroupingInformation")(r) {
				return
			}
			for i, user := range elements(string(s.Body), "<UserResponse>", "</UserResponse>") {
				const name = "<Name>GroupingInformation</Name><Value>"
				s.Body = bytes.Replace(s.Body, []byte(user), []byte(replaceAll(user, name, fmt.Sprintf("%s%d-", name, i))), 1)
			}
		}},
	}
}

func discoverAnonymous() Clause {
	return Clause{
		ID: "autodiscover.anonymous", Level: Must,
		Rule: "Autodiscover tells nothing to who has no credentials.", Source: pageDiscover + ", HTTP 401",
		Admissible: "HTTP 401", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := discover(ctx, p.Anonymous(), userSettings("Exchange2013", []string{p.Mailbox(0)}, "ExternalEwsUrl"))
			return Expect(a, err, HTTP(http.StatusUnauthorized))
		},
		Saboteur: Saboteur{Defect: "Autodiscover lets everybody in", Request: func(r *Received) {
			if strings.HasPrefix(r.URL.Path, "/autodiscover/") && r.Header.Get("Authorization") == "" {
				r.Pretend("svc-bench@contoso.com")
			}
		}},
	}
}

// pox asks POX Autodiscover about an address.
func pox(ctx context.Context, c *Client, address string) (*Answer, error) {
	return found(c.At("/autodiscover/autodiscover.xml").Post(ctx, []byte(
		`<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request><EMailAddress>`+address+
			`</EMailAddress><AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>`)))
}

// local is a path of elements by their local names: POX has two namespaces.
func local(names ...string) string {
	var b strings.Builder
	for _, name := range names {
		fmt.Fprintf(&b, "//*[local-name()='%s']", name)
	}
	return b.String()
}

func poxSettings() Clause {
	return Clause{
		ID: "autodiscover.pox.settings", Level: Should,
		Rule: "POX Autodiscover answers with settings, and the EWS URL among them.", Source: pagePOX + ", Action, EwsUrl",
		Admissible: "Action settings, and an EwsUrl", Needs: needOne(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := pox(ctx, p.As(Service), p.Mailbox(0))
			if err := Expect(a, err, HTTP(http.StatusOK)); err != nil {
				return err
			}
			return That(a.Text(local("Account", "Action")) == "settings" && a.Text(local("Protocol", "EwsUrl")) != "", "settings with an EwsUrl", "%s", beginning(a.Body, 600))
		},
		Saboteur: swaps("POX has no URL of EWS", "EwsUrl>", "ASUrl>", holds("<EMailAddress>user000001@")),
	}
}

func poxGrouping() Clause {
	return Clause{
		ID: "autodiscover.pox.grouping", Level: Should,
		Rule: "POX Autodiscover tells GroupingInformation with the protocol EXPR.", Source: pagePOX + ", GroupingInformation",
		Admissible: "a Protocol of type EXPR with GroupingInformation", Needs: []Need{NeedAccount(Service), NeedMailboxes(2)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := pox(ctx, p.As(Service), p.Mailbox(1))
			if err := Expect(a, err, HTTP(http.StatusOK)); err != nil {
				return err
			}
			return That(a.Text("//*[local-name()='Protocol'][*[local-name()='Type']='EXPR']/*[local-name()='GroupingInformation']") != "", "GroupingInformation", "%s", beginning(a.Body, 800))
		},
		Saboteur: swaps("GroupingInformation is with no protocol", "GroupingInformation>", "Grouping>", holds("<EMailAddress>user000002@")),
	}
}

func poxError() Clause {
	return Clause{
		ID: "autodiscover.pox.error", Level: Should,
		Rule: "POX Autodiscover says of nobody that it knows nobody, in an Error element with HTTP 200.", Source: pagePOX + ", Error, ErrorCode",
		Admissible: "HTTP 200 with Error/ErrorCode", Needs: []Need{NeedAccount(Service), NeedStranger()},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := pox(ctx, p.As(Service), p.World.Stranger)
			if err := Expect(a, err, HTTP(http.StatusOK)); err != nil {
				return err
			}
			return That(a.Text(local("Error", "ErrorCode")) != "", "an ErrorCode", "%s", beginning(a.Body, 400))
		},
		Saboteur: swaps("POX does not say what is wrong", "ErrorCode>", "Code>", holds("<EMailAddress>nobody@")),
	}
}
