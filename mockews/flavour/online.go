package flavour

import "github.com/ewsbench/ewsbench/ews"

// online is Exchange Online. Build and schema: a capture in thunderbird/ews-rs. Basic authentication
// has been off there since October 2022.
func online() Flavour {
	limits := onPremises(10)
	limits.Subscriptions, limits.Messages = 20, 30
	return Flavour{
		Name: Online, Version: build(15, 20, 8769, 35, "V2018_01_08"), Discovery: "Exchange2015", Newest: ews.Exchange2016,
		Limits: limits, Schemes: Schemes{Bearer: true}, Cloud: true, Headers: append(iis("10.0"), telemetry()...),
	}
}

// telemetry are headers of which nobody says what they tell (captures of Exchange Online, 2020 to 2024).
func telemetry() [][2]string {
	return [][2]string{
		{"X-RUM-Validated", "1"},
		{"X-RUM-NotUpdateQueriedPath", "1"},
		{"X-RUM-NotUpdateQueriedDbCopy", "1"},
		{"X-UserType", "Business"},
		{"X-ExchangeVersion", "Version 15.20 (Build 8769.35)"},
	}
}
