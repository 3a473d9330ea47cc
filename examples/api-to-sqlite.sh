#!/bin/sh
# api-to-sqlite.sh [SITE [FILE]]: fetches a list from an API, then every item of
# it, and writes one row per item to the table "records" of an SQLite database.
# An example of a query:
#	sqlite3 bookshop.db 'select shelf, avg(price) from records group by 1'
set -eu
site=${1:-http://localhost:8080}
file=${2:-bookshop.db}

scrape --jq 'urls=[.items[].url]' "$site/api/products" |
	jq -r --arg site "$site" '$site + .data.urls[]' |
	scrape --ordered --format sqlite -o "$file" \
		--jq number=.id --jq book=.title --jq author=.author \
		--jq price=.price --jq shelf=.shelf
