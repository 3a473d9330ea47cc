#!/bin/sh
# paged-to-csv.sh [SITE]: all orders of the bookshop, over all pages, as CSV.
# The Link header of a page says where the next one is; the spec says so.
set -eu
site=${1:-http://localhost:8080}
here=$(dirname -- "$0")

scrape gather --spec "$here/paged-to-csv.json" --var SITE="$site" |
	jq -r '["order", "customer", "cents", "state"],
		(.[] | [.id, .customer, (.total * 100 | round), .state])
		| @csv'
