// pgJDBC against `census serve`: run with the address as its only argument; prints what test_drivers.py expects.

import java.sql.*;
import java.util.*;

public class Jdbc {
    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("user", "anna");
        try (Connection connection = DriverManager.getConnection(arguments[0], properties)) {
            first(connection);
            values(connection);
            pieces(connection);
            metadata(connection.getMetaData());
        }
    }

    /** An hstore is a map before the driver was given one. */
    static void first(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
             ResultSet rows = statement.executeQuery("SELECT 'a=>1'::hstore")) {
            rows.next();
            System.out.println("first " + rows.getObject(1) + " " + rows.getMetaData().getColumnTypeName(1));
        }
    }

    static void values(Connection connection) throws SQLException {
        String query = "SELECT ?::hstore, ?::bigint, ?, ?::timestamp, ARRAY['a', NULL]";
        // Enough runs that the driver prepares the statement on the server and asks for binary values.
        for (int run = 0; run < 7; run++) {
            try (PreparedStatement statement = connection.prepareStatement(query)) {
                Map<String, String> map = new HashMap<>();
                map.put("k", "v");
                map.put("n", null);
                statement.setObject(1, map);
                statement.setLong(2, 42);
                statement.setString(3, "it's ü");
                statement.setTimestamp(4, Timestamp.valueOf("2026-11-22 19:40:12.5"));
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    Map<?, ?> read = (Map<?, ?>) rows.getObject(1);
                    if (run == 6) {
                        System.out.println("hstore " + new TreeMap<Object, Object>(read));
                        System.out.println("bigint " + rows.getLong(2));
                        System.out.println("text " + rows.getString(3));
                        System.out.println("timestamp " + rows.getTimestamp(4));
                        System.out.println("array " + Arrays.toString((Object[]) rows.getArray(5).getArray()));
                    }
                }
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT nope");
        } catch (SQLException error) {
            System.out.println("error " + error.getSQLState());
        }
    }

    static void pieces(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(100);
            long sum = 0;
            try (ResultSet rows = statement.executeQuery("SELECT n FROM generate_series(1, 1000) AS t(n)")) {
                while (rows.next()) sum += rows.getLong(1);
            }
            System.out.println("sum " + sum);
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    static void metadata(DatabaseMetaData metadata) throws SQLException {
        System.out.println("product " + metadata.getDatabaseProductName() + " " + metadata.getDatabaseProductVersion());
        TreeSet<String> schemas = new TreeSet<>();
        try (ResultSet rows = metadata.getSchemas()) {
            while (rows.next()) schemas.add(rows.getString("TABLE_SCHEM"));
        }
        System.out.println("schemas " + schemas);
        TreeSet<String> tables = new TreeSet<>();
        try (ResultSet rows = metadata.getTables(null, "aws", "%", new String[] {"TABLE"})) {
            while (rows.next()) tables.add(rows.getString("TABLE_NAME"));
        }
        System.out.println("tables " + tables.contains("apigatewayv2_integrationresponse"));
        try (ResultSet rows = metadata.getColumns(null, "aws", "apigatewayv2_integrationresponse", "tags")) {
            rows.next();
            System.out.println("column " + rows.getString("TYPE_NAME") + " " + (rows.getString("REMARKS") != null));
        }
        try (ResultSet rows = metadata.getImportedKeys(null, "aws", "apigatewayv2_integrationresponse")) {
            System.out.println("references " + rows.next());
        }
        try (ResultSet rows = metadata.getPrimaryKeys(null, "aws", "apigatewayv2_api")) {
            StringBuilder key = new StringBuilder("keys");
            while (rows.next()) key.append(" " + rows.getInt("KEY_SEQ") + rows.getString("COLUMN_NAME"));
            System.out.println(key);
        }
        try (ResultSet rows = metadata.getFunctionColumns(null, "pg_catalog", "akeys", "%")) {
            StringBuilder columns = new StringBuilder("akeys");
            while (rows.next()) columns.append(" " + rows.getString("TYPE_NAME"));
            System.out.println(columns);
        }
        try (ResultSet rows = metadata.getIndexInfo(null, "aws", "apigatewayv2_api", false, true)) {
            StringBuilder index = new StringBuilder("indexes");
            while (rows.next()) index.append(" " + rows.getInt("ORDINAL_POSITION") + rows.getString("COLUMN_NAME") + rows.getString("ASC_OR_DESC"));
            System.out.println(index);
        }
        try (ResultSet rows = metadata.getBestRowIdentifier(null, "aws", "apigatewayv2_api", DatabaseMetaData.bestRowSession, true)) {
            StringBuilder identifier = new StringBuilder("identifiers");
            while (rows.next()) identifier.append(" " + rows.getString("COLUMN_NAME"));
            System.out.println(identifier);
        }
        System.out.println("keywords " + Arrays.asList(metadata.getSQLKeywords().split(",")).contains("ilike"));
        try (ResultSet rows = metadata.getFunctions(null, "pg_catalog", "akeys")) {
            rows.next();
            System.out.println("function " + rows.getString("FUNCTION_NAME"));
        }
        try (ResultSet rows = metadata.getTypeInfo()) {
            boolean found = false;
            while (rows.next()) found |= rows.getString("TYPE_NAME").equals("hstore");
            System.out.println("types " + found);
        }
    }
}
