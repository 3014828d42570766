package flavour

import "github.com/ewsbench/ewsbench/ews"

// exchangeSE is the Subscription Edition as it first came out. Build: ecederstrand/exchangelib #1377. Build and schema together: an
// answer that the tests of EratoLab/erato, office-addin, call a live one. Limits are those of 2019, from which it was made; of
// its own there are none in public.
func exchangeSE() Flavour {
	return Flavour{
		Name: ExchangeSE, Version: build(15, 2, 2562, 17, "V2017_07_11"), Discovery: "Exchange2015", Newest: ews.Exchange2016,
		Limits: onPremises(10), Schemes: domain(), Headers: iis("10.0"),
	}
}
