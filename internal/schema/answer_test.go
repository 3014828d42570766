//go:build schema

package schema

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
)

// answer is an envelope, cut into what the schema can judge.
type answer struct {
	op      string
	header  []byte // ServerVersionInfo or RequestServerVersion; none in a fault
	payload []byte // what the body holds; of a fault its code
	fault   bool
}

var (
	headerOf = regexp.MustCompile(`(?s)<(?:s|soap|soap11):Header[^>]*>(.*?)</(?:s|soap|soap11):Header>`)
	bodyOf   = regexp.MustCompile(`(?s)<(?:s|soap|soap11):Body[^>]*>(.*)</(?:s|soap|soap11):Body>`)
	nameOf   = regexp.MustCompile(`^<(?:\w+:)?(\w+)`)
	codeOf   = regexp.MustCompile(`<e:ResponseCode[^>]*>(\w+)</e:ResponseCode>`)
	photoSet = regexp.MustCompile(`(</?(?:\w+:)?)SetUserPhotoResponse\b`)
	streamed = regexp.MustCompile(`(?s)<m:ErrorSubscriptionIds>.*?</m:ErrorSubscriptionIds>|<m:Notifications>.*?</m:Notifications>`)
	differs  = regexp.MustCompile(`m:(SubscriptionId|Notification)>`)
)

// personaless is a GetPersona that has failed.
var personaless = regexp.MustCompile(`^<m:GetPersonaResponseMessage [^>]*ResponseClass="Error"`)

// cut takes an envelope apart. There are five places where real servers, and the clients that read them, differ from the schema: in
// a stream the children of ErrorSubscriptionIds and of Notifications are in the namespace of messages (captures in
// jamesiarmes/php-ews #453; GetStreamingEventsResponse of the EWS Managed API), and the namespace of a fault's detail is in no file
// of it; of a fault the code is judged; and a GetPersona that has failed shows no persona (MS docs: GetPersona operation, its error response).
// The answer to SetUserPhoto is a message by itself (SetUserPhotoResponse of the EWS Managed API), where the schema wants a list that
// permits none: it is judged as another such message.
func cut(envelope []byte) (a answer, err error) {
	body := bodyOf.FindSubmatch(envelope)
	if body == nil {
		return a, fmt.Errorf("no SOAP body: %.200s", envelope)
	}
	a.payload = bytes.TrimSpace(body[1])
	name := nameOf.FindSubmatch(a.payload)
	if name == nil {
		return a, fmt.Errorf("an empty SOAP body: %.200s", envelope)
	}
	a.op = string(name[1])
	header := headerOf.FindSubmatch(envelope)
	if a.fault = a.op == "Fault"; a.fault {
		code := codeOf.FindSubmatch(a.payload)
		if header != nil || code == nil {
			return a, fmt.Errorf("a fault with a header or without a code: %.600s", envelope)
		}
		a.payload = fmt.Appendf(nil, "<code>%s</code>", code[1])
		return a, nil
	}
	if header == nil {
		return a, fmt.Errorf("no header: %.200s", envelope)
	}
	a.header = header[1]
	if personaless.Match(a.payload) {
		a.payload = bytes.Replace(a.payload, []byte("</m:GetPersonaResponseMessage>"), []byte(`<m:Persona><t:PersonaId Id=""/></m:Persona></m:GetPersonaResponseMessage>`), 1)
	}
	a.payload = photoSet.ReplaceAll(a.payload, []byte("${1}UpdateInboxRulesResponse"))
	a.payload = streamed.ReplaceAllFunc(a.payload, func(part []byte) []byte { return differs.ReplaceAll(part, []byte("t:$1>")) })
	return a, nil
}

// each yields the answers that the tests have left in a folder (internal/answers), each with its digest; the envelope of one that the
// process has had before is empty.
func each(folder string, yield func(digest string, envelope []byte)) error {
	files, err := filepath.Glob(filepath.Join(folder, "*.answers"))
	if err != nil {
		return err
	}
	for _, name := range files {
		if err := read(name, yield); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func read(name string, yield func(digest string, envelope []byte)) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	for r := bufio.NewReaderSize(file, 1<<20); ; {
		line, err := r.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return nil // in a line as well: tests end processes, and take the room on their disks away
		}
		if err != nil {
			return err
		}
		var length int
		var digest string
		if _, err := fmt.Sscanf(line, "%d %s", &length, &digest); err != nil {
			return err
		}
		envelope := make([]byte, length)
		if _, err := io.ReadFull(r, envelope); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		} else if err != nil {
			return err
		}
		yield(digest, envelope)
	}
}
