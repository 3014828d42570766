package conformance

// Statement is something that the page "Impersonation and EWS in Exchange" says, in our own words, with the clauses that hold servers or
// clients to it.
type Statement struct {
	Text string
	// Server and Client are ids of clauses. Those for clients are the rules of ews/audit.
	Server []string
	Client []string
	// Beside says what else shows it.
	Beside string
}

// Statements are all of them, in the order of the page.
func Statements() []Statement {
	return []Statement{
		{
			Text:   "A service application opens other users' mailboxes in one of three ways: as a delegate, by permissions on folders, or by impersonation.",
			Server: []string{"access.delegate.added", "access.reviewer.reads", "imp.role.sufficient", "imp.role.no-sharing-needed"},
		},
		{
			Text:   "Impersonation is for an application that acts for many mailboxes as their owners; no user has to share anything.",
			Server: []string{"imp.acts-as-the-user", "imp.role.no-sharing-needed", "imp.rights.of-the-user"},
		},
		{
			Text:   "Mail that is sent by impersonation is the owner's; a delegate sends on behalf of the owner or, with that right, as the owner; a right on folders alone does not send.",
			Server: []string{"send.impersonated", "send.impersonated.no-trace", "send.on-behalf", "send.as", "send.folder-right-is-none"},
		},
		{
			Text:   "The account that impersonates holds the role ApplicationImpersonation.",
			Server: []string{"imp.role.sufficient", "imp.role.required", "imp.denied.is-no-http-denial"},
		},
		{
			Text:   "The role is best limited by a management scope to the mailboxes that the application needs.",
			Server: []string{"imp.scope.inside", "imp.scope.outside"},
		},
		{
			Text:   "Without a scope the account may impersonate every mailbox of the organisation.",
			Server: []string{"imp.scope.absent"},
		},
		{
			Text:   "Several service accounts may share the work, each with its own role, and need no mailboxes.",
			Server: []string{"imp.accounts.several", "imp.accounts.without-mailbox"},
		},
		{
			Text:   "The request names the user in its ExchangeImpersonation header: by principal name, SID or SMTP address.",
			Server: []string{"sid.principal", "sid.sid", "sid.smtp.any-address", "sid.primary.only", "sid.empty", "imp.header.one-mode"},
		},
		{
			Text:   "With modern authentication an application has a token of its own, and Conditional Access can bound where it is good.",
			Server: []string{"auth.app.impersonates", "auth.app.header-required", "auth.user-token.denied", "auth.conditional-access", "auth.basic.off"},
		},
		{
			Text:   "X-AnchorMailbox is set in every request that impersonates, and set correctly: to the impersonated mailbox.",
			Server: []string{"anchor.correct.routes", "anchor.app-only.works", "anchor.grants-nothing"},
			Client: []string{"anchor-missing", "anchor-mismatch", "anchor-unknown"},
		},
		{
			Text:   "Without the header calls take twice as long or more.",
			Server: []string{"anchor.missing.costs", "anchor.wrong.works"},
			Client: []string{"anchor-missing"},
			Beside: "`ewsbench run` measures it, with intervals",
		},
		{
			Text:   "Without the header calls time out, or fail with 500 and 503 at times.",
			Server: []string{"anchor.missing.answered"},
			Client: []string{"anchor-missing"},
			Beside: "`ewsbench run --target mock:hostile` shows it",
		},
		{
			Text:   "Notifications suffer without the header: it and the affinity that follows from it keep subscriptions on one server.",
			Server: []string{"affinity.cookie-offered", "affinity.cookie-routes", "affinity.group", "notify.stream.event"},
			Client: []string{"affinity-without-anchor", "affinity-cookie-dropped", "affinity-as-header"},
			Beside: "`ewsbench run notifications` measures how late they are",
		},
	}
}
