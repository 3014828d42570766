package audit_test

import (
	"fmt"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

// A service account opens a mailbox and does not say so in a header.
func Example() {
	var a audit.Auditor
	verdicts := a.Observe(&audit.Exchange{
		Op: ews.OpFindItem, Caller: "svc@contoso.com", Mailbox: "alfred@contoso.com",
		UserAgent: "archiver/2.1", RequestID: "0b1c2d3e-4f50-4162-8374-8596a7b8c9d0", IDWanted: true, ContentType: ews.ContentType,
		Asked: audit.Asked{Version: ews.DefaultVersion}, Status: 200, Code: ews.NoError,
	})
	for _, id := range verdicts.IDs() {
		rule, _ := audit.Find(id)
		fmt.Printf("%s (%s): %s\n", rule.ID, rule.Level, rule.Advice)
	}
	// Output:
	// anchor-missing (problem): Send X-AnchorMailbox with the SMTP address of the impersonated mailbox in every impersonated request.
}
