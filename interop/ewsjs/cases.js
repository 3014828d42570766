// Does with ews-javascript-api what a case of `ewsbench conform client` asks for, as its documentation shows it, and nothing more: what
// is judged is the library. The case is in EWS_CASE; 89 is the answer to one that the library has nothing for.
const ews = require("ews-javascript-api");

ews.EwsLogging.DebugLogEnabled = false;
const targets = process.env.EWS_TARGETS.split(",");
const [first] = targets;
const inbox = new ews.FolderId(ews.WellKnownFolderName.Inbox);

// service opens a user's mailbox by impersonation. The library sets no anchor by itself.
function service(user, version) {
  const s = new ews.ExchangeService(version === undefined ? ews.ExchangeVersion.Exchange2013_SP1 : version);
  s.Credentials = new ews.WebCredentials(process.env.EWS_USER, process.env.EWS_PASS);
  s.Url = new ews.Uri(process.env.EWS_URL);
  s.ImpersonatedUserId = new ews.ImpersonatedUserId(ews.ConnectingIdType.SmtpAddress, user);
  return s;
}

async function read(s) {
  const found = await s.FindItems(inbox, new ews.ItemView(10));
  if (found.Items.length > 0) await s.LoadPropertiesForItems(found.Items, ews.PropertySet.FirstClassProperties);
}

const one = () => read(service(first));

async function ordinary() {
  for (const target of targets) await read(service(target));
}

async function draft(s, subject) {
  const m = new ews.EmailMessage(s);
  m.Subject = subject;
  await m.Save(ews.WellKnownFolderName.Drafts);
}

// listen opens one connection for some subscriptions, hears of one thing, and closes it.
async function listen(s, subscriptions, wait) {
  const connection = new ews.StreamingSubscriptionConnection(s, 1);
  subscriptions.forEach((x) => connection.AddSubscription(x));
  const over = new Promise((resolve) => {
    connection.OnDisconnect.push(() => resolve());
    connection.OnSubscriptionError.push(() => resolve());
    setTimeout(resolve, wait);
  });
  connection.Open().catch(() => {}); // it settles when the connection ends
  await over;
  try {
    connection.Close();
  } catch {
    // it has ended by itself
  }
}

async function group() {
  const made = [];
  for (const target of targets) made.push(await service(target).SubscribeToStreamingNotifications([inbox], ews.EventType.NewMail));
  await listen(service(first), made, 1000);
  for (const s of made) await s.Unsubscribe();
}

async function streamClosed() {
  const s = service(first);
  const made = await s.SubscribeToStreamingNotifications([inbox], ews.EventType.NewMail);
  await listen(s, [made], 2000);
  await made.Unsubscribe();
}

async function pull() {
  const s = service(first);
  const made = await s.SubscribeToPullNotifications([inbox], 10, null, ews.EventType.Created);
  await draft(s, "news");
  for (let n = 0; n < 3; n++) {
    await made.GetEvents();
    await new Promise((resolve) => setTimeout(resolve, 1200));
  }
  await made.Unsubscribe();
}

async function limit() {
  const s = service(first);
  for (let n = 0; n < 3; n++) await s.SubscribeToPullNotifications([inbox], 10, null, ews.EventType.Created);
}

async function pages() {
  const s = service(first);
  const view = new ews.ItemView(10);
  for (let more = true; more; ) {
    const page = await s.FindItems(inbox, view);
    view.Offset = page.NextPageOffset;
    more = page.MoreAvailable;
  }
}

async function calendar() {
  const s = service(first);
  const view = new ews.CalendarView(new ews.DateTime("2026-03-02T00:00:00Z"), new ews.DateTime("2026-03-09T00:00:00Z"));
  for (let n = 0; n < 2; n++) await s.FindAppointments(ews.WellKnownFolderName.Calendar, view);
}

async function sync() {
  const s = service(first);
  let state = null;
  for (let round = 0; round < 2; round++) {
    for (let more = true; more; ) {
      const page = await s.SyncFolderItems(inbox, ews.PropertySet.IdOnly, null, 3, ews.SyncFolderItemsScope.NormalItems, state);
      state = page.SyncState;
      more = page.MoreChangesAvailable;
    }
    await new Promise((resolve) => setTimeout(resolve, 2500));
  }
}

async function batch() {
  const s = service(first);
  const messages = ["one", "two", "three"].map((subject) => {
    const m = new ews.EmailMessage(s);
    m.Subject = subject;
    return m;
  });
  await s.CreateItems(messages, new ews.FolderId(ews.WellKnownFolderName.Drafts), ews.MessageDisposition.SaveOnly, null);
}

async function availability() {
  const who = targets.map((t) => new ews.AttendeeInfo(t));
  const when = new ews.TimeWindow(new ews.DateTime("2026-03-02T00:00:00Z"), new ews.DateTime("2026-03-16T00:00:00Z"));
  await service(first).GetUserAvailability(who, when, ews.AvailabilityData.FreeBusy);
}

const cases = {
  ordinary, alias: one, denied: one, moved: one, "back-off": one, busy: one, "find-limit": one, group, "stream-closed": streamClosed,
  "subscription-lost": pull, pull, "subscription-limit": limit, "short-pages": pages, calendar, sync, "state-refused": sync,
  "answer-lost": () => draft(service(first), "once"), "batch-stopped": batch, availability,
  "old-server": () => read(service(first, ews.ExchangeVersion.Exchange2016)),
};

const name = process.env.EWS_CASE;
if (!(name in cases)) process.exit(89);
cases[name]().then(
  () => process.exit(0),
  (error) => {
    console.error(name + ": " + String((error && (error.message || error.Message)) || error).slice(0, 300));
    process.exit(1);
  },
);
