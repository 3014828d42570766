// Autodiscover, at a URL and by an address alone. No name leads to this machine: the interface that the client has for those who
// bring their own way of sending requests takes the place of a resolver.
const { ews, check, must } = require("./harness");

const base = process.env.EWS_URL.replace(/\/EWS\/.*$/, "");
const names = ews.UserSettingName;

function credentials() {
  return new ews.WebCredentials(process.env.EWS_USER, process.env.EWS_PASS);
}

function at(url) {
  const service = new ews.AutodiscoverService(new ews.Uri(url), ews.ExchangeVersion.Exchange2013_SP1);
  service.Credentials = credentials();
  return service;
}

// sendHere has requests for a host go to the server.
function sendHere(service, host) {
  const inner = service.XHRApi;
  service.XHRApi = {
    apiName: "here",
    xhr: (options, progress) => {
      const url = options.url.replace("https://" + host + "/", base + "/");
      return url === options.url && !url.startsWith(base) ? Promise.reject({ status: 0, statusText: "no such host" }) : inner.xhr({ ...options, url }, progress);
    },
    xhrStream: (options, progress) => inner.xhrStream(options, progress),
    disconnect: () => inner.disconnect(),
  };
}

check(["GetUserSettings"], "asks about one user", async (a, b, first) => {
  const settings = [names.ExternalEwsUrl, names.InternalEwsUrl, names.EwsPartnerUrl, names.GroupingInformation, names.CasVersion, names.EwsSupportedSchemas, names.UserMSOnline, names.AutoDiscoverSMTPAddress, names.UserDisplayName];
  const service = at(base + "/autodiscover/autodiscover.svc");
  const r = await service.GetUserSettings(first, settings);
  must(r.ErrorCode === ews.AutodiscoverErrorCode.NoError, r.ErrorMessage);
  must(r.Settings.get(names.ExternalEwsUrl) === process.env.EWS_URL, r.Settings.get(names.ExternalEwsUrl));
  must(r.Settings.get(names.AutoDiscoverSMTPAddress) === first, "another address");
  for (const name of settings) must(r.Settings.get(name), names[name]);
  must(service.ServerInfo.MajorVersion === 15, service.ServerInfo.MajorVersion);
});

check(["GetUserSettings"], "asks about several users at once; each has a code", async (a, b, first, second) => {
  const r = await at(base + "/autodiscover/autodiscover.svc").GetUsersSettings([first, "nobody@contoso.com", "elvin@old.example", second], names.GroupingInformation, names.PublicFolderServer);
  const codes = r.Responses.map((x) => ews.AutodiscoverErrorCode[x.ErrorCode]);
  must(codes.join() === "NoError,InvalidUser,RedirectAddress,NoError", codes.join());
  must(r.Responses[2].RedirectTarget === first, r.Responses[2].RedirectTarget);
  must(r.Responses[0].Settings.get(names.GroupingInformation) === r.Responses[3].Settings.get(names.GroupingInformation), "two groups");
  const failed = r.Responses[0].UserSettingErrors[0];
  must(failed.SettingName === "PublicFolderServer" && failed.ErrorCode === ews.AutodiscoverErrorCode.SettingIsNotAvailable, failed.SettingName);
});

check(["GetUserSettings"], "finds the endpoint by an address alone: autodiscover.contoso.com, what it offers, its settings", async (a, b, first) => {
  const service = new ews.ExchangeService(ews.ExchangeVersion.Exchange2013_SP1);
  service.Credentials = credentials();
  sendHere(service, "autodiscover.contoso.com");
  await service.AutodiscoverUrl(first, () => true);
  must(service.Url.ToString() === process.env.EWS_URL, service.Url.ToString());
});
