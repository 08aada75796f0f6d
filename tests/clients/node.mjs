// node-postgres against `census serve`: run with the address as its only argument; prints what test_drivers.py expects.

import { createRequire } from "node:module";

// Packages are no part of this folder: CENSUS_NODE_MODULES is where they were installed.
const pg = createRequire(`${process.env.CENSUS_NODE_MODULES}/`)("pg");

const client = new pg.Client({ connectionString: process.argv[2] });
const notices = [];
client.on("notice", (notice) => notices.push(notice.severity));
await client.connect();

const values = await client.query(
  "SELECT $1::hstore->'k' AS hstore, $2::bigint AS bigint, $3 AS text, $4::boolean AS boolean, ARRAY['a', NULL] AS array, json '{\"a\": [1]}' AS json",
  ['"k"=>"v"', 42, "it's ü", true],
);
console.log(JSON.stringify(values.rows[0]));

const limited = await client.query("SELECT tags->'region' AS region FROM aws.apigatewayv2_api WHERE tags->'region' = $1 LIMIT $2", [
  "eu-west-1",
  1,
]);
console.log(JSON.stringify(limited.rows), notices.length);

for (let run = 0; run < 3; run++) {
  const named = await client.query({ name: "named", text: "SELECT $1::bigint + 1 AS next", values: [run] });
  console.log(named.rows[0].next);
}

try {
  await client.query("SELECT 'ü', nope");
} catch (error) {
  console.log(error.code, error.position, error.message);
}
await client.end();
