package ews

// Shape is the set of properties that an answer shows (MS docs: BaseShape).
// Empty stands for ShapeDefault.
type Shape string

// The base shapes.
const (
	ShapeIDOnly        Shape = "IdOnly"
	ShapeDefault       Shape = "Default"
	ShapeAllProperties Shape = "AllProperties"
	ShapePeopleSearch  Shape = "PcxPeopleSearch" // for persona searches
)

// Valid reports whether the schema knows the shape; nothing is read as
// ShapeDefault.
func (s Shape) Valid() bool {
	return s == ShapeIDOnly || s == ShapeDefault || s == ShapeAllProperties || s == ShapePeopleSearch
}

// AppendText appends the shape.
func (s Shape) AppendText(dst []byte) ([]byte, error) {
	if s == "" {
		s = ShapeDefault
	}
	return append(dst, s...), nil
}

// ItemShape is what an answer shows of items (MS docs: ItemShape).
type ItemShape struct {
	Base         Shape    `x:"t:BaseShape,need"`
	MimeContent  bool     `x:"t:IncludeMimeContent"`
	BodyType     ShowBody `x:"t:BodyType"`
	UniqueBody   ShowBody `x:"t:UniqueBodyType"`
	Normalized   ShowBody `x:"t:NormalizedBodyType"`
	FilterHTML   bool     `x:"t:FilterHtmlContent"`
	ToUTF8       bool     `x:"t:ConvertHtmlCodePageToUTF8"`
	InlineImages string   `x:"t:InlineImageUrlTemplate"`
	BlockImages  bool     `x:"t:BlockExternalImages"`
	BlankTargets bool     `x:"t:AddBlankTargetToLinks"`
	MaximumBody  int      `x:"t:MaximumBodySize"` // bytes; 0: no limit
	Additional   []Path   `x:"t:AdditionalProperties/*"`
}

// ShowBody says in what a body is shown: the best that there is, HTML or Text.
type ShowBody string

// ShowBest shows a body as it is kept.
const ShowBest ShowBody = "Best"

// Valid reports whether the schema knows the value.
func (s ShowBody) Valid() bool {
	return s == ShowBest || BodyType(s).Valid()
}

// IDOnly shows of items nothing but their ids.
func IDOnly() ItemShape { return ItemShape{Base: ShapeIDOnly} }
