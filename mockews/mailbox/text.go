package mailbox

import (
	"html"
	"strings"
)

// htmlOf is a text as HTML.
func htmlOf(text string) string {
	return "<html><head></head><body>" + strings.ReplaceAll(html.EscapeString(text), "\n", "<br>\n") + "</body></html>"
}
