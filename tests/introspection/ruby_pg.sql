-- Ruby's pg: its map of basic types.

-- which function reads the text of each type
SELECT t.oid, t.typname, t.typelem, t.typdelim, ti.proname AS typinput
FROM pg_type AS t JOIN pg_proc AS ti ON ti.oid = t.typinput;
--~ 16 | bool | 0 | , | boolin
--~ 20 | int8 | 0 | , | int8in
--~ 701 | float8 | 0 | , | float8in
--~ 1009 | _text | 25 | , | array_in
--~ 1114 | timestamp | 0 | , | timestamp_in
