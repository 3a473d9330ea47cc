#include "cmd/warc/writer/igzip.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/library/isal.h"
#include "base/mem.h"

#if HAS_ISAL

enum {
	LEVEL = 1,
	/* Computing a Huffman code for a member takes 7 us. Members of at most
	 * this number of bytes get a common code instead, which takes no time
	 * and makes them 6 to 10 % larger. */
	SMALL = 2048,
	ROOM = 16 << 10,
	ALIGNMENT = 64,
};

/* A text that resembles small records; the common code is computed from it. */
static const char sample[] =
	"WARC/1.1\r\n"
	"WARC-Type: request\r\n"
	"WARC-Record-ID: <urn:uuid:e0e22f41-4718-4747-94cd-971b0d88dd67>\r\n"
	"WARC-Date: 2026-11-30T12:53:52.052Z\r\n"
	"WARC-Concurrent-To: <urn:uuid:12b32de5-ffef-4da7-b217-1235c670aafa>"
	"\r\n"
	"WARC-Target-URI: https://www.example.com/products/table?page=1\r\n"
	"WARC-IP-Address: 192.0.2.187\r\n"
	"WARC-Protocol: http/1.1\r\n"
	"WARC-Block-Digest: sha1:DCN5BMG6MF2ABMNNV5L2CZLGMMM24XVS\r\n"
	"Content-Type: application/http;msgtype=request\r\n"
	"Content-Length: 130\r\n\r\n"
	"GET /products/table?page=1 HTTP/1.1\r\n"
	"Host: www.example.com\r\n"
	"Accept: */*\r\n"
	"User-Agent: scrape/0.1.0\r\n"
	"Accept-Encoding: gzip, deflate, br, zstd\r\n\r\n\r\n\r\n"
	"WARC/1.1\r\n"
	"WARC-Type: response\r\n"
	"WARC-Record-ID: <urn:uuid:5b6c09d3-a7f8-4c11-9e65-3fd08a2b7c94>\r\n"
	"WARC-Payload-Digest: sha1:QHJ7WTK3PAF6EYIO4RUGX2ZD5L7BNVSC\r\n"
	"HTTP/1.1 200 OK\r\n"
	"Server: nginx/1.22.1\r\n"
	"Date: Mon, 30 Nov 2026 12:53:52 GMT\r\n"
	"Content-Type: application/json\r\n"
	"Content-Length: 72\r\n"
	"Last-Modified: Sun, 29 Nov 2026 18:04:36 GMT\r\n"
	"Connection: keep-alive\r\n"
	"ETag: \"656b8c72-48\"\r\n"
	"Cache-Control: max-age=3600\r\n\r\n"
	"{\"id\":1,\"name\":\"Wooden table\",\"price\":\"129.50\",\"stock\":7}";

static struct isal_hufftables small_code;

static void make_small_code(void)
{
	struct isal_huff_histogram histogram = {0};

	isal_update_histogram((uint8_t *)sample, (int)strlen(sample),
			      &histogram);
	/* Fails only for a histogram that no text has. */
	if (isal_create_hufftables(&small_code, &histogram))
		abort();
}

struct igzip {
	struct isal_zstream z;
	uint8_t level_buf[ISAL_DEF_LVL1_DEFAULT];
};

struct igzip *igzip_new(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	void *z;

	if (!isal_is_available())
		return NULL;
	pthread_once(&once, make_small_code);
	if (posix_memalign(&z, ALIGNMENT, sizeof(struct igzip)))
		mem_exhausted();
	return z;
}

void igzip_free(struct igzip *z)
{
	free(z);
}

void igzip_begin(struct igzip *z, uint64_t len)
{
	isal_deflate_init(&z->z);
	if (len <= SMALL) {
		z->z.hufftables = &small_code;
	} else {
		z->z.level = LEVEL;
		z->z.level_buf = z->level_buf;
		z->z.level_buf_size = sizeof(z->level_buf);
	}
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

void igzip_begin(struct igzip *z, uint64_t len)
{
	(void)z;
	(void)len;
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
