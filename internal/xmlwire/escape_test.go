package xmlwire

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAppend(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, text, attr string }{
		{"plain", "plain", "plain", "plain"},
		{"empty", "", "", ""},
		{"markup", `<a b="c">&'`, `&lt;a b="c"&gt;&amp;'`, `&lt;a b=&quot;c&quot;&gt;&amp;'`},
		{"white space", "a\t\r\nb", "a\t&#xD;\nb", "a&#x9;&#xD;&#xA;b"},
		{"beyond ASCII", "é日😀", "é日😀", "é日😀"},
		{"replacement character", "\uFFFD", "\uFFFD", "\uFFFD"},
		{"control characters", "\x00a\x1f", "\uFFFDa\uFFFD", "\uFFFDa\uFFFD"},
		{"not UTF-8", "a\xffb\xc3", "a\uFFFDb\uFFFD", "a\uFFFDb\uFFFD"},
		{"no characters", "\uFFFE", "\uFFFD", "\uFFFD"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.text, string(AppendText(nil, c.in)))
			assert.Equal(t, c.attr, string(AppendAttr([]byte("x"), c.in))[1:])
		})
	}
}

// What is written is read again, whatever it is.
func FuzzEscape(f *testing.F) {
	f.Add("plain")
	f.Add("<>&\"'\r\n\t ]]> \x00\xff\uFFFE日")
	f.Fuzz(func(t *testing.T, in string) {
		doc := AppendAttr([]byte(`<a b="`), in)
		doc = append(doc, `">`...)
		doc = AppendText(doc, in)
		doc = append(doc, `</a>`...)
		var s Scanner
		s.Init(string(doc), nil)
		require.Equal(t, Start, s.Next())
		attr, _ := s.Attr("b")
		text := s.Text()
		require.Equal(t, EOF, s.Next())
		require.NoError(t, s.Err())
		assert.Equal(t, text, attr)
		if legal(in) {
			assert.Equal(t, in, text)
		}
	})
}
