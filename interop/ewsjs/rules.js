// Rules, rooms, and what the organisation has set up for a user.
const { ews, check, must } = require("./harness");
const { inbox, bySubject } = require("./items");

// send sends a message to somebody.
async function send(service, to, subject) {
  const m = new ews.EmailMessage(service);
  m.Subject = subject;
  m.Body = new ews.MessageBody("text");
  m.ToRecipients.Add(to);
  await m.Send();
}

check(["GetInboxRules", "UpdateInboxRules", "CreateItem", "FindItem"], "makes a rule, which moves mail that arrives; changes it, and takes it away", async (a, b, first, second) => {
  const junk = await ews.Folder.Bind(a, ews.WellKnownFolderName.JunkEmail);
  const rule = new ews.Rule();
  rule.DisplayName = "JS rule";
  rule.Priority = 1;
  rule.Conditions.ContainsSubjectStrings.Add("JS sorted");
  rule.Conditions.FromAddresses.Add(second);
  rule.Exceptions.Importance = ews.Importance.High;
  rule.Actions.MoveToFolder = junk.Id;
  rule.Actions.MarkAsRead = true;
  rule.Actions.AssignCategories.Add("sorted");
  await a.UpdateInboxRules([new ews.CreateRuleOperation(rule)], true);
  const rules = (await a.GetInboxRules()).rules;
  must(rules.length === 1, `${rules.length} rules`);
  const kept = rules[0];
  must(kept.DisplayName === "JS rule" && kept.Priority === 1 && kept.IsEnabled, "not the rule");
  must(kept.Actions.MoveToFolder.UniqueId === junk.Id.UniqueId, "not the folder");
  must(kept.Actions.MarkAsRead && kept.Conditions.FromAddresses._getItem(0).Address === second, "not what it does");
  must(kept.Exceptions.Importance === ews.Importance.High, "not its exception");
  await send(b, first, "JS sorted");
  const sorted = await bySubject(a, ews.WellKnownFolderName.JunkEmail, "JS sorted");
  must(sorted.length === 1 && sorted[0].IsRead, "not moved, or not read");
  must((await bySubject(a, inbox, "JS sorted")).length === 0, "in the inbox too");
  kept.IsEnabled = false;
  await a.UpdateInboxRules([new ews.SetRuleOperation(kept)], true);
  await send(b, first, "JS sorted no more");
  must((await bySubject(a, inbox, "JS sorted no more")).length === 1, "moved by a rule that is off");
  await a.UpdateInboxRules([new ews.DeleteRuleOperation(kept.Id)], true);
  must((await a.GetInboxRules(first)).rules.length === 0, "still there");
});

check(["UpdateInboxRules"], "hears what is wrong with a rule", async (a) => {
  const rule = new ews.Rule();
  rule.DisplayName = "JS wrong";
  rule.Conditions.SentToMe = true;
  let wrong = null;
  try {
    await a.UpdateInboxRules([new ews.CreateRuleOperation(rule)], true);
  } catch (error) {
    wrong = error;
  }
  must(wrong && wrong.ErrorCode === ews.ServiceError.ErrorInboxRulesValidationError, `no refusal: ${wrong}`);
});

check(["GetRoomLists", "GetRooms"], "lists the room lists, and the rooms on one", async (a) => {
  const lists = await a.GetRoomLists();
  must(lists.Count === 3 && lists._getItem(1).Address === "rooms-graz@contoso.com", lists.Count);
  const rooms = await a.GetRooms(lists._getItem(1));
  must(rooms.length === 4 && rooms[0].Name === "Graz Room 1", rooms.length);
});

check(["GetPasswordExpirationDate"], "reads when the password expires: never", async (a, b, first) => {
  const date = await a.GetPasswordExpirationDate(first);
  must(date.Year >= 9999, date.toString());
});

check(["GetUserRetentionPolicyTags"], "reads the retention tags", async (a) => {
  const tags = (await a.GetUserRetentionPolicyTags()).RetentionPolicyTags;
  must(tags.length === 11 && tags[0].DisplayName === "Default 2 year move to archive" && tags[0].IsArchive, tags.length);
});

check(["GetClientAccessToken"], "hears that there is no token for an app that is not installed", async (a) => {
  const request = new ews.ClientAccessTokenRequest("1C50226D-04B5-4AB2-9FCD-42E236B59E4B", ews.ClientAccessTokenType.CallerIdentity);
  const answer = (await a.GetClientAccessToken([request])).Responses[0];
  must(answer.ErrorCode === ews.ServiceError.ErrorInvalidClientAccessTokenRequest, ews.ServiceError[answer.ErrorCode]);
});
