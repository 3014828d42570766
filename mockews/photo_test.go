package mockews_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// picture is a request for a photo as it is.
func picture(query string) probe {
	return probe{method: http.MethodGet, url: strings.Replace(endpoint, "Exchange.asmx", "exchange.asmx", 1) + "/s/GetUserPhoto?" + query, user: bench, password: "ewsbench"}
}

// photographed is a server in which the target has a photo.
func photographed(t *testing.T, topology route.Topology) *mockews.Server {
	t.Helper()
	var photo bytes.Buffer
	require.NoError(t, jpeg.Encode(&photo, image.NewRGBA(image.Rect(0, 0, 100, 100)), nil))
	s := newServer(t, topology)
	o, _ := do(t, s, target, ews.SetUserPhoto{Email: target, Content: photo.Bytes()})
	require.True(t, o.OK(), "%+v", o)
	return s
}

func TestPhotoAsItIs(t *testing.T) {
	t.Parallel()
	s := photographed(t, profile(t, "ideal"))
	lacks := ""
	for p := route.Principal(1); lacks == ""; p++ {
		if address := s.Organisation().Address(p); picture("email="+address).send(t, s.Transport()).StatusCode == http.StatusNotFound {
			lacks = address
		}
	}
	for name, c := range map[string]struct {
		probe       probe
		status      int
		contentType string
	}{
		"photo":          {picture("email=" + target + "&size=HR64x64"), 200, "image/jpeg"},
		"without a size": {picture("email=" + target), 200, "image/jpeg"},
		"no photo":       {picture("email=" + lacks), 404, ""},
		"nobody":         {picture("email=x@contoso.com"), 404, ""},
		"no address":     {picture("size=HR64x64"), 404, ""},
		"size":           {picture("email=" + target + "&size=HR1x1"), 400, "text/html; charset=us-ascii"},
		"post":           {func() probe { p := picture("email=" + target); p.method = http.MethodPost; return p }(), 405, "text/html; charset=us-ascii"},
		"no credentials": {func() probe { p := picture("email=" + target); p.user = ""; return p }(), 401, ""},
	} {
		a := c.probe.send(t, s.Transport())
		assert.Equal(t, c.status, a.StatusCode, name)
		assert.Equal(t, c.contentType, a.Header.Get("Content-Type"), name)
		if c.status == 200 {
			_, err := jpeg.Decode(bytes.NewReader(a.body))
			assert.NoError(t, err, name)
			assert.NotEmpty(t, a.Header.Get("X-BEServer"), name)
		}
	}
	first := picture("email="+target).send(t, s.Transport())
	tag := first.Header.Get("ETag")
	require.Regexp(t, `^".+"$`, tag)
	again := picture("email=" + target)
	again.header = http.Header{"If-None-Match": {tag}}
	a := again.send(t, s.Transport())
	assert.Equal(t, http.StatusNotModified, a.StatusCode)
	assert.Empty(t, a.body)
	other := picture("email=" + target + "&size=HR96x96")
	other.header = http.Header{"If-None-Match": {tag}}
	assert.Equal(t, http.StatusOK, other.send(t, s.Transport()).StatusCode, "of another size")
	entries := s.Journal()
	assert.Equal(t, ews.OpGetUserPhoto, entries[len(entries)-1].Op)
	assert.Equal(t, http.StatusOK, entries[len(entries)-1].Status)
}

func TestPhotoInAnEnvelope(t *testing.T) {
	t.Parallel()
	s := photographed(t, profile(t, "ideal"))
	get := ews.GetUserPhoto{Email: target, Size: "HR64x64"}
	a := soap(frank, get).send(t, s.Transport())
	require.True(t, a.outcome().OK(), "anybody may look")
	assert.Contains(t, string(a.body), "<m:HasChanged>true</m:HasChanged><m:PictureData>")
	a = soap(frank, get).with("If-None-Match", a.Header.Get("ETag")).send(t, s.Transport())
	require.True(t, a.outcome().OK())
	assert.Contains(t, string(a.body), "<m:HasChanged>false</m:HasChanged><m:PictureData/>")

	lacks := ""
	for p := route.Principal(1); lacks == ""; p++ {
		if address := s.Organisation().Address(p); picture("email="+address).send(t, s.Transport()).StatusCode == http.StatusNotFound {
			lacks = address
		}
	}
	a = soap(frank, ews.GetUserPhoto{Email: lacks, Size: "HR64x64"}).send(t, s.Transport())
	assert.Equal(t, http.StatusNotFound, a.StatusCode)
	assert.Equal(t, ews.ErrorItemNotFound, a.outcome().Code())
	a = soap(frank, ews.GetUserPhoto{Email: "x@contoso.com", Size: "HR64x64"}).send(t, s.Transport())
	assert.Equal(t, http.StatusInternalServerError, a.StatusCode)
	assert.False(t, a.outcome().SOAP, "without a code")
	entries := s.Journal()
	assert.Equal(t, http.StatusInternalServerError, entries[len(entries)-1].Status)

	o, _ := do(t, s, frank, ews.SetUserPhoto{Email: target, Content: []byte{1}})
	assert.Equal(t, ews.ErrorAccessDenied, o.Code())
}

// What goes wrong on purpose, and the way to the mailbox, are those of any other call.
func TestPhotosMeetFaults(t *testing.T) {
	t.Parallel()
	s := photographed(t, profile(t, "ideal"))
	s.Inject(fault.Rule{Fault: fault.Fault{Page: &fault.Page{Status: 503}}})
	assert.Equal(t, http.StatusServiceUnavailable, picture("email="+target).send(t, s.Transport()).StatusCode)
	assert.Equal(t, http.StatusServiceUnavailable, soap(frank, ews.GetUserPhoto{Email: target, Size: "HR64x64"}).send(t, s.Transport()).StatusCode)
}
