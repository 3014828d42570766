// Package calendar is what the calendars of the mock server do with time: the occurrences of series, the time zones that
// Windows knows and those that clients define, merged free/busy streams and meeting suggestions.
//
// Everything here is a function of its arguments and of the tz database: nothing reads a clock. The database is the
// machine's; the one that Go brings stands in for whatever is missing there.
package calendar
