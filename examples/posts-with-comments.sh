#!/bin/sh
# posts-with-comments.sh [SITE]: what belongs together in one document: all
# books, each with its reviews, and who wrote them. The reviews are asked for as
# soon as the list of books is there; the customers come at the same time.
set -eu
site=${1:-http://localhost:8080}
here=$(dirname -- "$0")

scrape gather --spec "$here/posts-with-comments.json" --var SITE="$site" |
	jq -r '.[] | "\(.title): \(.reviews | length)",
		(.reviews[] | "  \(.stars) \(.by): \(.text)")'
