// Package throttle keeps the budgets of those who call.
package throttle

import "github.com/ewsbench/ewsbench/internal/strictyaml"

// Policy is how much a caller may ask for. The zero value limits nothing.
type Policy struct{}

// Check reports what is wrong with the policy.
func (p Policy) Check(*strictyaml.Report, string) {}

// Clone is a copy that shares nothing.
func (p Policy) Clone() Policy { return p }
