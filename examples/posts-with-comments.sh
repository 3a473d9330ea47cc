#!/bin/sh
# posts-with-comments.sh [SITE]: joins three endpoints in one document: all
# books, each with its reviews and the names of their authors. The reviews are
# requested as soon as the list of books has arrived; the customers are
# requested at the same time.
set -eu
site=${1:-http://localhost:8080}
here=$(dirname -- "$0")

scrape gather --spec "$here/posts-with-comments.json" --var SITE="$site" |
	jq -r '.[] | "\(.title): \(.reviews | length)",
		(.reviews[] | "  \(.stars) \(.by): \(.text)")'
