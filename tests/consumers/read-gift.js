// Reads GIFT from standard input with gift-pegjs and prints what it understood as JSON.
const { parse } = require("gift-pegjs");
const text = require("fs").readFileSync(0, "utf8");
process.stdout.write(JSON.stringify(parse(text)));
