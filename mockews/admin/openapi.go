package admin

import (
	"reflect"
	"regexp"
	"strings"
	"time"
)

// document is the OpenAPI description of the calls.
func document(version string) map[string]any {
	paths := map[string]any{}
	for _, e := range endpoints() {
		operations, ok := paths[e.path].(map[string]any)
		if !ok {
			operations = map[string]any{}
			paths[e.path] = operations
		}
		operations[strings.ToLower(e.method)] = operation(e)
	}
	return map[string]any{
		"openapi": "3.1.0",
		"info":    map[string]any{"title": "mockews", "version": version, "description": "Look into a mock Exchange and change it while it runs."},
		"paths":   paths,
	}
}

var pathParameter = regexp.MustCompile(`\{(\w+)\}`)

func operation(e endpoint) map[string]any {
	failed := map[string]any{"description": "what is wrong", "content": map[string]any{"application/problem+json": map[string]any{"schema": schemaOf(reflect.TypeFor[problem]())}}}
	o := map[string]any{"summary": e.summary, "responses": map[string]any{success(e): map[string]any{"description": "done"}, "default": failed}}
	var parameters []any
	for _, name := range pathParameter.FindAllStringSubmatch(e.path, -1) {
		parameters = append(parameters, map[string]any{"name": name[1], "in": "path", "required": true, "schema": map[string]any{"type": "string"}})
	}
	if e.path == "/v1/journal" && e.method == "GET" {
		for _, name := range []string{"since", "limit", "op", "caller", "target"} {
			parameters = append(parameters, map[string]any{"name": name, "in": "query", "schema": map[string]any{"type": "string"}})
		}
	}
	if parameters != nil {
		o["parameters"] = parameters
	}
	if e.takes != nil {
		o["requestBody"] = map[string]any{"required": true, "content": map[string]any{"application/json": map[string]any{"schema": schemaOf(reflect.TypeOf(e.takes))}}}
	}
	return o
}

// success is the status of a call that was answered.
func success(e endpoint) string {
	switch {
	case e.method == "POST" && e.takes != nil:
		return "201"
	case e.method == "DELETE" || e.method == "POST":
		return "204"
	}
	return "200"
}

// schemaOf describes a type by its keys.
func schemaOf(t reflect.Type) map[string]any {
	if t == reflect.TypeFor[time.Duration]() {
		return map[string]any{"type": "string", "examples": []string{"250ms", "30s"}}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem())
	case reflect.Struct:
		properties := map[string]any{}
		for f := range t.Fields() {
			key := f.Tag.Get("yaml")
			if key == "" {
				key, _, _ = strings.Cut(f.Tag.Get("json"), ",")
			}
			if key != "" {
				properties[key] = schemaOf(f.Type)
			}
		}
		return map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": schemaOf(t.Elem())}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64, reflect.Uint8, reflect.Uint64, reflect.Uint, reflect.Float64:
		return map[string]any{"type": []string{"number", "string"}}
	default:
		return map[string]any{"type": "string"}
	}
}
