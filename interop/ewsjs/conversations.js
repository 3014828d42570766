// Conversations: found, read item by item, and acted on as a whole.
const { ews, check, must } = require("./harness");
const { inbox, bySubject } = require("./items");

const junk = new ews.FolderId(ews.WellKnownFolderName.JunkEmail);

// about finds the conversation of the inbox that has a topic.
async function about(s, topic) {
  const view = new ews.ConversationIndexedItemView(500);
  return (await s.FindConversation(view, inbox)).find((c) => c.Topic === topic);
}

// talk has the second user send something to the first, who replies.
async function talk(a, b, first, subject) {
  const m = new ews.EmailMessage(b);
  m.Subject = subject;
  m.Body = new ews.MessageBody("question");
  m.ToRecipients.Add(first);
  await m.SendAndSaveCopy();
  const [got] = await bySubject(a, inbox, subject);
  await got.Load();
  await got.Reply(new ews.MessageBody("answer"), false);
  return about(a, subject);
}

check(["FindConversation"], "pages through conversations, and searches them", async (a, b, first) => {
  const c = await talk(a, b, first, "JS talk");
  must(c.MessageCount === 1 && c.GlobalMessageCount === 2, `${c.MessageCount} of ${c.GlobalMessageCount} messages`);
  must(c.UnreadCount === 1 && c.ItemIds.Count === 1 && c.GlobalItemIds.Count === 2, "other counts");
  const seen = new Set();
  for (let offset = 0; ; offset += 20) {
    const page = await a.FindConversation(new ews.ConversationIndexedItemView(20, offset), inbox);
    page.forEach((p) => seen.add(p.Id.UniqueId));
    if (page.length < 20) break;
  }
  must(seen.has(c.Id.UniqueId) && seen.size > 20, `${seen.size} conversations`);
  const found = await a.FindConversation(new ews.ConversationIndexedItemView(10), inbox, 'subject:"JS talk"');
  must(found.length === 1 && found[0].Id.UniqueId === c.Id.UniqueId, `${found.length} found`);
});

check(["GetConversationItems"], "reads a conversation as a tree, and hears of what is new in it", async (a, b, first) => {
  const c = await talk(a, b, first, "JS thread");
  const shape = new ews.PropertySet(ews.BasePropertySet.IdOnly, [ews.ItemSchema.Subject]);
  const whole = await a.GetConversationItems(c.Id, shape, null, null, ews.ConversationSortOrder.TreeOrderAscending);
  const nodes = whole.ConversationNodes;
  must(nodes.Count === 2, `${nodes.Count} nodes`);
  const [question, answer] = [nodes._getItem(0), nodes._getItem(1)];
  must(answer.ParentInternetMessageId === question.InternetMessageId, "the answer is to something else");
  must(answer.Items[0].Subject === "RE: JS thread", answer.Items[0].Subject);
  const again = await a.GetConversationItems(c.Id, shape, whole.SyncState, null, ews.ConversationSortOrder.TreeOrderAscending);
  must(again.ConversationNodes.Count === 0, "nothing was new");
});

check(["ApplyConversationAction"], "marks, categorises, flags, copies, moves and deletes conversations, now and always", async (a, b, first) => {
  const c = await talk(a, b, first, "JS action");
  const at = [{ key: c.Id, value: null }];
  const ok = async (answer) => {
    const r = await answer;
    must(r.OverallResult === ews.ServiceResult.Success, `${r.Responses[0].ErrorCode}: ${r.Responses[0].ErrorMessage}`);
  };
  await ok(a.SetReadStateForItemsInConversations(at, inbox, true));
  must((await about(a, "JS action")).UnreadCount === 0, "still unread");
  await ok(a.EnableAlwaysCategorizeItemsInConversations([c.Id], ["Red"], true));
  must((await about(a, "JS action")).Categories.Contains("Red"), "no category");
  const flag = new ews.Flag();
  flag.FlagStatus = ews.ItemFlagStatus.Flagged;
  await ok(a.SetFlagStatusForItemsInConversations(at, inbox, flag));
  must((await about(a, "JS action")).FlagStatus === ews.ConversationFlagStatus.Flagged, "no flag");
  await ok(a.CopyItemsInConversations(at, inbox, junk));
  must((await bySubject(a, junk, "JS action")).length === 1, "not copied");
  await ok(a.EnableAlwaysMoveItemsInConversations([c.Id], junk, true));
  const [sent] = await bySubject(b, inbox, "RE: JS action");
  await sent.Load();
  await sent.Reply(new ews.MessageBody("more"), false);
  must((await bySubject(a, junk, "RE: JS action")).length === 1, "the next one is elsewhere");
  await ok(a.DisableAlwaysMoveItemsInConversations([c.Id], true));
  await ok(a.DeleteItemsInConversations(at, null, ews.DeleteMode.HardDelete));
  must((await bySubject(a, junk, "RE: JS action")).length === 0, "still there");
});
