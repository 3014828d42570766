package ews

// Shape is the set of properties that an answer shows (MS docs: BaseShape).
// Empty stands for ShapeDefault.
type Shape string

// The base shapes. Additional properties that a request asks for by name are
// read over.
const (
	ShapeIDOnly        Shape = "IdOnly"
	ShapeDefault       Shape = "Default"
	ShapeAllProperties Shape = "AllProperties"
)

// appendShape appends m:ItemShape or m:FolderShape.
func appendShape(dst []byte, name string, s Shape) []byte {
	if s == "" {
		s = ShapeDefault
	}
	dst = appendOpen(dst, name)
	dst = appendElement(dst, "t:BaseShape", string(s))
	return appendClose(dst, name)
}

// shape reads an m:ItemShape or m:FolderShape.
func (p *parser) shape() Shape {
	var shape Shape
	for depth := p.Depth(); p.child(depth); {
		if p.name() == "BaseShape" {
			shape = p.baseShape()
		}
	}
	p.require(shape != "", "BaseShape")
	return shape
}

func (p *parser) baseShape() Shape {
	value := p.word()
	switch s := Shape(value); s {
	case ShapeIDOnly, ShapeDefault, ShapeAllProperties:
		return s
	case "PcxPeopleSearch": // for persona searches; shows nothing of its own here
		return ShapeIDOnly
	}
	p.invalid("BaseShape", value, "DefaultShapeNamesType")
	return ""
}
