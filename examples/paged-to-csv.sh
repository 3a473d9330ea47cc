#!/bin/sh
# paged-to-csv.sh [SITE]: writes all orders of the bookshop, from all pages, as
# CSV. The spec tells scrape to follow the Link header to the next page.
set -eu
site=${1:-http://localhost:8080}
here=$(dirname -- "$0")

scrape gather --spec "$here/paged-to-csv.json" --var SITE="$site" |
	jq -r '["order", "customer", "cents", "state"],
		(.[] | [.id, .customer, (.total * 100 | round), .state])
		| @csv'
