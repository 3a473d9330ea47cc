-- Takes results. ARGV[9..11]: state of the host (see save_host()). ARGV[12]:
-- number of this submission within the lease, from 1. ARGV[13..15]: number of
-- finished URLs, of rows, and of links to the same host. The URLs' numbers, the
-- rows and the links follow.
local finished, n_rows = tonumber(ARGV[13]), tonumber(ARGV[14])
local h, number = P .. 'h:' .. HOST, tonumber(ARGV[12])

local function answer(added, dropped)
	local reply = totals('ok')
	reply[#reply + 1] = added
	reply[#reply + 1] = dropped
	return reply
end

if not has_lease() then
	touch(0)
	return refuse()
end
-- The submission has taken effect before, and its reply was lost: repeat it.
if number <= tonumber(call('HGET', h, 'submitted')) then
	touch(0)
	return answer(0, 0)
end
save_host(HOST, 9)
call('HSET', h, 'submitted', number)

local at = 16
local ended = 0
for i = at, at + finished - 1, 1000 do
	ended = ended + call('HDEL', P .. 'w:' .. HOST,
		unpack(ARGV, i, math.min(i + 999, at + finished - 1)))
end
if ended > 0 then
	call('HINCRBY', meta, 'work', -ended)
	call('HINCRBY', meta, 'done', ended)
end
at = at + finished

local bytes = 0
for i = at, at + n_rows - 1 do
	call('XADD', rows, '*', 'r', ARGV[i])
	bytes = bytes + #ARGV[i]
end
if bytes > 0 then
	call('HINCRBY', meta, 'bytes', bytes)
end
at = at + n_rows
touch(ended)
return answer(add_links(at, tonumber(ARGV[15]), HOST))
