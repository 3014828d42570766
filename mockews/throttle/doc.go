// Package throttle keeps the budgets of those who call, as a throttling policy of Exchange does.
//
// A budget is a token bucket of working time (MS docs: Set-ThrottlingPolicy; EWS throttling in Exchange). As long as it holds
// something, nothing happens. Below zero answers are late: micro-delays. Beyond the cut-off requests are refused, with a time
// to wait. Beside it, limits bound what goes on at once.
//
// The package is arithmetic on instants that its caller hands in.
package throttle
