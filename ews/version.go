package ews

import "slices"

// Version is a schema version that a request names in its RequestServerVersion
// header (MS docs: RequestServerVersion). The server answers in that schema.
type Version string

// The versions that a request may name. The schema also lists the build dates
// of Exchange Online (V2018_01_08 and so on), which only answers carry.
const (
	Exchange2007     Version = "Exchange2007"
	Exchange2007_SP1 Version = "Exchange2007_SP1"
	Exchange2010     Version = "Exchange2010"
	Exchange2010_SP1 Version = "Exchange2010_SP1"
	Exchange2010_SP2 Version = "Exchange2010_SP2"
	Exchange2013     Version = "Exchange2013"
	Exchange2013_SP1 Version = "Exchange2013_SP1"
	Exchange2016     Version = "Exchange2016"
	DefaultVersion           = Exchange2013_SP1
)

// Valid reports whether a request may name v.
func (v Version) Valid() bool {
	switch v {
	case Exchange2007, Exchange2007_SP1, Exchange2010, Exchange2010_SP1,
		Exchange2010_SP2, Exchange2013, Exchange2013_SP1, Exchange2016:
		return true
	}
	return false
}

// versions are those that a request may name, the oldest first.
var versions = [...]Version{
	Exchange2007, Exchange2007_SP1, Exchange2010, Exchange2010_SP1,
	Exchange2010_SP2, Exchange2013, Exchange2013_SP1, Exchange2016,
}

// Versions returns the versions that a request may name, the oldest first.
func Versions() []Version { return slices.Clone(versions[:]) }

// Before reports whether v is older than w. A request that names no version is
// older than none.
func (v Version) Before(w Version) bool {
	if v == "" || v == w || w == versions[0] {
		return false
	}
	return slices.Index(versions[:], v) < slices.Index(versions[:], w)
}

// ServerVersion is the ServerVersionInfo header of an answer: the build that
// answers and the newest schema it speaks (MS docs: ServerVersionInfo). The
// zero value leaves all attributes zero, which the schema allows but clients
// such as exchangelib refuse.
type ServerVersion struct {
	Major, Minor, MajorBuild, MinorBuild int
	Version                              string
}

// version reads a RequestServerVersion header.
func (p *parser) version() Version {
	v := Version(p.need("Version"))
	if !v.Valid() {
		p.refuse(NewFault(ErrorInvalidServerVersion))
	}
	return v
}

const serverVersionClose = ` xmlns:h="` + typesURI + `" xmlns="` + typesURI + `"` +
	` xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>`

func (v ServerVersion) appendTo(dst []byte) []byte {
	dst = v.appendNumbers(append(dst, "<h:ServerVersionInfo"...))
	return append(dst, serverVersionClose...)
}

// appendNumbers appends the version as attributes.
func (v ServerVersion) appendNumbers(dst []byte) []byte {
	dst = appendIntAttr(dst, "MajorVersion", v.Major)
	dst = appendIntAttr(dst, "MinorVersion", v.Minor)
	dst = appendIntAttr(dst, "MajorBuildNumber", v.MajorBuild)
	dst = appendIntAttr(dst, "MinorBuildNumber", v.MinorBuild)
	return appendAttr(dst, "Version", v.Version)
}
