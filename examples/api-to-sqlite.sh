#!/bin/sh
# api-to-sqlite.sh [SITE [FILE]]: a list of an API, each item of it fetched, and
# a row for each in the table "records" of an SQLite database. Then, for one:
#	sqlite3 bookshop.db 'select shelf, avg(price) from records group by 1'
set -eu
site=${1:-http://localhost:8080}
file=${2:-bookshop.db}

scrape --jq 'urls=[.items[].url]' "$site/api/products" |
	jq -r --arg site "$site" '$site + .data.urls[]' |
	scrape --ordered --format sqlite -o "$file" \
		--jq number=.id --jq book=.title --jq author=.author \
		--jq price=.price --jq shelf=.shelf
