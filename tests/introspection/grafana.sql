-- Grafana's data source, and the builder of its queries.

-- the version, as a number that features depend on
SELECT current_setting('server_version_num')::int / 100 AS version;
--> 1500

-- whether time series have an extension
SELECT extversion FROM pg_extension WHERE extname = 'timescaledb';
--> none

-- the relations that the search path finds
SELECT CASE WHEN quote_ident(table_schema) IN (
    SELECT CASE WHEN trim(s[i]) = '"$user"' THEN user ELSE trim(s[i]) END
    FROM generate_series(
           array_lower(string_to_array(current_setting('search_path'), ','), 1),
           array_upper(string_to_array(current_setting('search_path'), ','), 1)) AS i,
         string_to_array(current_setting('search_path'), ',') s)
  THEN quote_ident(table_name)
  ELSE quote_ident(table_schema) || '.' || quote_ident(table_name) END AS "table"
FROM information_schema.tables
WHERE quote_ident(table_schema) NOT IN ('information_schema', 'pg_catalog', '_timescaledb_cache', '_timescaledb_config')
ORDER BY CASE WHEN quote_ident(table_schema) IN (
    SELECT CASE WHEN trim(s[i]) = '"$user"' THEN user ELSE trim(s[i]) END
    FROM generate_series(
           array_lower(string_to_array(current_setting('search_path'), ','), 1),
           array_upper(string_to_array(current_setting('search_path'), ','), 1)) AS i,
         string_to_array(current_setting('search_path'), ',') s)
  THEN 0 ELSE 1 END, 1;
--~ apigatewayv2_api
--~ apigatewayv2_integrationresponse
--~ coverage

-- the columns of a relation with its schema
SELECT quote_ident(column_name) AS "column", data_type AS "type"
FROM information_schema.columns
WHERE CASE WHEN array_length(parse_ident('aws.apigatewayv2_integrationresponse'), 1) = 2
  THEN quote_ident(table_schema) = (parse_ident('aws.apigatewayv2_integrationresponse'))[1]
   AND quote_ident(table_name) = (parse_ident('aws.apigatewayv2_integrationresponse'))[2]
  ELSE quote_ident(table_name) = 'aws.apigatewayv2_integrationresponse' END;
--~ account_id | text
--~ response_parameters | USER-DEFINED
--~ tags | USER-DEFINED

-- the columns in which a time can be found
SELECT quote_ident(column_name) FROM information_schema.columns
WHERE quote_ident(table_schema) = 'aws' AND quote_ident(table_name) = 'apigatewayv2_api'
  AND data_type IN ('timestamp without time zone', 'timestamp with time zone', 'bigint', 'integer', 'double precision', 'real')
ORDER BY 1 LIMIT 1;
--> created_date

-- the type of a column
SELECT udt_name FROM information_schema.columns
WHERE quote_ident(table_schema) = 'aws' AND quote_ident(table_name) = 'apigatewayv2_api' AND quote_ident(column_name) = 'tags';
--> hstore

-- a series over time, with its macros filled in
SELECT floor(extract(epoch from created_date) / 3600) * 3600 AS "time", count(*) > 0 AS "apis"
FROM aws.apigatewayv2_api
WHERE created_date BETWEEN '2000-01-01T00:00:00Z' AND '2000-01-02T00:00:00.123Z'
GROUP BY 1 ORDER BY 1;
--> none

-- whether the data source answers
SELECT 1;
--> 1
