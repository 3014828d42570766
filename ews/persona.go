package ews

import "github.com/ewsbench/ewsbench/internal/xmlbind"

// The operations on personas (MS docs: FindPeople and GetPersona operation).
const (
	OpFindPeople Op = "FindPeople"
	OpGetPersona Op = "GetPersona"
)

// FindPeople asks for personas: of a contacts folder, of the directory, or, if
// the request names no folder, of both.
type FindPeople struct {
	Shape       *PersonaShape `x:"m:PersonaShape"`
	Page        IndexedView   `x:"m:IndexedPageItemView,need"`
	Restriction *Restriction  `x:"m:Restriction"`
	Aggregated  *Restriction  `x:"m:AggregationRestriction"`
	Sort        []FieldOrder  `x:"m:SortOrder/t:FieldOrder"`
	Folder      *TargetFolder `x:"m:ParentFolderId"`
	Query       string        `x:"m:QueryString"`
	Suggestions bool          `x:"m:SearchPeopleSuggestionIndex"`
	Topic       string        `x:"m:TopicQueryString"`
	Context     *[]Context    `x:"m:Context/t:ContextProperty"`
	Sources     []string      `x:"m:QuerySources/t:Source"`
	Flat        bool          `x:"m:ReturnFlattenedResults"`
}

// Context is something that a client says about itself.
type Context struct {
	Key   string `x:"t:Key"`
	Value string `x:"t:Value"`
}

// PersonaShape is what an answer shows of personas.
type PersonaShape struct {
	Base       Shape  `x:"t:BaseShape,need"`
	Additional []Path `x:"t:AdditionalProperties/*"`
}

// Op returns OpFindPeople.
func (f FindPeople) Op() Op { return OpFindPeople }

func (f FindPeople) appendTo(dst []byte) []byte { return appendBound(dst, f, "m:FindPeople") }

// FindPeopleResponse answers FindPeople: it is a message itself.
type FindPeopleResponse struct {
	Message
	People *[]Object `x:"m:People/*"`
	Total  *int      `x:"m:TotalNumberOfPeopleInView"`
	First  *int      `x:"m:FirstMatchingRowIndex"`
	Loaded *int      `x:"m:FirstLoadedRowIndex"` // the first of the page
}

// Op returns OpFindPeople.
func (f FindPeopleResponse) Op() Op { return OpFindPeople }

func (f FindPeopleResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, f, "m:FindPeopleResponse")
}

// GetPersona asks for one persona, by its id or by an address of its own.
type GetPersona struct {
	ID         *ItemID       `x:"m:PersonaId"`
	Email      *Mailbox      `x:"m:EmailAddress"`
	Folder     *TargetFolder `x:"m:ParentFolderId"`
	Link       string        `x:"m:ItemLinkId"`
	Additional []Path        `x:"m:AdditionalProperties/*"`
}

// Op returns OpGetPersona.
func (g GetPersona) Op() Op { return OpGetPersona }

func (g GetPersona) appendTo(dst []byte) []byte { return appendBound(dst, g, "m:GetPersona") }

// GetPersonaResponse answers GetPersona. Its element is a message's, alone in
// the body.
type GetPersonaResponse struct {
	Message
	Persona *PersonaContent `x:"m:Persona"`
}

// PersonaContent is a persona in an element of the messages' namespace.
type PersonaContent struct{ Persona Object }

// AppendContent appends the persona's properties in the element that is given.
func (p PersonaContent) AppendContent(dst []byte, open, end string) []byte {
	dst = append(append(dst, open...), '>')
	return append(p.Persona.appendProperties(dst), end...)
}

// ReadContent reads the current element as a persona.
func (p *PersonaContent) ReadContent(r *xmlbind.Reader) {
	p.Persona.Kind = KindPersona
	p.Persona.readProperties(r)
}

// Op returns OpGetPersona.
func (g GetPersonaResponse) Op() Op { return OpGetPersona }

func (g GetPersonaResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetPersonaResponseMessage")
}
