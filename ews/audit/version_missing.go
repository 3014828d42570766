package audit

// VersionMissing is given when a request does not say in which schema it is.
const VersionMissing ID = "version-missing"

func versionMissing() Rule {
	return Rule{
		ID: VersionMissing, Level: Problem,
		Advice:    "Name the schema in RequestServerVersion, which Exchange 2010 and later require.",
		Source:    "MS docs: RequestServerVersion, Attributes",
		Situation: "a request",
		met:       func(*Exchange, *memory) bool { return true },
		broken:    func(e *Exchange, _ *memory) bool { return e.Version == "" },
	}
}
