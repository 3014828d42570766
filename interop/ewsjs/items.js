// Folders and items.
const { ews, check, must } = require("./harness");

const drafts = new ews.FolderId(ews.WellKnownFolderName.Drafts);
const inbox = new ews.FolderId(ews.WellKnownFolderName.Inbox);

async function bySubject(service, folder, subject) {
  const found = await service.FindItems(folder, new ews.SearchFilter.IsEqualTo(ews.ItemSchema.Subject, subject), new ews.ItemView(50));
  return found.Items;
}

check(["GetFolder", "FindFolder"], "binds to the inbox and finds folders at any depth", async (a) => {
  const f = await ews.Folder.Bind(a, ews.WellKnownFolderName.Inbox);
  must(f.DisplayName === "Inbox" && f.TotalCount > 0, f.DisplayName);
  const view = new ews.FolderView(100);
  view.Traversal = ews.FolderTraversal.Deep;
  const found = await a.FindFolders(ews.WellKnownFolderName.MsgFolderRoot, view);
  must(found.TotalCount > 20, found.TotalCount);
});

check(["CreateFolder", "UpdateFolder", "CopyFolder", "MoveFolder", "EmptyFolder", "DeleteFolder"], "makes, renames, copies, moves, empties and deletes a folder", async (a) => {
  const f = new ews.Folder(a);
  f.DisplayName = "Interop JS";
  await f.Save(ews.WellKnownFolderName.Inbox);
  f.DisplayName = "Interop JS 2";
  await f.Update();
  const copy = await f.Copy(ews.WellKnownFolderName.Drafts);
  await f.Move(ews.WellKnownFolderName.MsgFolderRoot);
  await copy.Empty(ews.DeleteMode.HardDelete, true);
  await copy.Delete(ews.DeleteMode.HardDelete);
});

check(["CreateItem", "GetItem", "UpdateItem", "CopyItem", "MoveItem", "DeleteItem"], "keeps a draft, changes, copies, moves and deletes it", async (a) => {
  const m = new ews.EmailMessage(a);
  m.Subject = "JS draft";
  m.Body = new ews.MessageBody(ews.BodyType.Text, "text");
  m.ToRecipients.Add("user000007@contoso.com");
  await m.Save(ews.WellKnownFolderName.Drafts);
  const again = await ews.EmailMessage.Bind(a, m.Id);
  must(again.Subject === "JS draft" && again.Body.Text === "text", again.Subject);
  again.Subject = "JS changed";
  await again.Update(ews.ConflictResolutionMode.AutoResolve);
  const copy = await again.Copy(ews.WellKnownFolderName.Inbox);
  must(copy.Id.UniqueId !== again.Id.UniqueId, "the copy has an id of its own");
  await copy.Delete(ews.DeleteMode.MoveToDeletedItems);
  const moved = await again.Move(ews.WellKnownFolderName.JunkEmail);
  await moved.Delete(ews.DeleteMode.SoftDelete);
});

check(["CreateItem", "CreateAttachment", "GetAttachment", "DeleteAttachment"], "attaches files, reads them and takes one off", async (a) => {
  const m = new ews.EmailMessage(a);
  m.Subject = "JS files";
  m.Attachments.AddFileAttachment("a.txt", Buffer.from("hello").toString("base64"));
  m.Attachments.AddFileAttachment("b.txt", Buffer.from("world").toString("base64"));
  await m.Save(ews.WellKnownFolderName.Drafts);
  const again = await ews.EmailMessage.Bind(a, m.Id, new ews.PropertySet(ews.BasePropertySet.FirstClassProperties));
  must(again.Attachments.Count === 2, `${again.Attachments.Count} attachments`);
  const file = again.Attachments._getItem(0);
  await file.Load();
  must(Buffer.from(file.Base64Content, "base64").toString() === "hello", file.Base64Content);
  again.Attachments.Remove(file);
  await again.Update(ews.ConflictResolutionMode.AlwaysOverwrite);
  const last = await ews.EmailMessage.Bind(a, m.Id, new ews.PropertySet(ews.BasePropertySet.FirstClassProperties));
  must(last.Attachments.Count === 1, `${last.Attachments.Count} attachments`);
});

check(["CreateItem", "SendItem", "FindItem"], "sends at once and from the drafts, and replies", async (a, b, first, second) => {
  const m = new ews.EmailMessage(a);
  m.Subject = "JS sent";
  m.Body = new ews.MessageBody("html");
  m.ToRecipients.Add(second);
  await m.SendAndSaveCopy();
  const draft = new ews.EmailMessage(a);
  draft.Subject = "JS sent later";
  draft.ToRecipients.Add(second);
  await draft.Save(ews.WellKnownFolderName.Drafts);
  await draft.Load();
  await draft.Send();
  const got = await bySubject(b, inbox, "JS sent");
  must(got.length === 1 && (await bySubject(b, inbox, "JS sent later")).length === 1, "mail has not arrived");
  await got[0].Load();
  must(got[0].From.Address === first, got[0].From.Address);
  await got[0].Reply(new ews.MessageBody("answer"), false);
  must((await bySubject(a, inbox, "RE: JS sent")).length === 1, "no reply");
});

check(["FindItem", "GetItem"], "pages, sorts, groups, and loads what a search does not show", async (a) => {
  const view = new ews.ItemView(7);
  view.OrderBy.Add(ews.ItemSchema.DateTimeReceived, ews.SortDirection.Descending);
  const seen = new Set();
  for (let more = true; more; ) {
    const page = await a.FindItems(inbox, view);
    page.Items.forEach((i) => seen.add(i.Id.UniqueId));
    view.Offset = page.NextPageOffset;
    more = page.MoreAvailable;
  }
  const f = await ews.Folder.Bind(a, ews.WellKnownFolderName.Inbox);
  must(seen.size === f.TotalCount, `${seen.size} of ${f.TotalCount}`);
  const some = await a.FindItems(inbox, new ews.ItemView(3));
  await a.LoadPropertiesForItems(some.Items, new ews.PropertySet(ews.BasePropertySet.FirstClassProperties));
  must(some.Items[0].Body.Text.length > 0, "no body");
  const groups = await a.FindItems(inbox, new ews.ItemView(100), new ews.Grouping(ews.ItemSchema.Subject, ews.SortDirection.Ascending, ews.ItemSchema.DateTimeReceived, ews.AggregateType.Maximum));
  must(groups.ItemGroups.length > 1, "no groups");
});

check(["SyncFolderHierarchy", "SyncFolderItems"], "synchronises folders and items, page by page", async (a) => {
  const folders = await a.SyncFolderHierarchy(ews.PropertySet.IdOnly, null);
  must(folders.Count > 20, folders.Count);
  let state = null;
  let n = 0;
  for (let more = true; more; ) {
    const page = await a.SyncFolderItems(inbox, ews.PropertySet.IdOnly, null, 50, ews.SyncFolderItemsScope.NormalItems, state);
    n += page.Count;
    state = page.SyncState;
    more = page.MoreChangesAvailable;
  }
  const f = await ews.Folder.Bind(a, ews.WellKnownFolderName.Inbox);
  must(n === f.TotalCount, `${n} of ${f.TotalCount}`);
});

module.exports = { drafts, inbox, bySubject };
