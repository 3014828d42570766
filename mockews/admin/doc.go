// Package admin is the way to look into a mock and to change it while it runs: JSON over HTTP, on a port of its own, and metrics
// for Prometheus. docs/admin.md describes it call by call; GET /openapi.json does so for programs.
//
// What a call takes is what a profile's YAML has, as JSON, with the same keys and the same checks.
package admin
