-- The beginning of every script. KEYS[1] is the prefix of all keys of the job.
-- ARGV[1..8]: version, run_id of the server, lease time in ms, worker, number
-- of hosts that the worker has leased, token, host, and the number of URLs that
-- the worker was handed under this lease. A script's own arguments follow.
--
-- Keys, behind the prefix:
--   meta       hash: the job and its totals
--   due        sorted set: hosts that have waiting URLs and are not leased, by
--              the time at which they may be requested
--   leased     sorted set: leased hosts, by the end of the lease
--   tokens     hash: token of a lease -> host
--   workers    hash: worker -> "time pages since base rate hosts", with " left"
--              at the end if the worker has ended in order
--   rows       stream of rows that wait to be collected
--   h:HOST     hash: totals of the host, times of its next request, and its
--              lease
--   p:HOST     string "TIME STATE": the state of the host that a worker has
--              handed in, and the time of that. It expires an hour after the
--              host is given back without URLs and may be requested again,
--              unless the host is leased or gets URLs by then.
--   q:HOST     sorted set: waiting URLs, by negative priority. A member is the
--              number of the URL in 8 hexadecimal digits and its text, so
--              that URLs of the same priority are sorted by number.
--   w:HOST     hash: URLs in work: number -> "HANDED SCORE TEXT". HANDED counts
--              the URLs that were handed out under the lease, from 1.
--   s:N:HOST   set N of the fingerprints of the host's URLs, which are divided
--              into sets of up to 512 integers, because Redis stores such a
--              set with only 8 bytes for each integer.
local P, VERSION, RUN, LEASE = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3])
local WORKER, TOKEN, HOST = ARGV[4], ARGV[6], ARGV[7]
local call = redis.call
local meta, due, leased = P .. 'meta', P .. 'due', P .. 'leased'
local tokens, workers, rows = P .. 'tokens', P .. 'workers', P .. 'rows'

local clock = call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local job = call('HMGET', meta, 'version', 'run', 'state', 'hold', 'memory_at',
		 'is_full')

-- No host is leased for one lease time after a restart: the server may have
-- forgotten leases that it had granted.
local hold = tonumber(job[4] or 0)
if job[1] == VERSION and job[2] ~= RUN then
	hold = now + LEASE
	call('HSET', meta, 'run', RUN, 'hold', hold)
end

local function integer(n)
	return string.format('%.0f', n)
end

-- Returns the first elements of each reply: status, state of the job, totals.
local function totals(status)
	local m = call('HMGET', meta, 'state', 'known', 'waiting', 'work',
		       'done', 'bytes', 'dropped', 'loaded')
	return {status, m[1] or 'running', m[2] or 0, m[3] or 0, m[4] or 0,
		m[5] or 0, call('XLEN', rows), m[6] or 0, m[7] or 0, m[8] or 0}
end

-- Notes that the worker has called, and has finished this number of pages.
local function touch(pages)
	local line = call('HGET', workers, WORKER)
	local at, total, since, base, rate
	if line then
		at, total, since, base, rate =
			line:match('(%S+) (%S+) (%S+) (%S+) (%S+)')
	else
		total, since, base, rate = 0, now, 0, 0
		local all = call('HGETALL', workers)
		for i = 1, #all, 2 do
			if now - tonumber(all[i + 1]:match('%S+')) > 3600000 then
				call('HDEL', workers, all[i])
			end
		end
	end
	total, since = total + pages, tonumber(since)
	if now - since >= 10000 then
		rate = (total - base) * 1000 / (now - since)
		since, base = now, total
	end
	call('HSET', workers, WORKER, string.format('%.0f %.0f %.0f %.0f %.3f %s',
		now, total, since, base, tonumber(rate), ARGV[5]))
end

-- Returns true if the server's memory is full. Reads it at most once a second.
local function is_full()
	if now - tonumber(job[5] or 0) < 1000 then
		return job[6] == '1'
	end
	local info = call('INFO', 'memory')
	local used = tonumber(info:match('used_memory:(%d+)'))
	local most = tonumber(info:match('maxmemory:(%d+)'))
	job[5], job[6] = now, (most > 0 and used >= most) and '1' or '0'
	call('HSET', meta, 'memory_at', now, 'is_full', job[6])
	return job[6] == '1'
end

-- Returns a hash of a fingerprint. Fingerprints may be numbers of lines:
-- the lines of a host are equal modulo a power of two if hosts take turns in a
-- list. (The product of 32 and 16 bits is exact in a double.)
local function hash(fingerprint)
	local x = tonumber(fingerprint:sub(-9))
	for _ = 1, 2 do
		x = x * 40503 % 4294967296
		x = bit.bxor(x, bit.rshift(x, 15)) % 4294967296
	end
	return x
end

-- Returns the number of the set that a fingerprint belongs to, if there are n
-- sets (linear hashing).
local function set_of(fingerprint, n)
	local level = 1
	while level * 2 <= n do
		level = level * 2
	end
	local i = hash(fingerprint) % (level * 2)
	return i < n and i or i - level
end

local function set_key(host, i)
	return P .. 's:' .. i .. ':' .. host
end

-- Adds a set, and moves fingerprints to it from the set that is to be divided
-- next (linear hashing).
local function divide_set(host, h)
	local level = 1
	while level * 2 <= h.sets do
		level = level * 2
	end
	local from, moved = set_key(host, h.sets - level), {}
	for _, f in ipairs(call('SMEMBERS', from)) do
		if hash(f) % (level * 2) == h.sets then
			moved[#moved + 1] = f
		end
	end
	if #moved > 0 then
		call('SREM', from, unpack(moved))
		call('SADD', set_key(host, h.sets), unpack(moved))
	end
	h.sets = h.sets + 1
end

-- Data of the hosts to which this script adds links, by name.
local changed = {}

local function host_to_change(host)
	local h = changed[host]
	if not h then
		local m = call('HMGET', P .. 'h:' .. host, 'number', 'known',
			       'sets', 'token', 'ready')
		h = {number = tonumber(m[1] or 0), known = tonumber(m[2] or 0),
		     sets = tonumber(m[3] or 1), is_leased = m[4],
		     ready = tonumber(m[5] or 0), added = 0}
		changed[host] = h
	end
	return h
end

-- Adds a link. Returns 1 if it is new, and 0 if the host has it already.
local function add_link(host, fingerprint, priority, text)
	local h = host_to_change(host)
	local set = set_key(host, set_of(fingerprint, h.sets))
	if call('SADD', set, fingerprint) == 0 then
		return 0
	end
	h.number, h.known, h.added = h.number + 1, h.known + 1, h.added + 1
	call('ZADD', P .. 'q:' .. host, -priority,
	     string.format('%08x', h.number) .. text)
	if h.known > h.sets * 200 then
		divide_set(host, h)
	end
	return 1
end

-- Returns 1 if a link is new, and 0 if the host has it. Does not add the link.
local function is_new_link(host, fingerprint)
	local h = host_to_change(host)
	return 1 - call('SISMEMBER', set_key(host, set_of(fingerprint, h.sets)),
			fingerprint)
end

-- Adds the links that begin at ARGV[at]. Each has five arguments: host,
-- fingerprint, priority, 1 if the link takes the place of a finished URL, and
-- text. If `host` is given, the links have no first argument. Returns the
-- number of added links, and the number of new links that were not added
-- because the memory is full. A link that takes the place of a finished URL is
-- always added.
local function add_links(at, count, host)
	local width = host and 4 or 5
	local full = count > 0 and is_full()
	local added, dropped = 0, 0
	for i = at, at + (count - 1) * width, width do
		local to, k = host or ARGV[i], i + width - 4
		if full and ARGV[k + 2] ~= '1' then
			dropped = dropped + is_new_link(to, ARGV[k])
		else
			added = added + add_link(to, ARGV[k], ARGV[k + 1],
						 ARGV[k + 3])
		end
	end
	for name, h in pairs(changed) do
		if h.added > 0 then
			call('HSET', P .. 'h:' .. name, 'number', h.number,
			     'known', h.known, 'sets', h.sets)
			if not h.is_leased then
				call('ZADD', due, 'NX', math.max(h.ready, now),
				     name)
				call('PERSIST', P .. 'p:' .. name)
			end
		end
	end
	if added > 0 then
		call('HINCRBY', meta, 'known', added)
		call('HINCRBY', meta, 'waiting', added)
	end
	if dropped > 0 then
		call('HINCRBY', meta, 'dropped', dropped)
	end
	return added, dropped
end

-- Hands out up to `most` waiting URLs of a leased host. Appends to the reply
-- the number of URLs handed out under this lease so far, and then the number
-- and the text of each URL that the worker does not have. The worker has the
-- first `known` ones: others were in a reply that was lost, and are sent again.
local function hand_out(reply, host, known, most)
	local h, w = P .. 'h:' .. host, P .. 'w:' .. host
	local handed = tonumber(call('HGET', h, 'handed') or 0)
	local at = #reply + 1
	reply[at] = handed
	if handed > known then
		local all = call('HGETALL', w)
		for i = 1, #all, 2 do
			local n, text = all[i + 1]:match('^(%d+) %S+ (.*)$')
			if tonumber(n) > known then
				reply[#reply + 1] = all[i]
				reply[#reply + 1] = text
			end
		end
	end
	if most <= 0 then
		return
	end
	local taken = call('ZPOPMIN', P .. 'q:' .. host, most)
	local work = {}
	for i = 1, #taken, 2 do
		local id, text = taken[i]:sub(1, 8), taken[i]:sub(9)
		handed = handed + 1
		work[i] = id
		work[i + 1] = handed .. ' ' .. taken[i + 1] .. ' ' .. text
		reply[#reply + 1] = id
		reply[#reply + 1] = text
	end
	if #work > 0 then
		call('HSET', w, unpack(work))
		call('HSET', h, 'handed', handed)
		call('HINCRBY', meta, 'waiting', -#work / 2)
		call('HINCRBY', meta, 'work', #work / 2)
	end
	reply[at] = handed
end

-- Saves the worker's description of the host. The arguments from ARGV[at] on
-- are the state (empty: unchanged), the time until the host may get its next
-- request, and the interval between two requests.
local function save_host(host, at)
	call('HSET', P .. 'h:' .. host, 'ready',
	     integer(now + tonumber(ARGV[at + 1])), 'interval', ARGV[at + 2])
	if ARGV[at] ~= '' then
		call('SET', P .. 'p:' .. host, integer(now) .. ' ' .. ARGV[at])
	end
end

-- Ends the lease of a host. Its URLs in work wait again, in their old places.
local function end_lease(host, token, ready)
	local h, w, q = P .. 'h:' .. host, P .. 'w:' .. host, P .. 'q:' .. host
	local all = call('HGETALL', w)
	for i = 1, #all, 2 do
		local score, text = all[i + 1]:match('^%d+ (%S+) (.*)$')
		call('ZADD', q, score, all[i] .. text)
	end
	if #all > 0 then
		call('DEL', w)
		call('HINCRBY', meta, 'waiting', #all / 2)
		call('HINCRBY', meta, 'work', -#all / 2)
	end
	call('HDEL', h, 'token', 'handed', 'submitted')
	call('HSET', h, 'ready', ready)
	call('HDEL', tokens, token)
	call('ZREM', leased, host)
	if call('EXISTS', q) == 1 then
		call('ZADD', due, ready, host)
	else
		-- Do not keep texts of robots.txt for hosts that are done.
		call('PEXPIRE', P .. 'p:' .. host,
		     integer(math.max(0, ready - now) + 3600000))
	end
end

-- Returns the reply to a call whose lease is not valid any more.
local function refuse()
	call('HINCRBY', meta, 'refused', 1)
	return totals('refused')
end

local function has_lease()
	return call('HGET', P .. 'h:' .. HOST, 'token') == TOKEN
end
