package mockews

import (
	"net/http"
	"strings"

	"github.com/ewsbench/ewsbench/mockews/route"
)

// cloudSigns are the headers by which the front ends of Exchange Online tell of one another, ready to be put into a header
// map. A call passes two: the first hop takes it from the client, the second chooses the back end.
type cloudSigns struct {
	servers       []string // X-FEServer: the second hop is listed first
	target, proxy []string
	zone, first   []string // the sites of the second hop and of the first
}

// newCloudSigns is nil for any other flavour. The forms are those of public captures of 2020 to 2024. They agree that
// X-CalculatedFETarget is a group of the second hop; of whom X-FEProxyInfo tells they do not: here, the second hop, as in those
// of 2020 and 2024.
func newCloudSigns(org *route.Organisation) (signs []cloudSigns) {
	if !org.Flavour().Cloud {
		return nil
	}
	sites := frontEndSites(org)
	for i, site := range sites {
		next := (i + 1) % len(sites)
		second := org.FrontEnd(i)
		signs = append(signs, cloudSigns{
			servers: []string{second, org.FrontEnd(next)},
			target:  []string{site + "PR01CU001.internal.outlook.com"},
			proxy:   []string{second + "." + site + "PRD01.PROD.OUTLOOK.COM"},
			zone:    []string{site}, first: []string{sites[next]},
		})
	}
	return signs
}

// frontEndSites are the sites of the front ends, one by one.
func frontEndSites(org *route.Organisation) (sites []string) {
	for _, s := range org.Topology().Sites {
		for range s.FrontEnds {
			sites = append(sites, strings.ToUpper(s.Name))
		}
	}
	return sites
}

// correctness are the values of X-Proxy-RoutingCorrectness. What it says is not documented: here, that the back end which was
// chosen is the right one.
type correctness struct{ wrong, right []string }

func newCorrectness() correctness { return correctness{wrong: []string{"0"}, right: []string{"1"}} }

// signCloud writes the headers that Exchange Online alone does.
func (x *exchange) signCloud(h http.Header, status int) {
	s := &x.server.signs
	c := &s.cloud[x.choice.FrontEnd]
	h["X-CalculatedFETarget"], h["X-FEProxyInfo"] = c.target, c.proxy
	h["X-FEEFZInfo"], h["X-FirstHopCafeEFZ"] = c.zone, c.first
	h["X-Proxy-RoutingCorrectness"] = s.correctness.right
	if x.met.Hops > 0 {
		h["X-Proxy-RoutingCorrectness"] = s.correctness.wrong
	}
	h["X-Proxy-BackendServerStatus"] = s.direct[status]
}
