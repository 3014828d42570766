package admin

import (
	"reflect"
	"regexp"
	"strings"
)

// object is one in JSON.
type object = map[string]any

// document is the OpenAPI description of the calls.
func document(version string) object {
	paths := object{}
	for _, e := range endpoints() {
		operations, ok := paths[e.path].(object)
		if !ok {
			operations = object{}
			paths[e.path] = operations
		}
		operations[strings.ToLower(e.method)] = operation(e)
	}
	paths["/metrics"] = object{"get": plain("metrics", "metrics for Prometheus", "text/plain")}
	paths["/openapi.json"] = object{"get": plain("openapi", "this document", "application/json")}
	return object{
		"openapi":    "3.1.0",
		"info":       object{"title": "mockews", "version": version, "description": "Look into a mock Exchange and change it while it runs."},
		"paths":      paths,
		"components": object{"responses": object{"Problem": failure()}},
	}
}

// plain is a call without parameters whose answer has a format of its own.
func plain(id, summary, kind string) object {
	return object{"operationId": id, "summary": summary, "responses": object{"200": object{"description": "done", "content": object{kind: object{}}}}}
}

// failure is how an error is told (RFC 9457).
func failure() object {
	return object{"description": "what is wrong", "content": object{"application/problem+json": object{"schema": given(reflect.TypeFor[problem]())}}}
}

var pathParameter = regexp.MustCompile(`\{(\w+)\}`)

func operation(e endpoint) object {
	done := object{"description": "done"}
	if e.gives != nil {
		done["content"] = object{"application/json": object{"schema": given(reflect.TypeOf(e.gives))}}
	}
	o := object{
		"operationId": operationID(e), "summary": e.summary,
		"responses": object{success(e): done, "default": object{"$ref": "#/components/responses/Problem"}},
	}
	if p := parameters(e); p != nil {
		o["parameters"] = p
	}
	if e.takes != nil {
		o["requestBody"] = object{"required": true, "content": object{"application/json": object{"schema": taken(reflect.TypeOf(e.takes))}}}
	}
	return o
}

// operationID is the name of a call, such as getBackEnds or putMailboxesAddress.
func operationID(e endpoint) string {
	var id strings.Builder
	id.WriteString(strings.ToLower(e.method))
	for _, word := range strings.FieldsFunc(strings.TrimPrefix(e.path, "/v1"), func(r rune) bool { return strings.ContainsRune("/-{}", r) }) {
		id.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return id.String()
}

// parameters are those of the path, and of the one call that has a query.
func parameters(e endpoint) (all []any) {
	for _, name := range pathParameter.FindAllStringSubmatch(e.path, -1) {
		all = append(all, object{"name": name[1], "in": "path", "required": true, "schema": object{"type": "string"}})
	}
	if e.path == "/v1/journal" && e.method == "GET" {
		for _, p := range choices() {
			all = append(all, object{"name": p.name, "in": "query", "description": p.says, "schema": object{"type": p.kind}})
		}
	}
	return all
}

// success is the status of a call that was answered.
func success(e endpoint) string {
	switch {
	case e.method == "POST" && e.takes != nil:
		return "201"
	case e.gives == nil:
		return "204"
	}
	return "200"
}
