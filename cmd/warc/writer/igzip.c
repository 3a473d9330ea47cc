#include "cmd/warc/writer/igzip.h"

#include <stdlib.h>

#include "base/library/isal.h"
#include "base/mem.h"

#if HAS_ISAL

enum { LEVEL = 1, ROOM = 16 << 10, ALIGNMENT = 64 };

struct igzip {
	struct isal_zstream z;
	uint8_t level_buf[ISAL_DEF_LVL1_DEFAULT];
};

struct igzip *igzip_new(void)
{
	void *z;

	if (!isal_is_available())
		return NULL;
	if (posix_memalign(&z, ALIGNMENT, sizeof(struct igzip)))
		mem_exhausted();
	return z;
}

void igzip_free(struct igzip *z)
{
	free(z);
}

void igzip_begin(struct igzip *z)
{
	isal_deflate_init(&z->z);
	z->z.level = LEVEL;
	z->z.level_buf = z->level_buf;
	z->z.level_buf_size = sizeof(z->level_buf);
	z->z.gzip_flag = IGZIP_GZIP;
	z->z.flush = NO_FLUSH;
}

void igzip_give(struct igzip *z, struct slice bytes, bool is_last)
{
	z->z.next_in = (uint8_t *)bytes.p;
	z->z.avail_in = (uint32_t)bytes.len;
	z->z.end_of_stream = is_last;
}

bool igzip_step(struct igzip *z, struct buf *out)
{
	z->z.next_out = (uint8_t *)buf_reserve(out, ROOM);
	z->z.avail_out = ROOM;
	/* Can only fail with wrong settings. */
	if (isal_deflate(&z->z) != COMP_OK)
		abort();
	out->len += ROOM - z->z.avail_out;
	return !z->z.avail_out || z->z.avail_in;
}

#else

struct igzip *igzip_new(void)
{
	return NULL;
}

void igzip_free(struct igzip *z)
{
	(void)z;
}

void igzip_begin(struct igzip *z)
{
	(void)z;
}

void igzip_give(struct igzip *z, struct slice bytes, bool is_last)
{
	(void)z;
	(void)bytes;
	(void)is_last;
}

bool igzip_step(struct igzip *z, struct buf *out)
{
	(void)z;
	(void)out;
	return false;
}

#endif
