/** Reads a JSON list of records on stdin and prints, for each, what the phone's check finds wrong. */
import { readFileSync } from "node:fs";
import { check } from "../../static/js/store/check.js";

const records = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(records.map((record) => check(record))));
