package mailbox

import (
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// deriveContact is what follows from the parts of a contact's name.
func deriveContact(it *item, k ews.Key) any {
	set := it.props.Value(k)
	switch k.Path().URI {
	case "contacts:DisplayName":
		return or(set, nonEmpty(fullName(it)))
	case "contacts:FileAs":
		return or(set, nonEmpty(fileAs(it)))
	case "contacts:CompleteName":
		return completeName(it)
	case "contacts:ContactSource":
		return or(set, "Store")
	case "contacts:HasPicture":
		return or(set, false)
	}
	return set
}

func nonEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func fullName(it *item) string {
	return strings.Join(strings.Fields(strings.Join([]string{it.text("contacts:GivenName"), it.text("contacts:MiddleName"), it.text("contacts:Surname")}, " ")), " ")
}

// fileAs is under what a contact is filed (MS docs: FileAsMapping).
func fileAs(it *item) string {
	first, last, company := it.text("contacts:GivenName"), it.text("contacts:Surname"), it.text("contacts:CompanyName")
	switch it.text("contacts:FileAsMapping") {
	case "FirstSpaceLast":
		return strings.TrimSpace(first + " " + last)
	case "Company":
		return company
	case "FirstName":
		return first
	case "LastName":
		return last
	case "LastFirst":
		return last + first
	case "LastSpaceFirst":
		return strings.TrimSpace(last + " " + first)
	case "DisplayName":
		return it.text("contacts:DisplayName")
	}
	if last != "" && first != "" {
		return last + ", " + first
	}
	return last + first
}

func completeName(it *item) any {
	if set := it.get("contacts:CompleteName"); set != nil {
		return set
	}
	n := ews.CompleteName{
		FirstName: it.text("contacts:GivenName"), MiddleName: it.text("contacts:MiddleName"), LastName: it.text("contacts:Surname"),
		Suffix: it.text("contacts:Generation"), Initials: it.text("contacts:Initials"), FullName: fullName(it), Nickname: it.text("contacts:Nickname"),
	}
	if n == (ews.CompleteName{}) {
		return nil
	}
	return n
}

// deriveTask is what follows from how far a task has come.
func deriveTask(it *item, k ews.Key) any {
	set := it.props.Value(k)
	status, _ := it.get("task:Status").(ews.TaskStatus)
	switch k.Path().URI {
	case "task:IsComplete":
		return status == "Completed"
	case "task:IsRecurring":
		return it.get("task:Recurrence") != nil
	case "task:Status":
		return or(set, ews.TaskStatus("NotStarted"))
	case "task:PercentComplete":
		if status == "Completed" {
			return 100.0
		}
		return or(set, 0.0)
	case "task:ChangeCount":
		return or(set, 1)
	case "task:IsTeamTask":
		return or(set, false)
	case "task:StatusDescription":
		return or(set, statusText(status))
	}
	return set
}

func statusText(s ews.TaskStatus) string {
	switch s {
	case "InProgress":
		return "In Progress"
	case "WaitingOnOthers":
		return "Waiting on someone else"
	case "Completed", "Deferred":
		return string(s)
	}
	return "Not Started"
}
