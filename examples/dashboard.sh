#!/bin/sh
# dashboard.sh [SITE]: makes one document from four endpoints of the bookshop.
# They are requested at once, so it takes as long as the slowest of them, not as
# long as all together.
set -eu
site=${1:-http://localhost:8080}

scrape gather \
	customers="$site/api/customers" \
	products="$site/api/products?ms=100" \
	orders="$site/api/orders?ms=300" \
	reviews="$site/api/products/1/reviews?ms=200" |
	jq '.data | {
		customers: (.customers | length),
		products: [.products.items[].title],
		orders: [.orders.items[].id],
		praise: [.reviews[] | select(.stars == 5).text]
	}'
