#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret_rules.h"
#include "base/secrets.h"

static int forget(void **state)
{
	(void)state;
	secrets_clear();
	return 0;
}

static void check_names(const char *const *names, bool secret)
{
	for (; *names; names++)
		if (secret_name(*names, strlen(*names)) != secret)
			fail_msg("%s: taken for %s", *names,
				 secret ? "no secret" : "a secret");
}

static void names_of_secrets_are_recognised(void **state)
{
	static const char *const names[] = {
		"Authorization", "authorization", "Proxy-Authorization",
		"X-Forwarded-Authorization", "Authentication", "Cookie",
		"Cookie2", "X-Api-Key", "Api-Key", "ApiKey", "APIKEY",
		"api_key", "api.key", "x-goog-api-key", "X-MBX-APIKEY",
		"X-Auth-Token", "X-Auth-Key", "X-Auth", "X-Auth-Email",
		"X-Amz-Security-Token", "X-Amz-Signature", "X-Amz-Credential",
		"PRIVATE-TOKEN", "JOB-TOKEN", "X-Access-Token", "access_token",
		"accessToken", "X-TrackerToken", "xi-api-key", "DD-API-KEY",
		"DD-APPLICATION-KEY", "Ocp-Apim-Subscription-Key",
		"x-functions-key", "X-Vault-Token", "X-Shopify-Access-Token",
		"X-Shopify-Storefront-Access-Token", "X-RapidAPI-Key",
		"X-Client-Secret", "client_secret", "APCA-API-SECRET-KEY",
		"CF-Access-Client-Secret", "Cf-Access-Jwt-Assertion",
		"CB-ACCESS-SIGN", "CB-ACCESS-PASSPHRASE", "API-Sign",
		"X-Session-Id", "X-Transmission-Session-Id", "PHPSESSID",
		"JSESSIONID", "X-CSRF-Token", "X-XSRF-TOKEN", "X-Csrf",
		"X-Password", "passwd", "pwd", "pass", "X-Hub-Signature-256",
		"X-GitHub-OTP", "DPoP", "X-Plex-Token", "X-Zumo-Auth",
		"Grpc-Metadata-macaroon", "X-Honeycomb-Team", "sig", "key",
		"X-Subscription-Token", "token", "secret", "id_token", "jwt",
		"user_password", "X-Credentials", "oauth_token", "oauth2",
		NULL};

	(void)state;
	check_names(names, true);
}

static void other_names_are_not_secret(void **state)
{
	static const char *const names[] = {
		"Accept", "Accept-Language", "User-Agent", "Content-Type",
		"X-Author", "author", "authority", "X-Client", "X-Request-Id",
		"max_tokens", "tokens", "tokenize", "keyword", "keywords",
		"X-Forwarded-For", "Origin", "Referer", "design", "assign",
		"X-RapidAPI-Host", "compass", "bypass", "sessions", "Range",
		"Idempotency-Key", "If-None-Match", "spin", "inside", "page",
		"user", "", "-", "signal", "assertions", NULL};

	(void)state;
	check_names(names, false);
}

static bool header(const char *line)
{
	return secret_header(line, strlen(line));
}

static void header_is_secret_by_name_or_by_value(void **state)
{
	(void)state;
	secrets_add("s3cr3t", NULL);
	secrets_add_login("me:pass/w\"d");
	secrets_add("abc", NULL);
	assert_true(header("X-Api-Key: k"));
	assert_true(header("x-api-key:k"));
	assert_true(header("Host: other.example"));
	assert_true(header("X-Plain: a s3cr3t b"));
	assert_true(header("X-Plain: bWU6cGFzcy93ImQ="));
	assert_true(header("X-Plain: pass%2Fw%22d"));
	assert_true(header("X-Plain: {\"a\":\"pass/w\\\"d\"}"));
	assert_false(header("X-Plain: s3cr3"));
	assert_false(header("X-Plain;"));
	/* Short values are secret only as a whole. */
	assert_true(header("X-Plain: abc"));
	assert_false(header("X-Plain: abcd"));
	/* An empty header sends no secret. */
	assert_false(header("Cookie:"));
	assert_false(header("Authorization: "));
}

static void header_with_a_secret_in_a_url_is_secret(void **state)
{
	(void)state;
	assert_true(header("Referer: http://me:pw@a.example/"));
	assert_true(header("Referer: https://a.example/?a=1&token=x"));
	assert_true(header("Link: <http://a.example/>; rel=prev, "
			   "<http://me:pw@a.example/>; rel=next"));
	assert_false(header("Referer: http://a.example/?page=1"));
	assert_false(header("From: me:x@a.example"));
	assert_false(header("User-Agent: bot (+http://a.example/; me@b.example)"));
	assert_false(header("User-Agent: bot +http://a.example me@b.example"));
}

static void secrets_of_all_urls_in_a_text_are_found(void **state)
{
	static const char text[] = "\"http://me:pw@a/?key=k&b=1#token=t\" "
				   "me@b <https://you@c> http://d/?sig= "
				   "http://e/,HTTP://u:a,b@f;g/;http://v:w@h";
	static const char *const secrets[] = {"me:pw", "k", "t", "you", "u:a,b",
					      "v:w", NULL};
	struct slice secret;
	size_t at = 0, i = 0;

	(void)state;
	for (; secret_text_next(text, strlen(text), &at, &secret); i++) {
		assert_non_null(secrets[i]);
		assert_true(slice_is(secret, secrets[i]));
	}
	assert_null(secrets[i]);
	at = 0;
	assert_false(secret_text_next("", 0, &at, &secret));
}

static void variable_is_surely_secret_by_its_name(void **state)
{
	static const char urls[] = "https://8080.example/orgs/octo?k=hush-hush";

	(void)state;
	secrets_add_variable("octo", "ORG");
	assert_true(secrets_are_in(urls, strlen(urls)));
	assert_false(secrets_are_surely_in(urls, strlen(urls)));
	secrets_add_variable("hush-hush", "API_KEY");
	assert_true(secrets_are_surely_in(urls, strlen(urls)));
	/* The value was that of a variable, and is now that of a password,
	 * too. */
	secrets_clear();
	secrets_add_variable("octo", "ORG");
	secrets_add("octo", NULL);
	assert_true(secrets_are_surely_in(urls, strlen(urls)));
}

static bool body(const char *text)
{
	return secret_body(text, strlen(text), NULL);
}

static void secrets_are_found_in_bodies_of_all_kinds(void **state)
{
	static const char *const with[] = {
		"password=x", "a=1&access_token=x", "user%5Bpassword%5D=x",
		"pass%77ord=x", "{\"apiKey\": 1}", "{\"a\":{\"secret\" :\"x\"}}",
		"<login><password>x</password></login>",
		"Content-Disposition: form-data; name=\"token\"\r\n\r\nx",
		"client_secret: x\n", "[{'pwd': 'x'}]", "a s3cr3t b",
		"{\\\"token\\\": \\\"x\\\"}", NULL};
	static const char *const without[] = {
		"", "a=1", "{\"max_tokens\": 5, \"author\": \"me\"}", "password",
		"the token is here", "q=password", "[\"secret\"]", "key", NULL};
	struct buf what = {0};

	(void)state;
	secrets_add("s3cr3t", NULL);
	for (size_t i = 0; with[i]; i++)
		if (!body(with[i]))
			fail_msg("not found in %s", with[i]);
	for (size_t i = 0; without[i]; i++)
		if (body(without[i]))
			fail_msg("found in %s", without[i]);
	assert_true(secret_body("a=1&password=hunter2", 20, &what));
	assert_string_equal(buf_cstr(&what), "\"password\"");
	buf_release(&what);
}

static void urls_are_shown_without_their_secrets(void **state)
{
	static const struct {
		const char *url, *shown;
	} urls[] = {
		{"http://a.example/x?y=1#z", "http://a.example/x?y=1#z"},
		{"http://me:pw@a.example/", "http://***@a.example/"},
		{"http://me@a.example/@x", "http://***@a.example/@x"},
		{"http://me:p@w@a.example", "http://***@a.example"},
		{"https:/me:pw@a.example/", "https:/***@a.example/"},
		{"http:\\\\me:pw@a.example\\", "http:\\\\***@a.example\\"},
		{"http:///me:pw@a.example/", "http:///***@a.example/"},
		{"//me:pw@a.example/", "//***@a.example/"},
		{"me:pw@a.example/x", "***@a.example/x"},
		{"a=http://me:pw@a.example/", "a=http://***@a.example/"},
		{"a.example:8080/x@y", "a.example:8080/x@y"},
		{"http://a.example/?x=http://me:pw@b/",
		 "http://a.example/?x=http://me:pw@b/"},
		{"http://a.example/?token=abc&b=2", "http://a.example/?token="
						    "***&b=2"},
		{"http://a.example/?b=2&api%5Fkey=abc#access_token=d&e=f",
		 "http://a.example/?b=2&api%5Fkey=***#access_token=***&e=f"},
		{"http://me:pw@a.example/a&key=1?key=2&sig=",
		 "http://***@a.example/a&key=1?key=***&sig="},
		{"http://a.example/?key=${KEY}", "http://a.example/?key="
						 "${KEY}"},
		{"", ""}, {"@", "@"}, {"http://@a/", "http://@a/"},
		{"?key=", "?key="}, {"://", "://"},
		/* Lines of which no request could be made. */
		{"{\"url\":\"http://a/\",\"headers\":{\"Authorization\":\"x\"}",
		 "{***}"},
		{"{ \"url\": \"http://a/\", \"json\": {\"password\": 1}}",
		 "{***}"},
		{"{\"url\":\"http://a/\",\"headers\":{\"X\":\"http://me@b/\"}",
		 "{***}"},
		{"{\"url\":\"http://a/\",\"foo\":1}",
		 "{\"url\":\"http://a/\",\"foo\":1}"},
		{"{base}/?key=1", "{base}/?key=***"}, {"{", "{"}, {"{ ", "{ "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++) {
		struct buf out = {0};

		secret_url_show(&out, urls[i].url, strlen(urls[i].url));
		assert_string_equal(buf_cstr(&out), urls[i].shown);
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_secrets_are_recognised),
		cmocka_unit_test(other_names_are_not_secret),
		cmocka_unit_test_teardown(header_is_secret_by_name_or_by_value,
					  forget),
		cmocka_unit_test(header_with_a_secret_in_a_url_is_secret),
		cmocka_unit_test(secrets_of_all_urls_in_a_text_are_found),
		cmocka_unit_test_teardown(
			variable_is_surely_secret_by_its_name, forget),
		cmocka_unit_test_teardown(
			secrets_are_found_in_bodies_of_all_kinds, forget),
		cmocka_unit_test(urls_are_shown_without_their_secrets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
