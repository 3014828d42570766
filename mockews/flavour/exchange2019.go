package flavour

import "github.com/ewsbench/ewsbench/ews"

// exchange2019 is Exchange 2019 CU11, build 15.2.986.5, with a later update. Build and schema: a public capture.
func exchange2019() Flavour {
	return Flavour{
		Name: Exchange2019, Version: build(15, 2, 986, 26, "V2017_07_11"), Discovery: "Exchange2015", Newest: ews.Exchange2016,
		Limits: onPremises(10), Schemes: domain(), Headers: iis("10.0"),
	}
}
