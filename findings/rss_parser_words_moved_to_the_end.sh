#!/usr/bin/env bash
# rss-parser moves every marked or linked word of an Atom article to the end of its paragraph.
#
# Expected: Atom lets an article stand in its feed as XHTML (<content type="xhtml">). What the package
#   gives as "content", and without tags as "contentSnippet", has the words in the order of the feed, as
#   they are if the same article stands there as escaped HTML (type="html").
# Seen: rss-parser 3.13.0, the latest, gives "El juez condenó a , y a .noAna VegaLuis Mora" for "El juez no
#   condenó a Ana Vega, y a Luis Mora.", the "no" in bold and the names linked. It reads XML into an object
#   that keeps a paragraph's own text in one piece and its elements apart, by name, and writes it out again
#   from that. Nothing is reported. An archive that follows such a feed shows and quotes the sentence without
#   its "no", runs two people into one and finds no "Vega". Articles without links or emphasis come out
#   right, so a first test passes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts rss-parser@3.13.0
cat > seen.cjs <<'EOJS'
const assert = require("node:assert");
const Parser = require("rss-parser");

console.log("rss-parser", require("rss-parser/package.json").version);
const MARKED = 'El juez <b>no</b> condenó a <a href="/ana">Ana Vega</a>, y a <a href="/luis">Luis Mora</a>.';
const PLAIN = "El juez no condenó a Ana Vega, y a Luis Mora.";
const escaped = (html) => html.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const XMLNS = 'xmlns="http://www.w3.org/1999/xhtml"';
const xhtml = (p) => `<content type="xhtml"><div ${XMLNS}><p>${p}</p></div></content>`;
const html = (p) => `<content type="html">${escaped(`<p>${p}</p>`)}</content>`;

async function read(content) {
  const feed = await new Parser().parseString(`<?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom">
      <id>urn:example:norte</id><title>El Norte</title><updated>2024-03-04T08:00:00Z</updated>
      <author><name>Inés Soto</name></author>
      <entry><id>urn:example:norte:1</id><title>Sentencia</title><updated>2024-03-04T08:00:00Z</updated>
        <link href="https://norte.example/1"/>${content}</entry>
    </feed>`);
  return feed.items[0].contentSnippet.replace(/\s+/g, " ").trim();
}

(async () => {
  const seen = {
    "html, marked": await read(html(MARKED)),
    "xhtml, plain": await read(xhtml(PLAIN)),
    "xhtml, marked": await read(xhtml(MARKED)),
  };
  for (const [kind, text] of Object.entries(seen)) console.log(`${kind}: ${text}`);
  assert.strictEqual(seen["html, marked"], PLAIN);
  assert.strictEqual(seen["xhtml, plain"], PLAIN);
  assert.strictEqual(
    seen["xhtml, marked"], "El juez condenó a , y a .noAna VegaLuis Mora", "the words stand elsewhere now");
})().catch((error) => { console.error(error); process.exit(1); });
EOJS
node seen.cjs
