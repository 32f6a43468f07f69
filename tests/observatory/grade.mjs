// Grades pages as the MDN HTTP Observatory does, and prints what it found of each as JSON.
// node grade.mjs FOLDER_OF_ITS_PACKAGE < pages; with NODE_EXTRA_CA_CERTS it trusts the server's certificate.
// Its own command takes a host name alone: here its parts are put together as in its src/scanner/index.js.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const from = (file) => import(pathToFileURL(`${process.argv[2]}/src/${file}`));
const { retrieve } = await from("retriever/retriever.js");
const { ALL_TESTS } = await from("constants.js");
const { getGradeForScore, getScoreModifier } = await from("grader/grader.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await from("grader/charts.js");

const { httpPort, httpsPort, pages } = JSON.parse(readFileSync(0, "utf8"));

async function grade({ path, cookie }) {
  const headers = ["Accept: text/html", ...(cookie ? [`Cookie: ${cookie}`] : [])];
  const retrieved = await retrieve("localhost", { httpPort, httpsPort, path, headers });
  const { status, verified, headers: sent } = retrieved.responses.auto;
  const found = ALL_TESTS.map((test) => test(retrieved));
  const changes = found.map((one) => getScoreModifier(one.result));
  const without = 100 + changes.filter((change) => change < 0).reduce((sum, change) => sum + change, 0);
  const whole = 100 + changes.reduce((sum, change) => sum + change, 0);
  const { grade, score } = getGradeForScore(without >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? whole : without);
  const results = Object.fromEntries(found.map((one) => [one.constructor.name, one.result]));
  const failed = found.filter((one) => !one.pass).map((one) => one.constructor.name);
  return { status, verified, grade, score, results, failed, kind: sent["content-type"] };
}

const said = {};
for (const page of pages) {
  said[page.name] = await grade(page);
}
console.log(JSON.stringify(said));
