package access

import "github.com/ewsbench/ewsbench/ews"

// Verb is what somebody wants to do.
type Verb uint8

// The verbs. All but Impersonate and Send are about the folder of the [Right].
const (
	Impersonate      Verb = iota // act as the target, with exactly the target's rights
	Open                         // see that the folder is there, and its properties
	Read                         // read items in full
	Create                       // create items
	CreateSubfolders             // create folders in the folder
	EditOwn                      // change items that the caller has created
	EditAll                      // change any item
	DeleteOwn                    // delete items that the caller has created
	DeleteAll                    // delete any item
	SetPermissions               // change who may do what in the folder
	FreeBusy                     // see when the target is busy
	FreeBusyDetails              // see subject and location of what the target is busy with
	Subscribe                    // be notified of changes
	Settings                     // read or change settings of the mailbox, such as its out-of-office replies
	Send                         // send mail from the target's address
)

// Right is a verb and what it is about.
type Right struct {
	Verb Verb
	// Folder is the folder, for the verbs that are about one.
	Folder Folder
	// Item is true for a request that names an item: if it may not see it, the item is what is not found.
	Item bool
}

// Folder is a folder of a mailbox: the name of a distinguished one, such as "inbox" (MS docs: DistinguishedFolderId), or, for
// one that a user has made, its path of display names, such as "/Archive/2025".
type Folder string

// Way is why somebody may do something.
type Way string

// The ways. Table: MS docs, Delegate access and EWS in Exchange; Impersonation and EWS in Exchange.
const (
	WayOwn           Way = "own"           // the caller's own mailbox
	WayImpersonation Way = "impersonation" // a role that lets the caller act as the target
	WayDelegate      Way = "delegate"      // the target has made the caller its delegate
	WayFolder        Way = "folder"        // a permission on the folder, the caller's own or everybody's
	WaySendAs        Way = "send-as"       // the Send As right in the directory
	WayOnBehalf      Way = "on-behalf"     // the Send on Behalf right without being a delegate
)

// Decision is what a guard says.
type Decision struct {
	// Allowed is whether the caller may. Code is NoError then, and otherwise the code of the answer.
	Allowed bool
	Code    ews.Code
	// Fault is true for a refusal of the request as a whole, a SOAP fault with HTTP 500; otherwise a refusal is a response
	// message with HTTP 200 (MS docs: Handling delegation-related errors in EWS; capture in OfficeDev/ews-managed-api #223).
	Fault bool
	// Way is why the caller may, "" if it may not.
	Way Way
	// From and Sender are whom mail shows that the caller sends so: From wrote it, Sender sent it. Set for Send alone.
	From, Sender Principal
	// Opened is the key to what was asked for, if the caller may.
	Opened Opened
}

// Opened is a place in a mailbox that a guard has let somebody into. Only a guard makes one: the zero value opens nothing.
type Opened struct {
	owner Principal
	right Right
}

// Owner is whose mailbox it is, 0 for one that opens nothing.
func (o Opened) Owner() Principal { return o.owner }

// Folder is which of its folders, "" for none in particular.
func (o Opened) Folder() Folder { return o.right.Folder }

// For reports whether it was opened for the verb.
func (o Opened) For(v Verb) bool { return o.owner != 0 && o.right.Verb == v }

func allow(target Principal, right Right, way Way) Decision {
	d := Decision{Allowed: true, Code: ews.NoError, Way: way}
	if right.Verb != Impersonate {
		d.Opened = Opened{owner: target, right: right}
	}
	return d
}

func refuse(code ews.Code) Decision { return Decision{Code: code} }
