// Package calendar knows when things recur, what time it is elsewhere and who is busy when. All of it is pure.
package calendar
