package flavour

import "github.com/ewsbench/ewsbench/ews"

// exchange2013 is Exchange 2013 CU11, build 15.0.1156.6, with a later update (MS docs: Exchange Server build numbers and release
// dates). Build and schema: a public capture. Hybrid modern authentication came later, with CU19 (Exchange team blog,
// 2017-12-06); a profile may switch it on all the same.
func exchange2013() Flavour {
	limits := onPremises(3)
	limits.Syncs = 0
	return Flavour{
		Name: Exchange2013, Version: build(15, 0, 1156, 9, "V2_23"), Discovery: "Exchange2013_SP1", Newest: ews.Exchange2013_SP1,
		Limits: limits, Schemes: domain(), Headers: iis("8.5"),
	}
}
