package mockews

import "net/http"

// isSchemaPath reports whether a path is that of the service description or of one of its schemas.
func isSchemaPath(string) bool { return false }

// schema answers a request for the service description or one of its schemas. It is false for any other.
func (x *exchange) schema(http.ResponseWriter, *http.Request) bool { return false }
