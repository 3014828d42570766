package mailbox

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// Directory is who there is, and the seed of what they have.
type Directory interface {
	access.Directory
	// DisplayName is somebody's name for people.
	DisplayName(access.Principal) string
	// Users is how many users there are: they are the principals from 1 on.
	Users() int
	// RoomLists are the lists of meeting rooms.
	RoomLists() []RoomList
	// PublicFolderMailboxes are the mailboxes that hold public folders, the first one with their hierarchy.
	PublicFolderMailboxes() []access.Principal
	// Traits are what is particular about somebody as a recipient of mail.
	Traits(access.Principal) Traits
	// PasswordExpires is when somebody's password expires next; the zero time for one that never does.
	PasswordExpires(p access.Principal, now time.Time) time.Time
	// Bits are 64 evenly distributed bits, a pure function of the seed, of what is drawn and of a key.
	Bits(what string, key uint64) uint64
}

// Store holds the mailboxes. It is safe for concurrent use.
//
// What is in a mailbox is reached through an access.Opened, which comes from the guard alone.
type Store struct {
	dir   Directory
	guard *access.Guard
	limit Limits
	// Touched hears of every place of a mailbox that somebody is let into, for tests. It is nil otherwise.
	Touched func(access.Opened)
	// Notify hears of what has changed in a mailbox, after it has. It is nil if nobody listens.
	Notify func(access.Principal)

	// SendDelay is how long mail of somebody waits before it is on its way, since that one sends too much. It is nil if nobody
	// ever does.
	SendDelay func(access.Principal) time.Duration

	// MailEvery is the mean time between two messages that arrive in a mailbox by themselves, from outside. Zero: none does.
	MailEvery time.Duration

	// WholeRules says that UpdateInboxRules saves nothing if one operation of the request is not in order.
	WholeRules bool

	born   time.Time
	serial atomic.Uint64 // counts what needs a name of its own
	shards [shards]shard
	mu     sync.Mutex
	oof    map[access.Principal]*oofState
	photos map[access.Principal]photo // those that somebody has set
}

// Limits are what a store does not go beyond. The zero value is the defaults.
type Limits struct {
	// Changes is how many changes of a mailbox are remembered; a synchronisation state or a watermark from before is refused.
	// 0: 65536.
	Changes int
	// Keep is how long a change is an event that somebody can still be told of. 0: for ever.
	Keep time.Duration
}

const shards = 64

// shard holds some of the mailboxes that somebody has looked into.
type shard struct {
	mu    sync.RWMutex
	boxes map[access.Principal]*box
}

// New makes a store in which everybody who has a mailbox has what the seed gives.
func New(dir Directory, guard *access.Guard, limit Limits) *Store {
	if limit.Changes == 0 {
		limit.Changes = 1 << 16
	}
	s := &Store{
		dir: dir, guard: guard, limit: limit, born: time.Now(), oof: map[access.Principal]*oofState{}, photos: map[access.Principal]photo{},
	}
	for i := range s.shards {
		s.shards[i].boxes = map[access.Principal]*box{}
	}
	return s
}

// Reset makes every mailbox again what the seed gives.
func (s *Store) Reset() {
	for i := range s.shards {
		sh := &s.shards[i]
		sh.mu.Lock()
		clear(sh.boxes)
		sh.mu.Unlock()
	}
	s.mu.Lock()
	clear(s.oof)
	clear(s.photos)
	s.mu.Unlock()
}

// box is the mailbox of somebody who has one.
func (s *Store) box(owner access.Principal) *box {
	sh := &s.shards[uint(owner)%shards]
	sh.mu.RLock()
	b := sh.boxes[owner]
	sh.mu.RUnlock()
	if b != nil {
		return b
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if b = sh.boxes[owner]; b == nil {
		b = newBox(s, owner)
		sh.boxes[owner] = b
	}
	return b
}

// uniform is evenly distributed between 0 and 1, both left out.
func (s *Store) uniform(what string, key uint64) float64 {
	return (float64(s.dir.Bits(what, key)>>11) + 0.5) / (1 << 53)
}

// pick is evenly distributed over 0 .. n-1.
func (s *Store) pick(what string, key uint64, n int) int {
	return int(s.uniform(what, key) * float64(n))
}

// Call is a request: who asks, and for whom.
type Call struct {
	Caller  access.Principal // who has said who it is
	Actor   access.Principal // whom it acts for; the caller itself, unless it impersonates
	Version ews.Version      // of the schema in which the answer is to be
	Zone    *ews.TimeZoneDefinition
	Fail    func(part int) (ews.Message, bool) // parts, from 1, that fail without being carried out; nil: none
}

// now is the time, to the second that answers show.
func now() time.Time { return time.Now().UTC().Truncate(time.Second) }
