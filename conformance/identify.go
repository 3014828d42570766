package conformance

import (
	"fmt"
	"strconv"

	"github.com/ewsbench/ewsbench/ews"
)

// firstSE is the first build of Exchange 15.2 that is the Subscription Edition (MS docs: Exchange Server build numbers and release
// dates).
const firstSE = 2562

// identify reads the ServerVersionInfo of an answer (MS docs: ServerVersionInfo).
func identify(a *Answer) Identity {
	number := func(name string) int {
		n, _ := strconv.Atoi(a.Attr("//s:Header/t:ServerVersionInfo", name))
		return n
	}
	v := ews.ServerVersion{
		Major: number("MajorVersion"), Minor: number("MinorVersion"),
		MajorBuild: number("MajorBuildNumber"), MinorBuild: number("MinorBuildNumber"),
		Version: a.Attr("//s:Header/t:ServerVersionInfo", "Version"),
	}
	return Identity{Product: productOf(v), Version: v}
}

func productOf(v ews.ServerVersion) Product {
	switch {
	case v.Major == 14:
		return Exchange2010
	case v.Major != 15:
		return Unknown
	case v.Minor == 0:
		return Exchange2013
	case v.Minor == 1:
		return Exchange2016
	case v.Minor == 2 && v.MajorBuild >= firstSE:
		return ExchangeSE
	case v.Minor == 2:
		return Exchange2019
	case v.Minor >= 20:
		return Online
	}
	return Unknown
}

func versionOf(v ews.ServerVersion) string {
	if v.Major == 0 {
		return ""
	}
	return fmt.Sprintf("%d.%d.%d.%d", v.Major, v.Minor, v.MajorBuild, v.MinorBuild)
}

// String names product and build.
func (i Identity) String() string {
	if v := versionOf(i.Version); v != "" {
		return string(i.Product) + " " + v
	}
	return string(i.Product)
}
