package ews

// Shape is the set of properties that an answer shows (MS docs: BaseShape).
// Empty stands for ShapeDefault.
type Shape string

// The base shapes.
const (
	ShapeIDOnly        Shape = "IdOnly"
	ShapeDefault       Shape = "Default"
	ShapeAllProperties Shape = "AllProperties"
)
