package ews_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

// note is a message with properties of several types.
func note() ews.Object {
	o := ews.Object{Kind: ews.KindMessage}
	set := func(uri string, v any) { o.Set(ews.Path{URI: uri}, v) }
	set("message:IsRead", true)
	set("item:Subject", "Lunch & tea")
	set("item:Body", ews.BodyContent{BodyType: "HTML", Text: "<p>at noon</p>"})
	set("item:DateTimeReceived", time.Date(2026, 6, 1, 8, 0, 0, 0, time.UTC))
	set("item:Size", 1200)
	set("item:Categories", ews.Strings{Strings: []string{"Red", "Blue"}})
	set("message:From", ews.Recipient{Mailbox: ews.Mailbox{Name: "Lea", Address: "lea@contoso.com", RoutingType: "SMTP"}})
	o.Set(ews.Path{Extended: ews.Extended{Tag: 0x7777, Type: "String"}}, "seen")
	o.Set(ews.Path{Extended: ews.Extended{Set: "PublicStrings", Name: "Keywords", Type: "StringArray"}}, []string{"a", "b"})
	return o
}

func TestObjectIsWrittenInTheOrderOfTheSchema(t *testing.T) {
	t.Parallel()
	assert.Equal(t, `<t:Message><t:Subject>Lunch &amp; tea</t:Subject><t:Body BodyType="HTML">&lt;p&gt;at noon&lt;/p&gt;</t:Body>`+
		`<t:DateTimeReceived>2026-06-01T08:00:00Z</t:DateTimeReceived><t:Size>1200</t:Size>`+
		`<t:Categories><t:String>Red</t:String><t:String>Blue</t:String></t:Categories>`+
		`<t:ExtendedProperty><t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" PropertyName="Keywords" PropertyType="StringArray"/>`+
		`<t:Values><t:Value>a</t:Value><t:Value>b</t:Value></t:Values></t:ExtendedProperty>`+
		`<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x7777" PropertyType="String"/><t:Value>seen</t:Value></t:ExtendedProperty>`+
		`<t:From><t:Mailbox><t:Name>Lea</t:Name><t:EmailAddress>lea@contoso.com</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType></t:Mailbox></t:From>`+
		`<t:IsRead>true</t:IsRead></t:Message>`, string(note().AppendElement(nil)))
}

func TestCreateItemReadsAsItWasWritten(t *testing.T) {
	t.Parallel()
	body := ews.CreateItem{
		Disposition: ews.SaveOnly, Folder: &ews.TargetFolder{ID: ews.FolderID{Distinguished: "inbox", Mailbox: "user000001@contoso.com"}},
		Items: []ews.Object{note()},
	}
	request := ews.Request{Body: body}
	parsed, err := ews.ParseRequest(request.Append(nil))
	require.NoError(t, err)
	assert.Equal(t, body, parsed.Body)
}

func TestPropertiesAreFoundByPath(t *testing.T) {
	t.Parallel()
	o := note()
	assert.Equal(t, "Lunch & tea", o.Text("item:Subject"))
	assert.Equal(t, 1200, o.Int("item:Size"))
	assert.True(t, o.Bool("message:IsRead"))
	assert.Equal(t, "seen", o.Get(ews.Path{Extended: ews.Extended{Tag: 0x7777, Type: "String"}}))
	assert.Nil(t, o.Get(ews.Path{Extended: ews.Extended{Tag: 0x7778, Type: "String"}}))
	assert.Nil(t, o.Get(ews.Path{URI: "no:such"}))
	before := o.Len()
	copied := o.Clone()
	assert.True(t, o.Remove(ews.Path{URI: "item:Subject"}))
	assert.False(t, o.Remove(ews.Path{URI: "item:Subject"}))
	assert.Equal(t, before-1, o.Len())
	assert.Equal(t, "Lunch & tea", copied.Text("item:Subject"))
}
