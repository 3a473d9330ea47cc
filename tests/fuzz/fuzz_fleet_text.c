/*
 * Reads any bytes as the text of a URL from the hub, and as the state of a
 * host. The result is packed, read and packed again: the two texts must be
 * equal.
 */
#include <stdint.h>
#include <stdlib.h>

#include "cmd/fleet_worker/host_state.h"
#include "cmd/fleet_worker/item.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct fetch_config config = {
	.proto_default = "https",
	.max_redirs = 10,
	.max_time = 30e3,
};

static void check_equal(const struct buf *a, const struct buf *b)
{
	if (a->len != b->len || memcmp(a->data, b->data, a->len))
		abort();
}

static void check_item(struct slice text)
{
	struct buf first = {0}, second = {0};
	struct job *job = item_unpack(text, &config, 0);

	if (!job)
		return;
	item_pack(&first, job, 0);
	job_free(job);
	job = item_unpack(slice_of(&first), &config, 0);
	if (!job || !item_host(job).len)
		abort();
	item_pack(&second, job, 0);
	check_equal(&first, &second);
	job_free(job);
	buf_release(&first);
	buf_release(&second);
}

static void check_state(struct slice text)
{
	struct host_state s = {0}, again = {0};
	struct buf first = {0}, second = {0};

	if (!host_state_unpack(&s, text, 0, 0)) {
		host_state_pack(&first, &s, 0);
		if (host_state_unpack(&again, slice_of(&first), 0, 0))
			abort();
		host_state_pack(&second, &again, 0);
		check_equal(&first, &second);
	}
	host_state_release(&s);
	host_state_release(&again);
	buf_release(&first);
	buf_release(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct slice text = {(const char *)data, size};

	check_item(text);
	check_state(text);
	return 0;
}
