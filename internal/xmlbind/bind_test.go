package xmlbind_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

type colour string

func (c colour) Valid() bool { return c == "red" || c == "blue" }

// shape is an element that names itself.
type shape struct{ name string }

func (s shape) AppendElement(dst []byte) []byte {
	return append(append(append(dst, "<t:"...), s.name...), "/>"...)
}

func (s *shape) ReadElement(r *xmlbind.Reader) bool {
	s.name = r.Name()
	return s.name == "Circle" || s.name == "Square"
}

type base struct {
	ID string `x:"@Id,need"`
}

type body struct {
	Type string `x:"@BodyType"`
	Text string `x:"#text"`
}

// Sign is a part that writes and reads itself.
type Sign struct{ class, word string }

func (s Sign) AppendAttributes(dst []byte) []byte {
	return append(append(append(dst, ` Class="`...), s.class...), '"')
}

func (s Sign) AppendChildren(dst []byte) []byte {
	return append(append(append(dst, "<t:Word>"...), s.word...), "</t:Word>"...)
}

func (s *Sign) ReadAttributes(r *xmlbind.Reader) { s.class, _ = r.Attr("Class") }

func (s *Sign) ReadChild(r *xmlbind.Reader) bool {
	if r.Name() != "Word" {
		return false
	}
	s.word = r.Word()
	return true
}

type signed struct {
	Sign
	Number int `x:"t:Number"`
}

func TestInline(t *testing.T) {
	t.Parallel()
	var s xmlbind.Schema
	v := signed{Sign: Sign{"good", "yes"}, Number: 2}
	text := string(s.AppendWith(nil, "t:Signed", ` xmlns:t="`+space+`"`, v))
	assert.Equal(t, `<t:Signed xmlns:t="urn:things" Class="good"><t:Word>yes</t:Word><t:Number>2</t:Number></t:Signed>`, text)
	var back signed
	require.Nil(t, read(t, text, &back))
	assert.Equal(t, v, back)
	require.NotNil(t, read(t, `<Signed xmlns="urn:things"><Other/></Signed>`, &back))
}

type thing struct {
	base
	Subject string    `x:"t:Subject,need"`
	Body    *body     `x:"t:Body"`
	Colour  colour    `x:"t:Colour"`
	Count   int       `x:"t:Count,always"`
	Open    *bool     `x:"t:Open"`
	Draft   bool      `x:"t:Draft,flag"`
	When    time.Time `x:"t:When"`
	Data    []byte    `x:"t:Data"`
	Words   []string  `x:"t:Words/t:String"`
	Numbers []int     `x:"t:Number"`
	Inner   *thing    `x:"t:Inner"`
	Owner   string    `x:"t:Owner/t:Name"`
	Shapes  []shape   `x:"t:Shapes/*"`
}

const space = "urn:things"

func read(t *testing.T, doc string, v any) *xmlbind.Violation {
	t.Helper()
	var r xmlbind.Reader
	var s xmlbind.Schema
	r.Init(doc, []string{space})
	require.Equal(t, xmlwire.Start, r.Next())
	s.Read(&r, v)
	require.NoError(t, r.Err())
	return r.Violation()
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	open := true
	whole := thing{
		base: base{ID: `a"b`}, Subject: "x < y", Body: &body{Type: "Text", Text: "hello & bye"}, Colour: "red", Count: 3, Open: &open,
		Draft: true, When: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), Data: []byte{1, 2, 3}, Words: []string{"a", "b"}, Numbers: []int{1, 2},
		Inner: &thing{base: base{ID: "i"}, Subject: "in"}, Owner: "me", Shapes: []shape{{"Circle"}, {"Square"}},
	}
	var s xmlbind.Schema
	text := string(s.AppendWith(nil, "t:Thing", ` xmlns:t="`+space+`"`, whole))
	assert.Equal(t, `<t:Thing xmlns:t="urn:things" Id="a&quot;b"><t:Subject>x &lt; y</t:Subject><t:Body BodyType="Text">hello &amp; bye</t:Body>`+
		`<t:Colour>red</t:Colour><t:Count>3</t:Count><t:Open>true</t:Open><t:Draft/><t:When>2026-11-24T09:00:00Z</t:When><t:Data>AQID</t:Data>`+
		`<t:Words><t:String>a</t:String><t:String>b</t:String></t:Words><t:Number>1</t:Number><t:Number>2</t:Number>`+
		`<t:Inner Id="i"><t:Subject>in</t:Subject><t:Count>0</t:Count></t:Inner><t:Owner><t:Name>me</t:Name></t:Owner>`+
		`<t:Shapes><t:Circle/><t:Square/></t:Shapes></t:Thing>`, text)
	var back thing
	require.Nil(t, read(t, text, &back))
	assert.Equal(t, whole, back)
}

func TestEmptyElement(t *testing.T) {
	t.Parallel()
	var s xmlbind.Schema
	assert.Equal(t, "<t:Body/>", string(s.Append(nil, "t:Body", body{})))
	assert.Equal(t, `<t:Body BodyType="HTML"/>`, string(s.Append(nil, "t:Body", &body{Type: "HTML"})))
}

func TestViolations(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ inner, want string }{
		"unknown child":    {`<Subject/><Flavour/>`, "The element 'Thing' in namespace 'urn:things' has invalid child element 'Flavour' in namespace 'urn:things'."},
		"foreign child":    {`<Subject/><Colour xmlns="urn:other"/>`, "has invalid child element 'Colour' in namespace 'urn:other'."},
		"missing child":    {`<Count>1</Count>`, "has incomplete content. List of possible elements expected: 'Subject'."},
		"no number":        {`<Subject/><Count>many</Count>`, "The 'Count' element is invalid - The value 'many' is invalid according to its datatype 'Int'."},
		"too large":        {`<Subject/><Count>99999999999999999999</Count>`, "'99999999999999999999'"},
		"no boolean":       {`<Subject/><Open>yes</Open>`, "'yes' is invalid according to its datatype 'Boolean'"},
		"no time":          {`<Subject/><When>noon</When>`, "datatype 'DateTime'"},
		"no base64":        {`<Subject/><Data>?</Data>`, "datatype 'Base64Binary'"},
		"not of the kind":  {`<Subject/><Colour>green</Colour>`, "The value 'green' is invalid according to its datatype 'colour'."},
		"list's children":  {`<Subject/><Words><Word/></Words>`, "The element 'Words' in namespace 'urn:things' has invalid child element 'Word'"},
		"unknown element":  {`<Subject/><Shapes><Line/></Shapes>`, "has invalid child element 'Line'"},
		"inside of itself": {`<Subject/><Inner Id="b"/>`, "incomplete content"},
		"attribute gone":   {`<Subject/><Inner><Subject/></Inner>`, "The required attribute 'Id' is missing."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var v thing
			violation := read(t, `<Thing xmlns="urn:things" Id="a">`+test.inner+`</Thing>`, &v)
			require.NotNil(t, violation)
			assert.Contains(t, violation.Text, test.want)
			assert.Equal(t, 1, violation.Line)
		})
	}
}

func TestTimesAndBooleansAsClientsWriteThem(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want string }{
		{"2026-11-24T09:00:00Z", "2026-11-24T09:00:00Z"},
		{"2026-11-24T10:00:00+01:00", "2026-11-24T09:00:00Z"},
		{"2026-11-24T09:00:00.123Z", "2026-11-24T09:00:00Z"},
		{"2026-11-24T09:00:00", "2026-11-24T09:00:00Z"},
		{"2026-11-24Z", "2026-11-24T00:00:00Z"},
		{"2026-11-24", "2026-11-24T00:00:00Z"},
	} {
		got, ok := xmlbind.ParseTime(test.text)
		require.True(t, ok, test.text)
		assert.Equal(t, test.want, got.Format(xmlbind.DateTime))
	}
	for text, want := range map[string]bool{"1": true, "true": true, "0": false, "false": false} {
		got, ok := xmlbind.ParseBool(text)
		assert.True(t, ok)
		assert.Equal(t, want, got)
	}
}

func TestSenselessTagsPanic(t *testing.T) {
	t.Parallel()
	var s xmlbind.Schema
	assert.PanicsWithValue(t, `xmlbind: field A: unknown option "sometimes"`, func() {
		s.Append(nil, "a", struct {
			A int `x:"a,sometimes"`
		}{})
	})
}

// FuzzRead reads any document into a struct: what comes out writes and reads as itself.
func FuzzRead(f *testing.F) {
	f.Add(`<Thing xmlns="urn:things" Id="a"><Subject>s</Subject><Inner Id="b"><Subject/></Inner><Shapes><Circle/></Shapes></Thing>`)
	f.Add(`<Thing xmlns="urn:things" Id="a"><Count>1</Count><Number>2</Number><Words><String/></Words></Thing>`)
	f.Fuzz(func(t *testing.T, doc string) {
		var r xmlbind.Reader
		var s xmlbind.Schema
		r.Init(doc, []string{space})
		if r.Next() != xmlwire.Start {
			return
		}
		var v thing
		s.Read(&r, &v)
		if r.Err() != nil || r.Violation() != nil {
			return
		}
		text := s.AppendWith(nil, "t:Thing", ` xmlns:t="`+space+`"`, v)
		var again thing
		require.Nil(t, read(t, string(text), &again))
		assert.Equal(t, text, s.AppendWith(nil, "t:Thing", ` xmlns:t="`+space+`"`, again))
	})
}

func BenchmarkAppend(b *testing.B) {
	var s xmlbind.Schema
	v := thing{base: base{ID: "a"}, Subject: "hello", Body: &body{Type: "Text", Text: "some text"}, Count: 4, Words: []string{"a", "b"}}
	buf := s.Append(nil, "t:Thing", &v)
	b.ReportAllocs()
	for b.Loop() {
		buf = s.Append(buf[:0], "t:Thing", &v)
	}
}
