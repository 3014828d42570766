package fault

import (
	"net/http"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// BackEndDown takes a back end away. A front end that chose it answers 503 by itself; another back end that has to proxy
// to it answers with ErrorProxyCallFailed. Calls that do not need it never meet the fault.
type BackEndDown struct {
	// Name is the short name of the back end.
	Name string `yaml:"name,required"`
}

// Source is the rule for clients, and a report of users.
func (*BackEndDown) Source() string {
	return "MS docs, How to refresh configuration information by using Autodiscover: HTTP 503 as a sign that a mailbox's server is not where it was; the text of " +
		"ErrorProxyCallFailed (ServiceError in OfficeDev/ews-managed-api): the appropriate server could not be contacted"
}

func (b *BackEndDown) check(c *checker) { c.oneOf("name", "back end", b.Name, c.place.BackEnds) }

func (b *BackEndDown) concerns(c *Call) bool { return c.needs(b.Name) }

func (b *BackEndDown) inject(_ draw, c *Call, e *Effect) bool {
	if strings.EqualFold(c.First.Name, b.Name) {
		return e.answer(Answer{By: ByFrontEnd, Page: http.StatusServiceUnavailable})
	}
	return e.answer(Answer{By: ByFirst, Fault: ews.NewFault(ews.ErrorProxyCallFailed)})
}
