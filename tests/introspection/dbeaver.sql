-- DBeaver, from connecting to the properties of a table; what it asks pgJDBC for, test_drivers.py asks.

-- the server
SELECT version() LIKE 'PostgreSQL 15.0 %';
--> t

-- the schema and user of the session
SELECT current_schema(), session_user;
--> aws | anna

SHOW search_path;
--> aws, census, public

-- databases
SELECT db.oid > 0, db.datname, db.datallowconn, db.datistemplate
FROM pg_catalog.pg_database db WHERE datallowconn AND NOT datistemplate ORDER BY db.datname;
--> t | census | t | f

-- what is there, found out by asking for no row
SELECT reltype FROM pg_catalog.pg_class WHERE 1 <> 1 LIMIT 1;
--> none

SELECT * FROM pg_catalog.pg_enum WHERE 1 <> 1 LIMIT 1;
--> none

-- schemas
SELECT n.oid, n.nspname, d.description
FROM pg_catalog.pg_namespace n
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = n.oid AND d.objsubid = 0 AND d.classoid = 'pg_namespace'::regclass
ORDER BY nspname;
--~ 16390 | aws | NULL
--~ 11 | pg_catalog | NULL

-- types
SELECT t.oid, t.typname, c.relkind, format_type(nullif(t.typbasetype, 0), t.typtypmod) AS base_type_name, d.description
FROM pg_catalog.pg_type t
LEFT OUTER JOIN pg_catalog.pg_type et ON et.oid = t.typelem
LEFT OUTER JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
LEFT OUTER JOIN pg_catalog.pg_description d ON t.oid = d.objoid
WHERE t.typname IS NOT NULL AND (c.relkind IS NULL OR c.relkind = 'c') AND (et.typcategory IS NULL OR et.typcategory <> 'C');
--~ 16 | bool | NULL | NULL | NULL
--~ 16384 | hstore | NULL | NULL | NULL
--~ 16385 | _hstore | NULL | NULL | NULL

-- the relations of a schema, by its number
SELECT c.relname, c.relkind, d.description IS NOT NULL, pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS partition_expr,
       pg_catalog.pg_get_partkeydef(c.oid) AS partition_key
FROM pg_catalog.pg_class c
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = 0 AND d.classoid = 'pg_class'::regclass
WHERE c.relnamespace = $1 AND c.relkind NOT IN ('i', 'I', 'c');
--$ 16390
--~ apigatewayv2_api | r | t | NULL | NULL
--~ apigatewayv2_integrationresponse | r | t | NULL | NULL

-- all of a relation
SELECT c.oid = 'aws.apigatewayv2_api'::regclass, c.* FROM pg_catalog.pg_class c WHERE 1 <> 1;
--> none

-- columns
SELECT c.relname, a.attname, a.atttypid, a.attnum, a.attnotnull,
       pg_catalog.pg_get_expr(ad.adbin, ad.adrelid, true) AS def_value, dsc.description IS NOT NULL, dep.objid
FROM pg_catalog.pg_attribute a
INNER JOIN pg_catalog.pg_class c ON (a.attrelid = c.oid)
LEFT OUTER JOIN pg_catalog.pg_attrdef ad ON (a.attrelid = ad.adrelid AND a.attnum = ad.adnum)
LEFT OUTER JOIN pg_catalog.pg_description dsc ON (c.oid = dsc.objoid AND a.attnum = dsc.objsubid)
LEFT OUTER JOIN pg_depend dep ON dep.refobjid = a.attrelid AND dep.deptype = 'i' AND dep.refobjsubid = a.attnum
  AND dep.classid = dep.refclassid
WHERE NOT a.attisdropped AND c.relkind NOT IN ('i', 'I', 'c') AND c.relname = $1
ORDER BY a.attnum;
--$ apigatewayv2_integrationresponse
--~ apigatewayv2_integrationresponse | account_id | 25 | 2 | t | NULL | t | NULL
--~ apigatewayv2_integrationresponse | response_parameters | 16384 | 5 | f | NULL | t | NULL

-- constraints
SELECT c.oid, c.conname, t.relname AS tabrelname, rt.relnamespace AS refnamespace, d.description,
       CASE WHEN c.contype = 'c' THEN "substring"(pg_get_constraintdef(c.oid), 7) ELSE NULL END consrc_copy
FROM pg_catalog.pg_constraint c
INNER JOIN pg_catalog.pg_class t ON t.oid = c.conrelid
LEFT OUTER JOIN pg_catalog.pg_class rt ON rt.oid = c.confrelid
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = 0 AND d.classoid = 'pg_constraint'::regclass
WHERE c.conrelid = $1 ORDER BY c.oid;
--$ 16500
--> 70000 | apigatewayv2_api_pkey | apigatewayv2_api | NULL | NULL | NULL

-- indexes
SELECT i.indexrelid, i.indkey AS keys, c.relname, c.relnamespace, c.relam, tc.relname AS tabrelname, dsc.description,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS pred_expr,
       pg_catalog.pg_get_expr(i.indexprs, i.indrelid, true) AS expr,
       pg_catalog.pg_relation_size(i.indexrelid) AS index_rel_size,
       pg_catalog.pg_stat_get_numscans(i.indexrelid) AS index_num_scans
FROM pg_catalog.pg_index i
INNER JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
INNER JOIN pg_catalog.pg_class tc ON tc.oid = i.indrelid
LEFT OUTER JOIN pg_catalog.pg_description dsc ON i.indexrelid = dsc.objoid
WHERE i.indrelid = $1 ORDER BY tabrelname, c.relname;
--$ 16500
--> 60000 | 2 1 | apigatewayv2_api_pkey | 16390 | 403 | apigatewayv2_api | NULL | NULL | NULL | NULL | NULL

-- inheritance
SELECT i.inhseqno, c.relname, i.inhparent FROM pg_catalog.pg_inherits i, pg_catalog.pg_class c
WHERE i.inhrelid = $1 AND c.oid = i.inhparent ORDER BY i.inhseqno;
--$ 16500
--> none

-- triggers, rules and policies
SELECT x.oid, x.tgname, p.pronamespace AS func_schema_id, d.description
FROM pg_catalog.pg_trigger x
LEFT OUTER JOIN pg_catalog.pg_proc p ON p.oid = x.tgfoid
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = x.oid AND d.objsubid = 0
WHERE x.tgrelid = $1 AND NOT x.tgisinternal;
--$ 16500
--> none

SELECT r.oid, r.rulename, pg_get_ruledef(r.oid) AS definition FROM pg_rewrite r WHERE r.ev_class = $1 ORDER BY r.rulename;
--$ 16500
--> none

-- sizes
SELECT c.oid = 'aws.apigatewayv2_api'::regclass AS found, pg_catalog.pg_total_relation_size(c.oid) AS total_rel_size,
       pg_catalog.pg_relation_size(c.oid) AS rel_size
FROM pg_class c WHERE c.relnamespace = $1 AND c.relname = 'apigatewayv2_api';
--$ 16390
--> t | NULL | NULL

-- roles
SELECT a.rolname, a.rolsuper, pd.description
FROM pg_catalog.pg_roles a LEFT JOIN pg_catalog.pg_shdescription pd ON a.oid = pd.objoid ORDER BY a.rolname;
--> anna | f | NULL
--> census | f | NULL

-- extensions, with the tables that are their own
SELECT cfg.tbls, n.nspname AS schema_name, e.extname, e.extversion
FROM pg_catalog.pg_extension e
JOIN pg_namespace n ON n.oid = e.extnamespace
LEFT JOIN (SELECT array_agg(ns.nspname || '.' || cls.relname) tbls, oid_ext
           FROM (SELECT unnest(e1.extconfig) oid, e1.oid oid_ext FROM pg_catalog.pg_extension e1) c
           JOIN pg_catalog.pg_class cls ON cls.oid = c.oid
           JOIN pg_catalog.pg_namespace ns ON ns.oid = cls.relnamespace
           GROUP BY oid_ext) cfg ON cfg.oid_ext = e.oid
ORDER BY e.extname;
--~ NULL | public | hstore | 1.8

-- tablespaces, encodings, access methods, languages
SELECT t.spcname, pg_catalog.pg_tablespace_location(t.oid) loc FROM pg_catalog.pg_tablespace t ORDER BY t.oid;
--~ pg_default | 

SELECT DISTINCT p.encoding, pg_catalog.pg_encoding_to_char(p.encoding) FROM pg_catalog.pg_database p;
--> 6 | UTF8

SELECT am.amname, am.amtype FROM pg_catalog.pg_am am ORDER BY am.oid LIMIT 1;
--> heap | t

SELECT l.lanname FROM pg_catalog.pg_language l WHERE l.lanname = 'internal';
--> internal

-- functions
SELECT p.proname, pg_catalog.pg_get_function_result(p.oid), pg_catalog.pg_get_expr(p.proargdefaults, 0) AS arg_defaults, d.description IS NOT NULL
FROM pg_catalog.pg_proc p
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = p.oid
WHERE p.pronamespace = $1 AND p.proname = 'akeys' ORDER BY p.proname;
--$ 11
--> akeys | text[] | NULL | t

-- a setting
SELECT setting FROM pg_catalog.pg_settings WHERE name = $1;
--$ standard_conforming_strings
--> on

-- what other sessions do
SELECT sa.pid, sa.query FROM pg_catalog.pg_stat_activity sa WHERE 1 <> 1;
--> none

-- rows, as the grid of data asks for them
SELECT x.name IS NOT NULL FROM aws.apigatewayv2_api x ORDER BY x.name LIMIT 1;
--> t

SELECT count(*) > 0 FROM (SELECT * FROM aws.apigatewayv2_api) dbvrcnt;
--> t
