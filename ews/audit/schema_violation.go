package audit

import "github.com/ewsbench/ewsbench/ews"

// SchemaViolation is given when a request does not follow the schema.
const SchemaViolation ID = "schema-violation"

func schemaViolation() Rule {
	return Rule{
		ID: SchemaViolation, Level: Problem, only: failed,
		Advice:    "Write requests by the schema of the server, whose answer says where this one breaks it.",
		Source:    "MS docs: ResponseCode, ErrorSchemaValidation",
		Situation: "a request",
		met:       func(*Exchange, *memory) bool { return true },
		broken:    func(e *Exchange, _ *memory) bool { return e.Code == ews.ErrorSchemaValidation },
	}
}
