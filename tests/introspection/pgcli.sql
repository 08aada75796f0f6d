-- pgcli, when it starts and fills its completer.

-- the search path
SELECT * FROM unnest(current_schemas(true));
--> pg_catalog
--> aws
--> census
--> public

-- schemas
SELECT nspname FROM pg_catalog.pg_namespace ORDER BY 1;
--> aws
--> census
--> information_schema
--> pg_catalog
--> public

-- tables
SELECT n.nspname schema_name, c.relname table_name
FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = ANY($1) ORDER BY 1, 2;
--$ {r,p,f}
--~ aws | apigatewayv2_api
--~ census | coverage
--~ pg_catalog | pg_class

-- columns of tables
SELECT nsp.nspname schema_name, cls.relname table_name, att.attname column_name, att.atttypid::regtype::text type_name,
       att.atthasdef AS has_default, pg_catalog.pg_get_expr(def.adbin, def.adrelid, true) AS "default"
FROM pg_catalog.pg_attribute att
INNER JOIN pg_catalog.pg_class cls ON att.attrelid = cls.oid
INNER JOIN pg_catalog.pg_namespace nsp ON cls.relnamespace = nsp.oid
LEFT OUTER JOIN pg_attrdef def ON def.adrelid = att.attrelid AND def.adnum = att.attnum
WHERE cls.relkind = ANY($1) AND NOT att.attisdropped AND att.attnum > 0
ORDER BY 1, 2, att.attnum;
--$ {r,p,f}
--~ aws | apigatewayv2_api | account_id | text | f | NULL
--~ aws | apigatewayv2_api | created_date | timestamp without time zone | f | NULL
--~ aws | apigatewayv2_integrationresponse | tags | hstore | f | NULL

-- databases
SELECT d.datname FROM pg_catalog.pg_database d ORDER BY 1;
--> census

-- databases in full
SELECT d.datname AS "Name", r.rolname AS "Owner", pg_catalog.pg_encoding_to_char(d.encoding) AS "Encoding",
       d.datcollate AS "Collate", d.datctype AS "Ctype", pg_catalog.array_to_string(d.datacl, E'\n') AS "Access privileges"
FROM pg_catalog.pg_database d LEFT JOIN pg_catalog.pg_roles r ON d.datdba = r.oid
WHERE d.datname ~ $1 ORDER BY 1;
--$ census
--> census | census | UTF8 | C | C.UTF-8 | NULL

-- foreign keys
SELECT s_p.nspname AS parentschema, t_p.relname AS parenttable,
       unnest((SELECT array_agg(attname ORDER BY i)
               FROM (SELECT unnest(confkey) AS attnum, generate_subscripts(confkey, 1) AS i) x
               JOIN pg_catalog.pg_attribute c USING (attnum) WHERE c.attrelid = fk.confrelid)) AS parentcolumn,
       s_c.nspname AS childschema, t_c.relname AS childtable
FROM pg_catalog.pg_constraint fk
JOIN pg_catalog.pg_class t_p ON t_p.oid = fk.confrelid
JOIN pg_catalog.pg_namespace s_p ON s_p.oid = t_p.relnamespace
JOIN pg_catalog.pg_class t_c ON t_c.oid = fk.conrelid
JOIN pg_catalog.pg_namespace s_c ON s_c.oid = t_c.relnamespace
WHERE fk.contype = 'f';
--> none

-- functions
SELECT n.nspname schema_name, p.proname func_name, p.proargnames,
       COALESCE(proallargtypes::regtype[], proargtypes::regtype[])::text[], p.proargmodes,
       prorettype::regtype::text return_type, p.prokind = 'a' is_aggregate, p.prokind = 'w' is_window,
       p.proretset is_set_returning, d.deptype = 'e' is_extension, pg_get_expr(proargdefaults, 0) AS arg_defaults
FROM pg_catalog.pg_proc p
INNER JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
LEFT JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e'
WHERE p.prorettype::regtype != 'trigger'::regtype
ORDER BY 1, 2;
--~ pg_catalog | akeys | NULL | {hstore} | NULL | text[] | f | f | f | NULL | NULL
--~ pg_catalog | exist | NULL | {hstore,text} | NULL | boolean | f | f | f | NULL | NULL

-- types that are not built in
SELECT n.nspname schema_name, t.typname type_name
FROM pg_catalog.pg_type t INNER JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE (t.typrelid = 0 OR (SELECT c.relkind = 'c' FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid))
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type el WHERE el.oid = t.typelem AND el.typarray = t.oid)
  AND n.nspname <> 'pg_catalog' AND n.nspname <> 'information_schema'
ORDER BY 1, 2;
--> public | hstore

-- hstore, to show it as JSON
SELECT t.oid FROM pg_type t WHERE t.typname = 'hstore' AND t.typisdefined;
--> 16384

-- the view behind a name
SELECT nspname, relname, relkind, pg_catalog.pg_get_viewdef(c.oid, true),
       array_remove(array_remove(c.reloptions, 'check_option=local'), 'check_option=cascaded') AS reloptions,
       CASE WHEN 'check_option=local' = ANY (c.reloptions) THEN 'LOCAL'::text
            WHEN 'check_option=cascaded' = ANY (c.reloptions) THEN 'CASCADED'::text ELSE NULL END AS checkoption
FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON (c.relnamespace = n.oid)
WHERE c.oid = 'aws.apigatewayv2_api'::regclass::oid;
--> aws | apigatewayv2_api | r | NULL | NULL | NULL

-- what the prompt and the status line show
SELECT current_database(), current_user, current_setting('is_superuser') = 'on';
--> census | anna | f
