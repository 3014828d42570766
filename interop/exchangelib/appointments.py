"""Calendars: appointments, series, meetings, free and busy."""
import datetime

from exchangelib import Attendee, CalendarItem, EWSDate, EWSDateTime, EWSTimeZone, Mailbox, OofSettings
from exchangelib.fields import MONDAY, WEDNESDAY
from exchangelib.items import MeetingRequest
from exchangelib.recurrence import Recurrence, WeeklyPattern

from harness import at, check

HOUR = datetime.timedelta(hours=1)


@check("CreateItem", "FindItem", "GetItem")
def meeting(a, b):
    """invites, accepts, and calls off; both calendars and inboxes say so"""
    start = at(2026, 7, 1, 9)
    item = CalendarItem(
        account=a, folder=a.calendar, subject="Interop meeting", start=start, end=start + HOUR, location="Room",
        required_attendees=[Attendee(mailbox=Mailbox(email_address=b.primary_smtp_address), response_type="Unknown")],
    )
    item.save(send_meeting_invitations="SendToAllAndSaveCopy")
    item.refresh()
    assert item.organizer.email_address == a.primary_smtp_address
    assert "Interop meeting" in [i.subject for i in a.calendar.view(start=start, end=start + HOUR)]
    request = b.inbox.get(subject="Interop meeting")
    assert isinstance(request, MeetingRequest), type(request)
    request.accept(body="gladly")
    item.refresh()
    assert item.required_attendees[0].response_type == "Accept"
    assert b.calendar.get(subject="Interop meeting").my_response_type == "Accept"
    item.cancel(body="off")
    assert b.inbox.filter(subject="Canceled: Interop meeting").count() == 1


@check("CreateItem", "UpdateItem", "DeleteItem", "FindItem")
def series(a, _):
    """keeps a series with an exception and a gap"""
    berlin = EWSTimeZone("Europe/Berlin")
    start = EWSDateTime(2026, 8, 3, 10, tzinfo=berlin)
    item = CalendarItem(
        account=a, folder=a.calendar, subject="Interop series", start=start, end=start + HOUR,
        recurrence=Recurrence(pattern=WeeklyPattern(interval=1, weekdays=[MONDAY, WEDNESDAY]), start=EWSDate(2026, 8, 3), number=7),
    )
    item.save()
    item.refresh()
    assert item.type == "RecurringMaster" and item.first_occurrence.start == start
    assert item.last_occurrence.start == EWSDateTime(2026, 8, 24, 10, tzinfo=berlin)
    second = item.occurrence(index=2)
    second.refresh()
    second.subject = "Interop exception"
    second.save()
    item.occurrence(index=3).delete()
    item.refresh()
    assert len(item.modified_occurrences) == 1 and len(item.deleted_occurrences) == 1
    shown = [i.subject for i in a.calendar.view(start=at(2026, 8, 1), end=at(2026, 9, 1)) if i.subject.startswith("Interop")]
    assert sorted(shown) == ["Interop exception"] + 5 * ["Interop series"], shown
    assert second.recurring_master().id is not None
    item.delete()


@check("GetUserAvailability", "GetServerTimeZones")
def availability(a, b):
    """asks when people are busy, in a zone of its own"""
    berlin = EWSTimeZone("Europe/Berlin")
    start = EWSDateTime(2026, 6, 22, tzinfo=berlin)
    views = list(a.protocol.get_free_busy_info(
        accounts=[(a, "Organizer", False), (b, "Required", False)], start=start, end=start + datetime.timedelta(days=3),
    ))
    assert len(views) == 2 and all(len(v.merged) == 3 * 48 for v in views)
    assert any(v.calendar_events for v in views)
    assert len(list(a.protocol.get_timezones())) > 130


@check("GetUserOofSettings", "SetUserOofSettings", "CreateItem")
def oof(a, b):
    """switches automatic replies on; each sender gets one"""
    from exchangelib import Message

    a.oof_settings = OofSettings(state=OofSettings.ENABLED, external_audience="All", internal_reply="away", external_reply="away")
    assert a.oof_settings.state == OofSettings.ENABLED
    for _ in range(2):
        Message(account=b, subject="anybody there?", to_recipients=[a.primary_smtp_address]).send()
    assert b.inbox.filter(subject="Automatic reply: anybody there?").count() == 1
    a.oof_settings = OofSettings(state=OofSettings.DISABLED, external_audience="All", internal_reply="-", external_reply="-")
