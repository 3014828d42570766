// Calendars, people, settings and notifications.
const { ews, check, must } = require("./harness");
const { inbox, bySubject } = require("./items");

check(["CreateItem", "FindItem"], "invites, accepts, and sees it in both calendars", async (a, b, first, second) => {
  const meeting = new ews.Appointment(a);
  meeting.Subject = "JS meeting";
  meeting.Start = new ews.DateTime("2026-07-02T09:00:00Z");
  meeting.End = new ews.DateTime("2026-07-02T10:00:00Z");
  meeting.RequiredAttendees.Add(second);
  await meeting.Save(ews.SendInvitationsMode.SendToAllAndSaveCopy);
  const request = (await bySubject(b, inbox, "JS meeting"))[0];
  must(request, "no request");
  await request.Accept(true);
  const view = new ews.CalendarView(new ews.DateTime("2026-07-02T00:00:00Z"), new ews.DateTime("2026-07-03T00:00:00Z"));
  const shown = await b.FindAppointments(ews.WellKnownFolderName.Calendar, view);
  must(shown.Items.some((i) => i.Subject === "JS meeting"), "not in the calendar");
});

check(["GetUserAvailability"], "asks when people are busy", async (a, b, first, second) => {
  const who = [new ews.AttendeeInfo(first), new ews.AttendeeInfo(second)];
  const when = new ews.TimeWindow(new ews.DateTime("2026-06-22T00:00:00Z"), new ews.DateTime("2026-06-24T00:00:00Z"));
  const r = await a.GetUserAvailability(who, when, ews.AvailabilityData.FreeBusy);
  must(r.AttendeesAvailability.Responses.length === 2, "not both");
});

check(["GetUserOofSettings", "SetUserOofSettings"], "reads and sets automatic replies", async (a, b, first) => {
  const oof = await a.GetUserOofSettings(first);
  oof.State = ews.OofState.Enabled;
  oof.InternalReply = new ews.OofReply("away");
  await a.SetUserOofSettings(first, oof);
  must((await a.GetUserOofSettings(first)).State === ews.OofState.Enabled, "not enabled");
  oof.State = ews.OofState.Disabled;
  await a.SetUserOofSettings(first, oof);
});

check(["ResolveNames"], "resolves a name", async (a, b, first, second) => {
  const found = await a.ResolveName(second);
  must(found.Count === 1 && found._getItem(0).Mailbox.Address === second, found.Count);
});

check(["AddDelegate", "GetDelegate", "UpdateDelegate", "RemoveDelegate"], "makes somebody a delegate, changes and ends that", async (a, b, first, second) => {
  const owner = new ews.Mailbox(first);
  const d = new ews.DelegateUser(second);
  d.Permissions.CalendarFolderPermissionLevel = ews.DelegateFolderPermissionLevel.Reviewer;
  await a.AddDelegates(owner, ews.MeetingRequestsDeliveryScope.DelegatesAndMe, d);
  const there = await a.GetDelegates(owner, true);
  must(there.DelegateUserResponses.length === 1, there.DelegateUserResponses.length);
  d.Permissions.CalendarFolderPermissionLevel = ews.DelegateFolderPermissionLevel.Editor;
  await a.UpdateDelegates(owner, ews.MeetingRequestsDeliveryScope.DelegatesAndMe, d);
  await a.RemoveDelegates(owner, new ews.UserId(second));
  must((await a.GetDelegates(owner, true)).DelegateUserResponses.length === 0, "still there");
});

check(["Subscribe", "GetEvents", "Unsubscribe"], "pulls what has happened", async (a) => {
  const s = await a.SubscribeToPullNotifications([inbox], 10, null, ews.EventType.Created, ews.EventType.NewMail);
  const m = new ews.EmailMessage(a);
  m.Subject = "JS pulled";
  await m.Save(ews.WellKnownFolderName.Inbox);
  const events = await s.GetEvents();
  must(events.AllEvents.length === 1, events.AllEvents.length);
  await s.Unsubscribe();
});

check(["Subscribe", "GetStreamingEvents"], "hears of what happens on an open connection", async (a) => {
  const s = await a.SubscribeToStreamingNotifications([inbox], ews.EventType.Created);
  const connection = new ews.StreamingSubscriptionConnection(a, 1);
  connection.AddSubscription(s);
  const heard = new Promise((resolve, reject) => {
    connection.OnNotificationEvent.push((_, args) => resolve(args.Events));
    connection.OnSubscriptionError.push((_, args) => reject(args.Exception));
    setTimeout(() => reject(new Error("nothing was heard")), 10000).unref();
  });
  connection.Open().catch(() => {}); // it settles when the connection ends
  const m = new ews.EmailMessage(a);
  m.Subject = "JS streamed";
  await m.Save(ews.WellKnownFolderName.Inbox);
  const events = await heard;
  must(events.length === 1, `${events.length} events`);
  connection.Close();
});
