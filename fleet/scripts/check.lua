-- Follows common.lua in every script but join.lua: the job must exist.
if not job[1] then
	return {'gone'}
end
if job[1] ~= VERSION then
	return {'version', job[1]}
end
