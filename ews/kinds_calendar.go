package ews

import "time"

// appointment are the properties that calendar items and meeting requests have
// in common, in three parts between which each has some of its own.
func appointmentTimes() []property {
	return []property{
		prop[time.Time]("calendar:Start"), prop[time.Time]("calendar:End"), prop[time.Time]("calendar:OriginalStart"),
		prop[bool]("calendar:IsAllDayEvent"), prop[BusyType]("calendar:LegacyFreeBusyStatus"), prop[string]("calendar:Location"),
		prop[string]("calendar:When"), prop[bool]("calendar:IsMeeting"), prop[bool]("calendar:IsCancelled"), prop[bool]("calendar:IsRecurring"),
		prop[bool]("calendar:MeetingRequestWasSent"),
	}
}

func appointmentPeople() []property {
	return []property{
		prop[CalendarItemType]("calendar:CalendarItemType"), prop[ResponseType]("calendar:MyResponseType"), prop[Recipient]("calendar:Organizer"),
		prop[Attendees]("calendar:RequiredAttendees"), prop[Attendees]("calendar:OptionalAttendees"), prop[Attendees]("calendar:Resources"),
	}
}

func appointmentSeries() []property {
	return []property{
		prop[int]("calendar:ConflictingMeetingCount"), prop[int]("calendar:AdjacentMeetingCount"),
		prop[Objects]("calendar:ConflictingMeetings"), prop[Objects]("calendar:AdjacentMeetings"), prop[string]("calendar:Duration"),
		prop[string]("calendar:TimeZone"), prop[time.Time]("calendar:AppointmentReplyTime"), prop[int]("calendar:AppointmentSequenceNumber"),
		prop[int]("calendar:AppointmentState"), prop[Recurrence]("calendar:Recurrence"), prop[Occurrence]("calendar:FirstOccurrence"),
		prop[Occurrence]("calendar:LastOccurrence"), prop[Occurrences]("calendar:ModifiedOccurrences"),
		prop[DeletedOccurrences]("calendar:DeletedOccurrences"), prop[MeetingTimeZone]("calendar:MeetingTimeZone"),
		prop[TimeZoneDefinition]("calendar:StartTimeZone"), prop[TimeZoneDefinition]("calendar:EndTimeZone"), prop[int]("calendar:ConferenceType"),
		prop[bool]("calendar:AllowNewTimeProposal"), prop[bool]("calendar:IsOnlineMeeting"), prop[string]("calendar:MeetingWorkspaceUrl"),
		prop[string]("calendar:NetShowUrl"),
	}
}

func wallClocks() []property {
	return []property{
		prop[time.Time]("calendar:StartWallClock"), prop[time.Time]("calendar:EndWallClock"), prop[string]("calendar:StartTimeZoneId"),
		prop[string]("calendar:EndTimeZoneId"),
	}
}

func calendarProperties() []property {
	return join(
		[]property{prop[string]("calendar:UID"), prop[time.Time]("calendar:RecurrenceId"), prop[time.Time]("calendar:DateTimeStamp")},
		appointmentTimes(), []property{prop[bool]("calendar:IsResponseRequested")}, appointmentPeople(), appointmentSeries(), wallClocks(),
		[]property{
			prop[BusyType]("meetingRequest:IntendedFreeBusyStatus"), prop[string]("calendar:JoinOnlineMeetingUrl"),
			prop[bool]("calendar:IsOrganizer"),
		},
	)
}

func meetingProperties() []property {
	return []property{
		prop[ItemID]("meeting:AssociatedCalendarItemId"), prop[bool]("meeting:IsDelegated"), prop[bool]("meeting:IsOutOfDate"),
		prop[bool]("meeting:HasBeenProcessed"), prop[ResponseType]("meeting:ResponseType"), prop[string]("calendar:UID"),
		prop[time.Time]("calendar:RecurrenceId"), prop[time.Time]("calendar:DateTimeStamp"), prop[bool]("calendar:IsOrganizer"),
	}
}

func meetingRequestProperties() []property {
	return join(
		[]property{prop[string]("meetingRequest:MeetingRequestType"), prop[BusyType]("meetingRequest:IntendedFreeBusyStatus")},
		appointmentTimes(), appointmentPeople(), appointmentSeries(), wallClocks(),
	)
}

func meetingResponseProperties() []property {
	return []property{
		prop[time.Time]("calendar:Start"), prop[time.Time]("calendar:End"), prop[string]("calendar:Location"), prop[Recurrence]("calendar:Recurrence"),
		prop[CalendarItemType]("calendar:CalendarItemType"), prop[time.Time]("meeting:ProposedStart"), prop[time.Time]("meeting:ProposedEnd"),
	}
}

func meetingCancellationProperties() []property {
	return []property{
		prop[time.Time]("calendar:Start"), prop[time.Time]("calendar:End"), prop[string]("calendar:Location"), prop[Recurrence]("calendar:Recurrence"),
		prop[CalendarItemType]("calendar:CalendarItemType"),
	}
}

// proposal is another time that an attendee proposes.
func proposal() []property {
	return []property{prop[time.Time]("meeting:ProposedStart"), prop[time.Time]("meeting:ProposedEnd")}
}

func taskProperties() []property {
	return []property{
		prop[int]("task:ActualWork"), prop[time.Time]("task:AssignedTime"), prop[string]("task:BillingInformation"), prop[int]("task:ChangeCount"),
		prop[Strings]("task:Companies"), prop[time.Time]("task:CompleteDate"), prop[Strings]("task:Contacts"), prop[string]("task:DelegationState"),
		prop[string]("task:Delegator"), prop[time.Time]("task:DueDate"), prop[int]("task:IsAssignmentEditable"), prop[bool]("task:IsComplete"),
		prop[bool]("task:IsRecurring"), prop[bool]("task:IsTeamTask"), prop[string]("task:Mileage"), prop[string]("task:Owner"),
		prop[float64]("task:PercentComplete"), prop[Recurrence]("task:Recurrence"), prop[time.Time]("task:StartDate"), prop[TaskStatus]("task:Status"),
		prop[string]("task:StatusDescription"), prop[int]("task:TotalWork"),
	}
}
