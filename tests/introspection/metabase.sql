-- Metabase, when a database is added and synchronised; what it asks pgJDBC for, test_drivers.py asks.

-- the zone of the session
SHOW TIMEZONE;
--> UTC

-- the clock of the database
SELECT to_char(timestamp '2026-11-22 19:40:12.5', 'YYYY-MM-DD HH24:MI:SS.MS') AS now;
--> 2026-11-22 19:40:12.500

-- tables, with what they are and how many rows they are thought to have
SELECT n.nspname AS schema, c.relname AS name,
       CASE c.relkind WHEN 'r' THEN 'TABLE' WHEN 'p' THEN 'PARTITIONED TABLE' WHEN 'v' THEN 'VIEW'
            WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE NULL END AS type,
       d.description IS NOT NULL AS described, NULLIF(stat.n_live_tup, 0) AS estimated_row_count
FROM pg_catalog.pg_class AS c
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
LEFT JOIN pg_catalog.pg_description AS d ON c.oid = d.objoid AND d.objsubid = 0 AND d.classoid = 'pg_class'::regclass
LEFT JOIN pg_stat_user_tables AS stat ON n.nspname = stat.schemaname AND c.relname = stat.relname
WHERE c.relnamespace = n.oid AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND c.relkind IN ('r', 'p', 'v', 'f', 'm')
ORDER BY type ASC, schema ASC, name ASC;
--~ aws | apigatewayv2_api | TABLE | t | NULL
--~ aws | apigatewayv2_integrationresponse | TABLE | t | NULL
--~ census | coverage | TABLE | t | NULL

-- columns, with comments and keys
SELECT c.column_name AS name,
       CASE WHEN c.udt_schema IN ('public', 'pg_catalog') THEN format('%s', c.udt_name)
            ELSE format('"%s"."%s"', c.udt_schema, c.udt_name) END AS "database-type",
       c.ordinal_position - 1 AS "database-position", c.table_schema AS "table-schema", c.table_name AS "table-name",
       pk.column_name IS NOT NULL AS "pk?",
       col_description(CAST(CAST(format('%I.%I', CAST(c.table_schema AS TEXT), CAST(c.table_name AS TEXT)) AS REGCLASS) AS OID),
                       c.ordinal_position) IS NOT NULL AS "field-comment",
       ((c.column_default IS NULL) OR (lower(c.column_default) = 'null')) AND (c.is_nullable = 'NO')
         AND NOT (((c.column_default IS NOT NULL) AND (c.column_default LIKE '%nextval(%')) OR (c.is_identity <> 'NO'))
         AS "database-required",
       ((c.column_default IS NOT NULL) AND (c.column_default LIKE '%nextval(%')) OR (c.is_identity <> 'NO')
         AS "database-is-auto-increment"
FROM information_schema.columns AS c
LEFT JOIN (SELECT tc.table_schema, tc.table_name, kc.column_name
           FROM information_schema.table_constraints AS tc
           INNER JOIN information_schema.key_column_usage AS kc
             ON (tc.constraint_name = kc.constraint_name) AND (tc.table_schema = kc.table_schema)
            AND (tc.table_name = kc.table_name)
           WHERE tc.constraint_type = 'PRIMARY KEY') AS pk
  ON (c.table_schema = pk.table_schema) AND (c.table_name = pk.table_name) AND (c.column_name = pk.column_name)
WHERE c.table_schema !~ '^information_schema|catalog_history|pg_' AND c.table_schema IN ('aws')
  AND c.table_name IN ('apigatewayv2_integrationresponse')
UNION ALL
SELECT pa.attname, CASE WHEN ptn.nspname IN ('public', 'pg_catalog') THEN format('%s', pt.typname)
                        ELSE format('"%s"."%s"', ptn.nspname, pt.typname) END,
       pa.attnum - 1, pn.nspname, pc.relname, FALSE, d.description IS NOT NULL, FALSE, FALSE
FROM pg_catalog.pg_class AS pc
INNER JOIN pg_catalog.pg_namespace AS pn ON pn.oid = pc.relnamespace
INNER JOIN pg_catalog.pg_attribute AS pa ON pa.attrelid = pc.oid
INNER JOIN pg_catalog.pg_type AS pt ON pt.oid = pa.atttypid
INNER JOIN pg_catalog.pg_namespace AS ptn ON ptn.oid = pt.typnamespace
LEFT JOIN pg_catalog.pg_description AS d ON d.objoid = pc.oid AND d.objsubid = pa.attnum
WHERE pc.relkind = 'm' AND pa.attnum >= 1
ORDER BY "table-schema" ASC, "table-name" ASC, "database-position" ASC;
--~ account_id | text | 1 | aws | apigatewayv2_integrationresponse | t | t | t | f
--~ response_parameters | hstore | 4 | aws | apigatewayv2_integrationresponse | f | t | f | f

-- foreign keys
SELECT fk_ns.nspname AS "fk-table-schema", fk_table.relname AS "fk-table-name", fk_column.attname AS "fk-column-name",
       pk_ns.nspname AS "pk-table-schema", pk_table.relname AS "pk-table-name", pk_column.attname AS "pk-column-name"
FROM pg_constraint AS c
INNER JOIN pg_class AS fk_table ON c.conrelid = fk_table.oid
INNER JOIN pg_namespace AS fk_ns ON c.connamespace = fk_ns.oid
INNER JOIN pg_attribute AS fk_column ON c.conrelid = fk_column.attrelid
INNER JOIN pg_class AS pk_table ON c.confrelid = pk_table.oid
INNER JOIN pg_namespace AS pk_ns ON pk_table.relnamespace = pk_ns.oid
INNER JOIN pg_attribute AS pk_column ON c.confrelid = pk_column.attrelid
WHERE fk_ns.nspname !~ '^information_schema|catalog_history|pg_' AND c.contype = 'f'::char
  AND fk_column.attnum = ANY (c.conkey) AND pk_column.attnum = ANY (c.confkey)
ORDER BY 1, 2;
--> none

-- indexes
SELECT tc.relname AS "table-name", ns.nspname AS "table-schema",
       CASE WHEN i.indexprs IS NULL THEN 'column' ELSE 'expression' END AS kind
FROM pg_index AS i
INNER JOIN pg_class AS tc ON tc.oid = i.indrelid
INNER JOIN pg_namespace AS ns ON ns.oid = tc.relnamespace
WHERE i.indpred IS NULL AND ns.nspname !~ '^information_schema|catalog_history|pg_';
--~ apigatewayv2_integrationresponse | aws | column

-- what the user may do with each table
WITH table_privileges AS (
  SELECT NULL AS role, t.schemaname AS schema, t.objectname AS "table",
         pg_catalog.has_any_column_privilege(current_user, '"' || replace(t.schemaname, '"', '""') || '"' || '.' || '"' || replace(t.objectname, '"', '""') || '"', 'update') AS "update",
         pg_catalog.has_any_column_privilege(current_user, '"' || replace(t.schemaname, '"', '""') || '"' || '.' || '"' || replace(t.objectname, '"', '""') || '"', 'select') AS "select",
         pg_catalog.has_any_column_privilege(current_user, '"' || replace(t.schemaname, '"', '""') || '"' || '.' || '"' || replace(t.objectname, '"', '""') || '"', 'insert') AS "insert",
         pg_catalog.has_table_privilege(current_user, '"' || replace(t.schemaname, '"', '""') || '"' || '.' || '"' || replace(t.objectname, '"', '""') || '"', 'delete') AS "delete"
  FROM (SELECT schemaname, tablename AS objectname FROM pg_catalog.pg_tables
        UNION SELECT schemaname, viewname AS objectname FROM pg_catalog.pg_views
        UNION SELECT schemaname, matviewname AS objectname FROM pg_catalog.pg_matviews) t
  WHERE t.schemaname !~ '^pg_' AND t.schemaname <> 'information_schema'
    AND pg_catalog.has_schema_privilege(current_user, t.schemaname, 'usage'))
SELECT t.* FROM table_privileges t;
--~ NULL | aws | apigatewayv2_api | f | t | f | f
--~ NULL | census | coverage | f | t | f | f

-- enumerations
SELECT nspname, typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.oid IN (SELECT DISTINCT enumtypid FROM pg_enum);
--> none

-- a question as its builder puts it
SELECT "aws"."apigatewayv2_api"."protocol_type" AS "protocol_type", count(*) > 0 AS "count"
FROM "aws"."apigatewayv2_api"
WHERE "aws"."apigatewayv2_api"."name" IS NOT NULL
GROUP BY "aws"."apigatewayv2_api"."protocol_type"
ORDER BY "aws"."apigatewayv2_api"."protocol_type" ASC LIMIT 1;
--> HTTP | t

-- the values of a column, for its filter
SELECT "source"."protocol_type" AS "protocol_type"
FROM (SELECT SUBSTRING("aws"."apigatewayv2_api"."protocol_type", 1, 1234) AS "protocol_type" FROM "aws"."apigatewayv2_api") AS "source"
GROUP BY "source"."protocol_type" ORDER BY "source"."protocol_type" ASC LIMIT 1000;
--> HTTP
--> WEBSOCKET

-- times by month
SELECT CAST(DATE_TRUNC('month', "aws"."apigatewayv2_api"."created_date") AS timestamp) AS "created_date", COUNT(*) > 0 AS "count"
FROM "aws"."apigatewayv2_api"
WHERE "aws"."apigatewayv2_api"."created_date" >= timestamp '2000-01-01 00:00:00.000' AND "aws"."apigatewayv2_api"."created_date" < timestamp '2000-02-01'
GROUP BY CAST(DATE_TRUNC('month', "aws"."apigatewayv2_api"."created_date") AS timestamp)
ORDER BY CAST(DATE_TRUNC('month', "aws"."apigatewayv2_api"."created_date") AS timestamp) ASC;
--> none
