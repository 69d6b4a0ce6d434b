#!/usr/bin/env bash
# feedparser takes the hours of Madrid, Paris and Berlin for those of Greenwich.
#
# Expected: published_parsed, which is in UTC, of "Thu, 04 Mar 2021 00:30:00 CET" is 23:30 of the 3rd
#   of March, as "... +0100" gives it; or none, or a sign that the zone is not known.
# Seen: feedparser 6.0.14 knows the zones of North America ("EST" is five hours behind); of any other,
#   CET and CEST, WET, BRT and ART, it drops the name and calls the rest UTC: 00:30 of the 4th, one to
#   three hours wrong, and the day with it for what is published about midnight. bozo stays false.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
cd "$folder"
HOME=$folder "$folder/venv/bin/python" - <<'EOF'
import feedparser

FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>El Faro</title><item>'
    "<title>Cierra el puente</title><pubDate>Thu, 04 Mar 2021 00:30:00 {zone}</pubDate>"
    "</item></channel></rss>"
)
HOURS = {  # behind or ahead of UTC, and the day and hour in UTC that feedparser gives
    "+0100": (1, (3, 23)), "EST": (-5, (4, 5)), "GMT": (0, (4, 0)),
    "CET": (1, (4, 0)), "CEST": (2, (4, 0)), "WEST": (1, (4, 0)), "BRT": (-3, (4, 0)),
}
print("feedparser", feedparser.__version__)
for zone, (hours, seen) in HOURS.items():
    feed = feedparser.parse(FEED.format(zone=zone).encode())
    parsed = feed.entries[0].published_parsed
    right = (3, 24 - hours) if hours > 0 else (4, -hours)
    print(f"00:30 {zone}: day {parsed.tm_mday} {parsed.tm_hour:02}:{parsed.tm_min} UTC,",
          "right" if seen == right else f"should be day {right[0]} {right[1]:02}:30")
    assert not feed.bozo
    assert (parsed.tm_mday, parsed.tm_hour) == seen, parsed
EOF
