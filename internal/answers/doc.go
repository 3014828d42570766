// Package answers keeps what the server answers, so that it can be held against the schema (`make schema`). Only a build with the
// tag "record" keeps anything: in any other one Keep does nothing.
package answers
