package scenarios

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Digest returns a SHA-256 in hex of the canonical form: all that shapes the
// load, with the defaults written out. Name, title, expectations and the
// primary metric do not shape it: a new gate leaves old runs comparable.
func (s *Scenario) Digest() string {
	canonical := s.withDefaults()
	canonical.Name, canonical.Title, canonical.Primary, canonical.Expect = "", "", "", nil
	data, err := json.Marshal(canonical)
	if err != nil {
		panic(fmt.Sprintf("scenarios: digest: %v", err)) // no value of these types fails to encode, bar a NaN rate made in code
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
