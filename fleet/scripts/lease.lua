-- Takes back expired leases, and then leases the host that was due first, or the
-- one that the worker wants, with or without URLs.
-- ARGV[9]: maximum number of URLs. ARGV[10], ARGV[11]: maximum number and bytes
-- of rows that wait to be collected; with more, no host is leased. ARGV[12]:
-- longest time until the worker asks again. ARGV[13]: host that the worker wants;
-- empty: any.
local most, longest = tonumber(ARGV[9]), tonumber(ARGV[12])

-- Takes back a lease that has expired. From that time on the host rests for an
-- interval, because a request may have been sent at the last moment.
local function take_back(host, expiry)
	local m = call('HMGET', P .. 'h:' .. host, 'token', 'ready', 'interval')
	local rest = math.max(1000, tonumber(m[3] or 0))
	end_lease(host, m[1], math.max(expiry + rest, tonumber(m[2] or 0)))
	call('HINCRBY', meta, 'expired', 1)
end

local expired = call('ZRANGEBYSCORE', leased, '-inf', now, 'WITHSCORES',
		     'LIMIT', 0, 100)
for i = 1, #expired, 2 do
	take_back(expired[i], tonumber(expired[i + 1]))
end
touch(0)

-- Returns a reply without a lease. at: earliest time at which a host can be
-- due.
local function idle(reason, at)
	local reply = totals('ok')
	reply[#reply + 1] = reason
	reply[#reply + 1] = integer(math.max(1, math.min(at - now, longest)))
	return reply
end

local function granted(host, expiry)
	local at, state = string.match(call('GET', P .. 'p:' .. host) or '',
				       '^(%d+) (.*)$')
	local lease = {'leased', integer(expiry - now), host, state or '',
		       integer(now - tonumber(at or now))}
	hand_out(lease, host, 0, most)
	local reply = totals('ok')
	for i = 1, #lease do
		reply[#reply + 1] = lease[i]
	end
	return reply
end

-- The same call has leased a host before, and its reply was lost: repeat it.
local known = call('HGET', tokens, TOKEN)
if known then
	most = 0
	return granted(known, tonumber(call('ZSCORE', leased, known)))
end
if job[3] ~= 'running' then
	return idle(job[3], now + longest)
end
if hold > now then
	return idle('restarted', hold)
end
if call('XLEN', rows) > tonumber(ARGV[10]) or
   tonumber(call('HGET', meta, 'bytes') or 0) > tonumber(ARGV[11]) then
	return idle('rows', now + longest)
end

local wanted = ARGV[13]
if wanted ~= '' then
	local m = call('HMGET', P .. 'h:' .. wanted, 'token', 'ready')
	local ready = tonumber(m[2] or 0)
	if m[1] or ready > now then
		return idle('waiting', m[1] and now + longest or ready)
	end
end

local next_host = {wanted, now}
if wanted == '' then
	next_host = call('ZRANGE', due, 0, 0, 'WITHSCORES')
end
if not next_host[1] or tonumber(next_host[2]) > now then
	local first = call('ZRANGE', leased, 0, 0, 'WITHSCORES')
	if next_host[1] or first[1] then
		return idle('waiting', math.min(tonumber(next_host[2] or 'inf'),
						tonumber(first[2] or 'inf')))
	end
	local is_loaded = call('HGET', meta, 'loaded') == '1'
	return idle(is_loaded and 'finished' or 'loading', now + longest)
end

local host = next_host[1]
call('ZREM', due, host)
call('ZADD', leased, now + LEASE, host)
call('HSET', tokens, TOKEN, host)
call('HSET', P .. 'h:' .. host, 'token', TOKEN, 'handed', 0, 'submitted', 0)
call('HDEL', P .. 'h:' .. host, 'left')
call('PERSIST', P .. 'p:' .. host)
return granted(host, now + LEASE)
