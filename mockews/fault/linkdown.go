package fault

import (
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// LinkDown cuts the way between two sites: a back end that has to proxy over it finds nobody there. Front ends stand
// beside all back ends in the mock's model, so only calls between back ends meet it.
type LinkDown struct {
	// Between are the names of the two sites.
	Between []string `yaml:"between,required"`
}

// Source is the server's own text for the code.
func (*LinkDown) Source() string {
	return "the text of ErrorNoRespondingCASInDestinationSite (ServiceError in OfficeDev/ews-managed-api): none of the servers in the destination site could process " +
		"the request"
}

func (l *LinkDown) check(c *checker) {
	if len(l.Between) != 2 || strings.EqualFold(l.Between[0], l.Between[1]) {
		c.add("between", "between must name two sites")
	}
	for _, name := range l.Between {
		c.oneOf("between", "site", name, c.place.Sites)
	}
}

func (l *LinkDown) concerns(c *Call) bool {
	a, b := l.Between[0], l.Between[1]
	from, to := c.First.Site, c.Home.Site
	return strings.EqualFold(from, a) && strings.EqualFold(to, b) || strings.EqualFold(from, b) && strings.EqualFold(to, a)
}

func (*LinkDown) inject(_ draw, _ *Call, e *Effect) bool {
	return e.answer(Answer{By: ByFirst, Fault: ews.NewFault(ews.ErrorNoRespondingCASInDestinationSite)})
}
