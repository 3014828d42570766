package mockews

import (
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// schemaFolder is where the service description and its schemas are.
const schemaFolder = "/ews/"

// schemaFiles are the files there, in the letters that an Exchange server writes them in.
func schemaFiles() []string { return []string{"Services.wsdl", "messages.xsd", "types.xsd"} }

// maxSchema bounds a file that is served, in bytes: the largest real one has half a megabyte.
const maxSchema = 16 << 20

// WithSchemas serves the service description and its schemas from a folder: Services.wsdl, messages.xsd and types.xsd, in any
// letters. They are Microsoft's; whoever runs a server has copies. Without the option there are none.
func WithSchemas(folder fs.FS) Option { return func(s *Server) { s.schemas = folder } }

// isSchemaPath reports whether a path is that of the service description or of one of its schemas.
func isSchemaPath(p string) bool { return schemaName(p) != "" }

func schemaName(p string) string {
	lower := strings.ToLower(p)
	if !strings.HasPrefix(lower, schemaFolder) {
		return ""
	}
	for _, name := range schemaFiles() {
		if lower[len(schemaFolder):] == strings.ToLower(name) {
			return name
		}
	}
	return ""
}

// schema answers a request for the service description or one of its schemas, by its path or by the endpoint's ?wsdl. It is
// false for any other.
func (x *exchange) schema(w http.ResponseWriter, r *http.Request) bool {
	if r.Method == http.MethodPost && r.URL.Path == Path {
		return false
	}
	name := schemaName(r.URL.Path)
	if name == "" && strings.EqualFold(r.URL.RawQuery, "wsdl") {
		name = schemaFiles()[0]
	}
	if name == "" || r.Method != http.MethodGet {
		return name != "" && x.noSchema(w, r)
	}
	content, ok := x.server.readSchema(name)
	if !ok {
		x.refuse(w, http.StatusNotFound, pageNoSchemas)
		return true
	}
	w.Header()["Content-Type"] = soapType
	x.choice = x.server.org.Choose(x.hints)
	x.signFrontEnd(w.Header())
	x.record(http.StatusOK, "")
	allow(w, len(content))
	_, _ = w.Write(content) // a client that has gone is no concern of the server's
	return true
}

// noSchema turns away what is no GET: the endpoint itself takes it, if that is where it came to.
func (x *exchange) noSchema(w http.ResponseWriter, r *http.Request) bool {
	if !isSchemaPath(r.URL.Path) {
		return false
	}
	w.Header()["Allow"] = []string{"GET"}
	x.refuse(w, http.StatusMethodNotAllowed, pageMethod)
	return true
}

// readSchema finds a file in the folder, whatever letters it is written in there.
func (s *Server) readSchema(name string) ([]byte, bool) {
	if s.schemas == nil {
		return nil, false
	}
	entries, err := fs.ReadDir(s.schemas, ".")
	if err != nil {
		return nil, false
	}
	for _, e := range entries {
		if !strings.EqualFold(e.Name(), name) || e.IsDir() {
			continue
		}
		f, err := s.schemas.Open(path.Clean(e.Name()))
		if err != nil {
			return nil, false
		}
		defer f.Close()
		content, err := io.ReadAll(io.LimitReader(f, maxSchema))
		return content, err == nil
	}
	return nil, false
}
