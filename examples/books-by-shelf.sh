#!/bin/sh
# books-by-shelf.sh [SITE]: writes all books of the bookshop as a table, with
# the name of the shelf on whose page each was found. Interrupted, the same
# command continues.
set -eu
site=${1:-http://localhost:8080}
here=$(dirname -- "$0")

scrape crawl --state books.state --resume -o books.jsonl \
	--extract "$here/books-by-shelf.json" --rows book "$site/"
scrape table books.jsonl --format tsv --columns shelf,title,author,price |
	{ read -r head; printf '%s\n' "$head"; sort; }
