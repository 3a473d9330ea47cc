-- Creates the job if it does not exist, and returns its description.
-- ARGV[9..11]: kind, options (empty: does not create the job), source.
local kind, options, source = ARGV[9], ARGV[10], ARGV[11]
local is_new = 0
if not job[1] then
	if options == '' then
		return {'gone'}
	end
	call('HSET', meta, 'version', VERSION, 'run', RUN, 'state', 'running',
	     'kind', kind, 'options', options, 'created', now)
	is_new = 1
elseif job[1] ~= VERSION then
	return {'version', job[1]}
end
if source ~= '' then
	call('HSETNX', meta, 'source', source)
end
local m = call('HMGET', meta, 'kind', 'options', 'source')
local reply = totals('ok')
for _, value in ipairs({is_new, m[1], m[2], m[3] or ''}) do
	reply[#reply + 1] = value
end
return reply
