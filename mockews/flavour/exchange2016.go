package flavour

import "github.com/ewsbench/ewsbench/ews"

// exchange2016 is Exchange 2016 CU23 with a later update (microsoft/CSS-Exchange, Get-ExchangeBuildVersionInformation). Build and
// schema: a public capture.
func exchange2016() Flavour {
	return Flavour{
		Name: Exchange2016, Version: build(15, 1, 2507, 57, "V2017_07_11"), Discovery: "Exchange2015", Newest: ews.Exchange2016,
		Limits: onPremises(10), Schemes: domain(), OverrideAlways: true, Headers: iis("10.0"),
	}
}
