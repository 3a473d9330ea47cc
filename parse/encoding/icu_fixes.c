/* Tables of the byte sequences that ICU 72 and the Encoding Standard read
 * differently. The differences were found by decoding every pair of bytes with
 * ICU and with a browser's decoder (encoding_rs 0.8.31). */
#include "parse/encoding/icu_fixes.h"

#include <stdbool.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct run {
	uint16_t from, to, count;
};

/* Characters that ICU's Big5 maps to the private use area although Unicode has
 * code points for them. */
static const struct run big5_private[] = {
	{0xf303, 0x31c0, 5}, {0xf309, 0x31c5, 1}, {0xf30c, 0x31c6, 2},
	{0xf310, 0x31c8, 1}, {0xf312, 0x31c9, 4}, {0xf317, 0x31cd, 2},
	{0xf34a, 0x23da, 2}, {0xf57a, 0x9fa6, 1}, {0xf5a4, 0x9fa7, 1},
	{0xf5ab, 0x9fa8, 1}, {0xf5cc, 0x9fa9, 1}, {0xf5ce, 0x9faa, 1},
	{0xf5d0, 0x9fab, 1}, {0xf5d5, 0x9fac, 1}, {0xf5ec, 0x9fad, 2},
	{0xf5ef, 0x9faf, 1}, {0xf602, 0x9fb2, 1}, {0xf61c, 0x9fb3, 1},
	{0xf7e5, 0x31cf, 1}, {0xf7eb, 0x9fb0, 1}, {0xf7ed, 0x9fb1, 1},
};

/* Byte pairs of Big5 that ICU's converter cannot decode. */
static const struct run big5_pairs[] = {
	{0x87a4, 0x9f97, 1}, {0x87ac, 0x9f96, 1}, {0x8e69, 0x7bb8, 1},
	{0x8e6f, 0x7c06, 1}, {0x8e7e, 0x7cce, 1}, {0x8eab, 0x7dd2, 1},
	{0x8eb4, 0x7e1d, 1}, {0x8ecd, 0x8005, 1}, {0x8ed0, 0x8028, 1},
	{0x8f57, 0x83c1, 1}, {0x8f69, 0x84a8, 1}, {0x8f6e, 0x840f, 1},
	{0x8fcb, 0x89a6, 1}, {0x8fcc, 0x89a9, 1}, {0x8ffe, 0x8d77, 1},
	{0x906d, 0x90fd, 1}, {0x907a, 0x92b9, 1}, {0x90dc, 0x975c, 1},
	{0x90f1, 0x97ff, 1}, {0x91bf, 0x9f16, 1}, {0x9244, 0x8503, 1},
	{0x92af, 0x5159, 1}, {0x92b0, 0x515b, 1}, {0x92b1, 0x515d, 2},
	{0x92c8, 0x936e, 1}, {0x92d1, 0x7479, 1}, {0x9447, 0x6d67, 1},
	{0x94ca, 0x799b, 1}, {0x95d9, 0x9097, 1}, {0x9644, 0x975d, 1},
	{0x96ed, 0x701e, 1}, {0x96fc, 0x5b28, 1}, {0x9b76, 0x7201, 1},
	{0x9b78, 0x77d7, 1}, {0x9b7b, 0x7e87, 1}, {0x9bc6, 0x99d6, 1},
	{0x9bde, 0x91d4, 1}, {0x9bec, 0x60de, 1}, {0x9bf6, 0x6fb6, 1},
	{0x9c42, 0x8f36, 1}, {0x9c53, 0x4fbb, 1}, {0x9c62, 0x71df, 1},
	{0x9c68, 0x9104, 1}, {0x9c6b, 0x9df0, 1}, {0x9c77, 0x83cf, 1},
	{0x9cbc, 0x5c10, 1}, {0x9cbd, 0x79e3, 1}, {0x9cd0, 0x5a67, 1},
	{0x9d57, 0x8f0b, 1}, {0x9d5a, 0x7b51, 1}, {0x9dc4, 0x62d0, 1},
	{0x9ea9, 0x6062, 1}, {0x9eef, 0x75f9, 1}, {0x9efd, 0x6c4a, 1},
	{0x9f60, 0x9b2e, 1}, {0x9f66, 0x9f17, 1}, {0x9fcb, 0x50ed, 1},
	{0x9fd8, 0x5f0c, 1}, {0xa063, 0x880f, 1}, {0xa077, 0x62ce, 1},
	{0xa0d5, 0x7468, 1}, {0xa0df, 0x7162, 1}, {0xa0e4, 0x7250, 1},
	{0xa3c0, 0x2400, 32}, {0xa3e0, 0x2421, 1}, {0xc6cf, 0x5ef4, 1},
	{0xc6d3, 0x65e0, 1}, {0xc6d5, 0x7676, 1}, {0xc6d7, 0x96b6, 1},
	{0xc6de, 0x3003, 1}, {0xc6df, 0x4edd, 1}, {0xfa5f, 0x5029, 1},
	{0xfa66, 0x507d, 1}, {0xfabd, 0x5305, 1}, {0xfac5, 0x5344, 1},
	{0xfad5, 0x537f, 1}, {0xfb48, 0x5605, 1}, {0xfbb8, 0x5a77, 1},
	{0xfbf3, 0x5e75, 1}, {0xfbf9, 0x5ed0, 1}, {0xfc4f, 0x5f58, 1},
	{0xfc6c, 0x60a4, 1}, {0xfcb9, 0x6490, 1}, {0xfce2, 0x6674, 1},
	{0xfcf1, 0x675e, 1}, {0xfdb7, 0x6c9c, 1}, {0xfdb8, 0x6e1d, 1},
	{0xfdbb, 0x6e2f, 1}, {0xfdf1, 0x716e, 1}, {0xfe52, 0x732a, 1},
	{0xfe6f, 0x745c, 1}, {0xfeaa, 0x74e9, 1}, {0xfedd, 0x7809, 1},
};

struct high_byte {
	const char *encoding;
	uint8_t byte;
	uint16_t code_point;
};

static const struct high_byte high_bytes[] = {
	{"KOI8-U", 0xae, 0x045e},
	{"KOI8-U", 0xbe, 0x040e},
	{"windows-1253", 0xaa, ICU_FIX_NONE},
	{"windows-1255", 0xca, 0x05ba},
	{"windows-874", 0xdb, ICU_FIX_NONE},
	{"windows-874", 0xdc, ICU_FIX_NONE},
	{"windows-874", 0xdd, ICU_FIX_NONE},
	{"windows-874", 0xde, ICU_FIX_NONE},
	{"windows-874", 0xfc, ICU_FIX_NONE},
	{"windows-874", 0xfd, ICU_FIX_NONE},
	{"windows-874", 0xfe, ICU_FIX_NONE},
	{"windows-874", 0xff, ICU_FIX_NONE},
};

/* Characters of the bytes from 0xa0 on in ISO-8859-16, which ICU does not
 * have. */
static const uint16_t iso_8859_16[96 + 1] =
	u"\u00a0\u0104\u0105\u0141\u20ac\u201e\u0160\u00a7"
	u"\u0161\u00a9\u0218\u00ab\u0179\u00ad\u017a\u017b"
	u"\u00b0\u00b1\u010c\u0142\u017d\u201d\u00b6\u00b7"
	u"\u017e\u010d\u0219\u00bb\u0152\u0153\u0178\u017c"
	u"\u00c0\u00c1\u00c2\u0102\u00c4\u0106\u00c6\u00c7"
	u"\u00c8\u00c9\u00ca\u00cb\u00cc\u00cd\u00ce\u00cf"
	u"\u0110\u0143\u00d2\u00d3\u00d4\u0150\u00d6\u015a"
	u"\u0170\u00d9\u00da\u00db\u00dc\u0118\u021a\u00df"
	u"\u00e0\u00e1\u00e2\u0103\u00e4\u0107\u00e6\u00e7"
	u"\u00e8\u00e9\u00ea\u00eb\u00ec\u00ed\u00ee\u00ef"
	u"\u0111\u0144\u00f2\u00f3\u00f4\u0151\u00f6\u015b"
	u"\u0171\u00f9\u00fa\u00fb\u00fc\u0119\u021b\u00ff";

static uint16_t find_in_runs(const struct run *runs, size_t count,
			     uint16_t from)
{
	for (size_t i = 0; i < count; i++)
		if (from >= runs[i].from &&
		    from - runs[i].from < runs[i].count)
			return (uint16_t)(runs[i].to + from - runs[i].from);
	return 0;
}

static bool is_ascii(uint16_t unit)
{
	return unit < 0x80;
}

static size_t big5_unit(uint16_t unit, uint16_t to[2])
{
	/* Four of the characters from Hong Kong (HKSCS) are two code points
	 * each. */
	const bool macron = unit == 0xf325 || unit == 0xf344;
	const bool caron = unit == 0xf327 || unit == 0xf346;

	if (macron || caron) {
		to[0] = unit < 0xf340 ? 0x00ca : 0x00ea;
		to[1] = macron ? 0x0304 : 0x030c;
		return 2;
	}
	/* Unlike ICU's Big5, the standard's has neither C1 controls nor private
	 * use characters. */
	if (is_ascii(unit))
		to[0] = unit;
	else
		to[0] = find_in_runs(big5_private, COUNT(big5_private), unit);
	if (!to[0])
		to[0] = ICU_FIX_NONE;
	return 1;
}

/* Corrects A3 A0, which the standard reads as the ideographic space because
 * many pages use it so. */
static size_t gb_unit(uint16_t unit, uint16_t to[2])
{
	to[0] = unit == 0xe5e5 ? 0x3000 : unit;
	return 1;
}

/* Rejects C1 bytes and user-defined characters, which ICU passes through. */
static size_t euc_unit(uint16_t unit, uint16_t to[2])
{
	to[0] = is_ascii(unit) ? unit : ICU_FIX_NONE;
	return 1;
}

/* Corrects control characters: IBM's code page has some of them in other places
 * than ASCII. */
static size_t shift_jis_unit(uint16_t unit, uint16_t to[2])
{
	to[0] = unit == 0x1c ? 0x1a : unit == 0x7f ? 0x1c : unit == 0x1a ?
		0x7f : unit;
	return 1;
}

static const struct {
	const char *encoding;
	icu_fix_unit *patch;
} unit_patches[] = {
	{"Big5", big5_unit},
	{"GBK", gb_unit},
	{"gb18030", gb_unit},
	{"EUC-JP", euc_unit},
	{"EUC-KR", euc_unit},
	{"Shift_JIS", shift_jis_unit},
};

void icu_fix_high_bytes(const char *encoding, uint16_t high[128])
{
	for (size_t i = 0; i < COUNT(high_bytes); i++)
		if (!strcmp(high_bytes[i].encoding, encoding))
			high[high_bytes[i].byte - 0x80] =
				high_bytes[i].code_point;
	if (!strcmp(encoding, "ISO-8859-16"))
		memcpy(high + 32, iso_8859_16, 96 * sizeof(high[0]));
}

icu_fix_unit *icu_fix_for_units(const char *encoding)
{
	for (size_t i = 0; i < COUNT(unit_patches); i++)
		if (!strcmp(unit_patches[i].encoding, encoding))
			return unit_patches[i].patch;
	return NULL;
}

uint16_t icu_fix_bytes(const char *encoding, const char *bytes, size_t len)
{
	const unsigned char *u = (const unsigned char *)bytes;

	if (len == 1 && u[0] == 0x80) {
		if (!strcmp(encoding, "GBK") || !strcmp(encoding, "gb18030"))
			return 0x20ac;
		if (!strcmp(encoding, "Shift_JIS"))
			return 0x0080;
	}
	if (len == 2 && !strcmp(encoding, "Big5"))
		return find_in_runs(big5_pairs, COUNT(big5_pairs),
				    (uint16_t)(u[0] << 8 | u[1]));
	return 0;
}
