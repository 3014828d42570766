package ews

import (
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
)

// DateTime is how times are written: xs:dateTime in UTC, to the second.
const DateTime = xmlbind.DateTime

// ParseTime reads xs:dateTime; without a zone it is in UTC.
func ParseTime(s string) (t time.Time, ok bool) { return xmlbind.ParseTime(s) }

// ParseBool reads xs:boolean.
func ParseBool(s string) (value, ok bool) { return xmlbind.ParseBool(s) }
