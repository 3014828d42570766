package mime

import (
	"html"
	"strings"
)

// TextOf is the text of HTML: without tags, scripts and styles.
func TextOf(markup string) string {
	var out strings.Builder
	for markup != "" {
		before, rest, found := strings.Cut(markup, "<")
		out.WriteString(before)
		if !found {
			break
		}
		tag, after, closed := strings.Cut(rest, ">")
		if !closed {
			break
		}
		markup = skipHidden(strings.ToLower(tag), after, &out)
	}
	return strings.TrimSpace(html.UnescapeString(out.String()))
}

// skipHidden passes over what a tag hides, and breaks lines where one does.
func skipHidden(tag, after string, out *strings.Builder) string {
	name, _, _ := strings.Cut(tag, " ")
	switch name {
	case "script", "style", "head", "title":
		if end := strings.Index(strings.ToLower(after), "</"+name); end >= 0 {
			return after[end:]
		}
		return ""
	case "br", "br/", "/p", "/div", "/tr", "/li":
		out.WriteByte('\n')
	}
	return after
}
