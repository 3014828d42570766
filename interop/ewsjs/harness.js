// What the checks of ews-javascript-api have in common: the service, and how a check is declared and run.
// A check prints one line of JSON; nothing is patched.
const ews = require("ews-javascript-api");

ews.EwsLogging.DebugLogEnabled = false;
const [first, second] = process.env.EWS_TARGETS.split(",");
const checks = [];

// check declares a check of some operations.
function check(operations, what, run) {
  checks.push({ operations, what, run });
}

// service opens a user's mailbox by impersonation, with the anchor.
function service(user) {
  const s = new ews.ExchangeService(ews.ExchangeVersion.Exchange2013_SP1);
  s.Credentials = new ews.WebCredentials(process.env.EWS_USER, process.env.EWS_PASS);
  s.Url = new ews.Uri(process.env.EWS_URL);
  s.ImpersonatedUserId = new ews.ImpersonatedUserId(ews.ConnectingIdType.SmtpAddress, user);
  s.HttpHeaders.Add("X-AnchorMailbox", user);
  return s;
}

function must(condition, what) {
  if (!condition) throw new Error(what);
}

async function run(leftOut) {
  const a = service(first);
  const b = service(second);
  for (const { operations, what, run: body } of checks) {
    const result = { operations, check: what, result: "pass" };
    try {
      await body(a, b, first, second);
    } catch (error) {
      result.result = "fail";
      result.error = String((error && (error.message || error.Message)) || error).slice(0, 500) + " " + String((error && error.stack) || "").split("\n")[1];
    }
    console.log(JSON.stringify(result));
  }
  complete(leftOut);
}

// complete reports operations that the client offers and no check exercises, but for those that are left out with a reason. What
// the client offers is found in its request classes.
function complete(leftOut) {
  const fs = require("fs");
  const path = require("path");
  const folder = path.join(path.dirname(require.resolve("ews-javascript-api/package.json")), "js", "Core", "Requests");
  const offered = new Set();
  for (const file of fs.readdirSync(folder)) {
    const m = /^(.*)Request\.js$/.exec(file);
    if (!m) continue;
    const source = fs.readFileSync(path.join(folder, file), "utf8");
    const name = /GetXmlElementName\(\)\s*\{\s*return XmlElementNames_\d+\.XmlElementNames\.(\w+)/.exec(source);
    if (name) offered.add(name[1].replace(/Request$/, ""));
  }
  const covered = new Set(checks.flatMap((c) => c.operations));
  for (const name of [...offered].sort()) {
    if (!covered.has(name) && !(name in leftOut)) {
      console.log(JSON.stringify({ operations: [name], check: "is exercised or left out with a reason", result: "fail", error: "neither" }));
    }
  }
  for (const name of Object.keys(leftOut).sort()) {
    console.log(JSON.stringify({ operations: [name], check: leftOut[name], result: "left out" }));
  }
}

module.exports = { ews, check, must, run };
