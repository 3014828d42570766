// Package flavour says in what the versions of Exchange differ that the mock can play: what they call themselves, which
// limits they keep, which cookies they set and whom they let in.
package flavour

import "github.com/ewsbench/ewsbench/ews"

// Name is a version of Exchange, as a profile spells it.
type Name string

// The flavours. The zero Name stands for Exchange2019.
const (
	Exchange2013 Name = "Exchange2013"
	Exchange2016 Name = "Exchange2016"
	Exchange2019 Name = "Exchange2019"
	ExchangeSE   Name = "ExchangeSE" // Subscription Edition
	Online       Name = "ExchangeOnline"
)

// Flavour is how a version of Exchange behaves.
type Flavour struct {
	Name Name
	// Version is the build that answers state.
	Version ews.ServerVersion
}

// Of is the flavour of that name; false for an unknown one. The empty name is Exchange2019.
func Of(n Name) (Flavour, bool) {
	f := Flavour{Name: n}
	switch n {
	case Exchange2013:
		f.Version = ews.ServerVersion{Major: 15, Minor: 0, MajorBuild: 1156, MinorBuild: 9, Version: "V2_23"}
	case Exchange2016:
		f.Version = ews.ServerVersion{Major: 15, Minor: 1, MajorBuild: 2507, MinorBuild: 57, Version: "V2017_07_11"}
	case "", Exchange2019:
		f.Name = Exchange2019
		f.Version = ews.ServerVersion{Major: 15, Minor: 2, MajorBuild: 986, MinorBuild: 26, Version: "V2017_07_11"}
	case ExchangeSE:
		f.Version = ews.ServerVersion{Major: 15, Minor: 2, MajorBuild: 2562, MinorBuild: 17, Version: "V2017_07_11"}
	case Online:
		f.Version = ews.ServerVersion{Major: 15, Minor: 20, MajorBuild: 8769, MinorBuild: 35, Version: "V2018_01_08"}
	default:
		return Flavour{}, false
	}
	return f, true
}

// Names are the flavours, the oldest first.
func Names() []Name { return []Name{Exchange2013, Exchange2016, Exchange2019, ExchangeSE, Online} }

// VersionNumber is the build as one number: 0x70008000 | major<<22 | minor<<16 | build, as decoded from the sample of
// X-BackEndOverrideCookie in MS docs, How to maintain affinity.
func (f Flavour) VersionNumber() int {
	return 0x70008000 | f.Version.Major<<22 | f.Version.Minor<<16 | f.Version.MajorBuild
}
