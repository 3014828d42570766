package ews

import (
	"errors"

	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// AppendObjects appends items or folders as one XML element that can stand
// alone.
func AppendObjects(dst []byte, objects []Object) []byte {
	return schema.AppendWith(dst, "t:Items", declarations, Objects{objects})
}

// ParseObjects reads what AppendObjects wrote. The error says where it is
// anything else, as line and column.
func ParseObjects(data []byte) ([]Object, error) {
	var p parser
	p.Init(string(data), spaces)
	if p.Next() != xmlwire.Start || p.Local() != "Items" {
		return nil, errors.New("ews: these are no items: the document does not begin with t:Items")
	}
	var all Objects
	schema.Read(&p.Reader, &all)
	p.drain()
	if err := p.Err(); err != nil {
		return nil, err
	}
	if f := p.refusal(); f != nil {
		return nil, f
	}
	return all.Objects, nil
}
