// Ids, zones, configurations, and items by the many.
const { ews, check, must } = require("./harness");
const { inbox, bySubject } = require("./items");

check(["ConvertId"], "converts an id to another format and back", async (a, b, first) => {
  const f = await ews.Folder.Bind(a, ews.WellKnownFolderName.Inbox);
  const there = await a.ConvertId(new ews.AlternateId(ews.IdFormat.EwsId, f.Id.UniqueId, first), ews.IdFormat.HexEntryId);
  const back = await a.ConvertId(there, ews.IdFormat.EwsId);
  must(back.UniqueId === f.Id.UniqueId, back.UniqueId);
});

check(["CreateUserConfiguration", "GetUserConfiguration", "UpdateUserConfiguration", "DeleteUserConfiguration"], "keeps a configuration in a folder", async (a) => {
  const c = new ews.UserConfiguration(a);
  c.Dictionary.Add("key", "value");
  await c.Save("InteropJS", ews.WellKnownFolderName.Calendar);
  const again = await ews.UserConfiguration.Bind(a, "InteropJS", ews.WellKnownFolderName.Calendar, ews.UserConfigurationProperties.All);
  must(again.Dictionary.ContainsKey("key"), "no key");
  again.Dictionary.Add("other", "value");
  await again.Update();
  await again.Delete();
});

check(["MarkAllItemsAsRead"], "marks all items of a folder as read", async (a) => {
  const f = await ews.Folder.Bind(a, ews.WellKnownFolderName.JunkEmail);
  await f.MarkAllItemsAsRead(true);
  must((await ews.Folder.Bind(a, ews.WellKnownFolderName.JunkEmail)).UnreadCount === 0, "some are unread");
});

check(["ArchiveItem", "MarkAsJunk"], "moves items to the archive and to the junk mail", async (a) => {
  const some = await a.FindItems(inbox, new ews.ItemView(2));
  await a.ArchiveItems([some.Items[0].Id], inbox);
  await a.MarkAsJunk([some.Items[1].Id], true, true);
});

check(["ExpandDL"], "shows who is on a list of one's own", async (a, b, first, second) => {
  const list = new ews.ContactGroup(a);
  list.DisplayName = "JS list";
  list.Members.AddOneOff("Somebody", second);
  await list.Save(ews.WellKnownFolderName.Contacts);
  const on = await a.ExpandGroup(list.Id);
  must(on.Members.length === 1 && on.Members[0].Address === second, "not the member");
});
