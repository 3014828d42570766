//go:build record

package answers

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// Kept is whether answers are kept.
const Kept = true

// folder is where they go. The linker sets it: -X github.com/ewsbench/ewsbench/internal/answers.folder=DIR.
var folder string

// seen are the digests of those that the process has kept.
var seen sync.Map

// Keep keeps an envelope: a line with its length and its digest, and, unless it is there already, itself. Every process has a file,
// to which one write appends, so that answers at the same time do not get into each other.
func Keep(envelope []byte) {
	digest := sha256.Sum256(envelope)
	if _, again := seen.LoadOrStore(digest, true); again {
		envelope = nil
	}
	name := filepath.Join(folder, fmt.Sprintf("%d.answers", os.Getpid()))
	file, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		panic(fmt.Sprintf("answers: link with -X …/internal/answers.folder=DIR, and make that folder: %v", err))
	}
	_, err = file.Write(append(fmt.Appendf(nil, "%d %x\n", len(envelope), digest), envelope...))
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		panic(fmt.Sprintf("answers: %v", err))
	}
}
