#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/secrets.h"
#include "fleet/hub.h"

/* Reads the first line of a file. */
static int read_file(struct buf *to, const char *path, struct buf *why)
{
	struct buf reason = {0};
	const char *end;
	const int err = file_read(to, path, &reason);

	if (err)
		buf_addf(why, "SCRAPE_FLEET_PASSWORD_FILE %.200s: %s", path,
			 buf_cstr(&reason));
	buf_release(&reason);
	end = to->len ? memchr(to->data, '\n', to->len) : NULL;
	if (end)
		to->len = (size_t)(end - to->data);
	return err;
}

/* Appends the password. Returns 0; or -1 if the file cannot be read. */
static int read_password(struct buf *to, struct buf *why)
{
	const char *text = getenv("SCRAPE_FLEET_PASSWORD");
	const char *path = getenv("SCRAPE_FLEET_PASSWORD_FILE");

	if (text)
		buf_addstr(to, text);
	else if (path && read_file(to, path, why))
		return -1;
	if (to->len)
		secrets_add(buf_cstr(to), NULL);
	return 0;
}

struct hub *hub_open_for_user(struct hub_config config, struct buf *why)
{
	struct buf password = {0};
	struct hub *hub = NULL;

	if (!read_password(&password, why)) {
		config.password = password.len ? buf_cstr(&password) : NULL;
		hub = hub_open(&config, why);
	}
	if (password.data)
		explicit_bzero(password.data, password.len);
	buf_release(&password);
	return hub;
}
