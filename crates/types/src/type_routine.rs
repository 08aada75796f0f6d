//! The functions by which PostgreSQL reads and writes values of its types, by their numbers there.
//!
//! The catalogs name them: a driver learns from `int8recv` how the bytes of a bigint are read. Nobody calls them.

/// A function that belongs to a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypeRoutine {
    /// Its number in `pg_proc`.
    pub oid: u32,
    /// Its name.
    pub name: &'static str,
    /// The numbers of the types of its arguments.
    pub arguments: &'static [u32],
    /// The number of the type of its result.
    pub result: u32,
}

/// The functions, by number. Those of hstore, which an extension brings, have numbers that clients look up by name.
pub const TYPE_ROUTINES: &[TypeRoutine] = &[
    routine(31, "byteaout", &[17], 2275),
    routine(33, "charout", &[18], 2275),
    routine(34, "namein", &[2275], 19),
    routine(35, "nameout", &[19], 2275),
    routine(38, "int2in", &[2275], 21),
    routine(39, "int2out", &[21], 2275),
    routine(40, "int2vectorin", &[2275], 22),
    routine(41, "int2vectorout", &[22], 2275),
    routine(42, "int4in", &[2275], 23),
    routine(43, "int4out", &[23], 2275),
    routine(44, "regprocin", &[2275], 24),
    routine(45, "regprocout", &[24], 2275),
    routine(46, "textin", &[2275], 25),
    routine(47, "textout", &[25], 2275),
    routine(54, "oidvectorin", &[2275], 30),
    routine(55, "oidvectorout", &[30], 2275),
    routine(109, "unknownin", &[2275], 705),
    routine(110, "unknownout", &[705], 2275),
    routine(200, "float4in", &[2275], 700),
    routine(201, "float4out", &[700], 2275),
    routine(214, "float8in", &[2275], 701),
    routine(215, "float8out", &[701], 2275),
    routine(321, "json_in", &[2275], 114),
    routine(322, "json_out", &[114], 2275),
    routine(323, "json_recv", &[2281], 114),
    routine(324, "json_send", &[114], 17),
    routine(460, "int8in", &[2275], 20),
    routine(461, "int8out", &[20], 2275),
    routine(750, "array_in", &[2275, 26, 23], 2277),
    routine(751, "array_out", &[2277], 2275),
    routine(910, "inet_in", &[2275], 869),
    routine(911, "inet_out", &[869], 2275),
    routine(1044, "bpcharin", &[2275, 26, 23], 1042),
    routine(1045, "bpcharout", &[1042], 2275),
    routine(1046, "varcharin", &[2275, 26, 23], 1043),
    routine(1047, "varcharout", &[1043], 2275),
    routine(1084, "date_in", &[2275], 1082),
    routine(1085, "date_out", &[1082], 2275),
    routine(1143, "time_in", &[2275, 26, 23], 1083),
    routine(1144, "time_out", &[1083], 2275),
    routine(1150, "timestamptz_in", &[2275, 26, 23], 1184),
    routine(1151, "timestamptz_out", &[1184], 2275),
    routine(1160, "interval_in", &[2275, 26, 23], 1186),
    routine(1161, "interval_out", &[1186], 2275),
    routine(1242, "boolin", &[2275], 16),
    routine(1243, "boolout", &[16], 2275),
    routine(1244, "byteain", &[2275], 17),
    routine(1245, "charin", &[2275], 18),
    routine(1312, "timestamp_in", &[2275, 26, 23], 1114),
    routine(1313, "timestamp_out", &[1114], 2275),
    routine(1701, "numeric_in", &[2275, 26, 23], 1700),
    routine(1702, "numeric_out", &[1700], 2275),
    routine(1798, "oidin", &[2275], 26),
    routine(1799, "oidout", &[26], 2275),
    routine(2290, "record_in", &[2275, 26, 23], 2249),
    routine(2291, "record_out", &[2249], 2275),
    routine(2292, "cstring_in", &[2275], 2275),
    routine(2293, "cstring_out", &[2275], 2275),
    routine(2294, "any_in", &[2275], 2276),
    routine(2295, "any_out", &[2276], 2275),
    routine(2296, "anyarray_in", &[2275], 2277),
    routine(2297, "anyarray_out", &[2277], 2275),
    routine(2298, "void_in", &[2275], 2278),
    routine(2299, "void_out", &[2278], 2275),
    routine(2300, "trigger_in", &[2275], 2279),
    routine(2301, "trigger_out", &[2279], 2275),
    routine(2304, "internal_in", &[2275], 2281),
    routine(2305, "internal_out", &[2281], 2275),
    routine(2312, "anyelement_in", &[2275], 2283),
    routine(2313, "anyelement_out", &[2283], 2275),
    routine(2400, "array_recv", &[2281, 26, 23], 2277),
    routine(2401, "array_send", &[2277], 17),
    routine(2402, "record_recv", &[2281, 26, 23], 2249),
    routine(2403, "record_send", &[2249], 17),
    routine(2404, "int2recv", &[2281], 21),
    routine(2405, "int2send", &[21], 17),
    routine(2406, "int4recv", &[2281], 23),
    routine(2407, "int4send", &[23], 17),
    routine(2408, "int8recv", &[2281], 20),
    routine(2409, "int8send", &[20], 17),
    routine(2410, "int2vectorrecv", &[2281], 22),
    routine(2411, "int2vectorsend", &[22], 17),
    routine(2412, "bytearecv", &[2281], 17),
    routine(2413, "byteasend", &[17], 17),
    routine(2414, "textrecv", &[2281], 25),
    routine(2415, "textsend", &[25], 17),
    routine(2416, "unknownrecv", &[2281], 705),
    routine(2417, "unknownsend", &[705], 17),
    routine(2418, "oidrecv", &[2281], 26),
    routine(2419, "oidsend", &[26], 17),
    routine(2420, "oidvectorrecv", &[2281], 30),
    routine(2421, "oidvectorsend", &[30], 17),
    routine(2422, "namerecv", &[2281], 19),
    routine(2423, "namesend", &[19], 17),
    routine(2424, "float4recv", &[2281], 700),
    routine(2425, "float4send", &[700], 17),
    routine(2426, "float8recv", &[2281], 701),
    routine(2427, "float8send", &[701], 17),
    routine(2430, "bpcharrecv", &[2281, 26, 23], 1042),
    routine(2431, "bpcharsend", &[1042], 17),
    routine(2432, "varcharrecv", &[2281, 26, 23], 1043),
    routine(2433, "varcharsend", &[1043], 17),
    routine(2434, "charrecv", &[2281], 18),
    routine(2435, "charsend", &[18], 17),
    routine(2436, "boolrecv", &[2281], 16),
    routine(2437, "boolsend", &[16], 17),
    routine(2444, "regprocrecv", &[2281], 24),
    routine(2445, "regprocsend", &[24], 17),
    routine(2460, "numeric_recv", &[2281, 26, 23], 1700),
    routine(2461, "numeric_send", &[1700], 17),
    routine(2468, "date_recv", &[2281], 1082),
    routine(2469, "date_send", &[1082], 17),
    routine(2470, "time_recv", &[2281, 26, 23], 1083),
    routine(2471, "time_send", &[1083], 17),
    routine(2474, "timestamp_recv", &[2281, 26, 23], 1114),
    routine(2475, "timestamp_send", &[1114], 17),
    routine(2476, "timestamptz_recv", &[2281, 26, 23], 1184),
    routine(2477, "timestamptz_send", &[1184], 17),
    routine(2478, "interval_recv", &[2281, 26, 23], 1186),
    routine(2479, "interval_send", &[1186], 17),
    routine(2496, "inet_recv", &[2281], 869),
    routine(2497, "inet_send", &[869], 17),
    routine(2500, "cstring_recv", &[2281], 2275),
    routine(2501, "cstring_send", &[2275], 17),
    routine(2502, "anyarray_recv", &[2281], 2277),
    routine(2503, "anyarray_send", &[2277], 17),
    routine(2903, "intervaltypmodin", &[1263], 23),
    routine(2904, "intervaltypmodout", &[23], 2275),
    routine(2905, "timestamptypmodin", &[1263], 23),
    routine(2906, "timestamptypmodout", &[23], 2275),
    routine(2907, "timestamptztypmodin", &[1263], 23),
    routine(2908, "timestamptztypmodout", &[23], 2275),
    routine(2909, "timetypmodin", &[1263], 23),
    routine(2910, "timetypmodout", &[23], 2275),
    routine(2913, "bpchartypmodin", &[1263], 23),
    routine(2914, "bpchartypmodout", &[23], 2275),
    routine(2915, "varchartypmodin", &[1263], 23),
    routine(2916, "varchartypmodout", &[23], 2275),
    routine(2917, "numerictypmodin", &[1263], 23),
    routine(2918, "numerictypmodout", &[23], 2275),
    routine(3120, "void_recv", &[2281], 2278),
    routine(3121, "void_send", &[2278], 17),
    routine(3594, "event_trigger_in", &[2275], 3838),
    routine(3595, "event_trigger_out", &[3838], 2275),
    routine(3816, "array_typanalyze", &[2281], 16),
    routine(3832, "anyrange_in", &[2275, 26, 23], 3831),
    routine(3833, "anyrange_out", &[3831], 2275),
    routine(6179, "array_subscript_handler", &[2281], 2281),
    routine(6180, "raw_array_subscript_handler", &[2281], 2281),
    routine(16386, "hstore_in", &[2275], 16384),
    routine(16387, "hstore_out", &[16384], 2275),
    routine(16388, "hstore_recv", &[2281], 16384),
    routine(16389, "hstore_send", &[16384], 17),
    routine(16391, "hstore_subscript_handler", &[2281], 2281),
];

impl TypeRoutine {
    /// Returns the function of a number.
    #[must_use]
    pub fn of_oid(oid: u32) -> Option<&'static Self> {
        let place = TYPE_ROUTINES.binary_search_by_key(&oid, |routine| routine.oid).ok()?;
        TYPE_ROUTINES.get(place)
    }

    /// Returns the function of a name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<&'static Self> {
        TYPE_ROUTINES.iter().find(|routine| routine.name == name)
    }
}

const fn routine(
    oid: u32,
    name: &'static str,
    arguments: &'static [u32],
    result: u32,
) -> TypeRoutine {
    TypeRoutine { oid, name, arguments, result }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routines_are_sorted_and_each_is_there_once() {
        assert!(TYPE_ROUTINES.is_sorted_by(|left, right| left.oid < right.oid));
    }

    #[test]
    fn routines_are_found_by_number_and_by_name() {
        for routine in TYPE_ROUTINES {
            assert_eq!(TypeRoutine::of_oid(routine.oid), Some(routine));
            assert_eq!(TypeRoutine::of_name(routine.name), Some(routine));
        }
        assert_eq!(TypeRoutine::of_oid(0), None);
    }
}
